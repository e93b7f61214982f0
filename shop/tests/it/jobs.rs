//! Background work.

use crate::support::{Product, SOON, TestShop, until};
use jiff::SignedDuration;
use sandbox::{Fault as Trouble, FaultRule, MailFault};
use shop::jobs::Retry;

async fn paid_order(test: &TestShop) {
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    test.tell(&session).await;
}

#[tokio::test]
async fn a_receipt_arrives_once_with_the_right_figures() {
    let test = TestShop::selling(5).await;
    paid_order(&test).await;
    test.shop.run_jobs().await.unwrap();
    let mail = test
        .stripe
        .wait_for_mail("marian@example.com", SOON)
        .await
        .expect("a receipt");
    assert_eq!(mail.subject, "Your order 1001 from Test");
    for words in [
        "£22.00",
        "£4.50",
        "£26.50",
        "14 Stramongate",
        "http://shop.example/orders/",
    ] {
        for body in [&mail.text, &mail.html] {
            assert!(
                body.as_ref().is_some_and(|body| body.contains(words)),
                "{words} is missing"
            );
        }
    }
    sqlx::query("insert into job (id, kind, payload, run_at, created_at)
                 select gen_random_uuid(), 'confirm_order', json_build_object('kind', 'confirm_order', 'order', id), now(), now()
                 from \"order\"")
        .execute(test.shop.db())
        .await
        .unwrap();
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.number("select count(*) from mail where sent_at is not null")
            .await,
        1
    );
    assert_eq!(
        test.number("select count(*) from order_event where kind = 'mail_sent'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_receipt_that_has_to_be_sent_again_is_the_same_mail() {
    let test = TestShop::selling(5).await;
    paid_order(&test).await;
    test.shop.run_jobs().await.unwrap();
    // As if the shop had died before it noted that the first was taken.
    for forgotten in [
        "update mail set sent_at = null",
        "insert into job (id, kind, payload, run_at, created_at)
         select gen_random_uuid(), 'confirm_order', json_build_object('kind', 'confirm_order', 'order', id), now(), now()
         from \"order\"",
    ] {
        sqlx::query(forgotten).execute(test.shop.db()).await.unwrap();
    }
    test.shop.run_jobs().await.unwrap();
    until(async || test.stripe.mails().len() == 2).await;
    let ids: Vec<String> = test
        .stripe
        .mails()
        .into_iter()
        .flat_map(|mail| mail.headers)
        .filter(|(name, _)| name.eq_ignore_ascii_case("Message-ID"))
        .map(|(_, id)| id)
        .collect();
    let expected = test
        .text("select '<' || id || '@tarnandtallow.example>' from mail")
        .await;
    assert_eq!(ids, [expected.clone(), expected]);
}

#[tokio::test]
async fn what_fails_comes_again_later_and_is_set_aside_in_the_end() {
    let test = TestShop::selling(5).await;
    sqlx::query("insert into job (id, kind, payload, run_at, created_at, max_attempts)
                 values (gen_random_uuid(), 'confirm_order',
                         json_build_object('kind', 'confirm_order', 'order', gen_random_uuid()), now(), now(), 3)")
        .execute(test.shop.db())
        .await
        .unwrap();
    for attempt in 1..=3 {
        assert_eq!(test.shop.run_jobs().await.unwrap(), 1);
        assert_eq!(
            test.shop.run_jobs().await.unwrap(),
            0,
            "attempt {attempt} was to wait"
        );
        test.clock.advance(SignedDuration::from_secs(60));
    }
    let dead = test.shop.dead_jobs().await.unwrap();
    assert_eq!((dead.len(), dead[0].attempts), (1, 3));
    assert!(dead[0].error.contains("there is no order"));
    assert_eq!(
        test.shop
            .retry_job(&test.operator(), dead[0].id)
            .await
            .unwrap(),
        Retry::Again
    );
    assert_eq!(test.shop.run_jobs().await.unwrap(), 1);
    assert_eq!(test.shop.queue().await.unwrap().scheduled, 1);
}

#[tokio::test]
async fn a_job_of_a_worker_that_died_is_taken_over() {
    let test = TestShop::selling(5).await;
    paid_order(&test).await;
    sqlx::query("update job set leased_until = now() + interval '5 minutes', attempts = 1 where kind = 'handle_webhook'")
        .execute(test.shop.db())
        .await
        .unwrap();
    assert_eq!(test.shop.run_jobs().await.unwrap(), 0);
    test.clock.advance(SignedDuration::from_mins(6));
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_job_that_cannot_be_read_is_a_failure_of_that_job() {
    let test = TestShop::selling(5).await;
    sqlx::query("insert into job (id, kind, payload, run_at, created_at, max_attempts)
                 values (gen_random_uuid(), 'nonsense', '{\"kind\": \"nonsense\"}', now(), now(), 1)")
        .execute(test.shop.db())
        .await
        .unwrap();
    paid_order(&test).await;
    test.shop.run_jobs().await.unwrap();
    assert_eq!(test.shop.dead_jobs().await.unwrap().len(), 1);
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_worker_that_lost_its_job_to_another_changes_nothing() {
    // One that would have done it, and one that would have failed.
    for trouble in [Trouble::Slow { ms: 500 }, Trouble::Hang] {
        let test = TestShop::selling(5).await;
        paid_order(&test).await;
        test.stripe.clear_requests();
        test.stripe
            .fault(FaultRule::new(trouble).on("GET", "/checkout/sessions"));
        let losing = tokio::spawn({
            let shop = test.shop.clone();
            async move { shop.run_jobs().await }
        });
        until(async || !test.stripe.requests().is_empty()).await;
        // Another worker takes it over.
        let lease = "update job set attempts = attempts + 1, leased_until = leased_until + interval '5 minutes'
                     where kind = 'handle_webhook'";
        sqlx::query(lease).execute(test.shop.db()).await.unwrap();
        losing.await.unwrap().unwrap();
        let kept = "select count(*) from job where kind = 'handle_webhook' and attempts = 2
                    and leased_until is not null and last_error is null";
        assert_eq!(test.number(kept).await, 1, "{trouble:?}");
    }
}

#[tokio::test]
async fn a_job_that_ends_its_worker_each_time_is_set_aside() {
    let test = TestShop::selling(5).await;
    paid_order(&test).await;
    let twice = "update job set max_attempts = 2 where kind = 'handle_webhook'";
    sqlx::query(twice).execute(test.shop.db()).await.unwrap();
    for _ in 0..2 {
        test.stripe.clear_requests();
        test.stripe
            .fault(FaultRule::new(Trouble::Hang).on("GET", "/checkout/sessions"));
        tokio::select! {
            done = test.shop.run_jobs() => panic!("Stripe was not to answer: {done:?}"),
            // The worker is dropped in the midst of it, as if its process had died.
            () = until(async || !test.stripe.requests().is_empty()) => {}
        }
        assert_eq!(test.shop.queue().await.unwrap().running, 1);
        test.clock.advance(SignedDuration::from_mins(6));
    }
    assert_eq!(test.shop.run_jobs().await.unwrap(), 0);
    let dead = test.shop.dead_jobs().await.unwrap();
    assert_eq!((dead.len(), dead[0].attempts), (1, 2));
    assert_eq!(dead[0].error, "no worker came to its end");
}

#[tokio::test]
async fn a_job_has_a_time_limit() {
    let test =
        TestShop::with(|settings| settings.jobs.time_limit = SignedDuration::from_millis(50)).await;
    Product::mug().put_on_shelf(&test.shop).await;
    paid_order(&test).await;
    test.stripe
        .fault(FaultRule::new(Trouble::Hang).on("GET", "/checkout/sessions"));
    assert_eq!(test.shop.run_jobs().await.unwrap(), 1);
    let error = "select last_error from job where kind = 'handle_webhook' and leased_until is null";
    assert_eq!(test.text(error).await, "invariant: not done within 50ms");
}

#[tokio::test]
async fn nothing_waits_for_the_slowest() {
    let test = TestShop::with(|settings| settings.jobs.at_once = 2).await;
    Product::mug().put_on_shelf(&test.shop).await;
    paid_order(&test).await;
    test.stripe
        .fault(FaultRule::new(Trouble::Hang).on("GET", "/checkout/sessions"));
    let quick = "insert into job (id, kind, payload, run_at, created_at, max_attempts)
                 select gen_random_uuid(), 'nonsense', '{\"kind\": \"nonsense\"}', now(), now(), 1
                 from generate_series(1, 20)";
    sqlx::query(quick).execute(test.shop.db()).await.unwrap();
    tokio::select! {
        done = test.shop.run_jobs() => panic!("Stripe was not to answer: {done:?}"),
        () = until(async || test.shop.queue().await.unwrap().dead == 20) => {}
    }
    assert_eq!(test.shop.queue().await.unwrap().running, 1);
}

#[tokio::test]
async fn a_worker_ends_what_it_has_begun_before_it_stops() {
    let test = TestShop::selling(5).await;
    paid_order(&test).await;
    test.stripe.clear_requests();
    test.stripe
        .fault(FaultRule::new(Trouble::Slow { ms: 200 }).on("GET", "/checkout/sessions"));
    let (end, stopping) = tokio::sync::watch::channel(false);
    let working = tokio::spawn({
        let shop = test.shop.clone();
        async move { shop.work(stopping).await }
    });
    until(async || !test.stripe.requests().is_empty()).await;
    end.send(true).unwrap();
    working.await.unwrap();
    let paid = "select count(*) from \"order\" where payment_status = 'paid'";
    assert_eq!(test.number(paid).await, 1);
    assert_eq!(test.shop.queue().await.unwrap().running, 0);
}

#[tokio::test]
async fn a_dead_job_that_was_enqueued_anew_is_not_tried_twice() {
    let test = TestShop::selling(5).await;
    paid_order(&test).await;
    let dies = "update job set died_at = now() where kind = 'handle_webhook'";
    sqlx::query(dies).execute(test.shop.db()).await.unwrap();
    let anew = "insert into job (id, kind, payload, key, run_at, created_at)
                select gen_random_uuid(), kind, payload, key, now(), now() from job where kind = 'handle_webhook'";
    sqlx::query(anew).execute(test.shop.db()).await.unwrap();
    let dead = test.shop.dead_jobs().await.unwrap()[0].id;
    let retried = test.shop.retry_job(&test.operator(), dead).await.unwrap();
    assert_eq!(retried, Retry::Superseded);
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.shop.retry_job(&test.operator(), dead).await.unwrap(),
        Retry::Again
    );
    assert_eq!(
        test.shop.retry_job(&test.operator(), dead).await.unwrap(),
        Retry::Unknown
    );
}

#[tokio::test]
async fn a_job_and_those_that_it_causes_know_the_request_they_come_from() {
    let test = TestShop::selling(5).await;
    let session = {
        let token = test.add(None, "mug", 1).await;
        test.place(&token).await
    };
    test.stripe.pay(&session, "visa").unwrap();
    let request = Some("request-1".to_owned());
    shop::for_request(request, Box::pin(test.tell(&session))).await;
    test.stripe.mail_fault(MailFault::Refuse, 1);
    test.shop.run_jobs().await.unwrap();
    let told = "select request_id from job where kind = 'confirm_order'";
    assert_eq!(test.text(told).await, "request-1");
}
