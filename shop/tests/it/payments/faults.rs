//! Stripe fails, or the shop dies between two steps.

use crate::support::{TestShop, session_of};
use domain::checkout::CheckoutError;
use sandbox::{Fault as Trouble, FaultRule};
use shop::{Fault, Placed};

#[tokio::test]
async fn an_answer_that_was_lost_is_asked_for_again_with_the_same_key() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    test.stripe
        .fault(FaultRule::new(Trouble::CommitThenDrop).on("POST", "/checkout/sessions"));
    test.place(&token).await;
    assert_eq!(
        test.number("select count(*) from payment where session_id is not null")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn while_stripe_is_away_nothing_is_lost_and_nothing_is_ordered_twice() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let form = test.form(&token).await;
    for _ in 0..20 {
        test.stripe
            .fault(FaultRule::new(Trouble::ServerError).on("POST", "/checkout/sessions"));
    }
    let Err(Fault::Refused(view)) = test.shop.place_order(Some(&token), form.clone()).await else {
        panic!("there is no pay page to go to")
    };
    assert_eq!(view.problem, Some(CheckoutError::PaymentUnavailable));
    assert_eq!(view.form.name, "Marian Teasdale");
    assert_eq!(test.shop.cart(Some(&token)).await.unwrap().count, 1);
    test.stripe.clear_faults();
    // Stripe keeps its failure for that key: another attempt has another.
    let Ok(Placed::Pay { url }) = test.shop.place_order(Some(&token), form).await else {
        panic!("Stripe is back")
    };
    test.stripe.pay(&session_of(&url), "visa").unwrap();
    test.tell(&session_of(&url)).await;
    test.shop.run_jobs().await.unwrap();
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn the_shop_dies_after_stripe_made_the_page_and_before_it_was_noted() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    sqlx::query("update payment set session_id = null, session_url = null")
        .execute(test.shop.db())
        .await
        .unwrap();
    // The shopper presses again: the identical request finds the page that there is.
    assert_eq!(test.place(&token).await, session);
    sqlx::query("update payment set session_id = null, session_url = null")
        .execute(test.shop.db())
        .await
        .unwrap();
    // Or pays, and the webhook names the attempt.
    test.pay(&session).await;
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn money_that_does_not_fit_is_looked_at_by_a_person() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    sqlx::query("update payment set request = jsonb_set(request, '{total}', '1')")
        .execute(test.shop.db())
        .await
        .unwrap();
    for _ in 0..2 {
        test.hear_of(&session).await;
        test.advance(3);
    }
    assert_eq!(
        test.number("select count(*) from \"order\" where payment_status = 'paid'")
            .await,
        0
    );
    assert_eq!(
        test.number("select count(*) from order_event where kind = 'needs_attention'")
            .await,
        1
    );
}

#[tokio::test]
async fn a_second_payment_of_one_order_goes_back() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.stripe.pay(&session, "visa").unwrap();
    // As if another attempt had been paid first.
    sqlx::query("update \"order\" set payment_status = 'paid', status = 'open'")
        .execute(test.shop.db())
        .await
        .unwrap();
    test.hear_of(&session).await;
    assert_eq!(test.text("select status from payment").await, "returned");
    assert_eq!(test.text("select status from refund").await, "succeeded");
    let (captured, kept) = test.stripe.taken();
    assert!(captured > 0 && kept == 0);
}
