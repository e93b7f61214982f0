//! What makes the variants of a product differ.

use super::parts::{Line, cell, line};
use crate::ui::field_error;
use domain::catalog::edit::{FormErrors, OptionForm, ProductEdit};
use leptos::prelude::*;

/// A button that changes the form and saves nothing.
fn step(what: String, words: &'static str, about: String) -> AnyView {
    view! {
        <button class="quiet-link" type="submit" name="step" value=what>
            {words}
            <span class="sr">" " {about}</span>
        </button>
    }
    .into_any()
}

/// The card of the options.
pub(super) fn options(edit: &ProductEdit) -> AnyView {
    let options = edit.form.options.iter().enumerate();
    let cards = options
        .map(|(at, option)| option_of(at, option, &edit.errors))
        .collect_view();
    let add = (edit.form.options.len() < 3)
        .then(|| step("add-option".into(), "Add an option", String::new()));
    let none = edit.form.options.is_empty().then(|| {
        view! {
            <div class="card__body">
                <p class="soft">"It comes in one kind. Options such as size or colour make it come in several."</p>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="options-title" id="options">
            <div class="card__head">
                <h2 id="options-title">"Options"</h2>
                {add}
            </div>
            {none}
            {field_error("options", edit.errors.of("options"))}
            {cards}
        </section>
    }
    .into_any()
}

fn option_of(at: usize, option: &OptionForm, errors: &FormErrors) -> AnyView {
    let name = format!("option-{at}-name");
    let called = option.name.clone();
    let can_remove = option.values.len() > 1;
    let values = option.values.iter().enumerate().map(|(place, value)| {
        let field = |part: &str| format!("option-{at}-value-{place}-{part}");
        let words = if value.name.trim().is_empty() {
            format!("value {}", place + 1)
        } else {
            value.name.clone()
        };
        let up = (place > 0)
            .then(|| step(format!("up-value-{at}-{place}"), "Up", words.clone()));
        let remove = can_remove
            .then(|| step(format!("remove-value-{at}-{place}"), "Take away", words.clone()));
        view! {
            <li class="opt-value">
                <input type="hidden" name=field("key") value=value.key.clone() />
                <div>{cell(&field("name"), format!("Name of {words}"), &value.name, false, errors)}</div>
                {dot(&value.swatch)}
                <div>{cell(&field("swatch"), format!("Colour of {words}"), &value.swatch, false, errors)}</div>
                <div class="shots__row">{up} {remove}</div>
            </li>
        }
    });
    let raise = (at > 0).then(|| step(format!("up-option-{at}"), "Up", called.clone()));
    view! {
        <div class="opt-edit opt-edit--open">
            <div class="stack">
                {line(Line::new(&name, "Name", &option.name, 60), errors)}
                <p class="field__label">"Values, with a colour such as #8a9678 where they are one"</p>
                <ul class="opt-values">{values.collect_view()}</ul>
                <div class="shots__row">
                    {step(format!("add-value-{at}"), "Add a value", called.clone())} {raise}
                    {step(format!("remove-option-{at}"), "Take the option away", called)}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// A value's colour.
pub(super) fn dot(colour: &str) -> AnyView {
    let fill = if colour.trim().is_empty() {
        "none".to_owned()
    } else {
        colour.trim().to_owned()
    };
    view! {
        <svg class="opt-dot" viewBox="0 0 12 12" aria-hidden="true">
            <circle cx="6" cy="6" r="5.5" fill=fill stroke="currentcolor" stroke-opacity="0.3" />
        </svg>
    }
    .into_any()
}
