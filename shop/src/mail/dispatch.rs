//! The mail that goes ahead of a parcel.

use super::{
    Message,
    letter::{AMOUNT, BUTTON, CELL, RULE, SOFT, TITLE, letter, plain_end},
};
use domain::{
    content::Chrome,
    fulfilment::{Parcel, ParcelLine},
    orders::OrderView,
};
use maud::{Markup, html};
use std::fmt::Write;

pub(super) fn render(order: &OrderView, parcel: &Parcel, chrome: &Chrome, origin: &str) -> Message {
    Message {
        to: order.email.clone(),
        subject: format!("Your order {} is on its way", order.number),
        html: page(order, parcel, chrome, origin).into_string(),
        text: plain(order, parcel, chrome, origin),
    }
}

/// What is said of the parcel, and of what is not in it.
fn lede(order: &OrderView, parcel: &Parcel) -> String {
    let which = if parcel.count() == order.count() {
        format!("Everything of your order {} has left us", order.number)
    } else {
        format!(
            "A parcel of your order {} has left us, with {} of its {} things",
            order.number,
            parcel.count(),
            order.count()
        )
    };
    match parcel.by().as_str() {
        "" => format!("{which}."),
        by => format!("{which}. It travels with {by}."),
    }
}

fn page(order: &OrderView, parcel: &Parcel, chrome: &Chrome, origin: &str) -> Markup {
    let own = format!("{origin}{}", order.href());
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { "It is on its way, " (order.first_name()) "." }
            p { (lede(order, parcel)) }
            p {
                @if let Some(link) = &parcel.tracking_url {
                    a href=(link) style=(BUTTON) { "Follow the parcel" }
                } @else {
                    a href=(own) style=(BUTTON) { "See the order" }
                }
            }
        } }
        @for line in &parcel.lines { (row(line)) }
        tr { td style=(format!("{CELL};{RULE};padding-top:24px")) colspan="2" {
            p style="margin:0 0 4px" { strong { "Going to" } }
            p style="margin:0" {
                @for line in order.shipping_address.lines() { (line) br; }
            }
        } }
    };
    letter(&format!("Order {}", order.number), chrome, &rows)
}

fn row(line: &ParcelLine) -> Markup {
    html! {
        tr {
            td style=(format!("{CELL};{RULE}")) {
                strong { (line.title) }
                @if !line.label.is_empty() { br; span style=(SOFT) { (line.label) } }
            }
            td style=(format!("{AMOUNT};{RULE}")) { (line.quantity) }
        }
    }
}

fn plain(order: &OrderView, parcel: &Parcel, chrome: &Chrome, origin: &str) -> String {
    let mut text = format!(
        "It is on its way, {}.\n\n{}\n\n",
        order.first_name(),
        lede(order, parcel)
    );
    // Writing to a String cannot fail.
    for line in &parcel.lines {
        let _ = write!(text, "{} × {}", line.quantity, line.title);
        if !line.label.is_empty() {
            let _ = write!(text, ", {}", line.label);
        }
        text.push('\n');
    }
    if let Some(link) = &parcel.tracking_url {
        let _ = write!(text, "\nFollow the parcel: {link}\n");
    }
    let _ = write!(
        text,
        "\nGoing to\n{}\n\nSee the order: {origin}{}\n\n{}",
        order.shipping_address.lines().join("\n"),
        order.href(),
        plain_end(chrome)
    );
    text
}
