//! Where an order is: what is done, what is happening, what comes.

use super::Standing;
use crate::ui::{self, Step};
use domain::orders::OrderView;
use leptos::prelude::*;

/// The steps, and how many of them are done.
fn steps(standing: Standing, order: &OrderView) -> Option<(Vec<Step>, usize)> {
    let done = match standing {
        Standing::ToPay | Standing::Confirming => 0,
        Standing::Packing => 1,
        Standing::Sent => 2,
        Standing::Cancelled | Standing::Refunded => return None,
    };
    let free = order.total.is_zero();
    let paid = match standing {
        Standing::ToPay => "Waiting for your payment",
        Standing::Confirming => "Your payment is being confirmed",
        _ if free => "Placed, with nothing to pay",
        _ => "Paid",
    };
    let paid_at = order.paid_at_local.clone().unwrap_or_default();
    let note = match standing {
        Standing::Packing => "In paper and straw. Until it is sent you can still change your mind.",
        _ => "",
    };
    let arrival = order.arrival.to_string();
    let steps = vec![
        Step::new(paid, "", paid_at),
        Step::new("Being packed", note, ""),
        Step::new("On its way", "", ""),
        Step::new(
            format!("At your door in {}", order.shipping_address.city),
            "",
            arrival.replacen("by", "By", 1),
        ),
    ];
    Some((steps, done))
}

/// The timeline; nothing for an order that goes nowhere.
pub(super) fn timeline(standing: Standing, order: &OrderView) -> impl IntoView + use<> {
    let (steps, done) = steps(standing, order)?;
    Some(view! {
        <section aria-labelledby="steps">
            <h2 class="display display--xl" id="steps">
                "Where it is"
            </h2>
            <div class="mt-6">{ui::timeline(steps, done)}</div>
        </section>
    })
}
