//! Where something goes.

use super::country::Country;
use serde::{Deserialize, Serialize};

/// A postal address that was checked against its country's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The person.
    pub name: String,
    /// House and street.
    pub line1: String,
    /// Flat, company; may be empty.
    #[serde(default)]
    pub line2: String,
    /// Town or city.
    pub city: String,
    /// State or county, where the country writes one; may be empty.
    #[serde(default)]
    pub region: String,
    /// The postcode in the country's own form.
    pub postcode: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl Address {
    /// The address by lines, as it is written on a parcel.
    pub fn lines(&self) -> Vec<String> {
        let town = if self.country == "US" {
            format!("{}, {} {}", self.city, self.region, self.postcode)
        } else if self.country == "GB" || self.country == "IE" {
            format!("{} {}", self.city, self.postcode)
        } else {
            format!("{} {}", self.postcode, self.city)
        };
        let country =
            Country::find(&self.country).map_or(self.country.as_str(), |country| country.name);
        [self.name.as_str(), &self.line1, &self.line2, &town, country]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }
}
