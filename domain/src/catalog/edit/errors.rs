//! What is wrong with a form, beside its fields.

use crate::{Currency, Money};
use serde::{Deserialize, Serialize};

/// What is wrong, by the names that the fields have in the form, in words for whom typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    /// The fault of one field.
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self(vec![(field.into(), message.into())])
    }

    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(at, _)| at == field)
            .map(|(_, message)| message.as_str())
    }

    /// Notes a fault.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push((field.into(), message.into()));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every field that is wrong, with why.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// One line of at most `max` characters.
    pub(super) fn line(&mut self, field: &str, typed: &str, max: usize) -> String {
        let text = self.text(field, typed, max);
        if text.chars().any(char::is_control) {
            self.add(field, "Please write this on one line.");
        }
        text
    }

    /// The same, and not empty.
    pub(super) fn wanted(&mut self, field: &str, typed: &str, max: usize, missing: &str) -> String {
        let text = self.line(field, typed, max);
        if text.is_empty() {
            self.add(field, missing);
        }
        text
    }

    /// Text of at most `max` characters.
    pub(super) fn text(&mut self, field: &str, typed: &str, max: usize) -> String {
        let typed = typed.trim();
        if typed.chars().count() > max {
            self.add(field, format!("Please use at most {max} characters."));
        }
        typed.to_owned()
    }

    /// A handle; where nothing was typed, the one that the title suggests.
    pub(super) fn handle(
        &mut self,
        field: &str,
        typed: &str,
        title: &str,
    ) -> Option<crate::catalog::Handle> {
        use crate::catalog::Handle;
        let typed = typed.trim();
        let handle = if typed.is_empty() {
            Handle::suggest(title)
        } else {
            typed.parse().ok()
        };
        if handle.is_none() {
            self.add(
                field,
                "Small letters, digits and single hyphens can stand in an address, such as ridge-mug.",
            );
        }
        handle
    }
}

/// The minor units of an amount that somebody typed.
pub(super) fn minor(text: &str, currency: Currency) -> Option<i64> {
    Money::parse(text, currency).map(|amount| amount.minor)
}

impl std::fmt::Display for FormErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (field, message)) in self.0.iter().enumerate() {
            let between = if at == 0 { "" } else { "; " };
            write!(f, "{between}{field}: {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FormErrors {}
