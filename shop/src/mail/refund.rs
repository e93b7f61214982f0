//! The mail that says that money goes back.

use super::{
    Message,
    letter::{BUTTON, TITLE, letter, plain_end},
};
use domain::{
    content::Chrome,
    orders::{OrderRefund, OrderView},
};
use maud::html;

pub(super) fn render(
    order: &OrderView,
    refund: &OrderRefund,
    chrome: &Chrome,
    origin: &str,
) -> Message {
    let link = format!("{origin}{}", order.href());
    let title = format!("{} goes back to you", refund.amount);
    let words = words(order, refund);
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { (title) "." }
            p { (words) }
            p { a href=(link) style=(BUTTON) { "See the order" } }
        } }
    };
    Message {
        to: order.email.clone(),
        subject: format!("{} of your order {} goes back", refund.amount, order.number),
        html: letter(&format!("Order {}", order.number), chrome, &rows).into_string(),
        text: format!(
            "{title}.\n\n{words}\n\nSee the order: {link}\n\n{}",
            plain_end(chrome)
        ),
    }
}

fn words(order: &OrderView, refund: &OrderRefund) -> String {
    let card = match &order.card {
        Some((_, last4)) => format!("the card ending {last4} that you paid with"),
        None => "the card that you paid with".to_owned(),
    };
    format!(
        "For your order {} we sent {} back to {card}. Banks take up to ten days to show it.",
        order.number, refund.amount
    )
}
