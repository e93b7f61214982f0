//! The receipt.

use super::{
    Message,
    letter::{AMOUNT, BUTTON, CELL, RULE, SOFT, TITLE, letter, plain_end},
};
use domain::{
    Money,
    content::Chrome,
    orders::{OrderLine, OrderView},
};
use maud::{Markup, html};
use std::fmt::Write;

pub(super) fn render(order: &OrderView, chrome: &Chrome, origin: &str) -> Message {
    Message {
        to: order.email.clone(),
        subject: format!("Your order {} from {}", order.number, chrome.name),
        html: page(order, chrome, origin).into_string(),
        text: plain(order, chrome, origin),
    }
}

/// The rows under the lines: what, and how much.
fn sums(order: &OrderView) -> Vec<(String, String)> {
    let mut sums = vec![("Things".to_owned(), order.subtotal.to_string())];
    if let Some((code, amount)) = &order.discount {
        sums.push((
            format!("Code {code}"),
            Money::new(-amount.minor, amount.currency).to_string(),
        ));
    }
    let shipping = if order.shipping.is_zero() {
        "Free".to_owned()
    } else {
        order.shipping.to_string()
    };
    sums.push((
        format!("Delivery, {}", order.shipping_name.to_lowercase()),
        shipping,
    ));
    if !order.tax_added.is_zero() {
        sums.push((order.tax_name.clone(), order.tax_added.to_string()));
    }
    sums.push(("Total".to_owned(), order.total.to_string()));
    if !order.tax_included.is_zero() {
        sums.push((
            format!("{}, included", order.tax_name),
            order.tax_included.to_string(),
        ));
    }
    sums
}

fn page(order: &OrderView, chrome: &Chrome, origin: &str) -> Markup {
    let link = format!("{origin}{}", order.href());
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { "Thank you, " (order.first_name()) "." }
            p { "We have your order " (order.number) " of " (order.placed_at_local)
                ". It should be with you " (order.arrival.to_string()) "." }
            p { a href=(link) style=(BUTTON) { "Follow your order" } }
        } }
        @for line in &order.lines { (row(line)) }
        @for (label, amount) in sums(order) {
            tr {
                td style=(format!("{CELL};{RULE}")) { (label) }
                td style=(format!("{AMOUNT};{RULE}")) { (amount) }
            }
        }
        tr { td style=(format!("{CELL};{RULE};padding-top:24px")) colspan="2" {
            p style="margin:0 0 4px" { strong { "Going to" } }
            p style="margin:0" {
                @for line in order.shipping_address.lines() { (line) br; }
            }
        } }
    };
    letter(&format!("Order {}", order.number), chrome, &rows)
}

fn row(line: &OrderLine) -> Markup {
    html! {
        tr {
            td style=(format!("{CELL};{RULE}")) {
                (line.quantity) " × " strong { (line.title) }
                @if !line.label.is_empty() { br; span style=(SOFT) { (line.label) } }
            }
            td style=(format!("{AMOUNT};{RULE}")) { (line.subtotal.to_string()) }
        }
    }
}

fn plain(order: &OrderView, chrome: &Chrome, origin: &str) -> String {
    let mut text = format!(
        "Thank you, {}.\n\nWe have your order {} of {}. It should be with you {}.\n\n",
        order.first_name(),
        order.number,
        order.placed_at_local,
        order.arrival
    );
    for line in &order.lines {
        let label = if line.label.is_empty() {
            String::new()
        } else {
            format!(", {}", line.label)
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{} × {}{label}: {}",
            line.quantity, line.title, line.subtotal
        );
    }
    text.push('\n');
    for (label, amount) in sums(order) {
        let _ = writeln!(text, "{label}: {amount}");
    }
    let _ = write!(
        text,
        "\nGoing to\n{}\n\nFollow your order: {origin}{}\n\n{}",
        order.shipping_address.lines().join("\n"),
        order.href(),
        plain_end(chrome)
    );
    text
}
