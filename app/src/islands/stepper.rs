//! The field of a quantity with a button on each side.

use crate::ui::{Icon, icon};
use domain::cart::Quantity;
use leptos::{html, prelude::*};

/// The buttons change what stands in the field. Without script the style sheet hides them, and the field is typed into.
pub(super) fn stepper(
    input: NodeRef<html::Input>,
    id: &'static str,
    value: String,
) -> impl IntoView {
    let step = move |by: i32| {
        move |_| {
            if let Some(input) = input.get_untracked() {
                let now: i32 = input.value().trim().parse().unwrap_or(1);
                let next = now.saturating_add(by).clamp(1, Quantity::MAX);
                input.set_value(&next.to_string());
            }
        }
    };
    view! {
        <div class="stepper">
            <button type="button" aria-label="One fewer" on:click=step(-1)>
                {icon(Icon::Minus)}
            </button>
            <label class="sr" for=id>
                "Quantity"
            </label>
            <input
                node_ref=input
                class="num"
                id=id
                name="quantity"
                inputmode="numeric"
                autocomplete="off"
                value=value
            />
            <button type="button" aria-label="One more" on:click=step(1)>
                {icon(Icon::Plus)}
            </button>
        </div>
    }
}
