//! Health, metrics, faults, and stopping.

use crate::support::{Process, mercer};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

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

#[cfg(unix)]
#[tokio::test]
async fn told_to_stop_it_ends_well() {
    let mut shop = Process::start().await;
    shop.terminate();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = shop.child.try_wait().unwrap() {
            break status;
        }
        assert!(
            begun.elapsed() < Duration::from_secs(10),
            "the process did not end"
        );
        tokio::task::yield_now().await;
    };
    assert!(status.success());
}

#[test]
fn settings_that_cannot_be_right_are_all_named() {
    let environment: BTreeMap<String, String> =
        [("PUBLIC_URL", "nonsense"), ("STRIPE_SECRET_KEY", "hunter2")]
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .into();
    let ended = mercer(&environment).arg("serve").output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2));
    for name in [
        "PUBLIC_URL holds `nonsense`",
        "DATABASE_URL is not set",
        "STRIPE_SECRET_KEY holds `***`",
        "SMTP_URL is not set",
    ] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert!(!told.contains("hunter2"));
}
