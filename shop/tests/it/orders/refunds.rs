//! Money goes back: for things, for delivery, as an amount.

use super::{
    bought, give_back, latest, only, refund, refund_units, seen, send, stock, stocked, subjects,
    wren,
};
use crate::support::{TestShop, british, session_of};
use domain::{
    checkout::CheckoutForm,
    orders::{EventKind, FulfilmentStatus, OrderStatus, PaymentStatus, RefundError, RefundStatus},
    staff::Permission,
};
use futures::future::join_all;
use jiff::SignedDuration;
use shop::{Actor, Error, Fault, Placed};

#[tokio::test]
async fn a_thing_that_came_back_is_refunded_and_on_the_shelf_again() {
    let (test, number) = bought(2, 0).await;
    send(&test, number, &[2]).await;
    test.stripe.clear_mails();
    let order = seen(&test, number).await;
    give_back(&test, number, &refund_units(&order, 0, 1, true)).await;
    let order = seen(&test, number).await;
    assert_eq!(order.now.payment, PaymentStatus::PartiallyRefunded);
    assert_eq!(order.fulfilment, FulfilmentStatus::Fulfilled);
    assert_eq!(
        (order.given_back.minor, order.lines[0].account.returned),
        (2_200, 1)
    );
    assert_eq!(stock(&test).await, (4, 0, 0));
    let refund = &order.refunds[0];
    assert_eq!(refund.status, RefundStatus::Succeeded);
    assert_eq!(
        (refund.staff.as_str(), refund.reason.as_str()),
        ("Wren Calder", "Arrived broken")
    );
    assert_eq!(refund.lines, [("mug".to_owned(), 1)]);
    assert_eq!(
        subjects(&test),
        [format!("£22.00 of your order {number} goes back")]
    );
    give_back(&test, number, &refund_units(&order, 0, 1, true)).await;
    assert_eq!(
        seen(&test, number).await.fulfilment,
        FulfilmentStatus::Returned
    );
    assert_eq!(stock(&test).await, (5, 0, 0));
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn what_was_not_sent_is_free_again_or_written_off() {
    let (test, number) = bought(3, 0).await;
    send(&test, number, &[1]).await;
    let order = seen(&test, number).await;
    give_back(&test, number, &refund_units(&order, 1, 0, true)).await;
    assert_eq!(stock(&test).await, (4, 1, 0));
    let order = seen(&test, number).await;
    assert_eq!(
        (order.now.to_send, order.now.status),
        (1, OrderStatus::Open)
    );
    // The last one fell on the floor.
    give_back(&test, number, &refund_units(&order, 1, 0, false)).await;
    assert_eq!(stock(&test).await, (3, 0, 0));
    let order = seen(&test, number).await;
    assert_eq!(
        (order.now.to_send, order.now.status),
        (0, OrderStatus::Completed)
    );
    assert_eq!(order.fulfilment, FulfilmentStatus::Fulfilled);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn an_order_whose_things_are_all_refunded_is_over() {
    let (test, number) = bought(2, 0).await;
    let order = seen(&test, number).await;
    let mut form = refund_units(&order, 2, 0, true);
    form.shipping = "4.50".into();
    give_back(&test, number, &form).await;
    let order = seen(&test, number).await;
    assert_eq!(
        (
            order.now.status,
            order.now.payment,
            order.refundable().minor
        ),
        (OrderStatus::Cancelled, PaymentStatus::Refunded, 0)
    );
    assert_eq!(stock(&test).await, (5, 0, 0));
    assert!(!order.now.can_refund() && !order.now.can_fulfil() && !order.now.can_cancel());
    test.expect_books_to_balance().await;
}

/// Gives every unit and the delivery back one by one, and finds that it is exactly what was paid.
async fn give_all_back(test: &TestShop, number: i64) {
    Box::pin(send(test, number, &[3, 2])).await;
    for at in [0, 0, 0, 1, 1] {
        let order = seen(test, number).await;
        let mut form = refund_units(&order, 0, 1, false);
        form.lines[0].0 = order.lines[at].account.id;
        Box::pin(give_back(test, number, &form)).await;
    }
    let order = seen(test, number).await;
    for line in &order.lines {
        assert_eq!(
            line.account.given_back, line.account.paid,
            "{}",
            line.account.name
        );
    }
    assert_eq!(order.refundable(), order.shipping_left);
    let mut form = refund(&order);
    form.shipping = order.shipping_left.decimal();
    Box::pin(give_back(test, number, &form)).await;
    let order = seen(test, number).await;
    assert_eq!(order.given_back, order.total);
    assert_eq!(order.now.payment, PaymentStatus::Refunded);
    assert_eq!(test.stripe.taken().1, 0);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn discounted_things_given_back_one_by_one_come_to_what_was_paid() {
    let test = stocked().await;
    sqlx::query("update shipping_method set free_over = null")
        .execute(test.shop.db())
        .await
        .unwrap();
    let token = test.add(None, "mug", 3).await;
    test.add(Some(&token), "jug", 2).await;
    test.shop.apply_coupon(Some(&token), "TENTH").await.unwrap();
    let session = test.place(&token).await;
    test.pay(&session).await;
    let number = latest(&test).await;
    let order = seen(&test, number).await;
    assert_eq!(
        (order.total.minor, order.subtotal.minor),
        (7_738 + 450, 8_598)
    );
    Box::pin(give_all_back(&test, number)).await;
}

#[tokio::test]
async fn with_tax_on_top_they_come_to_what_was_paid_too() {
    let test = stocked().await;
    sqlx::query("update tax_rate set rate = 875 where country = 'US'")
        .execute(test.shop.db())
        .await
        .unwrap();
    let token = test.add(None, "mug", 3).await;
    test.add(Some(&token), "jug", 2).await;
    let form = CheckoutForm {
        country: "US".into(),
        region: "CA".into(),
        postcode: "94110".into(),
        ..british()
    };
    let form = test.form_for(&token, form).await;
    let Ok(Placed::Pay { url }) = test.shop.place_order(Some(&token), form).await else {
        panic!("it was to be paid")
    };
    test.pay(&session_of(&url)).await;
    let number = latest(&test).await;
    let order = seen(&test, number).await;
    assert!(order.tax_added.minor > 0);
    assert!(order.shipping_left.minor > order.shipping.minor);
    Box::pin(give_all_back(&test, number)).await;
}

#[tokio::test]
async fn an_amount_goes_back_for_nothing_in_particular() {
    let (test, number) = bought(1, 0).await;
    let mut form = refund(&seen(&test, number).await);
    form.amount = "5".into();
    form.tell = false;
    test.stripe.clear_mails();
    give_back(&test, number, &form).await;
    let order = seen(&test, number).await;
    assert_eq!((order.given_back.minor, order.now.to_send), (500, 1));
    assert_eq!(order.refunds[0].adjustment.minor, 500);
    assert_eq!(subjects(&test), Vec::<String>::new());
    // Everything would be £5.00 too much now; the mug for what is left is fifty pence less than it cost.
    let mut form = refund_units(&order, 1, 0, true);
    form.shipping = "4.50".into();
    assert!(matches!(
        test.shop.refund_order(&wren(&test), number, &form).await,
        Err(Fault::Refused(RefundError::TooMuch { .. }))
    ));
    form.shipping.clear();
    form.amount = "21.50".into();
    give_back(&test, number, &form).await;
    let order = seen(&test, number).await;
    assert_eq!(order.now.payment, PaymentStatus::Refunded);
    assert_eq!(
        (
            order.refunds[1].amount.minor,
            order.refunds[1].adjustment.minor
        ),
        (2_150, -50)
    );
    test.expect_books_to_balance().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn never_does_more_go_back_than_came_in() {
    let (test, number) = bought(1, 0).await;
    // £26.50 came in; each asks for £10.00 again and again until nothing is left to ask for.
    let given = join_all((0..6).map(async |_| {
        let mut given = 0;
        loop {
            let order = seen(&test, number).await;
            let mut form = refund(&order);
            form.amount = "10".into();
            match test.shop.refund_order(&wren(&test), number, &form).await {
                Ok(_) => given += 1,
                Err(Fault::Refused(RefundError::Stale)) => {}
                Err(Fault::Refused(RefundError::TooMuch { .. })) => return given,
                Err(other) => panic!("{other}"),
            }
        }
    }))
    .await;
    assert_eq!(given.iter().sum::<i32>(), 2);
    test.shop.run_jobs().await.unwrap();
    assert_eq!(seen(&test, number).await.refundable().minor, 650);
    assert_eq!(test.stripe.taken().1, 650);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_form_that_was_sent_twice_gives_back_once() {
    let (test, number) = bought(1, 0).await;
    let mut form = refund(&seen(&test, number).await);
    form.amount = "5".into();
    give_back(&test, number, &form).await;
    assert!(matches!(
        test.shop.refund_order(&wren(&test), number, &form).await,
        Err(Fault::Refused(RefundError::Stale))
    ));
    assert_eq!(test.number("select count(*) from refund").await, 1);
}

#[tokio::test]
async fn money_goes_back_only_by_whom_may_and_gave_the_password_lately() {
    let (test, number) = bought(1, 0).await;
    let mut form = refund(&seen(&test, number).await);
    form.amount = "5".into();
    let sends = only(&test, &[Permission::ViewOrders, Permission::FulfilOrders]);
    assert!(matches!(
        test.shop.refund_order(&sends, number, &form).await,
        Err(Fault::Failed(Error::Denied(Permission::RefundOrders)))
    ));
    let long_ago = Actor {
        confirmed_at: test.clock.now() - SignedDuration::from_hours(2),
        ..wren(&test)
    };
    assert!(matches!(
        test.shop.refund_order(&long_ago, number, &form).await,
        Err(Fault::Failed(Error::Unconfirmed))
    ));
    give_back(&test, number, &form).await;
    assert_eq!(
        test.text("select sentence from audit_entry").await,
        format!("Wren Calder refunded £5.00 of order {number}: Arrived broken.")
    );
    assert_eq!(
        test.text(
            "select before ->> 'given_back' || ' → ' || (after ->> 'given_back') from audit_entry"
        )
        .await,
        "£0.00 → £5.00"
    );
    let order = seen(&test, number).await;
    let asked = order
        .timeline
        .iter()
        .find(|one| one.kind == EventKind::RefundAsked)
        .unwrap();
    assert_eq!(
        (asked.detail.as_str(), asked.note.as_str()),
        ("refunded £5.00", "Arrived broken")
    );
}
