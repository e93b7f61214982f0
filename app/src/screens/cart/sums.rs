//! What a basket costs.

use crate::ui::{Icon, Sums, icon, things};
use domain::cart::{CartView, FreeDelivery};
use leptos::prelude::*;

/// How far it is to free delivery: a line of words and a bar.
pub(crate) fn delivery_nudge(free: FreeDelivery) -> impl IntoView {
    let reached = free.missing.is_zero();
    let words = if reached {
        format!("Delivery is free. You have passed {}.", free.from)
    } else {
        format!("{} more, and delivery is free.", free.missing)
    };
    let done = free.from.minor - free.missing.minor;
    view! {
        <div class="progress">
            <p>{reached.then(|| icon(Icon::Check))} <span>{words}</span></p>
            <progress
                class="progress__bar"
                aria-hidden="true"
                max=free.from.minor.to_string()
                value=done.to_string()
            ></progress>
        </div>
    }
}

/// The rows of the summary on the basket's page. `tax` is the home country's word for it.
pub(crate) fn sums(cart: &CartView, tax: &str) -> AnyView {
    let discount = cart
        .discount
        .as_ref()
        .map(|(code, off)| (format!("Code {code}"), format!("−{off}")));
    let delivery = match cart.free_delivery {
        Some(free) if free.missing.is_zero() => "Free",
        _ => "At the checkout",
    };
    let contained =
        (!cart.tax_included.is_zero()).then(|| format!("Includes {} {tax}", cart.tax_included));
    Sums::of(cart.total.to_string())
        .row(things(cart.count), cart.subtotal.to_string())
        .row_if(discount)
        .row("Delivery", delivery)
        .note(contained)
        .view("")
}
