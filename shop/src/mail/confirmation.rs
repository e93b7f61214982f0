//! The receipt.

use super::Message;
use domain::{
    Money,
    content::Chrome,
    orders::{OrderLine, OrderView},
};
use maud::{DOCTYPE, Markup, html};
use std::fmt::Write;

// Mail programs know no style sheets: colours and spaces stand where they are used.
const GROUND: &str = "margin:0;padding:0;background:#f6f3ee;color:#26221d;font:16px/1.5 -apple-system,'Segoe UI',Helvetica,Arial,sans-serif";
const SHEET: &str = "width:100%;max-width:560px;margin:0 auto;border-collapse:collapse";
const CELL: &str = "padding:12px 24px;vertical-align:top";
const AMOUNT: &str = "padding:12px 24px;vertical-align:top;text-align:right;white-space:nowrap";
const SOFT: &str = "color:#6b645a";
const RULE: &str = "border-top:1px solid #ddd6cb";
const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:4px;background:#1f4a47;color:#ffffff;text-decoration:none";
const TITLE: &str = "margin:0;font:28px/1.2 Georgia,'Times New Roman',serif";

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
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { "Order " (order.number) }
            }
            body style=(GROUND) {
                table role="presentation" style=(SHEET) {
                    tr { td style="padding:32px 24px 8px" colspan="2" {
                        p style="margin:0;font:20px/1 Georgia,serif" { (chrome.name) }
                    } }
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
                    tr { td style=(format!("padding:24px;{SOFT};font-size:14px")) colspan="2" {
                        p { "Questions? Answer this mail, or write to " a href=(format!("mailto:{}", chrome.email)) { (chrome.email) } "." }
                        p { (chrome.name) ", " (chrome.address.join(", ")) }
                    } }
                }
            }
        }
    }
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
        "\nGoing to\n{}\n\nFollow your order: {origin}{}\n\nQuestions? Answer this mail, or write to {}.\n{}, {}\n",
        order.shipping_address.lines().join("\n"),
        order.href(),
        chrome.email,
        chrome.name,
        chrome.address.join(", ")
    );
    text
}
