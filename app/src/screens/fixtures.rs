//! What the tests of the screens show.

pub(crate) mod catalogue;

use crate::{Assets, Frame};
use domain::{
    CartLineId, Currency, Money, VariantId,
    cart::{CartLine, CartView, FreeDelivery},
    catalog::Picture,
    checkout::{
        Address, Arrival, CheckoutForm, CheckoutView, FieldErrors, PricedLine, ShippingOffer, Tax,
        Totals,
    },
    content::{Assurance, AssuranceKind, Chrome, Link, NavItem},
    orders::{FulfilmentStatus, OrderLine, OrderStatus, OrderView, PaymentStatus},
};
use std::sync::Arc;

/// Text that would be markup, were it not escaped.
pub(crate) const HOSTILE: &str = "\"><script>alert(1)</script>&amp;'";

/// Fails where a page holds what its Content-Security-Policy forbids: style attributes and handlers in attributes, scripts
/// besides the one of every page, or the text of a shopper as markup.
pub(crate) fn keeps_to_policy(html: &str) {
    assert!(!html.contains(" style="), "a style attribute");
    let is_handler = |rest: &str| {
        rest.split_once('=')
            .is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_lowercase()))
    };
    assert!(
        !html.split(" on").skip(1).any(is_handler),
        "a handler in an attribute"
    );
    assert_eq!(html.matches("<script").count(), 1, "scripts");
}

/// Pounds, in pence.
pub(crate) const fn pounds(minor: i64) -> Money {
    Money::new(minor, Currency::GBP)
}

/// The frame of a page.
pub(crate) fn frame(path: &str) -> Frame {
    let nav = ["Kitchen", "Table", "Living", "Textiles", "Workspace"].map(|name| NavItem {
        label: name.into(),
        href: format!("/categories/{}", name.to_lowercase()),
        children: Vec::new(),
    });
    let link = |label: &str, href: &str| Link {
        label: label.into(),
        href: href.into(),
    };
    Frame {
        chrome: Arc::new(Chrome {
            name: "Tarn & Tallow".into(),
            tagline: "Things for the home, made slowly".into(),
            description: "Things for the home".into(),
            announcement: String::new(),
            email: "hello@tarnandtallow.example".into(),
            phone: String::new(),
            address: vec!["Ulverston".into(), "LA12 7AB".into(), "England".into()],
            currency: Currency::GBP,
            country: "GB".into(),
            nav: nav.into(),
            footer: Vec::new(),
            legal: vec![
                link("Privacy", "/pages/privacy"),
                link("Terms", "/pages/terms"),
            ],
            tax_name: Some("VAT".into()),
            assurances: vec![Assurance {
                about: AssuranceKind::Return,
                title: "Sixty days to return it.".into(),
                text: "Used or not.".into(),
                link: Some(link("How it works", "/pages/returns")),
            }],
        }),
        assets: Arc::new(Assets {
            admin_css: "/admin.css?v=1".into(),
            admin_js: "/admin.js?v=1".into(),
            css: "/pkg/mercer.css".into(),
            js: "/pkg/mercer.js".into(),
            wasm: "/pkg/mercer.wasm".into(),
            fonts: Vec::new(),
        }),
        origin: "https://shop.example".into(),
        path: path.into(),
        development: false,
    }
}

/// The id of the line with this number.
pub(crate) fn line_id(number: u8) -> CartLineId {
    format!("019ab000-0000-7000-8000-0000000000{number:02}")
        .parse()
        .expect("an id")
}

fn picture(hash: &str) -> Picture {
    Picture {
        hash: hash.into(),
        widths: vec![160, 400, 800],
        width: 800,
        height: 1000,
        tone: "#c9bfb0".into(),
        alt: "Stoneware on a clay backdrop".into(),
    }
}

/// A row of a basket.
pub(crate) fn line(number: u8, title: &str, label: &str, unit: i64, quantity: i32) -> CartLine {
    let handle = title.to_lowercase().replace(' ', "-");
    let colour = label.to_lowercase();
    let colour = colour.split(',').next().unwrap_or_default();
    CartLine {
        id: line_id(number),
        variant: VariantId(line_id(number).0),
        sku: format!("SKU-{number}"),
        picture: Some(picture(&format!("{handle}--{colour}"))),
        handle,
        title: title.into(),
        label: label.into(),
        unit: pounds(unit),
        quantity,
        total: pounds(unit * i64::from(quantity)),
        available: 99,
        adjustment: None,
    }
}

