//! Who the shop is.

use super::{field, pick, save, settings_page, tick};
use crate::{
    admin::{AdminFrame, ui::card},
    ui::{Kind, TextArea, text_area},
};
use domain::{
    checkout::countries,
    content::{GeneralPage, SettingErrors, ShopForm},
};
use leptos::prelude::*;

/// The page of who the shop is.
pub fn general_settings(
    frame: &AdminFrame,
    settings: &GeneralPage,
    errors: &SettingErrors,
) -> String {
    settings_page(frame, "/admin/settings", errors, || {
        let form = &settings.form;
        view! {
            <form class="stack" method="post" data-guard action="/admin/settings">
                {card("Name and address", None, who(form, errors))}
                {card("Where and in what", None, place(settings, errors))}
                {card("What it says of itself", None, words(form, errors))}
                {card("Staff", None, staff(form))} {save(form.version, "Save")}
            </form>
        }
        .into_any()
    })
}

fn who(form: &ShopForm, errors: &SettingErrors) -> AnyView {
    view! {
        <div class="form-grid">
            <div class="span-3">{field(("name", "Name", Kind::Text), &form.name, true, None, errors)}</div>
            <div class="span-3">{field(("tagline", "Line below it", Kind::Text), &form.tagline, false, None, errors)}</div>
            <div class="span-3">
                {field(("email", "E-mail for shoppers", Kind::Email), &form.email, true, None, errors)}
            </div>
            <div class="span-3">{field(("phone", "Telephone", Kind::Text), &form.phone, false, None, errors)}</div>
        </div>
        {text_area(TextArea {
            name: "address",
            label: "Address",
            value: &form.address,
            rows: 5,
            max: 500,
            hint: Some("It stands in the footer, in mails and on invoices."),
            error: errors.of("address"),
        })}
    }
    .into_any()
}

fn place(settings: &GeneralPage, errors: &SettingErrors) -> AnyView {
    let form = &settings.form;
    let countries = countries()
        .iter()
        .map(|country| (country.code, country.name));
    let zones = settings
        .time_zones
        .iter()
        .map(|zone| (zone.as_str(), zone.as_str()));
    let currency = if settings.currency_is_open {
        let hint = "Three letters, such as GBP. It is locked by the first order.";
        field(
            ("currency", "Currency", Kind::Text),
            &form.currency,
            true,
            Some(hint),
            errors,
        )
    } else {
        locked_currency(form, errors)
    };
    view! {
        <div class="form-grid">
            <div class="span-3">{pick("country", "Country", countries, &form.country, errors.of("country"))}</div>
            <div class="span-3">{pick("time_zone", "Time zone", zones, &form.time_zone, errors.of("time_zone"))}</div>
            <div class="span-3">{currency}</div>
        </div>
    }
    .into_any()
}

/// The currency once there are orders in it.
fn locked_currency(form: &ShopForm, errors: &SettingErrors) -> AnyView {
    view! {
        <div class="field">
            <label class="field__label" for="currency">
                "Currency"
            </label>
            <input class="input" id="currency" name="currency" value=form.currency.clone() readonly=true aria-describedby="currency-hint" />
            {crate::ui::field_error("currency", errors.of("currency"))}
            <p class="field__hint" id="currency-hint">
                "There are orders in it: it stays."
            </p>
        </div>
    }
    .into_any()
}

fn words(form: &ShopForm, errors: &SettingErrors) -> AnyView {
    view! {
        {field(("announcement", "Line above every page", Kind::Line), &form.announcement, false, None, errors)}
        {text_area(TextArea {
            name: "description",
            label: "In search results",
            value: &form.description,
            rows: 3,
            max: 300,
            hint: None,
            error: errors.of("description"),
        })}
    }
    .into_any()
}

fn staff(form: &ShopForm) -> AnyView {
    tick(
        "totp_required",
        "yes",
        form.totp_required == "yes",
        "The staff must show a second factor",
    )
}
