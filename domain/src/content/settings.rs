//! The shop's settings as the merchant writes them.

use crate::{Currency, Money, checkout::is_email};
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
    /// The name of its time zone: `Europe/London`.
    pub time_zone: String,
    /// The currency of every price: three letters.
    pub currency: String,
    /// Whether the staff must show a second factor: `yes`.
    pub totp_required: String,
    /// The version that was being changed.
    pub version: i32,
}

/// What is wrong with settings, field by field, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingErrors(pub Vec<(String, String)>);

impl SettingErrors {
    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.as_str())
    }

    /// Notes one more.
    pub fn add(&mut self, field: impl Into<String>, words: &str) {
        self.0.push((field.into(), words.to_owned()));
    }
}

impl std::fmt::Display for SettingErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<_> = self.0.iter().map(|(_, words)| words.as_str()).collect();
        f.write_str(&words.join(" "))
    }
}

impl ShopForm {
    /// What is wrong with it by itself; whether the time zone is one only the shop knows.
    pub fn check(&self) -> SettingErrors {
        let mut errors = SettingErrors::default();
        if self.name.trim().is_empty() {
            errors.add("name", "Please give the shop a name.");
        }
        if !is_email(self.email.trim()) {
            errors.add(
                "email",
                "Please give an e-mail address, such as hello@example.com.",
            );
        }
        if self.currency.trim().parse::<Currency>().is_err() {
            errors.add(
                "currency",
                "Please give the three letters of a currency, such as GBP.",
            );
        }
        errors
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

/// A tax rate as it is shown and typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    /// Which.
    pub id: String,
    /// The country's code.
    pub country: String,
    /// What the tax is called there.
    pub name: String,
    /// The percentage: `20`.
    pub rate: String,
    /// Whether prices there include it.
    pub included: bool,
}

/// A delivery method as it is shown and typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodRow {
    /// Which.
    pub id: String,
    /// The zone that it is for.
    pub zone: String,
    /// What it is called.
    pub name: String,
    /// What it costs.
    pub price: String,
    /// What the things must cost for it to be free; nothing for never.
    pub free_over: String,
    /// The fewest working days.
    pub min_days: String,
    /// The most.
    pub max_days: String,
}

/// A method that can be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodDraft {
    /// What it is called.
    pub name: String,
    /// Minor units.
    pub price: i64,
    /// Minor units; `None` for never.
    pub free_over: Option<i64>,
    /// Working days.
    pub min_days: i32,
    /// Working days.
    pub max_days: i32,
}

impl MethodRow {
    /// Reads it; faults are told at `field:id`.
    pub fn check(&self, currency: Currency) -> Result<MethodDraft, SettingErrors> {
        let mut errors = SettingErrors::default();
        let mut wrong =
            |field: &str, words: &str| errors.add(format!("{field}:{}", self.id), words);
        let amount = |text: &str| Money::parse(text.trim(), currency).map(|amount| amount.minor);
        if self.name.trim().is_empty() {
            wrong("name", "Please give it a name.");
        }
        let price = amount(&self.price);
        if price.is_none() {
            wrong("price", "Please give an amount, such as 4.50.");
        }
        let free_over = Some(self.free_over.trim())
            .filter(|text| !text.is_empty())
            .map(amount);
        if free_over == Some(None) {
            wrong("free_over", "Please give an amount, or nothing.");
        }
        let days = |text: &str| {
            text.trim()
                .parse::<i32>()
                .ok()
                .filter(|days| (0..=90).contains(days))
        };
        let range = days(&self.min_days)
            .zip(days(&self.max_days))
            .filter(|(min, max)| min <= max);
        if range.is_none() {
            wrong("min_days", "Please give working days, the fewest first.");
        }
        match (price, range) {
            (Some(price), Some((min_days, max_days))) if errors.0.is_empty() => Ok(MethodDraft {
                name: self.name.trim().chars().take(100).collect(),
                price,
                free_over: free_over.flatten(),
                min_days,
                max_days,
            }),
            _ => Err(errors),
        }
    }
}

impl TaxRow {
    /// The rate in basis points; the fault is told at `rate:id`.
    pub fn check(&self) -> Result<i32, SettingErrors> {
        let typed = self.rate.trim().trim_end_matches('%').trim_end();
        let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
        let digits = format!("{whole}{part:0<2}");
        let points = digits.parse::<i32>().ok().filter(|points| {
            !whole.is_empty()
                && part.len() <= 2
                && (0..=10_000).contains(points)
                && digits.bytes().all(|b| b.is_ascii_digit())
        });
        points.ok_or_else(|| {
            let mut errors = SettingErrors::default();
            errors.add(
                format!("rate:{}", self.id),
                "Please give a percentage, such as 20 or 5.5.",
            );
            errors
        })
    }
}

/// Everything that the page of the settings shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SettingsPage {
    /// Who the shop is.
    pub shop: ShopForm,
    /// Whether the currency can still be changed: there is no order yet.
    pub currency_is_open: bool,
    /// What is due where.
    pub taxes: Vec<TaxRow>,
    /// How things are sent.
    pub methods: Vec<MethodRow>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_they_are_typed() {
        let rate = |typed: &str| {
            let row = TaxRow {
                id: "1".into(),
                country: "GB".into(),
                name: "VAT".into(),
                rate: typed.into(),
                included: true,
            };
            row.check().ok()
        };
        for (typed, points) in [
            ("20", Some(2_000)),
            ("5.5 %", Some(550)),
            ("0", Some(0)),
            ("100.01", None),
            ("1.234", None),
            ("-1", None),
            ("", None),
        ] {
            assert_eq!(rate(typed), points, "{typed}");
        }
    }

    #[test]
    fn a_method_names_what_is_wrong_with_it() {
        let row = MethodRow {
            id: "7".into(),
            zone: "UK".into(),
            name: " ".into(),
            price: "4.505".into(),
            free_over: "x".into(),
            min_days: "5".into(),
            max_days: "2".into(),
        };
        let errors = row.check("GBP".parse().unwrap()).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["name:7", "price:7", "free_over:7", "min_days:7"]);
    }
}
