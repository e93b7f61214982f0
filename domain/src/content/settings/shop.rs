//! Who the shop is.

use super::{SettingErrors, line};
use crate::{
    Currency,
    checkout::{Country, is_email},
};
use serde::{Deserialize, Serialize};

/// Who the shop is, as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShopForm {
    /// Its name.
    pub name: String,
    /// What it says below the name.
    pub tagline: String,
    /// What search engines show of the home page.
    pub description: String,
    /// The line above every page; nothing for none.
    pub announcement: String,
    /// Where shoppers write to.
    pub email: String,
    /// Where they call.
    pub phone: String,
    /// Where it is, line by line.
    pub address: String,
    /// The code of the country that it is in.
    pub country: String,
    /// The name of its time zone: `Europe/London`.
    pub time_zone: String,
    /// The currency of every price: three letters.
    pub currency: String,
    /// Whether the staff must show a second factor: `yes`.
    pub totp_required: String,
    /// The version that was being changed.
    pub version: i32,
}

impl ShopForm {
    /// What is wrong with it by itself; whether the time zone is one only the shop knows.
    pub fn check(&self) -> SettingErrors {
        let mut errors = SettingErrors::default();
        if self.name().is_empty() {
            errors.add("name", "Please give the shop a name.");
        }
        if !is_email(self.email.trim()) {
            errors.add(
                "email",
                "Please give an e-mail address, such as hello@example.com.",
            );
        }
        if Country::find(&self.country).is_none() {
            errors.add("country", "Please choose the country that the shop is in.");
        }
        if self.currency().is_none() {
            errors.add(
                "currency",
                "Please give the three letters of a currency, such as GBP.",
            );
        }
        errors
    }

    /// Its name, as it is kept.
    pub fn name(&self) -> String {
        line(&self.name)
    }

    /// The currency, where three letters were typed.
    pub fn currency(&self) -> Option<Currency> {
        self.currency.trim().to_ascii_uppercase().parse().ok()
    }

    /// The lines of the address.
    pub fn lines(&self) -> Vec<String> {
        let lines = self.address.lines().map(str::trim);
        lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

/// The page of who the shop is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GeneralPage {
    /// What stands in the form.
    pub form: ShopForm,
    /// Whether the currency can still be changed: there is no order yet.
    pub currency_is_open: bool,
    /// The names of the time zones.
    pub time_zones: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_told_at_its_field() {
        let typed = ShopForm {
            name: "  ".into(),
            email: "hello".into(),
            country: "AQ".into(),
            currency: "pound".into(),
            ..ShopForm::default()
        };
        let errors = typed.check();
        let fields: Vec<_> = errors
            .fields
            .iter()
            .map(|(field, _)| field.as_str())
            .collect();
        assert_eq!(fields, ["name", "email", "country", "currency"]);
    }

    #[test]
    fn small_letters_are_a_currency_too() {
        let typed = ShopForm {
            currency: " eur ".into(),
            ..ShopForm::default()
        };
        assert_eq!(typed.currency(), Some(Currency::EUR));
    }
}
