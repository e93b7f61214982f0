//! Orders are taken back before anything is sent.

use super::{bought, give_back, latest, only, refund, seen, send, stock, subjects, wren};
use crate::support::TestShop;
use domain::{
    orders::{CancelError, CancelForm, EventKind, OrderStatus, PaymentStatus},
    staff::Permission,
};
use sandbox::{Fault as Trouble, FaultRule};
use shop::{Error, Fault};

async fn form(test: &TestShop, number: i64) -> CancelForm {
    CancelForm {
        version: seen(test, number).await.version.to_string(),
        reason: "Changed their mind".into(),
        tell: "on".into(),
    }
}

async fn cancel(test: &TestShop, number: i64) -> Result<(), Fault<CancelError>> {
    let form = form(test, number).await;
    let cancelled = test.shop.cancel_order(&wren(test), number, &form).await;
    test.shop.run_jobs().await.unwrap();
    cancelled
}

#[tokio::test]
async fn a_paid_order_gives_everything_back() {
    let (test, number) = bought(2, 1).await;
    // Something went back before for nothing in particular.
    let mut some = refund(&seen(&test, number).await);
    some.amount = "3.33".into();
    give_back(&test, number, &some).await;
    test.stripe.clear_mails();
    cancel(&test, number).await.unwrap();
    let order = seen(&test, number).await;
    assert_eq!(
        (order.now.status, order.now.payment, order.given_back),
        (OrderStatus::Cancelled, PaymentStatus::Refunded, order.total)
    );
    assert_eq!(stock(&test).await, (5, 0, 0));
    assert_eq!(
        subjects(&test),
        [format!("Your order {number} was cancelled")]
    );
    let told = order
        .timeline
        .iter()
        .find(|one| one.kind == EventKind::Cancelled)
        .unwrap();
    let left = order.total.minor - 333;
    assert_eq!(
        told.detail,
        format!(
            "cancelled the order and refunded £{}.{:02}",
            left / 100,
            left % 100
        )
    );
    assert_eq!(told.note, "Changed their mind");
    assert_eq!(test.stripe.taken().1, 0);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn an_order_that_nobody_paid_closes_its_pay_page_first() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    let session = test.place(&token).await;
    let number = latest(&test).await;
    cancel(&test, number).await.unwrap();
    let order = seen(&test, number).await;
    assert_eq!(
        (order.now.status, order.now.payment),
        (OrderStatus::Cancelled, PaymentStatus::Unpaid)
    );
    assert_eq!(stock(&test).await, (5, 0, 0));
    assert!(test.stripe.pay(&session, "visa").is_err());
    assert!(matches!(
        cancel(&test, number).await,
        Err(Fault::Refused(CancelError::Over))
    ));
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn whoever_paid_a_moment_ago_is_not_cancelled_unseen() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    let session = test.place(&token).await;
    let number = latest(&test).await;
    test.stripe.pay(&session, "visa").unwrap();
    assert!(matches!(
        cancel(&test, number).await,
        Err(Fault::Refused(CancelError::PaidMeanwhile))
    ));
    assert_eq!(seen(&test, number).await.now.payment, PaymentStatus::Paid);
    cancel(&test, number).await.unwrap();
    assert_eq!(
        seen(&test, number).await.now.payment,
        PaymentStatus::Refunded
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn without_stripes_answer_an_unpaid_order_stays() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    test.place(&token).await;
    let number = latest(&test).await;
    for _ in 0..5 {
        test.stripe
            .fault(FaultRule::new(Trouble::ServerError).on("POST", "/expire"));
        test.stripe
            .fault(FaultRule::new(Trouble::ServerError).on("GET", "/checkout/sessions"));
    }
    assert!(matches!(
        cancel(&test, number).await,
        Err(Fault::Refused(CancelError::NoAnswer))
    ));
    assert_eq!(seen(&test, number).await.now.status, OrderStatus::Pending);
    assert_eq!(stock(&test).await, (5, 0, 2));
}

#[tokio::test]
async fn what_is_on_its_way_is_not_cancelled() {
    let (test, number) = bought(2, 0).await;
    let before = form(&test, number).await;
    send(&test, number, &[1]).await;
    assert!(matches!(
        test.shop.cancel_order(&wren(&test), number, &before).await,
        Err(Fault::Refused(CancelError::Stale))
    ));
    assert!(matches!(
        cancel(&test, number).await,
        Err(Fault::Refused(CancelError::Sent))
    ));
    let edits = only(&test, &[Permission::EditOrders, Permission::FulfilOrders]);
    assert!(matches!(
        test.shop.cancel_order(&edits, number, &before).await,
        Err(Fault::Failed(Error::Denied(Permission::RefundOrders)))
    ));
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn an_order_that_cost_nothing_is_cancelled_without_stripe() {
    let test = TestShop::selling(5).await;
    sqlx::query("update shipping_method set price = 0")
        .execute(test.shop.db())
        .await
        .unwrap();
    let token = test.add(None, "mug", 2).await;
    test.shop.apply_coupon(Some(&token), "ALL").await.unwrap();
    let filled = test.form(&token).await;
    test.shop.place_order(Some(&token), filled).await.unwrap();
    let number = latest(&test).await;
    cancel(&test, number).await.unwrap();
    assert_eq!(seen(&test, number).await.now.status, OrderStatus::Cancelled);
    assert_eq!(test.number("select count(*) from refund").await, 0);
    assert_eq!(stock(&test).await, (5, 0, 0));
    test.expect_books_to_balance().await;
}
