//! An order: what is to be sent, what was, the money, and what happened.

mod address;
mod aside;
mod cancel;
mod fulfil;
mod goods;
mod money;
mod paper;
mod refund;
mod timeline;

pub use address::correct_address;
pub use cancel::cancel_order;
pub use fulfil::fulfil_order;
pub use paper::{invoice, packing_slip};
pub use refund::refund_order;

use crate::{
    admin::{
        AdminFrame,
        icon::{AdminIcon, admin_icon},
        page,
        ui::{Dot, Mood, badge, page_head, refusal},
    },
    ui::thumbnail,
};
use domain::{
    catalog::Picture,
    orders::{AdminOrder, FulfilmentStatus, NoteError, OrderStatus, PaymentStatus},
    staff::Permission,
};
use leptos::prelude::*;

/// What the page of an order shows besides the order.
#[derive(Debug, Clone, Default)]
pub struct OrderShown {
    /// The note that was typed, and why it was not taken.
    pub note: Option<(String, NoteError)>,
    /// Why something else was not done.
    pub refusal: Option<String>,
}

/// The page of an order.
pub fn order(frame: &AdminFrame, order: &AdminOrder, shown: &OrderShown) -> String {
    page(frame, &format!("Order {}", order.number), || {
        let head = page_head(
            Some(("/admin/orders", "Orders")),
            format!("Order {}", order.number),
            Some(states(order)),
            Some(actions(frame, order)),
        );
        view! {
            {head}
            {refusal(shown.refusal.as_deref())}
            <div class="columns">
                <div>
                    {goods::to_send(frame, order)} {goods::parcels(order)} {goods::gone(order)} {money::money(order)}
                    {timeline::timeline(frame, order, shown)}
                </div>
                {aside::aside(frame, order)}
            </div>
        }
    })
}

/// Where it stands, and when it was placed.
fn states(order: &AdminOrder) -> AnyView {
    let over = (order.now.status == OrderStatus::Cancelled)
        .then(|| badge(Mood::Critical, Dot::Whole, "Cancelled"));
    let goods = over.is_none().then(|| goods_badge(order.fulfilment));
    view! {
        {over}
        {payment_badge(order.now.payment)}
        {goods}
        <span class="soft tiny">{format!("Placed {}", order.placed_at)}</span>
    }
    .into_any()
}

/// Where money stands, in a word.
pub(crate) fn payment_badge(status: PaymentStatus) -> AnyView {
    let (mood, dot, words) = match status {
        PaymentStatus::Unpaid => (Mood::Caution, Dot::Open, "Not paid"),
        PaymentStatus::Authorised => (Mood::Caution, Dot::Half, "Authorised"),
        PaymentStatus::Paid => (Mood::Positive, Dot::Whole, "Paid"),
        PaymentStatus::PartiallyRefunded => (Mood::Plain, Dot::Half, "Part refunded"),
        PaymentStatus::Refunded => (Mood::Plain, Dot::Whole, "Refunded"),
        PaymentStatus::Disputed => (Mood::Critical, Dot::Whole, "Disputed"),
    };
    badge(mood, dot, words)
}

/// Where goods stand, in a word.
pub(crate) fn goods_badge(status: FulfilmentStatus) -> AnyView {
    let (mood, dot, words) = match status {
        FulfilmentStatus::Unfulfilled => (Mood::Accent, Dot::Open, "To send"),
        FulfilmentStatus::Partial => (Mood::Accent, Dot::Half, "Part sent"),
        FulfilmentStatus::Fulfilled => (Mood::Accent, Dot::Whole, "Sent"),
        FulfilmentStatus::Returned => (Mood::Plain, Dot::Whole, "Returned"),
    };
    badge(mood, dot, words)
}

/// What can be done now by who looks at it; the next step last and filled.
fn actions(frame: &AdminFrame, order: &AdminOrder) -> AnyView {
    let quiet = |path: &str, words: &'static str| {
        let href = format!("{}/{path}", order.href());
        view! {
            <a class="btn btn--quiet" href=href>
                {words}
            </a>
        }
    };
    let may_refund = frame.may(Permission::RefundOrders);
    let cancel = (may_refund && order.now.can_cancel()).then(|| quiet("cancel", "Cancel"));
    let refund = (may_refund && order.now.can_refund()).then(|| quiet("refund", "Refund"));
    let fulfil = (frame.may(Permission::FulfilOrders) && order.now.can_fulfil()).then(|| {
        let words = if order.now.sent > 0 {
            "Send the rest"
        } else {
            "Send it"
        };
        view! {
            <a class="btn" href=format!("{}/fulfil", order.href())>
                {words}
            </a>
        }
    });
    view! {
        {invoice_action(frame, order)}
        {cancel}
        {refund}
        {fulfil}
    }
    .into_any()
}

/// To the invoice, or a button that issues it.
fn invoice_action(frame: &AdminFrame, order: &AdminOrder) -> Option<AnyView> {
    let href = format!("{}/invoice", order.href());
    if let Some(number) = order.invoice {
        let link = view! {
            <a class="btn btn--quiet" href=href>
                {admin_icon(AdminIcon::Print)}
                {format!("Invoice {number}")}
            </a>
        };
        return Some(link.into_any());
    }
    let can = order.now.can_invoice() && frame.may(Permission::EditOrders);
    can.then(|| {
        view! {
            <form method="post" action=href>
                <button class="btn btn--quiet" type="submit">
                    "Issue the invoice"
                </button>
            </form>
        }
        .into_any()
    })
}

/// The head of a form about an order.
fn form_head(order: &AdminOrder, title: &str) -> AnyView {
    let back = format!("Order {}", order.number);
    page_head(
        Some((&order.href(), &back)),
        title,
        Some(states(order)),
        None,
    )
}

/// A thing with its picture, its name and what stands beside it.
fn thing(
    class: &'static str,
    picture: Option<&Picture>,
    (title, label, below): (&str, &str, &str),
    beside: AnyView,
) -> AnyView {
    view! {
        <li class=class>
            {thumbnail(picture)} <div>
                <b class="strong">{title.to_owned()}</b>
                " "
                <span class="soft">{label.to_owned()}</span>
                <br />
                <span class="soft tiny">{below.to_owned()}</span>
            </div> {beside}
        </li>
    }
    .into_any()
}

/// `one thing`, `3 things`.
fn things(count: i32) -> String {
    match count {
        1 => "One thing".to_owned(),
        count => format!("{count} things"),
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
