//! The mail that says that an order was cancelled.

use super::{
    Message,
    letter::{BUTTON, TITLE, letter, plain_end},
};
use domain::{Money, content::Chrome, orders::OrderView};
use maud::html;

pub(super) fn render(order: &OrderView, chrome: &Chrome, origin: &str) -> Message {
    let link = format!("{origin}{}", order.href());
    let title = format!("Your order {} was cancelled", order.number);
    let words = words(order);
    let rows = html! {
        tr { td style="padding:16px 24px" colspan="2" {
            h1 style=(TITLE) { (title) "." }
            p { (words) }
            p { a href=(link) style=(BUTTON) { "See the order" } }
        } }
    };
    Message {
        to: order.email.clone(),
        subject: title.clone(),
        html: letter(&format!("Order {}", order.number), chrome, &rows).into_string(),
        text: format!(
            "{title}.\n\n{words}\n\nSee the order: {link}\n\n{}",
            plain_end(chrome)
        ),
    }
}

/// What becomes of the money.
fn words(order: &OrderView) -> String {
    let back: i64 = order.refunds.iter().map(|refund| refund.amount.minor).sum();
    if back > 0 {
        let back = Money::new(back, order.currency);
        format!(
            "Nothing will be sent. {back} goes back to the card that you paid with. Banks take up to ten days to show it."
        )
    } else if order.paid_at_local.is_none() || order.total.is_zero() {
        "Nothing will be sent, and nothing was charged.".to_owned()
    } else {
        "Nothing will be sent. What you paid goes back to you.".to_owned()
    }
}
