//! Payment intents by themselves.

use serde_json::{Value, json};

use crate::common::Bench;

const INTENTS: &str = "/v1/payment_intents";

async fn create(bench: &Bench, more: &[(&str, &str)]) -> Value {
    let mut form = vec![("amount", "5200"), ("currency", "gbp")];
    form.extend(more);
    let answer = bench.post(INTENTS, &form).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()
}

fn path(intent: &Value, action: &str) -> String {
    format!("{INTENTS}/{}{action}", intent["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_payment_is_made_confirmed_and_read() {
    let bench = Bench::start().await;
    let intent = create(
        &bench,
        &[
            ("payment_method_types[]", "card"),
            ("metadata[order_id]", "1"),
        ],
    )
    .await;
    assert_eq!(intent["status"], "requires_payment_method");
    let early = bench.post(&path(&intent, "/confirm"), &[]).await;
    assert_eq!(
        (early.status, early.error("code").as_str()),
        (400, "payment_intent_unexpected_state")
    );
    let paid = bench
        .post(
            &path(&intent, "/confirm"),
            &[("payment_method", "pm_card_visa")],
        )
        .await
        .json();
    assert_eq!(
        (&paid["status"], &paid["amount_received"]),
        (&json!("succeeded"), &json!(5200))
    );
    assert_eq!(bench.get(&path(&intent, "")).await.json(), paid);
    let again = bench.post(&path(&intent, "/confirm"), &[]).await;
    assert_eq!(
        again.error("message"),
        "You cannot confirm this PaymentIntent because it has a status of succeeded."
    );
    assert_eq!(bench.control.taken(), (1, 5200));
}

#[tokio::test]
async fn a_declined_card_is_a_402_with_the_payment_in_it() {
    let bench = Bench::start().await;
    let form = [
        ("amount", "5200"),
        ("currency", "gbp"),
        ("confirm", "true"),
        ("payment_method", "pm_card_chargeDeclined"),
    ];
    let answer = bench.post(INTENTS, &form).await;
    assert_eq!(answer.status, 402);
    assert_eq!(answer.error("type"), "card_error");
    assert_eq!(answer.error("code"), "card_declined");
    assert_eq!(answer.error("decline_code"), "generic_decline");
    assert_eq!(answer.error("message"), "Your card was declined.");
    let intent = &answer.json()["error"]["payment_intent"];
    assert_eq!(intent["status"], "requires_payment_method");
    let paid = bench
        .post(
            &path(intent, "/confirm"),
            &[("payment_method", "pm_card_visa")],
        )
        .await
        .json();
    assert_eq!(
        (&paid["status"], &paid["last_payment_error"]),
        (&json!("succeeded"), &json!(null))
    );
}

#[tokio::test]
async fn authentication_leads_to_the_banks_page_and_back() {
    let bench = Bench::start().await;
    let intent = create(
        &bench,
        &[
            ("payment_method", "pm_card_authenticationRequired"),
            ("confirm", "true"),
            ("return_url", "http://shop.example/back?a=1"),
        ],
    )
    .await;
    let url = intent["next_action"]["redirect_to_url"]["url"]
        .as_str()
        .unwrap();
    let page = url.strip_prefix(&bench.sandbox.url()).unwrap();
    assert!(bench.page(page).await.text.contains("Confirm it is you"));
    let back = bench.submit(page, &[("answer", "complete")]).await;
    let location = back.header("location").unwrap();
    assert!(
        location.starts_with("http://shop.example/back?a=1&payment_intent=pi_"),
        "{location}"
    );
    assert!(
        location.ends_with("redirect_status=succeeded"),
        "{location}"
    );
    assert_eq!(
        bench.get(&path(&intent, "")).await.json()["status"],
        "succeeded"
    );
}

#[tokio::test]
async fn money_is_set_aside_then_taken_or_let_go() {
    let bench = Bench::start().await;
    let manual = [
        ("capture_method", "manual"),
        ("payment_method", "pm_card_visa"),
        ("confirm", "true"),
    ];
    let held = create(&bench, &manual).await;
    assert_eq!(
        (&held["status"], &held["amount_capturable"]),
        (&json!("requires_capture"), &json!(5200))
    );
    let much = bench
        .post(&path(&held, "/capture"), &[("amount_to_capture", "5201")])
        .await;
    assert_eq!(much.error("code"), "amount_too_large");
    let part = bench
        .post(&path(&held, "/capture"), &[("amount_to_capture", "5000")])
        .await
        .json();
    assert_eq!(
        (&part["status"], &part["amount_received"]),
        (&json!("succeeded"), &json!(5000))
    );

    let other = create(&bench, &manual).await;
    let gone = bench
        .post(
            &path(&other, "/cancel"),
            &[("cancellation_reason", "abandoned")],
        )
        .await
        .json();
    assert_eq!(
        (&gone["status"], &gone["cancellation_reason"]),
        (&json!("canceled"), &json!("abandoned"))
    );
    let twice = bench.post(&path(&other, "/cancel"), &[]).await;
    assert_eq!(
        twice.error("message"),
        "You cannot cancel this PaymentIntent because it has a status of canceled."
    );
    assert_eq!(bench.control.taken(), (1, 5000));
}

#[tokio::test]
async fn a_session_may_set_money_aside() {
    let bench = Bench::start().await;
    let form = crate::common::form_with("payment_intent_data[capture_method]", "manual");
    let session = bench.post("/v1/checkout/sessions", &form).await.json();
    bench
        .control
        .pay(session["id"].as_str().unwrap(), "visa")
        .unwrap();
    let held = bench
        .control
        .object(session["id"].as_str().unwrap())
        .unwrap();
    assert_eq!(
        (&held["status"], &held["payment_status"]),
        (&json!("complete"), &json!("unpaid"))
    );
    let intent = bench
        .control
        .object(held["payment_intent"].as_str().unwrap())
        .unwrap();
    bench.post(&path(&intent, "/capture"), &[]).await;
    assert_eq!(
        bench
            .control
            .object(session["id"].as_str().unwrap())
            .unwrap()["payment_status"],
        "paid"
    );
}

#[tokio::test]
async fn a_payment_of_checkout_is_left_to_checkout() {
    let bench = Bench::start().await;
    let id = bench.session().await;
    bench.control.pay(&id, "declined").unwrap_err();
    let intent = bench.control.object(&id).unwrap()["payment_intent"]
        .as_str()
        .unwrap()
        .to_owned();
    for action in ["confirm", "cancel"] {
        let refused = bench
            .post(&format!("{INTENTS}/{intent}/{action}"), &[])
            .await;
        assert_eq!(
            refused.error("code"),
            "payment_intent_unexpected_state",
            "{action}"
        );
    }
}

#[tokio::test]
async fn amounts_have_bounds_in_every_currency() {
    let bench = Bench::start().await;
    for (amount, currency, code) in [
        ("29", "gbp", "amount_too_small"),
        ("49", "jpy", "amount_too_small"),
        ("100000000", "eur", "amount_too_large"),
    ] {
        let answer = bench
            .post(INTENTS, &[("amount", amount), ("currency", currency)])
            .await;
        assert_eq!(answer.error("code"), code, "{amount} {currency}");
    }
    assert_eq!(
        bench
            .post(INTENTS, &[("amount", "50"), ("currency", "jpy")])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn money_may_come_days_later_or_never() {
    let bench = Bench::start().await;
    for (came, status, event) in [
        (true, "paid", "checkout.session.async_payment_succeeded"),
        (false, "unpaid", "checkout.session.async_payment_failed"),
    ] {
        let id = bench.session().await;
        bench.control.pay_later(&id).unwrap();
        let promised = bench.control.object(&id).unwrap();
        assert_eq!(
            (&promised["status"], &promised["payment_status"]),
            (&json!("complete"), &json!("unpaid"))
        );
        let intent = promised["payment_intent"].as_str().unwrap();
        assert_eq!(
            bench.control.object(intent).unwrap()["status"],
            "processing"
        );
        assert_eq!(
            bench.control.authenticate(intent, true),
            Err(sandbox::PayError::NothingToAuthenticate)
        );
        assert!(bench.control.money_came(&id, came));
        assert!(!bench.control.money_came(&id, came));
        assert_eq!(bench.control.object(&id).unwrap()["payment_status"], status);
        assert_eq!(bench.event_types().last().map(String::as_str), Some(event));
    }
    assert_eq!(bench.control.taken(), (1, 5200));
}

#[tokio::test]
async fn a_payment_is_disputed_once() {
    let bench = Bench::start().await;
    let id = bench.session().await;
    bench.control.pay(&id, "visa").unwrap();
    let intent = bench.control.object(&id).unwrap()["payment_intent"]
        .as_str()
        .unwrap()
        .to_owned();
    let dispute = bench.control.dispute(&intent).unwrap();
    assert!(bench.control.dispute(&intent).is_none());
    assert!(bench.control.close_dispute(&dispute, false));
    assert!(!bench.control.close_dispute(&dispute, true));
    assert_eq!(bench.control.object(&dispute).unwrap()["status"], "lost");
    assert!(bench.event_types().ends_with(&[
        "charge.dispute.created".to_owned(),
        "charge.dispute.closed".to_owned()
    ]));
}
