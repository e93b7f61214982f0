//! Stripe refuses, fails, or takes its time.

use super::{bought, give_back, refund, refund_units, seen, send, stock, wren};
use domain::orders::{EventKind, OrderStatus, PaymentStatus, RefundStatus};
use sandbox::{Fault as Trouble, FaultRule};

#[tokio::test]
async fn a_refund_that_fails_leaves_the_money_to_be_given_back() {
    let (test, number) = bought(2, 0).await;
    send(&test, number, &[1]).await;
    test.stripe.next_refund_fails();
    let order = seen(&test, number).await;
    give_back(&test, number, &refund_units(&order, 1, 1, true)).await;
    let order = seen(&test, number).await;
    assert_eq!(order.refunds[0].status, RefundStatus::Failed);
    assert_eq!(order.now.payment, PaymentStatus::Paid);
    assert_eq!(order.refundable(), order.total);
    let line = &order.lines[0].account;
    // The goods are where they are: one came back, one is not sent any more. Both are owed their money.
    assert_eq!((line.refunded, line.to_send(), line.owed()), (0, 0, 1));
    assert_eq!(stock(&test).await, (5, 0, 0));
    let noted = order
        .timeline
        .iter()
        .find(|one| one.kind == EventKind::NeedsAttention);
    assert!(noted.unwrap().detail.contains("£44.00 failed at Stripe"));
    test.expect_books_to_balance().await;
    give_back(&test, number, &refund_units(&order, 1, 1, false)).await;
    let order = seen(&test, number).await;
    assert_eq!(
        (order.given_back.minor, order.lines[0].account.refunded),
        (4_400, 2)
    );
    assert_eq!(stock(&test).await, (5, 0, 0));
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn what_stripe_refuses_is_undone_and_said() {
    let (test, number) = bought(1, 0).await;
    let order = seen(&test, number).await;
    // As if it had been given back at Stripe by hand.
    sqlx::query("update payment set payment_intent = 'pi_gone'")
        .execute(test.shop.db())
        .await
        .unwrap();
    give_back(&test, number, &refund_units(&order, 1, 0, true)).await;
    let order = seen(&test, number).await;
    assert_eq!(order.refunds[0].status, RefundStatus::Failed);
    assert_eq!(
        (
            order.lines[0].account.refunded,
            order.lines[0].account.owed()
        ),
        (0, 1)
    );
    assert_eq!(order.now.status, OrderStatus::Cancelled);
    assert!(order.now.can_refund());
    assert!(
        order
            .timeline
            .iter()
            .any(|one| one.kind == EventKind::NeedsAttention)
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_bank_that_takes_its_time_is_waited_for() {
    let (test, number) = bought(1, 0).await;
    test.stripe.next_refund_pends();
    let mut form = refund(&seen(&test, number).await);
    form.amount = "10".into();
    give_back(&test, number, &form).await;
    let order = seen(&test, number).await;
    assert_eq!(order.refunds[0].status, RefundStatus::Pending);
    assert_eq!(order.now.payment, PaymentStatus::Paid);
    assert_eq!(order.refundable().minor, 1_650);
    test.expect_books_to_balance().await;
    let stripe_id = order.refunds[0].stripe.clone().unwrap();
    assert!(test.stripe.finish_refund(&stripe_id, false));
    test.hear_of(&stripe_id).await;
    let order = seen(&test, number).await;
    assert_eq!(order.refunds[0].status, RefundStatus::Failed);
    assert_eq!(order.refundable(), order.total);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn an_answer_that_was_lost_gives_back_once() {
    let (test, number) = bought(1, 0).await;
    let order = seen(&test, number).await;
    test.stripe
        .fault(FaultRule::new(Trouble::CommitThenDrop).on("POST", "/refunds"));
    let form = refund_units(&order, 1, 0, true);
    test.shop
        .refund_order(&wren(&test), number, &form)
        .await
        .unwrap();
    test.shop.run_jobs().await.unwrap();
    test.advance(5);
    test.shop.run_jobs().await.unwrap();
    let order = seen(&test, number).await;
    assert_eq!(order.given_back.minor, 2_200);
    assert_eq!(
        order
            .refunds
            .iter()
            .filter(|one| one.status == RefundStatus::Succeeded)
            .count(),
        1
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_key_that_stripe_failed_for_is_not_used_again_and_the_things_stay_refunded() {
    let (test, number) = bought(1, 0).await;
    let order = seen(&test, number).await;
    test.stripe
        .fault(FaultRule::new(Trouble::ServerError).on("POST", "/refunds"));
    give_back(&test, number, &refund_units(&order, 1, 0, true)).await;
    let order = seen(&test, number).await;
    let states: Vec<_> = order
        .refunds
        .iter()
        .map(|one| (one.status, one.lines.len()))
        .collect();
    assert_eq!(
        states,
        [(RefundStatus::Failed, 0), (RefundStatus::Succeeded, 1)]
    );
    assert_eq!(
        (order.given_back.minor, order.lines[0].account.refunded),
        (2_200, 1)
    );
    test.expect_books_to_balance().await;
}
