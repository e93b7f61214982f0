//! Where an order is: what is done, what is happening, what comes.

use super::Standing;
use domain::orders::OrderView;
use leptos::prelude::*;

/// A step of the way home.
struct Step {
    /// What happens.
    name: String,
    /// More on it; may be empty.
    note: String,
    /// When; may be empty.
    when: String,
}

impl Step {
    fn new(name: impl Into<String>, note: &str, when: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            note: note.to_owned(),
            when: when.into(),
        }
    }
}

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
    let items: Vec<_> = steps
        .into_iter()
        .enumerate()
        .map(|(at, step)| {
            let reached = at <= done;
            let note = (!step.note.is_empty()).then(|| view! { <p class="soft">{step.note}</p> });
            let when = (!step.when.is_empty())
                .then(|| view! { <p class="timeline__when">{step.when}</p> });
            view! {
                <li class=(at < done).then_some("is-done") aria-current=(at == done).then_some("step")>
                    <div>
                        <p class=reached.then_some("strong")>
                            {step.name} {(at < done).then(|| view! { <span class="sr">", done"</span> })}
                        </p>
                        {note}
                        {when}
                    </div>
                </li>
            }
        })
        .collect();
    Some(view! {
        <section aria-labelledby="steps">
            <h2 class="display display--xl" id="steps">
                "Where it is"
            </h2>
            <ol class="timeline mt-6">{items}</ol>
        </section>
    })
}
