//! What comes after the end: pressing once more, news that is late, money that is later.

use crate::support::TestShop;
use domain::{
    checkout::CheckoutForm,
    orders::{OrderStatus, PaymentStatus},
};
use futures::future::join_all;
use shop::{CartToken, Placed};

async fn press_again(test: &TestShop, token: &CartToken, form: CheckoutForm) -> String {
    match test.shop.place_order(Some(token), form).await {
        Ok(Placed::Done { order }) => order,
        other => panic!("it was paid already: {other:?}"),
    }
}

#[tokio::test]
async fn pressing_again_after_paying_leads_to_the_order() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let form = test.form(&token).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    assert_eq!(
        press_again(&test, &token, form).await,
        test.order_token().await
    );
    assert_eq!(test.number("select count(*) from \"order\"").await, 1);
    test.expect_books_to_balance().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_with_nothing_to_pay_pressed_at_once_is_one_order() {
    let test = TestShop::selling(5).await;
    sqlx::query("update shipping_method set price = 0")
        .execute(test.shop.db())
        .await
        .unwrap();
    let token = test.add(None, "mug", 2).await;
    test.shop.apply_coupon(Some(&token), "ALL").await.unwrap();
    let form = test.form(&token).await;
    let mut orders = join_all((0..4).map(|_| press_again(&test, &token, form.clone()))).await;
    orders.dedup();
    assert_eq!(orders, [test.order_token().await]);
    assert_eq!(test.number("select count(*) from \"order\"").await, 1);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_pay_page_that_closed_meanwhile_is_not_handed_out_again() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let first = test.place(&token).await;
    assert!(test.stripe.expire(&first));
    let second = test.place(&token).await;
    assert_ne!(first, second);
    test.pay(&second).await;
    assert_eq!(test.number("select count(*) from \"order\"").await, 1);
    assert_eq!(
        test.text("select payment_status from \"order\"").await,
        "paid"
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_pay_page_that_was_paid_meanwhile_is_not_handed_out_again() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let form = test.form(&token).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    // No webhook came, and nobody came back.
    let order = press_again(&test, &token, form).await;
    let order = test.shop.order(&order).await.unwrap().unwrap();
    assert_eq!(order.payment, PaymentStatus::Paid);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn late_news_of_an_old_pay_page_leaves_the_new_one_alone() {
    let test = TestShop::selling(9).await;
    let token = test.add(None, "mug", 1).await;
    let first = test.place(&token).await;
    test.add(Some(&token), "mug", 2).await;
    let second = test.place(&token).await;
    test.hear_of(&first).await;
    assert_eq!(
        test.number("select reserved::bigint from stock_level")
            .await,
        3
    );
    test.pay(&second).await;
    assert_eq!(
        test.text("select status || ' ' || payment_status from \"order\"")
            .await,
        "open paid"
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_transfer_that_takes_days_is_waited_for() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay_later(&session).unwrap();
    test.tell(&session).await;
    test.advance(60);
    test.shop.run_jobs().await.unwrap();
    let order = test.order_token().await;
    let seen = test.shop.order(&order).await.unwrap().unwrap();
    assert_eq!(
        (seen.status, seen.payment),
        (OrderStatus::Pending, PaymentStatus::Unpaid)
    );
    assert!(test.stripe.money_came(&session, true));
    test.hear_of(&session).await;
    let seen = test.shop.order(&order).await.unwrap().unwrap();
    assert_eq!(seen.payment, PaymentStatus::Paid);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_transfer_that_never_comes_frees_what_was_held() {
    let test = TestShop::selling(5).await;
    test.shop.schedule().await.unwrap();
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay_later(&session).unwrap();
    test.hear_of(&session).await;
    assert!(test.stripe.money_came(&session, false));
    test.tell(&session).await;
    for _ in 0..2 {
        test.shop.run_jobs().await.unwrap();
        test.advance(5);
    }
    test.shop.run_jobs().await.unwrap();
    assert_eq!(test.text("select status from \"order\"").await, "cancelled");
    assert_eq!(
        test.number("select reserved::bigint from stock_level")
            .await,
        0
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn money_for_what_was_sold_meanwhile_goes_back() {
    let test = TestShop::selling(1).await;
    let token = test.add(None, "mug", 1).await;
    let late = test.place(&token).await;
    let order = test.order_token().await;
    test.stripe.pay(&late, "visa").unwrap();
    // As if it had been freed, before this payment was heard of.
    for sql in [
        "insert into stock_movement (variant_id, location_id, kind, quantity, order_id, at)
         select variant_id, location_id, 'released', quantity, order_id, now() from reservation",
        "update reservation set status = 'released'",
        "update stock_level set reserved = 0",
    ] {
        sqlx::query(sql).execute(test.shop.db()).await.unwrap();
    }
    let other = test.add(None, "mug", 1).await;
    let session = test.place(&other).await;
    test.stripe.pay(&session, "visa").unwrap();
    test.tell(&session).await;
    test.hear_of(&late).await;
    let seen = test.shop.order(&order).await.unwrap().unwrap();
    assert_eq!(
        (seen.status, seen.payment),
        (OrderStatus::Cancelled, PaymentStatus::Refunded)
    );
    let mails = test.stripe.mails();
    let told = |mail: &&sandbox::Mail| mail.subject.contains("cannot be filled");
    assert_eq!(mails.iter().filter(told).count(), 1);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_dispute_may_be_told_before_the_payment() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    let paid = test.stripe.object(&session).unwrap();
    test.stripe
        .dispute(paid["payment_intent"].as_str().unwrap())
        .unwrap();
    for event in test.stripe.events() {
        let body = event.body.to_string();
        if body.contains("charge.dispute.created") {
            test.tell_raw(&body).await;
        }
    }
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.text("select status || ' ' || payment_status from \"order\"")
            .await,
        "open disputed"
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn who_turns_back_from_the_pay_page_types_nothing_twice() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    let page = test
        .shop
        .checkout(Some(&token), CheckoutForm::default())
        .await
        .unwrap();
    assert_eq!(page.form.email, "marian@example.com");
    assert_eq!(page.form.postcode, "LA9 4BH");
}

#[tokio::test]
async fn news_of_another_shops_payments_is_passed_over() {
    let test = TestShop::selling(5).await;
    let body = r#"{"id": "evt_other", "object": "event", "type": "checkout.session.completed", "data": {"object": {"id": "cs_test_other", "object": "checkout.session", "metadata": {"payment_id": "01900000-0000-7000-8000-000000000000"}}}}"#;
    test.tell_raw(body).await;
    test.shop.run_jobs().await.unwrap();
    assert_eq!(test.shop.dead_jobs().await.unwrap().len(), 0);
    assert_eq!(
        test.number("select count(*) from webhook_event where processed_at is not null")
            .await,
        1
    );
}
