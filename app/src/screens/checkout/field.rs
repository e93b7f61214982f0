//! The fields of the checkout: what was typed into them, and what the chosen country makes of them.

use crate::ui::{Input, Kind, Select, choice, field_error, input, select};
use domain::checkout::{CheckoutView, Country, Field, countries};
use leptos::prelude::*;

/// A field of this form over the whole width, as it was filled in.
pub(super) fn typed<'a>(
    field: Field,
    label: &'a str,
    autocomplete: &'a str,
    view: &'a CheckoutView,
) -> Input<'a> {
    let kind = match field {
        Field::Email => Kind::Email,
        Field::Postcode | Field::BillingPostcode => Kind::Postcode,
        _ => Kind::Text,
    };
    Input {
        autocomplete,
        error: view.errors.of(field),
        ..Input::new(field.as_str(), label, kind, view.form.typed(field))
    }
}

/// What is wrong with a field.
pub(super) fn error(field: Field, view: &CheckoutView) -> impl IntoView + use<> {
    field_error(field.as_str(), view.errors.of(field))
}

/// The country of one of the two addresses.
pub(super) fn country(field: Field, autocomplete: &'static str, view: &CheckoutView) -> AnyView {
    let chosen = country_code(field, view);
    // A bill can go anywhere; a parcel where the shop delivers.
    let delivered = |country: &&Country| {
        field != Field::Country || view.countries.iter().any(|code| code == country.code)
    };
    let options = countries().iter().filter(delivered);
    let options = options.map(|country| choice(country.code, country.name, country.code == chosen));
    let of = Select {
        name: field.as_str(),
        label: "Country",
        autocomplete,
        error: view.errors.of(field),
    };
    select(of, options.collect_view().into_any())
}

/// The country of an address: a bill goes where the parcel goes until it is said otherwise.
fn country_code(field: Field, view: &CheckoutView) -> &str {
    let typed = view.form.typed(field);
    if typed.is_empty() {
        &view.form.country
    } else {
        typed
    }
}

/// The rules of the country that was chosen for an address.
fn chosen_country(field: Field, view: &CheckoutView) -> Option<&'static Country> {
    Country::find(country_code(field, view))
}

/// The field of the state, where the country has states.
pub(super) fn region(
    field: Field,
    country: Field,
    autocomplete: &'static str,
    view: &CheckoutView,
) -> Option<AnyView> {
    let country = chosen_country(country, view)?;
    let typed = view.form.typed(field).trim().to_ascii_uppercase();
    let codes = country.regions().iter();
    let options = view! {
        <option value="">"Please choose"</option>
        {codes.map(|code| choice(code, code, *code == typed)).collect_view()}
    };
    let of = Select {
        name: field.as_str(),
        label: country.region_label?,
        autocomplete,
        error: view.errors.of(field),
    };
    Some(select(of, options.into_any()))
}

/// What a postcode is called in the country.
pub(super) fn postcode_label(country: Field, view: &CheckoutView) -> &'static str {
    chosen_country(country, view).map_or("Postcode", |country| country.postcode_label)
}

/// What a postcode looks like in the country.
pub(super) fn postcode_hint(country: Field, view: &CheckoutView) -> Option<String> {
    chosen_country(country, view).map(|country| format!("Such as {}", country.postcode_example))
}

/// The field of the postcode: its label and its hint follow the country, and what is typed into it stays.
pub(super) fn postcode(
    field: Field,
    country: Field,
    autocomplete: &'static str,
    view: &CheckoutView,
) -> AnyView {
    let hint = postcode_hint(country, view).unwrap_or_default();
    input(&Input {
        span: "span-3",
        hint: Some(&hint),
        follows: true,
        ..typed(field, postcode_label(country, view), autocomplete, view)
    })
}
