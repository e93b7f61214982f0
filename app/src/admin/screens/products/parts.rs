//! The fields of the editors of the catalogue.

use crate::ui::field_error;
use domain::catalog::edit::FormErrors;
use leptos::prelude::*;

/// A field of one line, with what is wrong with it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) name: &'a str,
    pub(crate) label: &'a str,
    pub(crate) value: &'a str,
    pub(crate) max: u16,
    pub(crate) hint: &'a str,
    /// `text`, `datetime-local`.
    pub(crate) kind: &'static str,
}

impl<'a> Line<'a> {
    /// One without a hint.
    pub(crate) const fn new(name: &'a str, label: &'a str, value: &'a str, max: u16) -> Self {
        Self {
            name,
            label,
            value,
            max,
            hint: "",
            kind: "text",
        }
    }
}

/// A field of one line.
pub(crate) fn line(of: Line<'_>, errors: &FormErrors) -> AnyView {
    let name = of.name;
    let error = errors.of(name);
    let has_hint = error.is_none() && !of.hint.is_empty();
    let hint = has_hint.then(|| {
        view! {
            <p class="field__hint" id=format!("{name}-hint")>
                {of.hint.to_owned()}
            </p>
        }
    });
    let described = match error {
        Some(_) => Some(format!("{name}-error")),
        None => has_hint.then(|| format!("{name}-hint")),
    };
    view! {
        <div class="field">
            <label class="field__label" for=name.to_owned()>
                {of.label.to_owned()}
            </label>
            <input
                class="input"
                id=name.to_owned()
                name=name.to_owned()
                type=of.kind
                autocomplete="off"
                maxlength=(of.kind == "text").then(|| of.max.to_string())
                aria-invalid=error.map(|_| "true")
                aria-describedby=described
                value=of.value.to_owned()
            />
            {field_error(name, error)}
            {hint}
        </div>
    }
    .into_any()
}

/// A list to choose from; `none` is what stands for nothing.
pub(crate) fn choose(
    name: &'static str,
    label: &'static str,
    value: &str,
    none: Option<&'static str>,
    choices: &[(String, String)],
    errors: &FormErrors,
) -> AnyView {
    let error = errors.of(name);
    let options = choices
        .iter()
        .map(|(id, words)| crate::ui::choice(id, words, id == value))
        .collect_view();
    let none = none.map(|words| crate::ui::choice("", words, value.is_empty()));
    view! {
        <div class="field">
            <label class="field__label" for=name>
                {label}
            </label>
            <select
                class="select"
                id=name
                name=name
                aria-invalid=error.map(|_| "true")
                aria-describedby=error.map(|_| format!("{name}-error"))
            >
                {none}
                {options}
            </select>
            {field_error(name, error)}
        </div>
    }
    .into_any()
}

/// A field in a cell of a table: its label is read out only.
pub(crate) fn cell(
    name: &str,
    label: String,
    value: &str,
    is_number: bool,
    errors: &FormErrors,
) -> AnyView {
    let error = errors.of(name);
    view! {
        <input
            class=if is_number { "input num" } else { "input" }
            id=name.to_owned()
            name=name.to_owned()
            value=value.to_owned()
            maxlength="100"
            autocomplete="off"
            inputmode=is_number.then_some("decimal")
            aria-label=label
            aria-invalid=error.map(|_| "true")
            aria-describedby=error.map(|_| format!("{name}-error"))
        />
        {field_error(name, error)}
    }
    .into_any()
}
