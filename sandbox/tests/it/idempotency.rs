//! One key, one effect.

use std::time::Duration;

use sandbox::{Fault, FaultRule};

use crate::common::{Bench, form_with, read, session_form};

const SESSIONS: &str = "/v1/checkout/sessions";

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let bench = Bench::start().await;
    let first = bench.post_with_key("k1", SESSIONS, &session_form()).await;
    let mut reordered = session_form();
    reordered.reverse();
    let second = bench.post_with_key("k1", SESSIONS, &reordered).await;
    assert_eq!(first.text, second.text);
    assert_eq!(
        (
            first.header("idempotent-replayed"),
            second.header("idempotent-replayed")
        ),
        (None, Some("true"))
    );
    assert_eq!(
        second.header("original-request"),
        first.header("request-id")
    );
    assert_eq!(bench.control.sessions().len(), 1);
    assert_eq!(
        bench
            .post_with_key("k2", SESSIONS, &session_form())
            .await
            .status,
        200
    );
    assert_eq!(bench.control.sessions().len(), 2);
}

#[tokio::test]
async fn another_request_under_the_same_key_is_an_error() {
    let bench = Bench::start().await;
    bench.post_with_key("k1", SESSIONS, &session_form()).await;
    let other = bench
        .post_with_key("k1", SESSIONS, &form_with("client_reference_id", "order-2"))
        .await;
    assert_eq!(
        (other.status, other.error("type").as_str()),
        (400, "idempotency_error")
    );
    assert!(
        other
            .error("message")
            .contains("same parameters they were first used with")
    );
    let elsewhere = bench
        .post_with_key("k1", "/v1/refunds", &[("charge", "ch_1")])
        .await;
    assert!(
        elsewhere.error("message").contains("same endpoint"),
        "{}",
        elsewhere.text
    );
    assert_eq!(bench.control.sessions().len(), 1);
}

#[tokio::test]
async fn a_server_error_is_saved_and_a_wrong_request_is_not() {
    let bench = Bench::start().await;
    bench.control.fault(FaultRule::new(Fault::ServerError));
    let failed = bench.post_with_key("k1", SESSIONS, &session_form()).await;
    assert_eq!(
        (failed.status, failed.error("type").as_str()),
        (500, "api_error")
    );
    let again = bench.post_with_key("k1", SESSIONS, &session_form()).await;
    assert_eq!(
        (again.status, again.header("idempotent-replayed")),
        (500, Some("true"))
    );

    let wrong = bench
        .post_with_key("k2", SESSIONS, &form_with("colour", "red"))
        .await;
    assert_eq!(wrong.status, 400);
    assert_eq!(
        bench
            .post_with_key("k2", SESSIONS, &session_form())
            .await
            .status,
        200
    );

    bench.control.fault(FaultRule::new(Fault::RateLimit));
    let limited = bench.post_with_key("k3", SESSIONS, &session_form()).await;
    assert_eq!(
        (limited.status, limited.error("code").as_str()),
        (429, "rate_limit")
    );
    assert_eq!(
        bench
            .post_with_key("k3", SESSIONS, &session_form())
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_refusal_of_the_bank_is_saved() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "5200"),
        ("currency", "gbp"),
        ("confirm", "true"),
        (
            "payment_method",
            "pm_card_visa_chargeDeclinedInsufficientFunds",
        ),
    ];
    let first = bench
        .post_with_key("k1", "/v1/payment_intents", &form)
        .await;
    let second = bench
        .post_with_key("k1", "/v1/payment_intents", &form)
        .await;
    assert_eq!((first.status, second.status), (402, 402));
    assert_eq!(second.header("idempotent-replayed"), Some("true"));
    assert_eq!(
        bench
            .event_types()
            .iter()
            .filter(|kind| *kind == "charge.failed")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_key_in_use_is_a_conflict_that_is_not_saved() {
    let bench = Bench::start().await;
    bench.control.fault(FaultRule::new(Fault::Slow { ms: 300 }));
    let slow = bench
        .request(SESSIONS, &session_form())
        .header("idempotency-key", "k1")
        .send();
    let (slow, fast) = tokio::join!(slow, async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        bench.post_with_key("k1", SESSIONS, &session_form()).await
    });
    let slow = read(slow.unwrap()).await;
    assert_eq!(
        (fast.status, fast.error("code").as_str()),
        (409, "idempotency_key_in_use")
    );
    assert_eq!(fast.header("stripe-should-retry"), Some("true"));
    let replay = bench.post_with_key("k1", SESSIONS, &session_form()).await;
    assert_eq!((slow.status, &slow.text), (200, &replay.text));
}

#[tokio::test]
async fn work_goes_on_when_the_client_gives_up() {
    let bench = Bench::start().await;
    bench.control.fault(FaultRule::new(Fault::Slow { ms: 200 }));
    let request = bench
        .request(SESSIONS, &session_form())
        .header("idempotency-key", "k1");
    let gave_up = request.timeout(Duration::from_millis(50)).send().await;
    assert!(gave_up.unwrap_err().is_timeout());
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(bench.control.sessions().len(), 1);
    let retry = bench.post_with_key("k1", SESSIONS, &session_form()).await;
    assert_eq!(retry.header("idempotent-replayed"), Some("true"));
    assert_eq!(bench.control.sessions().len(), 1);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let bench = Bench::start().await;
    bench.post_with_key("k1", SESSIONS, &session_form()).await;
    bench.control.advance(Duration::from_hours(25));
    let later = bench.post_with_key("k1", SESSIONS, &session_form()).await;
    assert_eq!(
        (later.status, later.header("idempotent-replayed")),
        (200, None)
    );
    assert_eq!(bench.control.sessions().len(), 2);
}
