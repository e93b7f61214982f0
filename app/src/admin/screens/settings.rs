//! Settings: who the shop is, taxes, delivery.

use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, page_head, refusal},
    },
    ui::{Input, Kind, TextArea, field_error, input, text_area},
};
use domain::content::{MethodRow, SettingErrors, SettingsPage, ShopForm, TaxRow};
use leptos::prelude::*;

/// The page of the settings.
pub fn settings(frame: &AdminFrame, settings: &SettingsPage, errors: &SettingErrors) -> String {
    page(frame, "Settings", || {
        let taxes = settings
            .taxes
            .iter()
            .map(|row| tax(row, errors))
            .collect_view();
        let methods = settings
            .methods
            .iter()
            .map(|row| method(row, errors))
            .collect_view();
        view! {
            {page_head(None, "Settings", None, None)}
            {refusal(errors.of("version"))}
            {shop(&settings.shop, settings.currency_is_open, errors)}
            {card("Delivery", None, view! { <ul class="rows">{methods}</ul> }.into_any())}
            {card("Taxes", None, view! { <ul class="rows">{taxes}</ul> }.into_any())}
        }
        .into_any()
    })
}

fn shop(form: &ShopForm, currency_is_open: bool, errors: &SettingErrors) -> AnyView {
    let field = |name: &'static str, label, kind, value, required, hint| {
        input(&Input {
            required,
            hint,
            error: errors.of(name),
            ..Input::new(name, label, kind, value)
        })
    };
    let currency_hint = if currency_is_open {
        "Until the first order it can be changed."
    } else {
        "There are orders in it: it stays."
    };
    let totp = form.totp_required == "yes";
    let body = view! {
        <form class="stack" method="post" data-guard action="/admin/settings">
            <div class="form-grid">
                <div class="span-3">{field("name", "Name", Kind::Text, &form.name, true, None)}</div>
                <div class="span-3">{field("tagline", "Line below it", Kind::Text, &form.tagline, false, None)}</div>
                <div class="span-3">{field("email", "E-mail for shoppers", Kind::Email, &form.email, true, None)}</div>
                <div class="span-3">{field("phone", "Telephone", Kind::Text, &form.phone, false, None)}</div>
                <div class="span-3">
                    {field("time_zone", "Time zone", Kind::Text, &form.time_zone, true, Some("Such as Europe/London."))}
                </div>
                <div class="span-3">{field("currency", "Currency", Kind::Text, &form.currency, true, Some(currency_hint))}</div>
            </div>
            {text_area(TextArea {
                name: "address",
                label: "Address",
                value: &form.address,
                rows: 5,
                max: 500,
                hint: Some("It stands in the footer, in mails and on invoices."),
                error: None,
            })}
            {field("announcement", "Line above every page", Kind::Text, &form.announcement, false, None)}
            {text_area(TextArea {
                name: "description",
                label: "In search results",
                value: &form.description,
                rows: 3,
                max: 300,
                hint: None,
                error: None,
            })}
            <label class="check">
                <input type="checkbox" name="totp_required" value="yes" checked=totp />
                <span>"The staff must show a second factor"</span>
            </label>
            <input type="hidden" name="version" value=form.version.to_string() />
            <div>
                <button class="btn" type="submit">
                    "Save"
                </button>
            </div>
        </form>
    };
    card("The shop", None, body.into_any())
}

/// A field of a row: its label is read out, and seen where there is room.
fn cell(
    id: &str,
    name: &'static str,
    label: &'static str,
    value: &str,
    errors: &SettingErrors,
) -> AnyView {
    let key = format!("{name}:{id}");
    let field = format!("{name}-{id}");
    let wrong = errors.of(&key);
    view! {
        <div class="field">
            <label class="field__label" for=field.clone()>
                {label}
            </label>
            <input
                class="input"
                id=field.clone()
                name=name
                maxlength="100"
                value=value.to_owned()
                aria-invalid=wrong.map(|_| "true")
                aria-describedby=wrong.map(|_| format!("{field}-error"))
            />
            {field_error(&field, wrong)}
        </div>
    }
    .into_any()
}

fn save(what: &str) -> AnyView {
    view! {
        <button class="btn btn--quiet" type="submit">
            "Save"
            <span class="sr">" " {what.to_owned()}</span>
        </button>
    }
    .into_any()
}

fn method(row: &MethodRow, errors: &SettingErrors) -> AnyView {
    let id = &row.id;
    view! {
        <li>
            <form class="rows__form" method="post" data-guard action=format!("/admin/settings/delivery/{id}")>
                <p class="rows__name strong">{row.zone.clone()}</p>
                {cell(id, "name", "Name", &row.name, errors)}
                {cell(id, "price", "Price", &row.price, errors)}
                {cell(id, "free_over", "Free over", &row.free_over, errors)}
                {cell(id, "min_days", "Days from", &row.min_days, errors)}
                {cell(id, "max_days", "to", &row.max_days, errors)}
                {save(&format!("{} to {}", row.name, row.zone))}
            </form>
        </li>
    }
    .into_any()
}

fn tax(row: &TaxRow, errors: &SettingErrors) -> AnyView {
    let id = &row.id;
    view! {
        <li>
            <form class="rows__form" method="post" data-guard action=format!("/admin/settings/taxes/{id}")>
                <p class="rows__name strong">{row.country.clone()}</p>
                {cell(id, "name", "Name", &row.name, errors)}
                {cell(id, "rate", "Percent", &row.rate, errors)}
                <label class="check">
                    <input type="checkbox" name="included" value="yes" checked=row.included />
                    <span>"In the prices"</span>
                </label>
                {save(&row.country)}
            </form>
        </li>
    }
    .into_any()
}
