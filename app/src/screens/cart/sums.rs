//! What a basket costs.

use crate::ui::{Icon, icon, things};
use domain::cart::{CartView, FreeDelivery};
use leptos::prelude::*;

/// How far it is to free delivery: a line of words and a bar.
pub(super) fn delivery_nudge(free: FreeDelivery) -> impl IntoView {
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
pub(super) fn sums(cart: &CartView, tax: &str) -> impl IntoView + use<> {
    let discount = cart.discount.as_ref().map(|(code, off)| {
        view! {
            <div>
                <dt>{format!("Code {code}")}</dt>
                <dd>{format!("−{off}")}</dd>
            </div>
        }
    });
    let delivery = match cart.free_delivery {
        Some(free) if free.missing.is_zero() => "Free",
        _ => "At the checkout",
    };
    let contained = (!cart.tax_included.is_zero()).then(|| {
        view! {
            <div>
                <dt class="tiny">{format!("Includes {} {tax}", cart.tax_included)}</dt>
            </div>
        }
    });
    view! {
        <dl class="sums">
            <div>
                <dt>{things(cart.count)}</dt>
                <dd>{cart.subtotal.to_string()}</dd>
            </div>
            {discount}
            <div>
                <dt>"Delivery"</dt>
                <dd>{delivery}</dd>
            </div>
            <div class="sums__total">
                <dt>"Total"</dt>
                <dd>{cart.total.to_string()}</dd>
            </div>
            {contained}
        </dl>
    }
}
