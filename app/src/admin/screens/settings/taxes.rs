//! Tax rates.

use super::{field, pick, save, settings_page, tick};
use crate::{
    admin::{
        AdminFrame,
        ui::{card, nothing},
    },
    ui::{Kind, field_error},
};
use domain::content::{SettingErrors, TaxRow, TaxesPage};
use leptos::prelude::*;

/// The page of the taxes.
pub fn tax_settings(frame: &AdminFrame, taxes: &TaxesPage, errors: &SettingErrors) -> String {
    settings_page(frame, "/admin/settings/taxes", errors, || {
        let list = if taxes.rows.is_empty() {
            nothing(
                "No taxes yet",
                "Add the rate of the country that the shop is in: prices include it.",
                None,
            )
        } else {
            let rows = taxes.rows.iter().map(|tax| row(tax, errors)).collect_view();
            view! { <ul class="rows">{rows}</ul> }.into_any()
        };
        view! {
            {card("What is due where", None, list)}
            {new(taxes, errors)}
        }
        .into_any()
    })
}

fn row(tax: &TaxRow, errors: &SettingErrors) -> AnyView {
    let country = tax.country_name().to_owned();
    let remove = match &tax.hold {
        None => view! {
            <button class="btn btn--plain" type="submit" name="action" value="remove">
                "Remove"
                <span class="sr">" the tax of " {country.clone()}</span>
            </button>
        }
        .into_any(),
        Some(hold) => view! { <p class="soft tiny">{hold.to_string()}</p> }.into_any(),
    };
    view! {
        <li>
            <form class="rows__form" method="post" data-guard action=format!("/admin/settings/taxes/{}", tax.id)>
                <p class="rows__name strong">{country.clone()}</p>
                {cell(tax, "name", "Name", &tax.name, errors)}
                {cell(tax, "rate", "Percent", &tax.rate, errors)}
                {tick("included", "yes", tax.included == "yes", "In the prices")}
                <input type="hidden" name="version" value=tax.version.to_string() />
                <button class="btn btn--quiet" type="submit" name="action" value="save">
                    "Save"
                    <span class="sr">" the tax of " {country}</span>
                </button>
                {remove}
            </form>
        </li>
    }
    .into_any()
}

/// A field of a row.
fn cell(
    tax: &TaxRow,
    name: &'static str,
    label: &'static str,
    value: &str,
    errors: &SettingErrors,
) -> AnyView {
    let id = format!("{name}-{}", tax.id);
    let wrong = errors.of(&tax.field(name));
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id.clone()
                name=name
                maxlength="100"
                value=value.to_owned()
                aria-invalid=wrong.map(|_| "true")
                aria-describedby=wrong.map(|_| format!("{id}-error"))
            />
            {field_error(&id, wrong)}
        </div>
    }
    .into_any()
}

fn new(taxes: &TaxesPage, errors: &SettingErrors) -> AnyView {
    let new = &taxes.new;
    let countries = std::iter::once(("", "Choose a country"))
        .chain(taxes.free().map(|country| (country.code, country.name)));
    let form = view! {
        <form class="stack" method="post" data-guard action="/admin/settings/taxes">
            <div class="form-grid">
                <div class="span-3">{pick("country", "Country", countries, &new.country, errors.of("country"))}</div>
                <div class="span-3">
                    {field(("name", "What it is called there", Kind::Text), &new.name, true, Some("Such as VAT."), errors)}
                </div>
                <div class="span-3">{field(("rate", "Percent", Kind::Amount), &new.rate, true, None, errors)}</div>
            </div>
            {tick("included", "yes", new.included == "yes", "In the prices: shoppers there see what they pay")}
            {save(0, "Add it")}
        </form>
    };
    card("Add a rate", None, form.into_any())
}
