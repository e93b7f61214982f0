//! What comes in under Stripe's name.

use crate::support::{SECRET, TestShop};
use shop::{Fault, WebhookError, settings::Secret};

const BODY: &str = r#"{"id": "evt_1", "object": "event", "type": "checkout.session.completed", "data": {"object": {"id": "cs_x"}}}"#;

async fn refused(test: &TestShop, body: &str, header: &str) -> bool {
    matches!(
        test.shop.receive_webhook(body, header).await,
        Err(Fault::Refused(WebhookError::Signature))
    )
}

#[tokio::test]
async fn only_what_stripe_signed_lately_is_taken_in() {
    let test = TestShop::open().await;
    let now = test.stripe.now();
    let signed = |secret: &str, at: i64| sandbox::signature_header(secret, at, BODY);
    assert!(refused(&test, BODY, &signed("whsec_other", now)).await);
    assert!(refused(&test, BODY, &signed(SECRET, now - 301)).await);
    assert!(refused(&test, BODY, "").await);
    assert!(refused(&test, &BODY.replace("cs_x", "cs_y"), &signed(SECRET, now)).await);
    assert_eq!(test.number("select count(*) from webhook_event").await, 0);
    test.shop
        .receive_webhook(BODY, &signed(SECRET, now))
        .await
        .unwrap();
    assert_eq!(test.number("select count(*) from webhook_event").await, 1);
    assert_eq!(
        test.number("select count(*) from job where kind = 'handle_webhook'")
            .await,
        1
    );
}

#[tokio::test]
async fn while_a_secret_is_replaced_both_hold() {
    let test = TestShop::with(|settings| {
        settings.stripe.webhook_secrets = vec![Secret("whsec_new".into()), Secret(SECRET.into())];
    })
    .await;
    for secret in ["whsec_new", SECRET] {
        let header = sandbox::signature_header(secret, test.stripe.now(), BODY);
        test.shop.receive_webhook(BODY, &header).await.unwrap();
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_if_stripe_signed_it() {
    let test = TestShop::open().await;
    for body in [
        "not JSON at all",
        r#"{"id": "evt_2", "type": "a.kind.of.tomorrow", "data": {"object": {}}}"#,
    ] {
        let header = sandbox::signature_header(SECRET, test.stripe.now(), body);
        test.shop.receive_webhook(body, &header).await.unwrap();
    }
    assert_eq!(test.number("select count(*) from webhook_event").await, 2);
    test.shop.run_jobs().await.unwrap();
    assert_eq!(test.shop.dead_jobs().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_dispute_is_shown_at_the_order() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    let intent = test.text("select payment_intent from payment").await;
    test.stripe.dispute(&intent).unwrap();
    for event in test.stripe.events() {
        test.tell_raw(&event.body.to_string()).await;
    }
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.text("select payment_status from \"order\"").await,
        "disputed"
    );
}

#[tokio::test]
async fn what_a_webhook_said_is_forgotten_after_a_month_and_that_it_came_is_not() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    test.tell_raw("not JSON at all").await;
    test.shop.schedule().await.unwrap();
    for (days, kept) in [(29, true), (2, false)] {
        test.advance(days * 24 * 60);
        test.shop.run_jobs().await.unwrap();
        let old = "select count(*) from webhook_event where payload <> ''";
        assert_eq!(test.number(old).await > 0, kept, "after {days} days more");
    }
    assert!(test.number("select count(*) from webhook_event").await >= 2);
}
