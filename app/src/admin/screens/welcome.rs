//! A new shop greets whom it belongs to: the owner's account, then what the shop is called.

use super::door::{button, gate};
use crate::{
    Frame,
    admin::ui::refusal,
    ui::{Input, Kind, choice, field_error, input},
};
use domain::{
    checkout::countries,
    content::{GeneralPage, SettingErrors},
    staff::{OwnerForm, PASSWORD_MIN, WelcomeError},
};
use leptos::prelude::*;

/// The form that makes the first owner.
pub fn welcome(frame: &Frame, form: &OwnerForm, error: Option<&WelcomeError>) -> String {
    let of = |field: &str| error.and_then(|error| error.of(field));
    let words = error
        .filter(|error| !matches!(error, WelcomeError::Code | WelcomeError::Fields(_)))
        .map(ToString::to_string);
    let wrong = ["code", "name", "email", "password", "again"].map(of);
    let [code, name, email, password, again] = wrong.each_ref().map(Option::as_deref);
    let hint =
        format!("At least {PASSWORD_MIN} characters. A few words in a row are easy to remember.");
    gate(frame, "Welcome", || {
        view! {
            <form class="stack" method="post" action="/admin/welcome">
                <h1>"Welcome to your shop"</h1>
                <p class="soft">"Nobody runs it yet. Make your account: it will be the owner’s, who may do everything."</p>
                {refusal(words.as_deref())}
                {input(&Input {
                    error: code,
                    hint: Some("It stands in the log of the server, where it started. Whoever can read that owns the shop. The command mercer admin welcome prints another."),
                    ..Input::new("code", "Code", Kind::Text, &form.code)
                })}
                {input(&Input {
                    error: name,
                    autocomplete: "name",
                    ..Input::new("name", "Your name", Kind::Text, &form.name)
                })}
                {input(&Input {
                    error: email,
                    autocomplete: "username",
                    ..Input::new("email", "E-mail", Kind::Email, &form.email)
                })}
                {input(&Input {
                    error: password,
                    autocomplete: "new-password",
                    hint: Some(&hint),
                    ..Input::new("password", "Password", Kind::Password, "")
                })}
                {input(&Input {
                    error: again,
                    autocomplete: "new-password",
                    ..Input::new("again", "The same again", Kind::Password, "")
                })}
                {button("Make my account")}
            </form>
        }
        .into_any()
    })
}

/// The form that says what the shop is called.
pub fn name_shop(frame: &Frame, page: &GeneralPage, errors: &SettingErrors) -> String {
    let form = &page.form;
    let field = |name, label, kind, value, hint| {
        input(&Input {
            error: errors.of(name),
            hint,
            ..Input::new(name, label, kind, value)
        })
    };
    let countries = countries()
        .iter()
        .map(|country| choice(country.code, country.name, country.code == form.country))
        .collect_view();
    let zones = page
        .time_zones
        .iter()
        .map(|zone| choice(zone, zone, *zone == form.time_zone))
        .collect_view();
    gate(frame, "Your shop", || {
        view! {
            <form class="stack" method="post" action="/admin/welcome/shop">
                <h1>"What is it called?"</h1>
                <p class="soft">"All of this can be changed in the settings; the currency until the first order."</p>
                {field("name", "Name of the shop", Kind::Text, &form.name, None)}
                {field("email", "E-mail for shoppers", Kind::Email, &form.email, None)}
                {pick("country", "Country", countries.into_any(), errors)}
                {pick("time_zone", "Time zone", zones.into_any(), errors)}
                {field("currency", "Currency", Kind::Text, &form.currency, Some("Three letters, such as GBP."))}
                {button("Open the shop")}
            </form>
        }
        .into_any()
    })
}

/// A field with a list to choose from.
fn pick(
    name: &'static str,
    label: &'static str,
    options: AnyView,
    errors: &SettingErrors,
) -> AnyView {
    let wrong = errors.of(name);
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <select class="select" id=name name=name aria-invalid=wrong.map(|_| "true") aria-describedby=wrong.map(|_| format!("{name}-error"))>
                {options}
            </select>
            {field_error(name, wrong)}
        </div>
    }
    .into_any()
}
