//! The countries that an address can be in, and how a postcode looks there.

/// A country with the rules of its addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// Its name in English.
    pub name: &'static str,
    /// What a postcode is called there.
    pub postcode_label: &'static str,
    /// One that could be real.
    pub postcode_example: &'static str,
    /// Postcodes in this form, `9` for a digit, `A` for a letter, anything else for itself. The United Kingdom has rules of its own.
    forms: &'static [&'static str],
    /// What the field of the state is called, where an address needs one.
    pub region_label: Option<&'static str>,
}

const fn country(
    code: &'static str,
    name: &'static str,
    example: &'static str,
    forms: &'static [&'static str],
) -> Country {
    Country {
        code,
        name,
        postcode_label: "Postcode",
        postcode_example: example,
        forms,
        region_label: None,
    }
}

/// By name, the way a menu shows them; the shop's zones say which of them are delivered to.
const COUNTRIES: &[Country] = &[
    country("AT", "Austria", "1010", &["9999"]),
    country("BE", "Belgium", "1000", &["9999"]),
    country("BG", "Bulgaria", "1000", &["9999"]),
    country("HR", "Croatia", "10000", &["99999"]),
    country("CY", "Cyprus", "1010", &["9999"]),
    country("CZ", "Czechia", "110 00", &["999 99"]),
    country("DK", "Denmark", "1050", &["9999"]),
    country("EE", "Estonia", "10111", &["99999"]),
    country("FI", "Finland", "00100", &["99999"]),
    country("FR", "France", "75001", &["99999"]),
    country("DE", "Germany", "10115", &["99999"]),
    country("GR", "Greece", "105 57", &["999 99"]),
    country("HU", "Hungary", "1011", &["9999"]),
    Country {
        postcode_label: "Eircode",
        ..country("IE", "Ireland", "D02 X285", &["A99 ****", "A9A ****"])
    },
    country("IT", "Italy", "00184", &["99999"]),
    country("LV", "Latvia", "LV-1010", &["LV-9999"]),
    country("LT", "Lithuania", "LT-01103", &["LT-99999"]),
    country("LU", "Luxembourg", "1111", &["9999"]),
    country("MT", "Malta", "VLT 1117", &["AAA 9999"]),
    country("NL", "Netherlands", "1012 AB", &["9999 AA"]),
    country("PL", "Poland", "00-001", &["99-999"]),
    country("PT", "Portugal", "1100-148", &["9999-999"]),
    country("RO", "Romania", "010011", &["999999"]),
    country("SK", "Slovakia", "811 01", &["999 99"]),
    country("SI", "Slovenia", "1000", &["9999"]),
    country("ES", "Spain", "28001", &["99999"]),
    country("SE", "Sweden", "111 22", &["999 99"]),
    country(
        "GB",
        "United Kingdom",
        "LA9 4BH",
        &[
            "A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA",
        ],
    ),
    Country {
        postcode_label: "ZIP code",
        region_label: Some("State"),
        ..country("US", "United States", "94110", &["99999", "99999-9999"])
    },
];

/// The states and territories that the United States' post delivers to.
const US_STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA",
    "WA", "WV", "WI", "WY", "AS", "GU", "MP", "VI", "AA", "AE", "AP",
];

/// Every country, by name.
pub const fn countries() -> &'static [Country] {
    COUNTRIES
}

impl Country {
    /// The country with the code.
    pub fn find(code: &str) -> Option<&'static Self> {
        COUNTRIES.iter().find(|country| country.code == code)
    }

    /// A postcode as the country writes it, from what was typed: case, spaces and hyphens are put right. `None` where it
    /// cannot be one.
    pub fn postcode(&self, typed: &str) -> Option<String> {
        let mut signs: Vec<char> = typed
            .chars()
            .filter(|sign| !sign.is_whitespace() && *sign != '-')
            .map(|sign| sign.to_ascii_uppercase())
            .collect();
        // The letters before a number, as in `LV-1010`, are often left out.
        if let Some(prefix) = self
            .forms
            .first()
            .and_then(|form| form.strip_suffix("-9999").or(form.strip_suffix("-99999")))
            && prefix == self.code
            && signs.first().is_some_and(char::is_ascii_digit)
        {
            signs.splice(0..0, prefix.chars());
        }
        self.forms.iter().find_map(|form| fill(form, &signs))
    }

    /// The region as an address writes it; `None` where it cannot be one. A country without regions takes none.
    pub fn region(&self, typed: &str) -> Option<String> {
        if self.region_label.is_none() {
            return Some(String::new());
        }
        let code = typed.trim().to_ascii_uppercase();
        US_STATES.contains(&code.as_str()).then_some(code)
    }

    /// What can be chosen as a region; empty where an address needs none.
    pub fn regions(&self) -> &'static [&'static str] {
        if self.region_label.is_some() {
            US_STATES
        } else {
            &[]
        }
    }
}

/// The form filled with the signs, where they fit: every sign used, every place taken.
fn fill(form: &str, signs: &[char]) -> Option<String> {
    let mut signs = signs.iter().copied();
    let mut filled = String::with_capacity(form.len());
    for place in form.chars() {
        let sign = match place {
            ' ' | '-' => {
                filled.push(place);
                continue;
            }
            _ => signs.next()?,
        };
        let fits = match place {
            '9' => sign.is_ascii_digit(),
            'A' => sign.is_ascii_alphabetic(),
            '*' => sign.is_ascii_alphanumeric(),
            fixed => sign == fixed,
        };
        if !fits {
            return None;
        }
        filled.push(sign);
    }
    signs.next().is_none().then_some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn postcode(code: &str, typed: &str) -> Option<String> {
        Country::find(code).unwrap().postcode(typed)
    }

    #[test]
    fn every_example_is_a_postcode_of_its_country() {
        for country in countries() {
            assert_eq!(
                country.postcode(country.postcode_example).as_deref(),
                Some(country.postcode_example)
            );
        }
    }

    #[test]
    fn postcodes_are_put_into_their_countrys_form() {
        assert_eq!(postcode("GB", "la94bh").as_deref(), Some("LA9 4BH"));
        assert_eq!(postcode("GB", "ec1a 1bb").as_deref(), Some("EC1A 1BB"));
        assert_eq!(postcode("NL", "1012ab").as_deref(), Some("1012 AB"));
        assert_eq!(postcode("LV", "1010").as_deref(), Some("LV-1010"));
        assert_eq!(postcode("US", "94110 1234").as_deref(), Some("94110-1234"));
        assert_eq!(postcode("IE", "d02x285").as_deref(), Some("D02 X285"));
        assert_eq!(postcode("IE", "d6w x285").as_deref(), Some("D6W X285"));
    }

    #[test]
    fn what_cannot_be_a_postcode_is_none() {
        for (code, typed) in [
            ("GB", "LA9 4B"),
            ("GB", ""),
            ("GB", "LA9 4BHH"),
            ("US", "9411"),
            ("DE", "1011x"),
            ("PL", "é0-001"),
        ] {
            assert_eq!(postcode(code, typed), None, "{code} {typed}");
        }
    }

    #[test]
    fn a_state_is_asked_for_where_there_are_states() {
        let us = Country::find("US").unwrap();
        assert_eq!(us.region(" ca ").as_deref(), Some("CA"));
        assert_eq!(us.region(""), None);
        assert_eq!(
            Country::find("GB").unwrap().region("Cumbria").as_deref(),
            Some("")
        );
    }
}
