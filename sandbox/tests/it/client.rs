//! Driven by async-stripe, as the shop does it.

use std::time::Duration;

use sandbox::Fault;
use stripe::{Client, ClientBuilder, StripeError};
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionPaymentIntentData, CreateCheckoutSessionShippingOptions,
    CreateCheckoutSessionShippingOptionsShippingRateData,
    CreateCheckoutSessionShippingOptionsShippingRateDataFixedAmount,
    CreateCheckoutSessionShippingOptionsShippingRateDataType, ExpireCheckoutSession,
    ListCheckoutSession, ListLineItemsCheckoutSession, ProductData, RetrieveCheckoutSession,
};
use stripe_client_core::{IdempotencyKey, RequestStrategy, StripeRequest};
use stripe_core::event::ListEvent;
use stripe_core::payment_intent::RetrievePaymentIntent;
use stripe_core::refund::{CreateRefund, ListRefund, RetrieveRefund};
use stripe_shared::{
    ApiErrorsCode, CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus,
    CheckoutSessionStatus, PaymentIntentStatus,
};
use stripe_types::{Currency, Expandable};

use crate::common::{Bench, SECRET};

fn client(bench: &Bench) -> Client {
    ClientBuilder::new(bench.sandbox.key())
        .url(bench.sandbox.url())
        .timeout(Duration::from_secs(2))
        .build()
        .unwrap()
}

fn create(bench: &Bench) -> CreateCheckoutSession {
    let mut item = CreateCheckoutSessionLineItems::new();
    item.quantity = Some(1);
    item.price_data = Some(CreateCheckoutSessionLineItemsPriceData {
        product_data: Some(ProductData {
            description: Some("Stoneware, moss".to_owned()),
            images: Some(vec!["https://shop.example/mug.jpg".to_owned()]),
            ..ProductData::new("2 × Belly mug")
        }),
        unit_amount: Some(4800),
        ..CreateCheckoutSessionLineItemsPriceData::new(Currency::GBP)
    });
    let mut shipping = CreateCheckoutSessionShippingOptions::new();
    shipping.shipping_rate_data = Some(CreateCheckoutSessionShippingOptionsShippingRateData {
        fixed_amount: Some(
            CreateCheckoutSessionShippingOptionsShippingRateDataFixedAmount::new(
                400,
                Currency::GBP,
            ),
        ),
        type_: Some(CreateCheckoutSessionShippingOptionsShippingRateDataType::FixedAmount),
        ..CreateCheckoutSessionShippingOptionsShippingRateData::new("Royal Mail Tracked")
    });
    let mut payment = CreateCheckoutSessionPaymentIntentData::new();
    payment.description = Some("Order 1001".to_owned());
    payment.metadata = Some([("order_id".to_owned(), "1001".to_owned())].into());
    CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .line_items(vec![item])
        .shipping_options(vec![shipping])
        .payment_intent_data(payment)
        .customer_email("shopper@example.com")
        .client_reference_id("order-1001")
        .metadata([("order_id".to_owned(), "1001".to_owned())])
        .success_url("http://shop.example/orders/abc?session={CHECKOUT_SESSION_ID}")
        .cancel_url("http://shop.example/checkout")
        .expires_at(bench.control.now() + 35 * 60)
}

async fn created(bench: &Bench) -> CheckoutSession {
    create(bench).send(&client(bench)).await.unwrap()
}

