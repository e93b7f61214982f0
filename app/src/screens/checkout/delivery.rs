//! Where it goes, and how fast.

use super::field::{self, country, postcode, region, typed};
use crate::ui::{Icon, Input, icon, input};
use domain::checkout::{CheckoutView, Field, ShippingOffer};
use leptos::prelude::*;

/// The address that the parcel goes to.
pub(super) fn where_to(view: &CheckoutView) -> impl IntoView + use<> {
    let email = Input {
        hint: Some("For your receipt, and for news of the parcel. Nothing else."),
        ..typed(Field::Email, "E-mail", "email", view)
    };
    let name = typed(Field::Name, "Full name", "shipping name", view);
    let line1 = typed(Field::Line1, "Address", "shipping address-line1", view);
    let city = Input {
        span: "town",
        ..typed(Field::City, "Town or city", "shipping address-level2", view)
    };
    view! {
        <fieldset>
            <legend class="display display--xl">"Where to"</legend>
            <div class="form-grid">
                {input(&email)} {country(Field::Country, "shipping country", view)} {update()}
                {input(&name)} {input(&line1)}
                {second_line(Field::Line2, "shipping address-line2", view)} {input(&city)}
                <div class="span-3 region" data-part="region">
                    {region(Field::Region, Field::Country, "shipping address-level1", view)}
                </div>
                {postcode(Field::Postcode, Field::Country, "shipping postal-code", view)}
            </div>
        </fieldset>
    }
}

/// Shows the totals again for those who have no script. Without script the Enter key does this too, and so never pays by
/// accident.
fn update() -> impl IntoView {
    view! {
        <noscript>
            <button
                class="btn btn--quiet"
                type="submit"
                name="action"
                value="update"
                formnovalidate
            >
                "Update delivery and total"
            </button>
        </noscript>
    }
}

/// The second line of an address, folded away while nothing is in it.
pub(super) fn second_line(
    of: Field,
    autocomplete: &'static str,
    view: &CheckoutView,
) -> impl IntoView + use<> {
    let open = !view.form.typed(of).is_empty() || view.errors.of(of).is_some();
    let line = Input {
        required: false,
        ..typed(of, "Flat, floor or company", autocomplete, view)
    };
    view! {
        <details class="second-line" open=open>
            <summary class="text-btn">"Add a flat, floor or company"</summary>
            {input(&line)}
        </details>
    }
}

/// The ways to have it sent.
pub(super) fn methods(view: &CheckoutView) -> impl IntoView + use<> {
    view! {
        <fieldset aria-describedby=view.errors.of(Field::Method).map(|_| "method-error")>
            <legend class="display display--xl">"How fast"</legend>
            {field::error(Field::Method, view)}
            <div data-part="methods">{method_list(view)}</div>
        </fieldset>
    }
}

/// The list itself, which follows the country.
pub(super) fn method_list(view: &CheckoutView) -> impl IntoView + use<> {
    if view.offers.is_empty() {
        return view! {
            <p class="notice notice--caution">
                {icon(Icon::Alert)}
                <span>"We do not deliver there yet. Please choose another country."</span>
            </p>
        }
        .into_any();
    }
    let offers: Vec<_> = view
        .offers
        .iter()
        .map(|offer| method(offer, offer.code == view.form.method))
        .collect();
    view! { <div class="choice-list">{offers}</div> }.into_any()
}

/// The id of a method's radio button.
pub(super) fn method_id(code: &str) -> String {
    format!("method-{code}")
}

fn method(offer: &ShippingOffer, chosen: bool) -> impl IntoView + use<> {
    let price = if offer.price.is_zero() {
        "Free".to_owned()
    } else {
        offer.price.to_string()
    };
    let arrival = capitalised(&offer.arrival.to_string());
    let note = if offer.description.is_empty() {
        arrival
    } else {
        format!("{arrival}. {}", offer.description)
    };
    view! {
        <label class="check">
            <input
                type="radio"
                name="method"
                id=method_id(&offer.code)
                value=offer.code.clone()
                checked=chosen
                data-totals=""
            />
            <span>
                <b class="strong">{offer.name.clone()}</b>
                <br />
                <span class="small soft">{note}</span>
            </span>
            <span class="num">{price}</span>
        </label>
    }
}

fn capitalised(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(signs).collect()
    })
}
