//! An order in the middle of its way: one thing sent, two to send, one refunded.

use crate::screens::fixtures::pounds;
use domain::{
    Currency,
    checkout::Address,
    fulfilment::{LineAccount, Parcel, ParcelLine},
    orders::{
        AdminOrder, AdminOrderLine, AdminRefund, CustomerCard, EventKind, FulfilmentStatus,
        MailKind, MailSeen, OrderHappening, OrderStatus, PaymentSeen, PaymentStatus, RefundStatus,
        WhatNow,
    },
    payments::AttemptStatus,
};

/// An id of any kind.
fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(number: u32) -> T {
    let text = format!("00000000-0000-7000-8000-{number:012}");
    text.parse().expect("an id")
}

fn line(number: u32, title: &str, (quantity, fulfilled): (i32, i32), unit: i64) -> AdminOrderLine {
    let all = unit * i64::from(quantity);
    AdminOrderLine {
        account: LineAccount {
            id: id(number),
            name: format!("{title}, Sage"),
            quantity,
            fulfilled,
            withdrawn: 0,
            refunded: 0,
            returned: 0,
            restocked: 0,
            paid: all,
            given_back: 0,
        },
        title: title.into(),
        label: "Sage".into(),
        sku: format!("SKU-{number}"),
        handle: "mug".into(),
        picture: None,
        unit: pounds(unit),
        subtotal: pounds(all),
        discount: pounds(0),
        tax: pounds(all / 6),
    }
}

fn happening(kind: EventKind, staff: &str, detail: &str, note: &str) -> OrderHappening {
    OrderHappening {
        kind,
        staff: staff.into(),
        detail: detail.into(),
        note: note.into(),
        at: "21 November 2026, 10:24".into(),
    }
}

/// The order.
#[expect(
    clippy::too_many_lines,
    reason = "an order has this many fields, and here each says what it is"
)]
pub(super) fn order() -> AdminOrder {
    let mut teapot = line(2, "Round Teapot", (1, 1), 8_400);
    teapot.account.refunded = 1;
    teapot.account.returned = 1;
    teapot.account.given_back = 8_400;
    AdminOrder {
        id: id(9),
        number: 1_044,
        version: 7,
        token: "t".repeat(32),
        placed_at: "20 November 2026, 16:08".into(),
        paid_at: Some("20 November 2026, 16:09".into()),
        fulfilment: FulfilmentStatus::Partial,
        now: WhatNow {
            status: OrderStatus::Open,
            payment: PaymentStatus::PartiallyRefunded,
            sent: 1,
            to_send: 2,
            left: 6_050,
        },
        lines: vec![line(1, "Ridge Mug", (2, 0), 2_800), teapot],
        currency: Currency::GBP,
        subtotal: pounds(14_000),
        discount: None,
        shipping_name: "Tracked".into(),
        shipping: pounds(450),
        shipping_left: pounds(450),
        tax_name: "VAT".into(),
        tax_rate: 2_000,
        tax_included: pounds(2_408),
        tax_added: pounds(0),
        total: pounds(14_450),
        captured: pounds(14_450),
        given_back: pounds(8_400),
        payments: vec![PaymentSeen {
            status: AttemptStatus::Succeeded,
            amount: pounds(14_450),
            at: "20 November 2026, 16:08".into(),
            card: Some(("visa".into(), "4242".into())),
            session: Some("cs_1".into()),
            intent: Some("pi_1".into()),
        }],
        refunds: vec![AdminRefund {
            id: id(5),
            status: RefundStatus::Succeeded,
            amount: pounds(8_400),
            shipping: pounds(0),
            adjustment: pounds(0),
            lines: vec![("Round Teapot, Sage".into(), 1)],
            reason: "Arrived broken".into(),
            staff: "Wren Calder".into(),
            at: "21 November 2026, 10:24".into(),
            stripe: Some("re_1".into()),
        }],
        parcels: vec![Parcel {
            id: id(6),
            position: 1,
            carrier: "Royal Mail".into(),
            tracking: "RM 4471".into(),
            tracking_url: Some("https://track.example/RM4471".into()),
            sent_at: "20 November 2026, 17:30".into(),
            lines: vec![ParcelLine {
                title: "Round Teapot".into(),
                label: "Sage".into(),
                sku: "SKU-2".into(),
                quantity: 1,
            }],
        }],
        customer: CustomerCard {
            id: None,
            name: "Tom Ashworth".into(),
            email: "tom.ashworth@example.com".into(),
            orders: 4,
            spent: pounds(31_800),
        },
        shipping_address: Address {
            name: "Tom Ashworth".into(),
            line1: "3 Wharf Row".into(),
            line2: String::new(),
            city: "Hebden Bridge".into(),
            region: String::new(),
            postcode: "HX7 6AA".into(),
            country: "GB".into(),
        },
        billing_address: None,
        timeline: vec![
            happening(EventKind::Noted, "Wren Calder", "wrote a note", "Rang him."),
            happening(
                EventKind::Fulfilled,
                "Wren Calder",
                "sent 1 of 3 things by Royal Mail, RM 4471",
                "",
            ),
            happening(EventKind::Paid, "", "", ""),
            happening(EventKind::Placed, "", "", ""),
        ],
        mails: vec![MailSeen {
            kind: MailKind::Confirmation,
            about: None,
            subject: "Your order 1044 from Tarn & Tallow".into(),
            sent_at: Some("20 November 2026, 16:09".into()),
        }],
        invoice: Some(12),
    }
}