#[tokio::test]
async fn a_session_is_created_paid_and_read_back() {
    let bench = Bench::start().await;
    let client = client(&bench);
    let session = created(&bench).await;
    assert_eq!(session.status, Some(CheckoutSessionStatus::Open));
    assert_eq!(session.payment_status, CheckoutSessionPaymentStatus::Unpaid);
    assert_eq!(
        (session.amount_subtotal, session.amount_total),
        (Some(4800), Some(5200))
    );
    assert_eq!(
        session.total_details.as_ref().unwrap().amount_shipping,
        Some(400)
    );
    assert!(session.payment_intent.is_none());
    assert!(
        session
            .url
            .as_deref()
            .unwrap()
            .starts_with(&bench.sandbox.url())
    );

    bench
        .control
        .pay(session.id.as_str(), "4242 4242 4242 4242")
        .unwrap();
    let paid = RetrieveCheckoutSession::new(session.id.clone())
        .expand(vec![
            "payment_intent.latest_charge".to_owned(),
            "line_items".to_owned(),
        ])
        .send(&client)
        .await
        .unwrap();
    assert_eq!(paid.status, Some(CheckoutSessionStatus::Complete));
    assert_eq!(paid.payment_status, CheckoutSessionPaymentStatus::Paid);
    assert!(paid.url.is_none());
    assert_eq!(
        paid.customer_details.unwrap().email.as_deref(),
        Some("shopper@example.com")
    );
    assert_eq!(paid.line_items.unwrap().data.len(), 1);
    let Some(Expandable::Object(intent)) = paid.payment_intent else {
        panic!("the payment was to be expanded")
    };
    assert_eq!(intent.status, PaymentIntentStatus::Succeeded);
    assert_eq!((intent.amount, intent.amount_received), (5200, 5200));
    assert_eq!(
        intent.metadata.get("order_id").map(String::as_str),
        Some("1001")
    );
    let Some(Expandable::Object(charge)) = intent.latest_charge else {
        panic!("the charge was to be expanded")
    };
    assert!(charge.paid && charge.captured);
    assert_eq!(
        charge
            .payment_method_details
            .unwrap()
            .card
            .unwrap()
            .last4
            .as_deref(),
        Some("4242")
    );

    let lines = ListLineItemsCheckoutSession::new(session.id.clone())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(lines.data[0].description.as_deref(), Some("2 × Belly mug"));
    assert_eq!(
        lines.data[0].price.as_ref().unwrap().unit_amount,
        Some(4800)
    );

    let found = ListCheckoutSession::new()
        .payment_intent(intent.id.as_str())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(found.data[0].id, session.id);
    let open = ListCheckoutSession::new()
        .status(CheckoutSessionStatus::Open)
        .send(&client)
        .await
        .unwrap();
    assert!(open.data.is_empty());
}

#[tokio::test]
async fn every_object_of_a_sale_is_read_by_the_strict_parser() {
    let bench = Bench::start().await;
    let client = client(&bench);
    let session = created(&bench).await;
    for card in ["declined", "authenticate-insufficient"] {
        if let Ok(sandbox::Paid::NeedsAuthentication { intent }) =
            bench.control.pay(session.id.as_str(), card)
        {
            let waiting = RetrievePaymentIntent::new(intent.as_str())
                .send(&client)
                .await
                .unwrap();
            assert_eq!(waiting.status, PaymentIntentStatus::RequiresAction);
            assert!(waiting.next_action.is_some());
            bench.control.authenticate(&intent, true).unwrap_err();
            let failed = RetrievePaymentIntent::new(intent.as_str())
                .send(&client)
                .await
                .unwrap();
            assert_eq!(
                failed.last_payment_error.unwrap().decline_code.as_deref(),
                Some("insufficient_funds")
            );
        }
    }
    bench.control.pay(session.id.as_str(), "visa").unwrap();
    let session = RetrieveCheckoutSession::new(session.id)
        .send(&client)
        .await
        .unwrap();
    let intent = session.payment_intent.unwrap().into_id();
    let refund = CreateRefund::new()
        .payment_intent(intent.as_str())
        .amount(200)
        .send(&client)
        .await
        .unwrap();
    assert_eq!(
        (refund.amount, refund.status.as_deref()),
        (200, Some("succeeded"))
    );
    assert_eq!(
        RetrieveRefund::new(refund.id.clone())
            .send(&client)
            .await
            .unwrap()
            .amount,
        200
    );
    assert_eq!(
        ListRefund::new()
            .payment_intent(intent.as_str())
            .send(&client)
            .await
            .unwrap()
            .data
            .len(),
        1
    );

    bench.control.dispute(intent.as_str()).unwrap();
    let later = created(&bench).await;
    bench.control.pay_later(later.id.as_str()).unwrap();
    bench.control.money_came(later.id.as_str(), true);

    let events = ListEvent::new().limit(100).send(&client).await.unwrap();
    assert!(!events.has_more);
    for event in bench.control.events() {
        let body = event.body.to_string();
        let header = sandbox::signature_header(SECRET, bench.control.now(), &body);
        let parsed = stripe_webhook::Webhook::construct_event(&body, &header, SECRET);
        let parsed = parsed.unwrap_or_else(|error| panic!("{}: {error}\n{body}", event.kind));
        assert!(
            !matches!(parsed.data.object, stripe_webhook::EventObject::Unknown(_)),
            "{}",
            event.kind
        );
    }
    assert_eq!(events.data.len(), bench.control.events().len());
}

