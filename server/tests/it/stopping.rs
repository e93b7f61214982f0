//! Stopping: nobody is cut off who was there before, and nobody is waited for who says nothing.
#![cfg(unix)]

use crate::support::{Process, SOON, header};
use tokio::{net::TcpStream, task::yield_now, time::timeout};

#[tokio::test]
async fn told_to_stop_it_finishes_what_was_begun() {
    let mut shop = Process::start().await;
    let mut held = shop.db.begin().await.unwrap();
    sqlx::query("lock table product in access exclusive mode")
        .execute(&mut *held)
        .await
        .unwrap();
    let begun = tokio::spawn(shop.get("/products/mug").send());
    let waiting =
        "select count(*) from pg_locks where not granted and relation = 'product'::regclass
                   and database = (select oid from pg_database where datname = current_database())";
    timeout(SOON, async { while shop.number(waiting).await == 0 {} })
        .await
        .expect("the request reaches the table");
    shop.terminate();
    let door = shop.url.replace("http://", "");
    timeout(SOON, async {
        while TcpStream::connect(&door).await.is_ok() {
            yield_now().await;
        }
    })
    .await
    .expect("the door is closed");
    held.rollback().await.unwrap();
    assert_eq!(begun.await.unwrap().unwrap().status(), 200);
    assert!(shop.ended().await.success());
}

#[tokio::test]
async fn told_twice_it_ends_at_once() {
    let mut shop = Process::with(&[("DRAIN", "600")]).await;
    shop.terminate();
    let ready = format!("{}/health/ready", shop.internal);
    timeout(SOON, async {
        while shop.client.get(&ready).send().await.unwrap().status() != 503 {}
    })
    .await
    .expect("it says that it takes nobody any more");
    let answer = shop.get("/products/mug").send().await.unwrap();
    assert_eq!(answer.status(), 200, "but it still does");
    assert_eq!(
        header(&answer, "connection"),
        "close",
        "and nobody asks again where the door will be closed"
    );
    shop.terminate();
    assert!(shop.ended().await.success());
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let shop = Process::with(&[("HEAD_TIMEOUT", "1")]).await;
    for words in ["", "GET / HTTP/1.1\r\nhost: sh"] {
        let heard = timeout(SOON, shop.talk(words))
            .await
            .expect("the connection is closed");
        assert!(!heard.contains(" 200 "), "{heard}");
    }
}
