//! Pressing twice, changing one's mind, running out of time.

use crate::support::{TestShop, session_of};
use domain::orders::PaymentStatus;
use futures::future::join_all;
use shop::Placed;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pressing_twice_and_two_tabs_are_one_order_and_one_pay_page() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    let form = test.form(&token).await;
    let placed = join_all((0..6).map(|_| test.shop.place_order(Some(&token), form.clone()))).await;
    let mut pages: Vec<String> = placed
        .into_iter()
        .map(|placed| match placed {
            Ok(Placed::Pay { url }) => session_of(&url),
            other => panic!("the order was to be paid: {other:?}"),
        })
        .collect();
    pages.dedup();
    assert_eq!(pages.len(), 1);
    assert_eq!(test.number("select count(*) from \"order\"").await, 1);
    assert_eq!(test.number("select count(*) from payment").await, 1);
    assert_eq!(
        test.number("select reserved::bigint from stock_level")
            .await,
        2
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_changed_basket_closes_the_old_pay_page() {
    let test = TestShop::selling(9).await;
    let token = test.add(None, "mug", 1).await;
    let first = test.place(&token).await;
    test.add(Some(&token), "mug", 2).await;
    let second = test.place(&token).await;
    assert_ne!(first, second);
    assert!(
        test.stripe.pay(&first, "visa").is_err(),
        "the old page can still be paid"
    );
    assert_eq!(
        test.number("select reserved::bigint from stock_level")
            .await,
        3
    );
    test.pay(&second).await;
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_basket_changed_after_it_was_paid_leads_to_the_order() {
    let test = TestShop::selling(9).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    test.add(Some(&token), "mug", 1).await;
    let form = test.form(&token).await;
    let placed = test.shop.place_order(Some(&token), form).await.unwrap();
    let Placed::Done { order } = placed else {
        panic!("it was paid: {placed:?}")
    };
    assert_eq!(
        test.shop.order(&order).await.unwrap().unwrap().payment,
        PaymentStatus::Paid
    );
    assert_eq!(test.shop.cart(Some(&token)).await.unwrap().count, 1);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn the_last_one_stays_in_the_basket_of_whom_it_is_held_for() {
    let test = TestShop::selling(1).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert!(cart.can_check_out() && cart.lines[0].available == 1);
    assert_eq!(test.place(&token).await, session);
}

#[tokio::test]
async fn what_is_not_paid_in_time_is_free_for_others() {
    let test = TestShop::selling(1).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.advance(37);
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.number("select count(*) from \"order\" where status = 'cancelled'")
            .await,
        1
    );
    assert_eq!(
        test.number("select (on_hand - allocated - reserved)::bigint from stock_level")
            .await,
        1
    );
    assert!(test.stripe.pay(&session, "visa").is_err());
    assert_eq!(
        test.shop.cart(Some(&token)).await.unwrap().count,
        1,
        "the basket stays"
    );
    test.place(&token).await;
    assert_eq!(
        test.number("select count(*) from \"order\" where status = 'pending'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_payment_at_the_last_moment_is_a_payment() {
    let test = TestShop::selling(1).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    test.advance(40);
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_declined_card_leaves_the_page_open_for_another() {
    let test = TestShop::selling(1).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    assert!(test.stripe.pay(&session, "4000 0000 0000 0002").is_err());
    let order = test.text("select token from \"order\"").await;
    let seen = test
        .shop
        .returned_from_payment(&order)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.payment, PaymentStatus::Unpaid);
    assert!(seen.pay_href.is_some());
    test.stripe.pay(&session, "visa").unwrap();
    let seen = test
        .shop
        .returned_from_payment(&order)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(seen.payment, PaymentStatus::Paid);
    test.expect_books_to_balance().await;
}
