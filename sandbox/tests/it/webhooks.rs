//! Deliveries, and what can go wrong with them.

use std::time::Duration;

use sandbox::{Delivery, Effect, Options, RetryPolicy, WebhookRule};
use stripe_webhook::{EventObject, Webhook};

use crate::common::{Bench, Receiver, SECRET, SOON};

const SALE: [&str; 4] = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
];

async fn bench() -> (Bench, Receiver) {
    let retries = RetryPolicy {
        first: Duration::from_millis(20),
        longest: Duration::from_millis(50),
        attempts: 4,
    };
    let bench = Bench::with(Options {
        retries,
        ..Options::default()
    })
    .await;
    let receiver = Receiver::attach(&bench.sandbox).await;
    (bench, receiver)
}

async fn sell(bench: &Bench) -> String {
    let id = bench.session().await;
    bench.control.pay(&id, "visa").unwrap();
    id
}

#[tokio::test]
async fn events_come_in_order_signed_and_whole() {
    let (bench, receiver) = bench().await;
    let session = sell(&bench).await;
    assert!(bench.control.events_delivered(SOON).await);
    assert_eq!(receiver.types(), SALE);
    for (body, signature) in receiver.all() {
        let event = Webhook::construct_event(&body, &signature, SECRET).unwrap();
        assert_eq!(event.pending_webhooks, 1);
        assert!(Webhook::construct_event(&body, &signature, "whsec_other").is_err());
        if let EventObject::CheckoutSessionCompleted(completed) = event.data.object {
            assert_eq!(completed.id.as_str(), session);
        }
    }
    assert!(
        bench
            .control
            .events()
            .iter()
            .all(|event| event.delivery == Delivery::Delivered)
    );
}

#[tokio::test]
async fn a_failure_is_repeated_with_a_new_signature_until_it_is_given_up() {
    let (bench, receiver) = bench().await;
    bench
        .control
        .webhook_rule(WebhookRule::new(Effect::Drop).on("payment_intent.created"));
    receiver.answer(&[500, 302, 200]);
    let id = bench.session().await;
    bench.control.pay(&id, "declined").unwrap_err();
    bench.control.pause_webhooks();
    bench.control.resume_webhooks();
    assert!(bench.control.events_delivered(SOON).await);
    let events = bench.control.events();
    assert_eq!(events[0].delivery, Delivery::Dropped);
    let failed = &events[1];
    assert_eq!(failed.delivery, Delivery::Delivered);
    let attempts: usize = events.iter().map(|event| event.attempts.len()).sum();
    assert_eq!(attempts, receiver.all().len());
    assert!(failed.attempts.len() >= 2);

    receiver.answer(&[500; 4]);
    assert!(bench.control.resend(&failed.id, 1));
    assert!(bench.control.events_delivered(SOON).await);
    assert_eq!(bench.control.events()[1].delivery, Delivery::GivenUp);
}

#[tokio::test]
async fn twenty_copies_come_at_once() {
    let (bench, receiver) = bench().await;
    let rule = WebhookRule::new(Effect::Duplicate { copies: 20 }).on("checkout.session.completed");
    bench.control.webhook_rule(rule);
    sell(&bench).await;
    assert!(bench.control.events_delivered(SOON).await);
    let completed = receiver
        .types()
        .into_iter()
        .filter(|kind| kind == "checkout.session.completed")
        .count();
    assert_eq!(completed, 20);
}

#[tokio::test]
async fn events_are_reordered_delayed_and_lost() {
    let (bench, receiver) = bench().await;
    bench
        .control
        .webhook_rule(WebhookRule::new(Effect::Reorder).times(4));
    sell(&bench).await;
    assert!(bench.control.events_delivered(SOON).await);
    let mut backwards = SALE;
    backwards.reverse();
    assert_eq!(receiver.types(), backwards);

    receiver.seen.lock().unwrap().clear();
    bench
        .control
        .webhook_rule(WebhookRule::new(Effect::Delay { ms: 200 }).on("charge.succeeded"));
    bench
        .control
        .webhook_rule(WebhookRule::new(Effect::Drop).on("checkout.session.completed"));
    sell(&bench).await;
    assert!(bench.control.events_delivered(SOON).await);
    assert_eq!(
        receiver.types(),
        [
            "payment_intent.created",
            "payment_intent.succeeded",
            "charge.succeeded"
        ]
    );
}

#[tokio::test]
async fn an_answer_may_get_lost_and_an_attempt_may_not_get_through() {
    let (bench, receiver) = bench().await;
    bench
        .control
        .webhook_rule(WebhookRule::new(Effect::LoseAnswer).on("checkout.session.completed"));
    bench.control.webhook_rule(
        WebhookRule::new(Effect::Fail)
            .on("charge.succeeded")
            .times(2),
    );
    sell(&bench).await;
    assert!(bench.control.events_delivered(SOON).await);
    let count = |kind: &str| receiver.types().iter().filter(|seen| *seen == kind).count();
    assert_eq!(
        (
            count("checkout.session.completed"),
            count("charge.succeeded")
        ),
        (2, 1)
    );
    let events = bench.control.events();
    let charge = events
        .iter()
        .find(|event| event.kind == "charge.succeeded")
        .unwrap();
    assert_eq!(charge.attempts.len(), 3);
}

#[tokio::test]
async fn while_paused_nothing_comes() {
    let (bench, receiver) = bench().await;
    bench.control.pause_webhooks();
    sell(&bench).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(receiver.all().is_empty());
    assert!(
        !bench
            .control
            .events_delivered(Duration::from_millis(50))
            .await
    );
    bench.control.resume_webhooks();
    assert!(bench.control.events_delivered(SOON).await);
    assert_eq!(receiver.types(), SALE);
}

#[tokio::test]
async fn a_skewed_clock_and_a_broken_body_are_sent_as_told() {
    let (bench, receiver) = bench().await;
    bench.control.skew_signatures(-301);
    bench
        .control
        .send_raw_webhook("{\"id\": \"evt_1\", \"type\": ");
    assert!(bench.control.events_delivered(SOON).await);
    let (body, signature) = receiver.all().remove(0);
    assert!(Webhook::construct_event(&body, &signature, SECRET).is_err());
    let time: i64 = signature
        .strip_prefix("t=")
        .unwrap()
        .split(',')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(signature, sandbox::signature_header(SECRET, time, &body));
    assert!((bench.control.now() - time - 301).abs() <= 2);
}

#[tokio::test]
async fn retries_follow_the_clock() {
    let retries = RetryPolicy {
        first: Duration::from_hours(1),
        longest: Duration::from_hours(1),
        attempts: 3,
    };
    let bench = Bench::with(Options {
        retries,
        ..Options::default()
    })
    .await;
    let receiver = Receiver::attach(&bench.sandbox).await;
    receiver.answer(&[503; 4]);
    sell(&bench).await;
    while receiver.all().len() < 4 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bench.control.advance(Duration::from_secs(3601));
    assert!(bench.control.events_delivered(SOON).await);
    assert_eq!(receiver.all().len(), 8);
}
