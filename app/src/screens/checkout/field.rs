//! A field of the checkout with its label, its hint and what is wrong with it.

use crate::ui::{Icon, icon};
use domain::checkout::{CheckoutView, Country, Field, countries};
use leptos::prelude::*;

/// How a field is filled in.
#[derive(Clone, Copy)]
pub(super) struct Text {
    /// Which field.
    pub field: Field,
    /// What stands above it.
    pub label: &'static str,
    /// The browser's word for what it holds.
    pub autocomplete: &'static str,
    /// The columns it takes, as a class; empty for all.
    pub span: &'static str,
    /// What stands below it while nothing is wrong.
    pub hint: Option<&'static str>,
    /// Whether an order needs it.
    pub required: bool,
}

impl Text {
    /// A field over the whole width that has to be filled in.
    pub(super) const fn new(field: Field, label: &'static str, autocomplete: &'static str) -> Self {
        Self {
            field,
            label,
            autocomplete,
            span: "",
            hint: None,
            required: true,
        }
    }
}

/// The ids of what describes a field, for `aria-describedby`.
fn described(field: Field, view: &CheckoutView, has_hint: bool) -> Option<String> {
    if view.errors.of(field).is_some() {
        Some(format!("{field}-error"))
    } else {
        has_hint.then(|| format!("{field}-hint"))
    }
}

/// What is wrong with a field.
pub(super) fn error(field: Field, view: &CheckoutView) -> impl IntoView + use<> {
    view.errors.of(field).map(|words| {
        let words = words.to_owned();
        view! {
            <p class="field__error" id=format!("{field}-error")>
                {icon(Icon::Alert)}
                <span>{words}</span>
            </p>
        }
    })
}

fn is_wrong(field: Field, view: &CheckoutView) -> Option<&'static str> {
    view.errors.of(field).map(|_| "true")
}

/// A field of one line.
pub(super) fn text(of: Text, view: &CheckoutView) -> AnyView {
    let name = of.field.as_str();
    let is_email = of.field == Field::Email;
    let hint = of
        .hint
        .filter(|_| view.errors.of(of.field).is_none())
        .map(|hint| view! { <p class="field__hint" id=format!("{name}-hint")>{hint}</p> });
    let optional = (!of.required).then(|| view! { <span class="soft">" (if there is one)"</span> });
    view! {
        <div class=format!("field {}", of.span)>
            <label class="field__label" for=name>
                {of.label}
                {optional}
            </label>
            <input
                class="input"
                id=name
                name=name
                type=if is_email { "email" } else { "text" }
                inputmode=is_email.then_some("email")
                autocomplete=of.autocomplete
                maxlength=if is_email { "254" } else { "100" }
                required=of.required
                aria-invalid=is_wrong(of.field, view)
                aria-describedby=described(of.field, view, of.hint.is_some())
                value=view.form.typed(of.field).to_owned()
            />
            {error(of.field, view)}
            {hint}
        </div>
    }
    .into_any()
}

/// The country of one of the two addresses.
pub(super) fn country(field: Field, autocomplete: &'static str, view: &CheckoutView) -> AnyView {
    let typed = country_code(field, view);
    // A bill can go anywhere; a parcel where the shop delivers.
    let delivered = |country: &&Country| {
        field != Field::Country || view.countries.iter().any(|code| code == country.code)
    };
    let options = countries().iter().filter(delivered);
    let options = options.map(|country| option(country.code, country.name, country.code == typed));
    let options = options.collect_view().into_any();
    select(field, "Country", autocomplete, view, options)
}

fn option(value: &'static str, words: &'static str, selected: bool) -> impl IntoView {
    view! {
        <option value=value selected=selected>
            {words}
        </option>
    }
}

/// A field with a list to choose from, on which the totals depend.
fn select(
    field: Field,
    label: &'static str,
    autocomplete: &'static str,
    view: &CheckoutView,
    options: AnyView,
) -> AnyView {
    let name = field.as_str();
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <select
                class="select"
                id=name
                name=name
                autocomplete=autocomplete
                required
                data-totals=""
                aria-invalid=is_wrong(field, view)
                aria-describedby=described(field, view, false)
            >
                {options}
            </select>
            {error(field, view)}
        </div>
    }
    .into_any()
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
    let label = country.region_label?;
    let typed = view.form.typed(field).trim().to_ascii_uppercase();
    let codes = country.regions().iter();
    let options = view! {
        <option value="">"Please choose"</option>
        {codes.map(|code| option(code, code, *code == typed)).collect_view()}
    };
    Some(select(field, label, autocomplete, view, options.into_any()))
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
    let name = field.as_str();
    view! {
        <div class="field span-3">
            <label class="field__label" for=name data-part=format!("{name}-label")>
                {postcode_label(country, view)}
            </label>
            <input
                class="input"
                id=name
                name=name
                autocomplete=autocomplete
                autocapitalize="characters"
                spellcheck="false"
                maxlength="20"
                required
                aria-invalid=is_wrong(field, view)
                aria-describedby=described(field, view, true)
                value=view.form.typed(field).to_owned()
            />
            {error(field, view)}
            <p class="field__hint" id=format!("{name}-hint") data-part=format!("{name}-hint")>
                {view.errors.of(field).is_none().then(|| postcode_hint(country, view))}
            </p>
        </div>
    }
    .into_any()
}
