//! Health, metrics and faults.

use crate::support::{Process, SOON, header};
use std::time::{Duration, Instant};
use tokio::time::timeout;

#[tokio::test]
async fn an_operator_sees_what_is_going_on() {
    let shop = Process::start().await;
    shop.page("/products/mug").await;
    let internal = |path: &str| shop.client.get(format!("{}{path}", shop.internal)).send();
    assert_eq!(internal("/health/live").await.unwrap().status(), 200);
    let ready = internal("/health/ready").await.unwrap();
    assert_eq!(ready.status(), 200);
    let ready = ready.text().await.unwrap();
    assert!(
        ready.contains("\"status\":\"ok\"")
            && ready.contains("\"postgres\"")
            && ready.contains("latency_ms")
    );
    let metrics = internal("/metrics").await.unwrap().text().await.unwrap();
    for name in [
        "mercer_http_requests_total{route=\"/products/{handle}\",method=\"GET\",status=\"200\"} 1",
        "mercer_http_request_seconds_bucket{route=\"/products/{handle}\"",
        "mercer_pool_connections",
        "mercer_jobs{state=\"scheduled\"}",
        concat!(
            "mercer_build_info{version=\"",
            env!("CARGO_PKG_VERSION"),
            "\"} 1"
        ),
        "mercer_process_start_time_seconds 1",
    ] {
        assert!(metrics.contains(name), "{name} is missing");
    }
    // A page of a product costs two statements, and one now and then for what is around it.
    let line = metrics
        .lines()
        .find(|line| {
            line.starts_with("mercer_http_request_queries_sum{route=\"/products/{handle}\"")
        })
        .expect("queries are counted");
    let queries: f64 = line.rsplit(' ').next().unwrap().parse().unwrap();
    assert!((1.0..=3.0).contains(&queries), "{line}");
    assert_eq!(shop.page("/metrics").await.0, 404, "metrics are not public");
}

#[tokio::test]
async fn a_fault_has_a_reference_and_the_next_request_is_fine() {
    let shop = Process::start().await;
    sqlx::query("alter table product rename column page to hidden")
        .execute(&shop.db)
        .await
        .unwrap();
    let answer = shop
        .get("/products/mug")
        .header("x-request-id", "reference-1234")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 500);
    let page = answer.text().await.unwrap();
    assert!(page.contains("reference-1234") && !page.contains("does not exist"));
    sqlx::query("alter table product rename column hidden to page")
        .execute(&shop.db)
        .await
        .unwrap();
    assert_eq!(shop.page("/products/mug").await.0, 200);
}

#[tokio::test]
async fn connections_that_are_cut_are_made_again() {
    let shop = Process::start().await;
    shop.page("/products/mug").await;
    sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
        .execute(&shop.db)
        .await
        .unwrap();
    let begun = Instant::now();
    while shop.page("/products/mug").await.0 != 200 {
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "the shop did not recover"
        );
    }
}

#[tokio::test]
async fn while_the_database_is_away_pages_say_so_and_keep_their_frame() {
    let (shop, gate) = Process::behind_a_gate(&[("ACQUIRE_TIMEOUT_MS", "300")]).await;
    assert_eq!(shop.page("/products/mug").await.0, 200);
    gate.set_open(false);
    let answer = shop.get("/products/mug").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "retry-after")),
        (503, "5")
    );
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("We are back in a minute") && page.contains("Test &amp; Sons"),
        "{page}"
    );
    let ready = format!("{}/health/ready", shop.internal);
    let ready = shop.client.get(ready).send().await.unwrap();
    assert_eq!(ready.status(), 200);
    assert!(ready.text().await.unwrap().contains("degraded"));
    gate.set_open(true);
    let there = async { while shop.page("/products/mug").await.0 != 200 {} };
    timeout(SOON, there).await.expect("the shop is back");
}

#[tokio::test]
async fn by_https_browsers_are_told_to_stay_with_it() {
    let shop = Process::with(&[("PUBLIC_URL", "https://shop.example")]).await;
    let form = [("product", "odd"), ("quantity", "1")];
    let added = shop.post("/cart/lines", &form).send().await.unwrap();
    assert!(header(&added, "strict-transport-security").starts_with("max-age=63072000"));
    assert!(header(&added, "content-security-policy").contains("upgrade-insecure-requests"));
    let set: Vec<&str> = added
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().unwrap())
        .collect();
    assert!(set.iter().any(|cookie| cookie.starts_with("__Host-cart=")));
    assert!(
        set.iter()
            .all(|cookie| cookie.contains("; Path=/;") && cookie.contains("; Secure"))
    );
}
