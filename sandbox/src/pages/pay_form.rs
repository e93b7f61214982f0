//! What was typed on the pay page, and whether it can be used.

use serde::Deserialize;

use crate::cards::{self, Card};
use crate::world::Payer;
use crate::world::session::CustomerDetails;

/// Countries of the list, the most likely first. The flag says whether cards there are checked by postcode.
pub(super) const COUNTRIES: [(&str, &str, bool); 14] = [
    ("GB", "United Kingdom", true),
    ("US", "United States", true),
    ("IE", "Ireland", false),
    ("FR", "France", false),
    ("DE", "Germany", false),
    ("ES", "Spain", false),
    ("IT", "Italy", false),
    ("NL", "Netherlands", false),
    ("BE", "Belgium", false),
    ("AT", "Austria", false),
    ("DK", "Denmark", false),
    ("SE", "Sweden", false),
    ("CA", "Canada", true),
    ("JP", "Japan", false),
];

/// The fields, as typed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PayForm {
    pub(super) email: String,
    pub(super) number: String,
    pub(super) expiry: String,
    pub(super) cvc: String,
    pub(super) name: String,
    pub(super) country: String,
    pub(super) postcode: String,
    pub(super) shipping_rate: String,
    /// The name of a test card to fill in, when one of those buttons was pressed.
    pub(super) fill: String,
    /// Another way of delivery was chosen.
    pub(super) update: String,
}

/// What is wrong, field by field.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FieldErrors {
    pub(super) email: Option<&'static str>,
    pub(super) number: Option<&'static str>,
    pub(super) expiry: Option<&'static str>,
    pub(super) cvc: Option<&'static str>,
    pub(super) name: Option<&'static str>,
    pub(super) postcode: Option<&'static str>,
}

impl FieldErrors {
    pub(super) fn any(&self) -> bool {
        *self != Self::default()
    }
}

/// What the page asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    /// The session names no e-mail address.
    pub(super) email: bool,
    /// There is something to pay.
    pub(super) card: bool,
}

impl PayForm {
    /// Whether this country's cards are checked by postcode.
    pub(super) fn needs_postcode(&self) -> bool {
        COUNTRIES
            .iter()
            .any(|(code, _, checked)| *code == self.country && *checked)
    }

    /// The payer, when everything can be used. `today` is year and month.
    pub(super) fn check(
        &self,
        asks: Asks,
        session_email: Option<&str>,
        today: (u16, u8),
    ) -> Result<Payer, FieldErrors> {
        let mut errors = FieldErrors::default();
        if asks.email && !looks_like_email(&self.email) {
            errors.email = Some("Enter an e-mail address such as name@example.com.");
        }
        let card = if asks.card {
            self.check_card(&mut errors, today)
        } else {
            None
        };
        if errors.any() {
            return Err(errors);
        }
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let details = CustomerDetails {
            email: session_email
                .map(str::to_owned)
                .or_else(|| filled(&self.email)),
            name: filled(&self.name),
            country: filled(&self.country),
            postal_code: filled(&self.postcode),
        };
        Ok(Payer { card, details })
    }

    fn check_card(&self, errors: &mut FieldErrors, today: (u16, u8)) -> Option<Card> {
        let number = cards::digits(&self.number).unwrap_or_default();
        errors.number = match number.len() {
            0 if self.number.trim().is_empty() => Some("Enter the card number."),
            12..=19 if cards::passes_luhn(&number) => None,
            12.. => Some("Your card number is invalid."),
            _ => Some("Your card number is incomplete."),
        };
        let expiry = parse_expiry(&self.expiry);
        errors.expiry = match expiry {
            None if self.expiry.trim().is_empty() => Some("Enter the expiry date."),
            None => Some("Enter the date as month and year, such as 04 / 30."),
            Some(date) if date < today => Some("Your card's expiry date is in the past."),
            Some(_) => None,
        };
        let cvc = self.cvc.trim();
        let wanted = cards::cvc_length(&number);
        errors.cvc = match cvc.len() {
            0 => Some("Enter the security code."),
            length if length == wanted && cvc.bytes().all(|b| b.is_ascii_digit()) => None,
            _ => Some("Your card's security code is incomplete."),
        };
        if self.name.trim().is_empty() {
            errors.name = Some("Enter the name on the card.");
        }
        if self.needs_postcode() && self.postcode.trim().len() < 3 {
            errors.postcode = Some("Enter the postcode of the card's address.");
        }
        let (year, month) = expiry?;
        Some(Card::from_number(&number, month, year))
    }

