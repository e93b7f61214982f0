//! Settings, a page for each part of them.

mod general;
mod legal;
mod mail;
mod shipping;
mod taxes;
#[cfg(test)]
mod tests;

pub use general::general_settings;
pub use legal::legal_settings;
pub use mail::mail_settings;
pub use shipping::{method_settings, shipping_settings, zone_settings};
pub use taxes::tax_settings;

use crate::{
    admin::{
        AdminFrame, page,
        ui::{card, facts, page_head, refusal},
    },
    ui::{Input, Kind, field_error, input},
};
use domain::content::SettingErrors;
use leptos::prelude::*;

/// The pages, by their addresses.
const PAGES: [(&str, &str); 5] = [
    ("/admin/settings", "The shop"),
    ("/admin/settings/taxes", "Taxes"),
    ("/admin/settings/shipping", "Delivery"),
    ("/admin/settings/mail", "Mail"),
    ("/admin/settings/legal", "Legal texts"),
];

/// A page of the settings: which of them it is, what was refused, and its body.
fn settings_page(
    frame: &AdminFrame,
    here: &'static str,
    errors: &SettingErrors,
    body: impl FnOnce() -> AnyView,
) -> String {
    let title = PAGES
        .iter()
        .find(|(href, _)| *href == here)
        .map_or("Settings", |(_, label)| label);
    let links = PAGES
        .iter()
        .map(|(href, label)| {
            let current = (*href == here).then_some("page");
            view! {
                <a href=*href aria-current=current>
                    {*label}
                </a>
            }
        })
        .collect_view();
    page(frame, &format!("{title} — Settings"), || {
        view! {
            {page_head(None, "Settings", None, None)}
            <nav class="views" aria-label="Parts of the settings">
                {links}
            </nav>
            {refused(errors)}
            {body()}
        }
        .into_any()
    })
}

/// A page below one of them.
fn settings_part(
    frame: &AdminFrame,
    (back, label): (&str, &str),
    title: &str,
    errors: &SettingErrors,
    body: impl FnOnce() -> AnyView,
) -> String {
    page(frame, title, || {
        view! {
            {page_head(Some((back, label)), title, None, None)}
            {refused(errors)}
            {body()}
        }
        .into_any()
    })
}

/// What is wrong with the whole form, and what somebody saved meanwhile.
fn refused(errors: &SettingErrors) -> AnyView {
    let theirs = (!errors.theirs.is_empty()).then(|| {
        let rows = errors
            .theirs
            .iter()
            .map(|(name, value)| (*name, view! { {value.clone()} }.into_any()))
            .collect();
        card("What was saved meanwhile", None, facts(rows))
    });
    view! {
        {refusal(errors.of("version"))}
        {theirs}
    }
    .into_any()
}

/// A field of one line.
fn field(
    (name, label, kind): (&'static str, &'static str, Kind),
    value: &str,
    required: bool,
    hint: Option<&str>,
    errors: &SettingErrors,
) -> AnyView {
    input(&Input {
        required,
        hint,
        error: errors.of(name),
        ..Input::new(name, label, kind, value)
    })
}

/// A field with a list to choose from; `options` are values with their words.
fn pick<'a>(
    name: &str,
    label: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    chosen: &str,
    error: Option<&str>,
) -> AnyView {
    let options = options
        .map(|(value, words)| crate::ui::choice(value, words, value == chosen))
        .collect_view();
    view! {
        <div class="field">
            <label class="field__label" for=name.to_owned()>
                {label.to_owned()}
            </label>
            <select
                class="select"
                id=name.to_owned()
                name=name.to_owned()
                aria-invalid=error.map(|_| "true")
                aria-describedby=error.map(|_| format!("{name}-error"))
            >
                {options}
            </select>
            {field_error(name, error)}
        </div>
    }
    .into_any()
}

/// A box to tick.
fn tick(name: &'static str, value: &str, ticked: bool, words: &str) -> AnyView {
    view! {
        <label class="check">
            <input type="checkbox" name=name value=value.to_owned() checked=ticked />
            <span>{words.to_owned()}</span>
        </label>
    }
    .into_any()
}

/// The version that the form changes, and the button that sends it.
fn save(version: i32, words: &'static str) -> AnyView {
    view! {
        <input type="hidden" name="version" value=version.to_string() />
        <div>
            <button class="btn" type="submit">
                {words}
            </button>
        </div>
    }
    .into_any()
}
