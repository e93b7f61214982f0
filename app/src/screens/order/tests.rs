//! An order as HTML, in each of its states.

use super::{Standing, order};
use crate::screens::fixtures::{self, HOSTILE, frame, keeps_to_policy, pounds};
use domain::{
    fulfilment::{Parcel, ParcelLine},
    orders::{
        FulfilmentStatus, OrderRefund, OrderStatus as Order, OrderView, PaymentStatus as Payment,
    },
};

fn page(view: &OrderView) -> String {
    order(&frame("/orders/t"), view)
}

fn in_state(status: Order, payment: Payment) -> OrderView {
    OrderView {
        status,
        payment,
        ..fixtures::order()
    }
}

#[test]
fn every_state_is_told_apart() {
    let standing = |status, payment| Standing::of(&in_state(status, payment));
    assert_eq!(
        standing(Order::Pending, Payment::Unpaid),
        Standing::Confirming
    );
    assert_eq!(standing(Order::Open, Payment::Paid), Standing::Packing);
    assert_eq!(
        standing(Order::Open, Payment::PartiallyRefunded),
        Standing::Packing
    );
    assert_eq!(standing(Order::Completed, Payment::Paid), Standing::Sent);
    assert_eq!(
        standing(Order::Cancelled, Payment::Unpaid),
        Standing::Cancelled
    );
    assert_eq!(
        standing(Order::Cancelled, Payment::Paid),
        Standing::Cancelled
    );
    assert_eq!(
        standing(Order::Cancelled, Payment::Refunded),
        Standing::Refunded
    );
    assert_eq!(
        standing(Order::Completed, Payment::Refunded),
        Standing::Refunded
    );
    let sent = OrderView {
        fulfilment: FulfilmentStatus::Fulfilled,
        ..fixtures::order()
    };
    assert_eq!(Standing::of(&sent), Standing::Sent);
}

#[test]
fn an_unpaid_order_can_be_paid() {
    let view = OrderView {
        pay_href: Some("https://pay.example/session".into()),
        paid_at_local: None,
        card: None,
        ..in_state(Order::Pending, Payment::Unpaid)
    };
    let html = page(&view);
    assert!(html.contains("href=\"https://pay.example/session\""));
    assert!(html.contains("Pay £196.20") && html.contains("Waiting for your payment"));
    assert!(!html.contains("Thank you"));
}

#[test]
fn a_paid_order_is_its_own_receipt() {
    let html = page(&fixtures::order());
    for words in [
        "Order 1047, placed on Saturday 21 November, 10:24",
        "Thank you, Marian.",
        "By Wednesday 25 November",
        "At your door in Kendal",
        "Code WELCOME10",
        "−£21.80",
        "Paid by Visa ending 4242",
        "Includes £32.70 VAT",
        "Kendal LA9 4BH",
    ] {
        assert!(html.contains(words), "{words}");
    }
    assert!(html.contains("aria-current=\"step\""));
}

#[test]
fn parcels_can_be_followed_and_what_went_back_is_told() {
    let mut view = in_state(Order::Open, Payment::PartiallyRefunded);
    view.fulfilment = FulfilmentStatus::Partial;
    view.parcels = vec![Parcel {
        id: "00000000-0000-7000-8000-000000000001".parse().unwrap(),
        position: 1,
        carrier: "Royal Mail".into(),
        tracking: "RM 4471".into(),
        tracking_url: Some("https://track.example/RM4471".into()),
        sent_at: "Sunday 22 November, 17:30".into(),
        lines: vec![ParcelLine {
            title: "Ridge Mug".into(),
            label: "Sage".into(),
            sku: "RIDGE".into(),
            quantity: 2,
        }],
    }];
    view.refunds = vec![OrderRefund {
        id: "00000000-0000-7000-8000-000000000002".parse().unwrap(),
        amount: pounds(2_800),
        at: "Sunday 22 November, 18:00".into(),
        is_back: true,
    }];
    let html = page(&view);
    for words in [
        "A part is on its way, the rest is being packed",
        "href=\"https://track.example/RM4471\"",
        "2 × Ridge Mug, Sage",
        "Royal Mail, RM 4471",
        "£28.00",
        "went back to you",
    ] {
        assert!(html.contains(words), "{words}");
    }
    keeps_to_policy(&html);
}

#[test]
fn a_cancelled_order_says_where_the_money_is() {
    let unpaid = page(&in_state(Order::Cancelled, Payment::Unpaid));
    assert!(unpaid.contains("Nothing was charged.") && !unpaid.contains("Where it is"));
    let returned = page(&in_state(Order::Cancelled, Payment::Refunded));
    assert!(returned.contains("All of the money went back"));
}

#[test]
fn an_order_with_nothing_to_pay_was_not_paid_by_card() {
    let html = page(&OrderView {
        total: pounds(0),
        card: None,
        ..fixtures::order()
    });
    assert!(html.contains("Placed, with nothing to pay") && !html.contains("Paid by"));
}

#[test]
fn the_policy_of_the_page_is_kept() {
    let mut view = fixtures::order();
    view.shipping_address.name = HOSTILE.into();
    view.billing_address = Some(view.shipping_address.clone());
    view.email = HOSTILE.into();
    keeps_to_policy(&page(&view));
}
