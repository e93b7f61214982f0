//! The form that takes an order back.

use super::{form_head, refund::reason};
use crate::admin::{
    AdminFrame, page,
    ui::{card, refusal},
};
use domain::orders::{AdminOrder, CancelError, CancelForm, OrderStatus};
use leptos::prelude::*;

/// The page that takes an order back.
pub fn cancel_order(
    frame: &AdminFrame,
    order: &AdminOrder,
    form: &CancelForm,
    error: Option<&CancelError>,
) -> String {
    let title = format!("Cancel order {}", order.number);
    page(frame, &title, || {
        let words = error.map(ToString::to_string);
        let is_reason = matches!(error, Some(CancelError::Reason(_)));
        let above = words.as_deref().filter(|_| !is_reason);
        let beside = words.as_deref().filter(|_| is_reason);
        let follows = if order.now.status == OrderStatus::Pending {
            "It is not paid. Its pay page is closed first, so that nobody can pay for it any more, and what is held for it is free again.".to_owned()
        } else if order.refundable().is_zero() {
            "What is kept for it is free again. There is nothing to give back.".to_owned()
        } else {
            format!(
                "{} goes back to where it came from, and what is kept for it is free again.",
                order.refundable()
            )
        };
        let body = view! {
            <form class="stack" method="post" action=format!("{}/cancel", order.href())>
                <input type="hidden" name="version" value=form.version.clone() />
                <p>{follows}</p>
                {reason(&form.reason, beside)}
                <label class="check">
                    <input type="checkbox" name="tell" value="on" checked=!form.tell.is_empty() />
                    <span>"Tell the shopper by mail"</span>
                </label>
                <div>
                    <button class="btn" type="submit">
                        "Cancel the order"
                    </button>
                </div>
            </form>
        };
        view! {
            {form_head(order, &title)}
            {refusal(above)}
            {card("This cannot be undone", None, body.into_any())}
        }
    })
}
