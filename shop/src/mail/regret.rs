//! The mail that says that an order cannot be filled, and that its money goes back.

use super::{
    Message,
    letter::{BUTTON, TITLE, letter, plain_end},
};
use domain::{content::Chrome, orders::OrderView};
use maud::{Markup, html};

pub(super) fn render(order: &OrderView, chrome: &Chrome, origin: &str) -> Message {
    Message {
        to: order.email.clone(),
        subject: format!("Your order {} cannot be filled", order.number),
        html: page(order, chrome, origin).into_string(),
        text: plain(order, chrome, origin),
    }
}

fn why(order: &OrderView) -> String {
    format!(
        "While your payment for order {} was on its way, the last of what you chose was sold. We do not keep money for things that we cannot send: all of it, {}, goes back to your card. Banks take up to ten days to show it.",
        order.number, order.total
    )
}

fn page(order: &OrderView, chrome: &Chrome, origin: &str) -> Markup {
    let link = format!("{origin}{}", order.href());
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { "We are sorry, " (order.first_name()) "." }
            p { (why(order)) }
            p { a href=(link) style=(BUTTON) { "See the order" } }
        } }
    };
    letter(&format!("Order {}", order.number), chrome, &rows)
}

fn plain(order: &OrderView, chrome: &Chrome, origin: &str) -> String {
    format!(
        "We are sorry, {}.\n\n{}\n\nSee the order: {origin}{}\n\n{}",
        order.first_name(),
        why(order),
        order.href(),
        plain_end(chrome)
    )
}