    /// After a decline another card is needed: only who pays is kept.
    pub(super) fn without_card(mut self) -> Self {
        self.number.clear();
        self.expiry.clear();
        self.cvc.clear();
        self
    }
}

/// `04 / 30`, `4/2030`, `0430` → year and month.
fn parse_expiry(text: &str) -> Option<(u16, u8)> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (month, year) = match text.split_once(['/', '-']) {
        Some(parts) => parts,
        None if text.is_ascii() && matches!(text.len(), 4 | 6) => text.split_at(2),
        None => return None,
    };
    let month: u8 = month
        .parse()
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let year: u16 = match (year.len(), year.parse().ok()?) {
        (2, short) => 2000 + short,
        (4, year) => year,
        _ => return None,
    };
    (2000..2080).contains(&year).then_some((year, month))
}

fn looks_like_email(text: &str) -> bool {
    let text = text.trim();
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::{Asks, PayForm, parse_expiry};

    const CARD: Asks = Asks {
        email: false,
        card: true,
    };

    fn good() -> PayForm {
        PayForm {
            number: "4242 4242 4242 4242".to_owned(),
            expiry: "04 / 30".to_owned(),
            cvc: "123".to_owned(),
            name: "A Person".to_owned(),
            country: "GB".to_owned(),
            postcode: "LA1 1AA".to_owned(),
            ..PayForm::default()
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in ["04/30", "4/30", "04 / 2030", "0430", "042030", "04-30"] {
            assert_eq!(parse_expiry(text), Some((2030, 4)), "{text}");
        }
        for text in ["13/30", "0/30", "04", "043", "ab/cd", "04/1", "é0é"] {
            assert_eq!(parse_expiry(text), None, "{text}");
        }
    }

    #[test]
    fn a_good_card_is_taken_until_the_end_of_its_month() {
        assert!(good().check(CARD, None, (2030, 4)).is_ok());
        let errors = good()
            .check(CARD, None, (2030, 5))
            .expect_err("it is refused");
        assert_eq!(
            errors.expiry,
            Some("Your card's expiry date is in the past.")
        );
    }

    #[test]
    fn each_field_has_its_own_error() {
        let empty = PayForm {
            country: "GB".to_owned(),
            ..PayForm::default()
        };
        let errors = empty
            .check(
                Asks {
                    email: true,
                    card: true,
                },
                None,
                (2030, 1),
            )
            .expect_err("it is refused");
        let all = [
            errors.email,
            errors.number,
            errors.expiry,
            errors.cvc,
            errors.name,
            errors.postcode,
        ];
        assert!(all.iter().all(Option::is_some));
        let wrong = PayForm {
            number: "4242 4242 4242 4241".to_owned(),
            cvc: "12".to_owned(),
            ..good()
        };
        let errors = wrong
            .check(CARD, None, (2030, 1))
            .expect_err("it is refused");
        assert_eq!(errors.number, Some("Your card number is invalid."));
        assert_eq!(errors.cvc, Some("Your card's security code is incomplete."));
    }

    #[test]
    fn american_express_has_four_digits_and_some_countries_no_postcode() {
        let amex = PayForm {
            number: "3782 822463 10005".to_owned(),
            cvc: "1234".to_owned(),
            ..good()
        };
        assert!(amex.check(CARD, None, (2030, 1)).is_ok());
        let french = PayForm {
            country: "FR".to_owned(),
            postcode: String::new(),
            ..good()
        };
        assert!(french.check(CARD, None, (2030, 1)).is_ok());
    }
}
