//! What happens to an order after the sale. After each history the books balance.

mod cancelling;
mod desk;
mod invoices;
mod refund_faults;
mod refunds;
mod sending;

use crate::support::{Product, TestShop};
use domain::{
    fulfilment::FulfilForm,
    orders::{AdminOrder, RefundForm, RefundUnits},
    staff::{Permission, Permissions},
};
use shop::{Actor, CartToken};

/// A member of the staff who may do everything, and gave their password a moment ago.
fn wren(test: &TestShop) -> Actor {
    Actor {
        name: "Wren Calder".to_owned(),
        ..Actor::operator(test.clock.now())
    }
}

/// One who may do only this.
fn only(test: &TestShop, permissions: &[Permission]) -> Actor {
    Actor {
        permissions: Permissions::from_words(permissions.iter().map(|one| one.as_str())),
        ..wren(test)
    }
}

/// Five mugs at £22.00 and five jugs at £9.99.
async fn stocked() -> TestShop {
    let test = TestShop::selling(5).await;
    Product::named("jug")
        .price(999)
        .stock(5)
        .put_on_shelf(&test.shop)
        .await;
    test
}

/// The same, and an order that is paid: so many mugs, so many jugs.
async fn bought(mugs: i32, jugs: i32) -> (TestShop, i64) {
    let test = Box::pin(stocked()).await;
    let mut token: Option<CartToken> = None;
    for (sku, quantity) in [("mug", mugs), ("jug", jugs)] {
        if quantity > 0 {
            token = Some(test.add(token.as_ref(), sku, quantity).await);
        }
    }
    let session = Box::pin(test.place(&token.unwrap())).await;
    Box::pin(test.pay(&session)).await;
    let number = latest(&test).await;
    (test, number)
}

/// The number of the latest order.
async fn latest(test: &TestShop) -> i64 {
    test.number("select max(number) from \"order\"").await
}

async fn seen(test: &TestShop, number: i64) -> AdminOrder {
    let order = test.shop.admin_order(&wren(test), number).await;
    order.unwrap().unwrap()
}

/// The form that sends so many of each row.
fn parcel(order: &AdminOrder, quantities: &[i32]) -> FulfilForm {
    FulfilForm {
        version: order.version.to_string(),
        quantities: order
            .lines
            .iter()
            .zip(quantities)
            .map(|(line, quantity)| (line.account.id, quantity.to_string()))
            .collect(),
        carrier: "Royal Mail".into(),
        tracking: "RM 4471".into(),
        tracking_url: "https://track.example/RM4471".into(),
    }
}

/// Sends so many of each row.
async fn send(test: &TestShop, number: i64, quantities: &[i32]) {
    let form = parcel(&seen(test, number).await, quantities);
    let sent = test.shop.fulfil_order(&wren(test), number, &form).await;
    sent.unwrap();
    test.shop.run_jobs().await.unwrap();
}

/// The form that gives back nothing yet.
fn refund(order: &AdminOrder) -> RefundForm {
    RefundForm {
        reason: "Arrived broken".into(),
        ..RefundForm::empty(order.version, &order.refund_basis())
    }
}

/// The form that gives the money back for so many units of the first row: not sent, and sent.
fn refund_units(order: &AdminOrder, unsent: i32, sent: i32, restock: bool) -> RefundForm {
    let units = RefundUnits {
        unsent: unsent.to_string(),
        sent: sent.to_string(),
        restock,
    };
    RefundForm {
        lines: vec![(order.lines[0].account.id, units)],
        ..refund(order)
    }
}

/// Gives back what a form says, and lets Stripe do it.
async fn give_back(test: &TestShop, number: i64, form: &RefundForm) {
    let asked = test.shop.refund_order(&wren(test), number, form).await;
    asked.unwrap();
    test.shop.run_jobs().await.unwrap();
}

/// On hand, allocated and reserved of the mug.
async fn stock(test: &TestShop) -> (i32, i32, i32) {
    sqlx::query_as(
        "select sum(on_hand)::int, sum(allocated)::int, sum(reserved)::int
         from stock_level s join variant v on v.id = s.variant_id where v.sku = 'mug'",
    )
    .fetch_one(test.shop.db())
    .await
    .unwrap()
}

/// The subjects of the mails, in the order that they came.
fn subjects(test: &TestShop) -> Vec<String> {
    let mails = test.stripe.mails();
    mails.into_iter().map(|mail| mail.subject).collect()
}
