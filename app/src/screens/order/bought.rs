//! What was bought, what it cost, and where it goes.

use crate::ui::{Sums, receipt_row};
use domain::{
    checkout::Address,
    orders::{OrderView, PaymentStatus},
    payments::card_name,
};
use leptos::prelude::*;

/// The panel beside the timeline: the receipt.
pub(super) fn bought(order: &OrderView, shop_email: &str) -> impl IntoView + use<> {
    let lines: Vec<_> = order
        .lines
        .iter()
        .map(|line| receipt_row(&line.into()))
        .collect();
    let ask = format!("mailto:{shop_email}?subject=Order%20{}", order.number);
    let billing = order
        .billing_address
        .as_ref()
        .map(|address| place("The bill goes to", address));
    view! {
        <aside class="panel split__side" aria-labelledby="bought">
            <h2 class="display display--xl" id="bought">
                "What you bought"
            </h2>
            <ul class="mini-lines">{lines}</ul>
            {sums(order)}
            {place("Going to", &order.shipping_address)}
            {billing}
            <p class="small">
                "Anything to ask? "
                <a href=ask>"Write to us about this order"</a>
            </p>
        </aside>
    }
}

fn sums(order: &OrderView) -> AnyView {
    let discount = order
        .discount
        .as_ref()
        .map(|(code, off)| (format!("Code {code}"), format!("−{off}")));
    let shipping = if order.shipping.is_zero() {
        "Free".to_owned()
    } else {
        order.shipping.to_string()
    };
    let added =
        (!order.tax_added.is_zero()).then(|| (order.tax_name.clone(), order.tax_added.to_string()));
    let included = (!order.tax_included.is_zero())
        .then(|| format!("Includes {} {}", order.tax_included, order.tax_name));
    let paid = order
        .card
        .as_ref()
        .filter(|_| order.payment != PaymentStatus::Unpaid);
    let paid = paid.map(|(brand, last)| {
        let name = format!("Paid by {} ending {last}", card_name(brand));
        (name, order.total.to_string())
    });
    Sums::of(order.total.to_string())
        .row("Things", order.subtotal.to_string())
        .row_if(discount)
        .row(
            format!("Delivery, {}", order.shipping_name.to_lowercase()),
            shipping,
        )
        .row_if(added)
        .row_if(paid)
        .note(included)
        .view("")
}

fn place(title: &'static str, address: &Address) -> impl IntoView + use<> {
    let lines: Vec<_> = address
        .lines()
        .into_iter()
        .map(|line| {
            view! {
                {line}
                <br />
            }
        })
        .collect();
    view! {
        <div class="small">
            <h3 class="strong">{title}</h3>
            <address class="soft">{lines}</address>
        </div>
    }
}
