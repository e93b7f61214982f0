//! However Stripe's answer comes, the order is paid once.

use crate::support::TestShop;
use domain::orders::{OrderStatus, PaymentStatus};
use futures::future::join_all;
use shop::{CartToken, Placed};

async fn expect_one_paid_order(test: &TestShop) {
    assert_eq!(
        test.number(
            "select count(*) from \"order\" where payment_status = 'paid' and status = 'open'"
        )
        .await,
        1
    );
    assert_eq!(
        test.number("select count(*) from payment where status = 'succeeded'")
            .await,
        1
    );
    assert_eq!(
        test.number("select count(*) from order_event where kind = 'paid'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

async fn pay(test: &TestShop) -> (CartToken, String) {
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    (token, session)
}

#[tokio::test]
async fn the_shopper_comes_back_before_the_webhook() {
    let test = TestShop::selling(5).await;
    let (token, session) = pay(&test).await;
    let order = test
        .shop
        .returned_from_payment(&test.order_token().await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (order.payment, order.status),
        (PaymentStatus::Paid, OrderStatus::Open)
    );
    assert_eq!(order.card, Some(("visa".to_owned(), "4242".to_owned())));
    assert_eq!(test.shop.cart(Some(&token)).await.unwrap().count, 0);
    test.hear_of(&session).await;
    expect_one_paid_order(&test).await;
}

#[tokio::test]
async fn the_webhook_comes_before_the_shopper() {
    let test = TestShop::selling(5).await;
    let (_, session) = pay(&test).await;
    test.hear_of(&session).await;
    let order = test
        .shop
        .returned_from_payment(&test.order_token().await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(order.payment, PaymentStatus::Paid);
    expect_one_paid_order(&test).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_tellings_at_once_change_nothing() {
    let test = TestShop::selling(5).await;
    let (_, session) = pay(&test).await;
    let token = test.order_token().await;
    join_all((0..20).map(|at| {
        let (test, session, token) = (&test, &session, &token);
        async move {
            if at % 2 == 0 {
                test.tell(session).await;
                test.shop.run_jobs().await.unwrap();
            } else {
                test.shop.returned_from_payment(token).await.unwrap();
            }
        }
    }))
    .await;
    expect_one_paid_order(&test).await;
}

#[tokio::test]
async fn a_webhook_that_never_comes_costs_minutes() {
    let test = TestShop::selling(5).await;
    test.shop.schedule().await.unwrap();
    // It looks again and again.
    for _ in 0..2 {
        test.advance(2);
        test.shop.run_jobs().await.unwrap();
    }
    pay(&test).await;
    test.advance(3);
    test.shop.run_jobs().await.unwrap();
    expect_one_paid_order(&test).await;
}

#[tokio::test]
async fn what_was_put_in_since_stays_in_the_basket() {
    let test = TestShop::selling(9).await;
    let token = test.add(None, "mug", 2).await;
    let session = test.place(&token).await;
    test.add(Some(&token), "mug", 3).await;
    test.pay(&session).await;
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert_eq!((cart.count, cart.lines.len()), (3, 1));
    expect_one_paid_order(&test).await;
}

#[tokio::test]
async fn an_order_with_nothing_to_pay_needs_no_stripe() {
    let test = TestShop::selling(5).await;
    sqlx::query("update shipping_method set price = 0")
        .execute(test.shop.db())
        .await
        .unwrap();
    let token = test.add(None, "mug", 2).await;
    test.shop.apply_coupon(Some(&token), "ALL").await.unwrap();
    let form = test.form(&token).await;
    let placed = test.shop.place_order(Some(&token), form).await.unwrap();
    let Placed::Done { order } = placed else {
        panic!("nothing is to be paid: {placed:?}")
    };
    let order = test.shop.order(&order).await.unwrap().unwrap();
    assert_eq!((order.total.minor, order.payment), (0, PaymentStatus::Paid));
    assert_eq!(
        test.number("select allocated::bigint from stock_level")
            .await,
        2
    );
    assert_eq!(
        test.number("select used::bigint from coupon where code = 'ALL'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn money_without_a_minor_unit_is_paid_as_it_is() {
    let test = TestShop::selling(5).await;
    sqlx::query("update setting set value = jsonb_set(value, '{currency}', '\"JPY\"')")
        .execute(test.shop.db())
        .await
        .unwrap();
    test.shop.refresh_products().await.unwrap();
    let (_, session) = pay(&test).await;
    test.hear_of(&session).await;
    let order = test
        .shop
        .order(&test.order_token().await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(order.total.to_string(), "¥2,650");
    expect_one_paid_order(&test).await;
}
