//! Things go out, all at once or in parts.

use super::{bought, latest, only, parcel, seen, send, stock, subjects, wren};
use crate::support::TestShop;
use domain::{
    fulfilment::{FulfilError, FulfilForm},
    orders::{EventKind, FulfilmentStatus, OrderStatus},
    staff::Permission,
};
use futures::future::join_all;
use shop::{Error, Fault};

#[tokio::test]
async fn a_part_is_sent_and_then_the_rest() {
    let (test, number) = bought(2, 1).await;
    assert_eq!(stock(&test).await, (5, 2, 0));
    send(&test, number, &[1, 0]).await;
    let order = seen(&test, number).await;
    assert_eq!(order.fulfilment, FulfilmentStatus::Partial);
    assert_eq!(order.now.status, OrderStatus::Open);
    assert_eq!((order.now.sent, order.now.to_send), (1, 2));
    assert_eq!(stock(&test).await, (4, 1, 0));
    let parcel = &order.parcels[0];
    assert_eq!(
        (parcel.by().as_str(), parcel.count(), parcel.position),
        ("Royal Mail, RM 4471", 1, 1)
    );
    send(&test, number, &[1, 1]).await;
    let order = seen(&test, number).await;
    assert_eq!(order.fulfilment, FulfilmentStatus::Fulfilled);
    assert_eq!(order.now.status, OrderStatus::Completed);
    assert_eq!(stock(&test).await, (3, 0, 0));
    assert!(!order.now.can_fulfil() && order.now.can_refund());
    let happened = order
        .timeline
        .iter()
        .filter(|one| one.kind == EventKind::Fulfilled);
    let told: Vec<_> = happened
        .map(|one| (one.staff.as_str(), one.detail.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Wren Calder", "sent 2 of 3 things by Royal Mail, RM 4471"),
            ("Wren Calder", "sent 1 of 3 things by Royal Mail, RM 4471"),
        ]
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn the_shopper_is_told_how_to_follow_a_parcel() {
    let (test, number) = bought(2, 1).await;
    test.stripe.clear_mails();
    send(&test, number, &[1, 0]).await;
    assert_eq!(
        subjects(&test),
        [format!("Your order {number} is on its way")]
    );
    let mail = &test.stripe.mails()[0];
    let html = mail.html.as_deref().unwrap();
    assert!(html.contains("href=\"https://track.example/RM4471\""));
    let plain = mail.text.as_deref().unwrap();
    assert!(plain.contains("1 of its 3 things") && plain.contains("1 × mug"));
    let own = test
        .shop
        .order(&test.order_token().await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(own.parcels[0].tracking, "RM 4471");
    assert_eq!(own.fulfilment, FulfilmentStatus::Partial);
}

#[tokio::test]
async fn a_parcel_takes_the_stock_from_where_it_was_promised() {
    let test = TestShop::selling(1).await;
    for sql in [
        "insert into stock_location (id, name, position) values (gen_random_uuid(), 'Barn', 1)",
        "insert into stock_level (variant_id, location_id, on_hand)
         select v.id, l.id, 4 from variant v, stock_location l where l.name = 'Barn'",
        "insert into stock_movement (variant_id, location_id, kind, quantity, at)
         select v.id, l.id, 'received', 4, now() from variant v, stock_location l where l.name = 'Barn'",
    ] {
        sqlx::query(sql).execute(test.shop.db()).await.unwrap();
    }
    let token = test.add(None, "mug", 3).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    let number = latest(&test).await;
    let at = "select string_agg(l.name || ' ' || s.on_hand || ' ' || s.allocated, ', ' order by l.position)
              from stock_level s join stock_location l on l.id = s.location_id";
    assert_eq!(test.text(at).await, "Yard 1 1, Barn 4 2");
    send(&test, number, &[2]).await;
    assert_eq!(test.text(at).await, "Yard 0 0, Barn 3 1");
    send(&test, number, &[1]).await;
    assert_eq!(test.text(at).await, "Yard 0 0, Barn 2 0");
    test.expect_books_to_balance().await;
}

async fn refusal(test: &TestShop, number: i64, form: &FulfilForm) -> FulfilError {
    match test.shop.fulfil_order(&wren(test), number, form).await {
        Err(Fault::Refused(error)) => error,
        other => panic!("it was to be refused: {other:?}"),
    }
}

#[tokio::test]
async fn nothing_is_sent_that_is_not_left_or_not_paid() {
    let (test, number) = bought(2, 0).await;
    let order = seen(&test, number).await;
    let too_many = refusal(&test, number, &parcel(&order, &[3])).await;
    assert_eq!(too_many.to_string(), "Of mug only 2 are left to send.");
    assert_eq!(
        refusal(&test, number, &parcel(&order, &[0])).await,
        FulfilError::NothingChosen
    );
    assert_eq!(
        refusal(&test, 1, &parcel(&order, &[1])).await,
        FulfilError::Unknown
    );
    send(&test, number, &[1]).await;
    // The page that was open meanwhile, or the button that was pressed twice.
    assert_eq!(
        refusal(&test, number, &parcel(&order, &[1])).await,
        FulfilError::Stale
    );
    send(&test, number, &[1]).await;
    let order = seen(&test, number).await;
    assert_eq!(
        refusal(&test, number, &parcel(&order, &[1])).await,
        FulfilError::NothingLeft
    );
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    let unpaid = latest(&test).await;
    let order = seen(&test, unpaid).await;
    assert_eq!(
        refusal(&test, unpaid, &parcel(&order, &[1])).await,
        FulfilError::NotPaid
    );
    test.expect_books_to_balance().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_hands_never_send_more_than_there_is() {
    let (test, number) = bought(5, 0).await;
    // Each sends one after the other, as long as there is one.
    let sent = join_all((0..6).map(async |_| {
        let mut sent = 0;
        loop {
            let form = parcel(&seen(&test, number).await, &[1]);
            match test.shop.fulfil_order(&wren(&test), number, &form).await {
                Ok(_) => sent += 1,
                Err(Fault::Refused(FulfilError::Stale)) => {}
                Err(Fault::Refused(FulfilError::NothingLeft)) => return sent,
                Err(other) => panic!("{other}"),
            }
        }
    }))
    .await;
    assert_eq!(sent.iter().sum::<i32>(), 5);
    assert_eq!(seen(&test, number).await.parcels.len(), 5);
    assert_eq!(stock(&test).await, (0, 0, 0));
    test.expect_books_to_balance().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_button_pressed_many_times_sends_once() {
    let (test, number) = bought(3, 0).await;
    let form = parcel(&seen(&test, number).await, &[1]);
    let actor = wren(&test);
    let pressed = join_all((0..8).map(|_| test.shop.fulfil_order(&actor, number, &form))).await;
    assert_eq!(pressed.iter().filter(|sent| sent.is_ok()).count(), 1);
    assert_eq!(seen(&test, number).await.now.sent, 1);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn only_who_may_sends_things_out() {
    let (test, number) = bought(1, 0).await;
    let form = parcel(&seen(&test, number).await, &[1]);
    let looks_on = only(&test, &[Permission::ViewOrders, Permission::RefundOrders]);
    let denied = test.shop.fulfil_order(&looks_on, number, &form).await;
    assert!(matches!(
        denied,
        Err(Fault::Failed(Error::Denied(Permission::FulfilOrders)))
    ));
    let packs = only(&test, &[Permission::FulfilOrders]);
    test.shop.fulfil_order(&packs, number, &form).await.unwrap();
    assert_eq!(
        test.text("select action || ': ' || sentence from audit_entry")
            .await,
        format!(
            "order.fulfilled: Wren Calder sent all 1 thing by Royal Mail, RM 4471 (order {number})."
        )
    );
}
