//! The checkout's totals, which follow the country and the delivery method.

use super::browser;
use crate::api::checkout_totals;
use domain::checkout::CheckoutForm;
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

/// The checkout's form and its summary, as the server rendered them. When something changes that the total depends on
/// (`data-totals`), the server renders the parts that follow (`data-part`) anew; nothing that is typed into is among them.
/// Without script a button asks for the same as a page.
#[island]
pub fn CheckoutTotals(
    /// The form and the summary.
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let newest = StoredValue::new(0_u32);
    let change = move |event: ev::Event| {
        let Some(changed) = browser::closest(&event, "[data-totals]") else {
            return;
        };
        let Some(form) =
            browser::closest(&event, "form").and_then(|form| read(&form.dyn_into().ok()?))
        else {
            return;
        };
        newest.update_value(|newest| *newest += 1);
        let number = newest.get_value();
        spawn_local(async move {
            let answer = checkout_totals(form).await;
            let Some(root) = root.get_untracked() else {
                return;
            };
            if newest.get_value() != number {
                return;
            }
            match answer {
                Ok(parts) => browser::put_in_place(&root, &parts, Some(&changed)),
                Err(error) => browser::tell(&root, &error.message),
            }
        });
    };
    view! {
        <div class="checkout__live" node_ref=root on:change=change>
            {children()}
            <p class="sr" role="status" data-told></p>
        </div>
    }
}

/// What the totals depend on. Names and streets stay where they are.
fn read(form: &HtmlFormElement) -> Option<CheckoutForm> {
    let data = FormData::new_with_form(form).ok()?;
    let field = |name: &str| data.get(name).as_string().unwrap_or_default();
    Some(CheckoutForm {
        country: field("country"),
        region: field("region"),
        method: field("method"),
        billing_other: field("billing_other"),
        billing_country: field("billing_country"),
        billing_region: field("billing_region"),
        ..CheckoutForm::default()
    })
}
