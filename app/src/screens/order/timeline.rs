//! Where an order is: what is done, what is happening, what comes.

use super::Standing;
use crate::ui::{self, Step};
use domain::{fulfilment::Parcel, orders::OrderView};
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
    let is_part = standing == Standing::Packing && !order.parcels.is_empty();
    let packed = if is_part {
        "A part is on its way, the rest is being packed"
    } else {
        "Being packed"
    };
    let left = order.parcels.last().map_or("", |parcel| &parcel.sent_at);
    let steps = vec![
        Step::new(paid, "", paid_at),
        Step::new(packed, if is_part { "" } else { note }, ""),
        Step::new(
            "On its way",
            "",
            if standing == Standing::Sent { left } else { "" },
        ),
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

/// What was sent, parcel by parcel, and where each can be followed.
pub(super) fn parcels(order: &OrderView) -> Option<AnyView> {
    if order.parcels.is_empty() {
        return None;
    }
    let rows = order.parcels.iter().map(parcel).collect_view();
    Some(
        view! {
            <section aria-labelledby="parcels">
                <h2 class="display display--xl" id="parcels">
                    "Sent to you"
                </h2>
                <ul class="stack mt-6">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn parcel(parcel: &Parcel) -> impl IntoView + use<> {
    let things: Vec<String> = parcel
        .lines
        .iter()
        .map(|line| match line.label.as_str() {
            "" => format!("{} × {}", line.quantity, line.title),
            label => format!("{} × {}, {label}", line.quantity, line.title),
        })
        .collect();
    let by = parcel.by();
    let by = (!by.is_empty()).then(|| view! { <p class="soft">{by}</p> });
    let follow = parcel.tracking_url.clone().map(|href| {
        view! {
            <p>
                <a href=href rel="noopener noreferrer">
                    "Follow the parcel"
                </a>
            </p>
        }
    });
    view! {
        <li>
            <p class="strong">{parcel.sent_at.clone()}</p>
            <p>{things.join("; ")}</p>
            {by}
            {follow}
        </li>
    }
}

/// What went back to the shopper.
pub(super) fn refunds(order: &OrderView) -> Option<AnyView> {
    if order.refunds.is_empty() {
        return None;
    }
    let rows = order
        .refunds
        .iter()
        .map(|refund| {
            let words = if refund.is_back {
                " went back to you"
            } else {
                " is on its way back to you"
            };
            view! {
                <li>
                    <p>
                        <b class="strong num">{refund.amount.to_string()}</b>
                        {words}
                    </p>
                    <p class="soft">{refund.at.clone()}</p>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section aria-labelledby="refunds">
                <h2 class="display display--xl" id="refunds">
                    "Money that went back"
                </h2>
                <ul class="stack mt-6">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}
