//! Giving money back.

use std::time::Duration;

use serde_json::json;

use crate::common::{Bench, SOON};

async fn paid(bench: &Bench, card: &str) -> String {
    let id = bench.session().await;
    bench.control.pay(&id, card).unwrap();
    bench.control.object(&id).unwrap()["payment_intent"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn parts_add_up_and_never_to_more_than_was_taken() {
    let bench = Bench::start().await;
    let intent = paid(&bench, "visa").await;
    let part = bench
        .post(
            "/v1/refunds",
            &[
                ("payment_intent", &intent),
                ("amount", "1200"),
                ("reason", "requested_by_customer"),
            ],
        )
        .await;
    assert_eq!(
        (part.status, &part.json()["status"]),
        (200, &json!("succeeded"))
    );
    let charge = part.json()["charge"].as_str().unwrap().to_owned();
    let much = bench
        .post("/v1/refunds", &[("charge", &charge), ("amount", "4001")])
        .await;
    assert_eq!(
        much.error("message"),
        "Refund amount (£40.01) is greater than unrefunded amount on charge (£40.00)"
    );
    let rest = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .json();
    assert_eq!(rest["amount"], 4000);
    let none = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await;
    assert_eq!(
        (none.status, none.error("code").as_str()),
        (400, "charge_already_refunded")
    );
    let charge = bench.get(&format!("/v1/charges/{charge}")).await.json();
    assert_eq!(
        (&charge["refunded"], &charge["amount_refunded"]),
        (&json!(true), &json!(5200))
    );
    assert_eq!(bench.control.taken(), (1, 0));
    let kinds = bench.event_types();
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| *kind == "charge.refunded")
            .count(),
        2
    );
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| *kind == "refund.created")
            .count(),
        2
    );
}

#[tokio::test]
async fn at_once_they_still_never_exceed_it() {
    let bench = Bench::start().await;
    let intent = paid(&bench, "visa").await;
    let form = [("payment_intent", intent.as_str()), ("amount", "3000")];
    let (a, b) = tokio::join!(
        bench.post("/v1/refunds", &form),
        bench.post("/v1/refunds", &form)
    );
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn what_is_asked_has_to_make_sense() {
    let bench = Bench::start().await;
    let nothing = bench.post("/v1/refunds", &[]).await;
    assert_eq!(nothing.error("code"), "parameter_missing");
    let unknown = bench
        .post("/v1/refunds", &[("payment_intent", "pi_none")])
        .await;
    assert_eq!(
        (unknown.status, unknown.error("code").as_str()),
        (400, "resource_missing")
    );
    let id = bench.session().await;
    bench.control.pay(&id, "declined").unwrap_err();
    let intent = bench.control.object(&id).unwrap()["payment_intent"]
        .as_str()
        .unwrap()
        .to_owned();
    let unpaid = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await;
    assert!(
        unpaid
            .error("message")
            .contains("does not have a successful charge to refund")
    );
}

#[tokio::test]
async fn a_refund_may_pend_and_come_back() {
    let bench = Bench::start().await;
    let intent = paid(&bench, "visa").await;
    bench.control.next_refund_pends();
    let refund = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .json();
    let id = refund["id"].as_str().unwrap();
    assert_eq!(refund["status"], "pending");
    assert!(bench.control.finish_refund(id, false));
    let failed = bench.get(&format!("/v1/refunds/{id}")).await.json();
    assert_eq!(
        (&failed["status"], &failed["failure_reason"]),
        (&json!("failed"), &json!("expired_or_canceled_card"))
    );
    assert_eq!(bench.control.taken(), (1, 5200));
    assert!(bench.event_types().contains(&"refund.failed".to_owned()));
    assert!(!bench.control.finish_refund(id, true));

    bench.control.next_refund_fails();
    let at_once = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .json();
    assert_eq!(at_once["status"], "failed");
    assert_eq!(bench.control.taken(), (1, 5200));
}

#[tokio::test]
async fn there_is_a_card_whose_refunds_fail_later() {
    let bench = Bench::start().await;
    let intent = paid(&bench, "refund-fails").await;
    let refund = bench
        .post("/v1/refunds", &[("payment_intent", &intent)])
        .await
        .json();
    assert_eq!(refund["status"], "succeeded");
    bench.control.advance(Duration::from_secs(2));
    let id = refund["id"].as_str().unwrap();
    assert!(
        bench
            .control
            .wait_for_event("refund.failed", id, SOON)
            .await
            .is_some()
    );
    assert_eq!(
        bench.get(&format!("/v1/refunds/{id}")).await.json()["status"],
        "failed"
    );
}
