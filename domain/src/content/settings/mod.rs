//! The shop's settings as the merchant writes them.

mod legal;
mod mail;
mod shipping;
mod shop;
mod taxes;

pub use legal::{LEGAL_LINKS, LegalForm, LegalLink, LegalPage};
pub use mail::{MailFrom, MailPage};
pub use shipping::{
    MethodDraft, MethodForm, MethodPage, MethodRow, ShippingPage, ZoneDraft, ZoneForm, ZonePage,
    ZoneRow,
};
pub use shop::{GeneralPage, ShopForm};
pub use taxes::{TaxDraft, TaxHold, TaxRow, TaxesPage};

use crate::checkout::Country;

/// What is wrong with settings, field by field, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingErrors {
    /// Each field with what is wrong with it.
    pub fields: Vec<(String, String)>,
    /// What somebody saved meanwhile: each thing with how it stands now.
    pub theirs: Vec<(&'static str, String)>,
    /// The version of that: the next save is about it.
    pub now: Option<i32>,
}

impl SettingErrors {
    /// Something is wrong with one field.
    pub fn at(field: impl Into<String>, words: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, words);
        errors
    }

    /// Somebody saved the same meanwhile; this is how it stands now, and the version of that.
    pub fn stale(version: i32, theirs: Vec<(&'static str, String)>) -> Self {
        Self {
            theirs,
            now: Some(version),
            ..Self::at(
                "version",
                "Somebody saved this meanwhile. Both are below: put together what shall stay, and save again.",
            )
        }
    }

    /// It is not there any more.
    pub fn gone() -> Self {
        Self::at("version", "It is not there any more.")
    }

    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.as_str())
    }

    /// Notes one more.
    pub fn add(&mut self, field: impl Into<String>, words: impl Into<String>) {
        self.fields.push((field.into(), words.into()));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl std::fmt::Display for SettingErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<_> = self
            .fields
            .iter()
            .map(|(_, words)| words.as_str())
            .collect();
        f.write_str(&words.join(" "))
    }
}

/// The name of a country; its code where the shop knows no name.
pub fn country_name(code: &str) -> &str {
    Country::find(code).map_or(code, |country| country.name)
}

/// One line without spaces around it, and no longer than a name may be.
fn line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").chars().take(100).collect()
}
