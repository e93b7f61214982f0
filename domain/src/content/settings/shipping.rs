//! Delivery: zones of countries, and the ways to have things sent there.

use super::{SettingErrors, line};
use crate::{Currency, Money, checkout::Country};
use serde::{Deserialize, Serialize};

/// A zone as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZoneForm {
    /// What it is called.
    pub name: String,
    /// The codes of its countries.
    pub countries: Vec<String>,
    /// The version that was being changed; 0 for a new one.
    pub version: i32,
}

/// A zone that can be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneDraft {
    /// What it is called.
    pub name: String,
    /// The codes of its countries, each once.
    pub countries: Vec<String>,
}

impl ZoneForm {
    /// Reads it. `taken` are the countries of other zones with the names of those: a country is in one zone at most.
    pub fn check(&self, taken: &[(String, String)]) -> Result<ZoneDraft, SettingErrors> {
        let mut errors = SettingErrors::default();
        let name = line(&self.name);
        if name.is_empty() {
            errors.add("name", "Please give the zone a name, such as Europe.");
        }
        let mut countries = self.countries.clone();
        countries.sort_unstable();
        countries.dedup();
        if countries.iter().any(|code| Country::find(code).is_none()) {
            errors.add(
                "countries",
                "The checkout does not know the addresses of one of these countries.",
            );
        } else if let Some(words) = in_another(&countries, taken) {
            errors.add("countries", words);
        }
        if errors.is_empty() {
            Ok(ZoneDraft { name, countries })
        } else {
            Err(errors)
        }
    }
}

/// Which countries are in another zone, in a sentence.
fn in_another(countries: &[String], taken: &[(String, String)]) -> Option<String> {
    let twice: Vec<_> = taken
        .iter()
        .filter(|(code, _)| countries.contains(code))
        .map(|(code, zone)| format!("{} is in the zone “{zone}”", super::country_name(code)))
        .collect();
    (!twice.is_empty()).then(|| {
        let twice = twice.join(", ");
        format!("{twice}. A country is in one zone: take it out there first.")
    })
}

/// A zone in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ZoneRow {
    /// Which.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The names of its countries.
    pub countries: Vec<String>,
    /// The ways to have things sent there, the first one first.
    pub methods: Vec<MethodRow>,
}

/// A delivery method in the list of its zone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MethodRow {
    /// Which.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it costs, in words.
    pub price: String,
    /// From which amount it is free, in words.
    pub free_over: Option<String>,
    /// How long it takes, in words.
    pub days: String,
    /// Whether shoppers can choose it.
    pub is_active: bool,
}

/// The page of all zones.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShippingPage {
    /// Each with its methods.
    pub zones: Vec<ZoneRow>,
    /// The name of the shop's own country, where nothing is sent to it.
    pub home_unserved: Option<String>,
}

/// The page of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZonePage {
    /// Which; nothing for a new one.
    pub id: String,
    /// What stands in the form.
    pub form: ZoneForm,
    /// The countries of other zones, each with the name of its zone.
    pub taken: Vec<(String, String)>,
    /// The ways to have things sent there.
    pub methods: Vec<MethodRow>,
}

impl ZonePage {
    /// The name of the other zone that a country is in.
    pub fn taken_by(&self, code: &str) -> Option<&str> {
        let found = self.taken.iter().find(|(taken, _)| taken == code);
        found.map(|(_, zone)| zone.as_str())
    }
}

/// A delivery method as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MethodForm {
    /// What it is called.
    pub name: String,
    /// A line on it.
    pub description: String,
    /// What it costs.
    pub price: String,
    /// What the things must cost for it to be free; nothing for never.
    pub free_over: String,
    /// The fewest working days.
    pub min_days: String,
    /// The most.
    pub max_days: String,
    /// Whether shoppers can choose it: `yes`.
    pub active: String,
    /// The version that was being changed; 0 for a new one.
    pub version: i32,
}

/// The page of one delivery method.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MethodPage {
    /// Which; nothing for a new one.
    pub id: String,
    /// The zone that it is of.
    pub zone_id: String,
    /// What that is called.
    pub zone: String,
    /// What amounts are in.
    pub currency: String,
    /// What stands in the form.
    pub form: MethodForm,
}

/// A method that can be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodDraft {
    /// What it is called.
    pub name: String,
    /// A line on it.
    pub description: String,
    /// Minor units.
    pub price: i64,
    /// Minor units; `None` for never.
    pub free_over: Option<i64>,
    /// Working days.
    pub min_days: i32,
    /// Working days.
    pub max_days: i32,
    /// Whether shoppers can choose it.
    pub is_active: bool,
}

