//! An order: what became of it, what was bought, and where it goes.

mod bought;
mod timeline;

use crate::{
    Frame,
    document::{Head, render},
    ui::{Tone, notice},
};
use bought::bought;
use domain::orders::{FulfilmentStatus, OrderStatus, OrderView, PaymentStatus};
use leptos::prelude::*;
use timeline::{parcels, refunds, timeline};

/// Where an order stands, as far as a shopper is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Not paid, and it can be.
    ToPay,
    /// Not paid yet: the bank is at it, or the pay page is.
    Confirming,
    /// Paid, and being packed.
    Packing,
    /// On its way, or there.
    Sent,
    /// Not paid in time, or taken back before it was paid.
    Cancelled,
    /// Taken back, and the money too.
    Refunded,
}

impl Standing {
    fn of(order: &OrderView) -> Self {
        let refunded = order.payment == PaymentStatus::Refunded;
        match order.status {
            OrderStatus::Pending if order.pay_href.is_some() => Self::ToPay,
            OrderStatus::Pending => Self::Confirming,
            OrderStatus::Cancelled if order.payment == PaymentStatus::Unpaid => Self::Cancelled,
            _ if refunded => Self::Refunded,
            OrderStatus::Cancelled => Self::Cancelled,
            OrderStatus::Completed => Self::Sent,
            OrderStatus::Open if order.fulfilment == FulfilmentStatus::Fulfilled => Self::Sent,
            OrderStatus::Open => Self::Packing,
        }
    }

    fn heading(self, order: &OrderView) -> String {
        let name = order.first_name();
        match self {
            Self::ToPay => format!("Almost yours, {name}."),
            Self::Confirming => format!("One moment, {name}."),
            Self::Packing => format!("Thank you, {name}. We’re packing it now."),
            Self::Sent => format!("It’s on its way, {name}."),
            Self::Cancelled => "This order was cancelled.".to_owned(),
            Self::Refunded => "This order was refunded.".to_owned(),
        }
    }

    fn lede(self, order: &OrderView) -> String {
        let email = &order.email;
        match self {
            Self::ToPay => {
                "It isn’t paid yet. We keep everything aside for you for about half an hour from when you ordered.".to_owned()
            }
            Self::Confirming => {
                "Your payment is being confirmed. That takes a few seconds, and with some banks a little longer. Nothing more is needed from you.".to_owned()
            }
            Self::Packing => format!(
                "A receipt is on its way to {email}. This page is yours to keep: it will follow your order home."
            ),
            Self::Sent => "We hope you will like it for a long time.".to_owned(),
            Self::Cancelled if order.payment == PaymentStatus::Unpaid => {
                "It was not paid in time, or you turned back. Nothing was charged.".to_owned()
            }
            Self::Cancelled => {
                "What you paid is on its way back to your card. Banks take up to ten days to show it.".to_owned()
            }
            Self::Refunded => {
                "All of the money went back to your card. Banks take up to ten days to show it.".to_owned()
            }
        }
    }
}

/// The page of an order.
pub fn order(frame: &Frame, order: &OrderView) -> String {
    let title = format!("Order {}", order.number);
    body(frame, title, order, None)
}

/// The same with something more under the headline.
pub(crate) fn body(
    frame: &Frame,
    title: String,
    order: &OrderView,
    more: Option<AnyView>,
) -> String {
    render(frame, Head::private(title), || content(frame, order, more))
}

fn content(frame: &Frame, order: &OrderView, more: Option<AnyView>) -> impl IntoView + use<> {
    let standing = Standing::of(order);
    let placed = format!(
        "Order {}, placed on {}",
        order.number, order.placed_at_local
    );
    view! {
        <div class="wrap section--tight">
            <div class="split">
                <div class="stack order">
                    <header class="stack">
                        <p class="soft">{placed}</p>
                        <h1 class="display display--3xl">{standing.heading(order)}</h1>
                        <p class="lede">{standing.lede(order)}</p>
                        {way_on(standing, order)}
                        {more}
                    </header>
                    {money_notice(order)}
                    {timeline(standing, order).into_any()}
                    {parcels(order)}
                    {refunds(order)}
                </div>
                {bought(order, &frame.chrome.email).into_any()}
            </div>
        </div>
    }
}

/// The one thing to do now.
fn way_on(standing: Standing, order: &OrderView) -> impl IntoView + use<> {
    let (href, words, class) = match standing {
        Standing::ToPay => (
            order.pay_href.clone()?,
            format!("Pay {}", order.total),
            "btn btn--large",
        ),
        Standing::Confirming => (order.href(), "Look again".to_owned(), "btn btn--quiet"),
        Standing::Cancelled => (
            "/".to_owned(),
            "Back to the shop".to_owned(),
            "btn btn--quiet",
        ),
        _ => return None,
    };
    Some(view! {
        <p>
            <a class=class href=href>
                {words}
            </a>
        </p>
    })
}

/// What the headline does not say of the money.
fn money_notice(order: &OrderView) -> impl IntoView + use<> {
    match order.payment {
        PaymentStatus::PartiallyRefunded => Some(notice(
            Tone::Calm,
            Some("Part of the money went back".to_owned()),
            "You will see it on your card within ten days. How much it was stands below.",
        )),
        PaymentStatus::Disputed => Some(notice(
            Tone::Caution,
            Some("Your bank has asked about this payment".to_owned()),
            "We have sent it what it wants to know. If this was not you, please write to us.",
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
