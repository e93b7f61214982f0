//! Tax rates: what is due where.

use super::{SettingErrors, country_name, line};
use crate::checkout::Country;
use serde::{Deserialize, Serialize};

/// A tax rate as it is shown and typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxRow {
    /// Which; nothing for a new one.
    pub id: String,
    /// The country's code.
    pub country: String,
    /// What the tax is called there.
    pub name: String,
    /// The percentage: `20`.
    pub rate: String,
    /// Whether prices there include it: `yes`.
    pub included: String,
    /// The version that was being changed.
    pub version: i32,
    /// Why it cannot be removed.
    #[serde(skip)]
    pub hold: Option<TaxHold>,
}

/// Why a tax rate has to stay.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaxHold {
    /// Prices on the shelf include it.
    #[error("It is the tax of the shop’s own country, which prices include.")]
    Home,
    /// Things are sent to its country.
    #[error("It is due on what is sent there by the zone “{0}”.")]
    Delivered(String),
}

impl TaxHold {
    /// Whether the rate of a country has to stay, for a shop at home there and the zone that delivers to it.
    pub fn of(country: &str, home: &str, zone: Option<&str>) -> Option<Self> {
        if country == home {
            return Some(Self::Home);
        }
        zone.map(|zone| Self::Delivered(zone.to_owned()))
    }
}

/// A rate that can be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxDraft {
    /// The country's code.
    pub country: String,
    /// What the tax is called there.
    pub name: String,
    /// Basis points.
    pub rate: i32,
    /// Whether prices there include it.
    pub included: bool,
}

impl TaxRow {
    /// The name of its country.
    pub fn country_name(&self) -> &str {
        country_name(&self.country)
    }

    /// Reads it; faults are told at `field:id`, those of a new one at `field`.
    pub fn check(&self) -> Result<TaxDraft, SettingErrors> {
        let mut errors = SettingErrors::default();
        if self.id.is_empty() && Country::find(&self.country).is_none() {
            errors.add("country", "Please choose a country.");
        }
        let name = line(&self.name);
        if name.is_empty() {
            errors.add(self.field("name"), "Please say what it is called there.");
        }
        match points(&self.rate) {
            Some(rate) if errors.is_empty() => Ok(TaxDraft {
                country: self.country.clone(),
                name,
                rate,
                included: self.included == "yes",
            }),
            Some(_) => Err(errors),
            None => {
                let words = "Please give a percentage, such as 20 or 5.5.";
                errors.add(self.field("rate"), words);
                Err(errors)
            }
        }
    }

    /// What a field of this row is called among the faults.
    pub fn field(&self, name: &str) -> String {
        if self.id.is_empty() {
            name.to_owned()
        } else {
            format!("{name}:{}", self.id)
        }
    }
}

/// `5.5 %` as basis points.
fn points(typed: &str) -> Option<i32> {
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = format!("{whole}{part:0<2}");
    digits.parse::<i32>().ok().filter(|points| {
        !whole.is_empty()
            && part.len() <= 2
            && (0..=10_000).contains(points)
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// The page of the taxes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaxesPage {
    /// What is due where, by the names of the countries.
    pub rows: Vec<TaxRow>,
    /// The one that is being added.
    pub new: TaxRow,
}

impl TaxesPage {
    /// The countries that have no rate yet.
    pub fn free(&self) -> impl Iterator<Item = &'static Country> {
        let taken = |code: &str| self.rows.iter().any(|row| row.country == code);
        crate::checkout::countries()
            .iter()
            .filter(move |country| !taken(country.code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, rate: &str) -> TaxRow {
        TaxRow {
            id: id.into(),
            country: "DE".into(),
            name: " VAT ".into(),
            rate: rate.into(),
            ..TaxRow::default()
        }
    }

    #[test]
    fn rates_are_read_as_they_are_typed() {
        for (typed, points) in [
            ("20", Some(2_000)),
            ("5.5 %", Some(550)),
            ("0", Some(0)),
            ("100.01", None),
            ("1.234", None),
            ("-1", None),
            ("+1", None),
            ("", None),
        ] {
            let read = row("1", typed).check().ok().map(|draft| draft.rate);
            assert_eq!(read, points, "{typed}");
        }
    }

    #[test]
    fn faults_are_told_at_the_row_that_they_are_of() {
        let errors = row("7", "x").check().unwrap_err();
        assert!(errors.of("rate:7").is_some() && errors.of("rate").is_none());
        let new = TaxRow {
            country: "XX".into(),
            name: String::new(),
            ..row("", "5")
        };
        let errors = new.check().unwrap_err();
        assert!(errors.of("country").is_some() && errors.of("name").is_some());
    }

    #[test]
    fn what_is_in_use_stays() {
        assert_eq!(TaxHold::of("GB", "GB", None), Some(TaxHold::Home));
        assert_eq!(
            TaxHold::of("DE", "GB", Some("Europe")),
            Some(TaxHold::Delivered("Europe".into()))
        );
        assert_eq!(TaxHold::of("DE", "GB", None), None);
    }

    #[test]
    fn a_country_with_a_rate_is_not_offered_again() {
        let page = TaxesPage {
            rows: vec![row("1", "19")],
            ..TaxesPage::default()
        };
        let free: Vec<_> = page.free().map(|country| country.code).collect();
        assert!(!free.contains(&"DE") && free.contains(&"FR"));
    }
}