impl MethodForm {
    /// Reads it.
    pub fn check(&self, currency: Currency) -> Result<MethodDraft, SettingErrors> {
        let mut errors = SettingErrors::default();
        let amount = |text: &str| Money::parse(text.trim(), currency).map(|amount| amount.minor);
        let name = line(&self.name);
        if name.is_empty() {
            errors.add("name", "Please give it a name, such as Tracked.");
        }
        let price = amount(&self.price);
        if price.is_none() {
            errors.add("price", "Please give an amount, such as 4.50, or 0.");
        }
        let free_over = Some(self.free_over.trim())
            .filter(|text| !text.is_empty())
            .map(amount);
        if free_over == Some(None) {
            errors.add("free_over", "Please give an amount, or nothing.");
        }
        let min_days = days("min_days", &self.min_days, &mut errors);
        let max_days = days("max_days", &self.max_days, &mut errors);
        if min_days.zip(max_days).is_some_and(|(min, max)| max < min) {
            errors.add("max_days", "It would be there before it can be.");
        }
        match (price, min_days, max_days) {
            (Some(price), Some(min_days), Some(max_days)) if errors.is_empty() => Ok(MethodDraft {
                name,
                description: line(&self.description),
                price,
                free_over: free_over.flatten(),
                min_days,
                max_days,
                is_active: self.active == "yes",
            }),
            _ => Err(errors),
        }
    }
}

/// A number of working days.
fn days(field: &str, typed: &str, errors: &mut SettingErrors) -> Option<i32> {
    let read = typed
        .trim()
        .parse::<i32>()
        .ok()
        .filter(|days| (0..=90).contains(days));
    if read.is_none() {
        errors.add(field, "Please give working days, from 0 to 90.");
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(errors: &SettingErrors) -> Vec<&str> {
        errors
            .fields
            .iter()
            .map(|(field, _)| field.as_str())
            .collect()
    }

    #[test]
    fn a_country_is_in_one_zone() {
        let taken = vec![("DE".to_owned(), "Europe".to_owned())];
        let form = ZoneForm {
            name: "  The   world ".into(),
            countries: vec!["US".into(), "FR".into(), "US".into()],
            version: 0,
        };
        let draft = form.check(&taken).unwrap();
        assert_eq!(
            (draft.name.as_str(), draft.countries),
            ("The world", vec!["FR".to_owned(), "US".to_owned()])
        );
        let twice = ZoneForm {
            countries: vec!["DE".into()],
            ..form.clone()
        };
        let words = twice.check(&taken).unwrap_err();
        assert!(
            words
                .of("countries")
                .unwrap()
                .starts_with("Germany is in the zone “Europe”.")
        );
        let unknown = ZoneForm {
            name: String::new(),
            countries: vec!["AQ".into()],
            version: 0,
        };
        assert_eq!(
            fields(&unknown.check(&[]).unwrap_err()),
            ["name", "countries"]
        );
    }

    #[test]
    fn a_method_names_what_is_wrong_with_it() {
        let form = MethodForm {
            name: " ".into(),
            price: "4.505".into(),
            free_over: "x".into(),
            min_days: "5".into(),
            max_days: "2".into(),
            ..MethodForm::default()
        };
        let errors = form.check(Currency::GBP).unwrap_err();
        assert_eq!(fields(&errors), ["name", "price", "free_over", "max_days"]);
        let far = MethodForm {
            min_days: "-1".into(),
            max_days: "91".into(),
            ..form
        };
        let errors = far.check(Currency::GBP).unwrap_err();
        assert!(errors.of("min_days").is_some() && errors.of("max_days").is_some());
    }

    #[test]
    fn a_method_is_read_as_it_is_typed() {
        let form = MethodForm {
            name: "Tracked".into(),
            price: "4.5".into(),
            free_over: "75".into(),
            min_days: "2".into(),
            max_days: "3".into(),
            active: "yes".into(),
            ..MethodForm::default()
        };
        let draft = form.check(Currency::GBP).unwrap();
        assert_eq!(
            (draft.price, draft.free_over, draft.is_active),
            (450, Some(7_500), true)
        );
        let rests = MethodForm {
            active: String::new(),
            free_over: String::new(),
            ..form
        };
        let draft = rests.check(Currency::GBP).unwrap();
        assert_eq!((draft.free_over, draft.is_active), (None, false));
    }
}