#[tokio::test]
async fn the_reconciler_asks_for_types_since_a_moment() {
    let bench = Bench::start().await;
    let session = created(&bench).await;
    bench.control.pay(session.id.as_str(), "visa").unwrap();
    let list = |since: i64| {
        ListEvent::new()
            .types(vec![
                "checkout.session.completed".to_owned(),
                "checkout.session.expired".to_owned(),
            ])
            .created(stripe_types::RangeQueryTs::Bounds(
                stripe_types::RangeBoundsTs {
                    gte: Some(since),
                    ..stripe_types::RangeBoundsTs::default()
                },
            ))
    };
    let now = bench.control.now();
    let recent = list(now - 60).send(&client(&bench)).await.unwrap();
    assert_eq!(recent.data.len(), 1);
    assert!(
        list(now + 60)
            .send(&client(&bench))
            .await
            .unwrap()
            .data
            .is_empty()
    );
}

#[tokio::test]
async fn a_retry_with_the_same_key_makes_no_second_session() {
    let bench = Bench::start().await;
    let client = client(&bench);
    let request = create(&bench);
    let strategy = || RequestStrategy::Idempotent(IdempotencyKey::new("attempt-1").unwrap());
    bench
        .control
        .fault(sandbox::FaultRule::new(Fault::CommitThenDrop));
    let lost = request
        .clone()
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await;
    assert!(matches!(lost, Err(StripeError::ClientError(_))), "{lost:?}");
    bench
        .control
        .fault(sandbox::FaultRule::new(Fault::BadGateway));
    let page = request
        .clone()
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await;
    assert!(
        matches!(page, Err(StripeError::JSONDeserialize(_))),
        "{page:?}"
    );
    let first = request
        .clone()
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await
        .unwrap();
    let second = request
        .customize()
        .request_strategy(strategy())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(first.id, second.id);
    assert_eq!(bench.control.sessions().len(), 1);
}

#[tokio::test]
async fn errors_are_read_as_stripes() {
    let bench = Bench::start().await;
    let client = client(&bench);
    let session = created(&bench).await;
    let expired = ExpireCheckoutSession::new(session.id.clone())
        .send(&client)
        .await
        .unwrap();
    assert_eq!(expired.status, Some(CheckoutSessionStatus::Expired));
    let again = ExpireCheckoutSession::new(session.id).send(&client).await;
    assert!(
        matches!(again, Err(StripeError::Stripe(_, 400))),
        "{again:?}"
    );
    let Err(StripeError::Stripe(error, 404)) = RetrieveCheckoutSession::new("cs_test_none")
        .send(&client)
        .await
    else {
        panic!("there is no such session");
    };
    assert_eq!(error.code, Some(ApiErrorsCode::ResourceMissing));
    let stranger = ClientBuilder::new("sk_test_wrong")
        .url(bench.sandbox.url())
        .build()
        .unwrap();
    let refused = RetrieveCheckoutSession::new("cs_test_none")
        .send(&stranger)
        .await;
    assert!(
        matches!(refused, Err(StripeError::Stripe(_, 401))),
        "{refused:?}"
    );
}