/// A basket with these rows.
pub(crate) fn cart_of(lines: Vec<CartLine>) -> CartView {
    let subtotal: i64 = lines.iter().map(|line| line.total.minor).sum();
    CartView {
        count: lines.iter().map(|line| line.quantity).sum(),
        subtotal: pounds(subtotal),
        total: pounds(subtotal),
        tax_included: pounds(subtotal / 6),
        free_delivery: Some(FreeDelivery {
            from: pounds(7_500),
            missing: pounds((7_500 - subtotal).max(0)),
        }),
        lines,
        ..CartView::empty(Currency::GBP)
    }
}

/// A basket with three rows.
pub(crate) fn cart() -> CartView {
    cart_of(vec![
        line(1, "Ridge Mug", "Sage, Medium", 2_800, 2),
        line(2, "Round Teapot", "Sage", 8_400, 1),
        line(3, "Dinner Plate", "Chalk, 27 cm", 2_600, 3),
    ])
}

fn offer(code: &str, name: &str, description: &str, price: i64, days: u16) -> ShippingOffer {
    let today = "2026-11-21".parse().expect("a date");
    ShippingOffer {
        code: code.into(),
        name: name.into(),
        description: description.into(),
        price: pounds(price),
        arrival: Arrival::between(today, days, days),
    }
}

/// A checkout with this form.
pub(crate) fn checkout_of(form: CheckoutForm) -> CheckoutView {
    let cart = cart();
    let tax = Tax {
        name: "VAT".into(),
        rate: 2_000,
        included: true,
    };
    let lines: Vec<PricedLine> = cart
        .lines
        .iter()
        .map(|line| PricedLine {
            unit: line.unit.minor,
            quantity: line.quantity,
        })
        .collect();
    CheckoutView {
        errors: FieldErrors::default(),
        problem: None,
        countries: ["GB", "DE", "FR", "IE", "US"].map(str::to_owned).into(),
        offers: vec![
            offer("uk-tracked", "Tracked", "", 0, 3),
            offer("uk-next-day", "Next day", "Before one", 800, 1),
        ],
        totals: Totals::of(&lines, 0, 0, &tax),
        tax,
        currency: Currency::GBP,
        is_signed_in: false,
        saved: Vec::new(),
        cart,
        form,
    }
}

/// A checkout as it opens.
pub(crate) fn checkout() -> CheckoutView {
    checkout_of(CheckoutForm {
        country: "GB".into(),
        method: "uk-tracked".into(),
        ..CheckoutForm::default()
    })
}

/// A paid order.
pub(crate) fn order() -> OrderView {
    let lines: Vec<OrderLine> = cart()
        .lines
        .into_iter()
        .map(|line| OrderLine {
            title: line.title,
            label: line.label,
            sku: line.sku,
            handle: line.handle,
            picture: line.picture,
            unit: line.unit,
            quantity: line.quantity,
            subtotal: line.total,
        })
        .collect();
    OrderView {
        number: 1_047,
        token: "t".repeat(32),
        email: "marian.teasdale@example.com".into(),
        placed_at: "2026-11-21T10:24:00Z".parse().expect("a time"),
        placed_at_local: "Saturday 21 November, 10:24".into(),
        paid_at_local: Some("Saturday 21 November, 10:26".into()),
        status: OrderStatus::Open,
        payment: PaymentStatus::Paid,
        fulfilment: FulfilmentStatus::Unfulfilled,
        lines,
        currency: Currency::GBP,
        subtotal: pounds(21_800),
        discount: Some(("WELCOME10".into(), pounds(2_180))),
        shipping_name: "Tracked".into(),
        shipping: pounds(0),
        tax_name: "VAT".into(),
        tax_included: pounds(3_270),
        tax_added: pounds(0),
        total: pounds(19_620),
        shipping_address: Address {
            name: "Marian Teasdale".into(),
            line1: "14 Stramongate".into(),
            line2: String::new(),
            city: "Kendal".into(),
            region: String::new(),
            postcode: "LA9 4BH".into(),
            country: "GB".into(),
        },
        billing_address: None,
        arrival: Arrival::between("2026-11-21".parse().expect("a date"), 3, 3),
        card: Some(("visa".into(), "4242".into())),
        pay_href: None,
        parcels: Vec::new(),
        refunds: Vec::new(),
    }
}
