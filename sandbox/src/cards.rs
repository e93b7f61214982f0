//! The test cards, and what each of them does. A number is looked at once and never kept.

use serde::Serialize;

/// What a test card does when it is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// The charge succeeds.
    Approve,
    /// The charge is declined.
    Decline(&'static Decline),
    /// The bank asks for authentication first; then the charge succeeds, or is declined.
    Authenticate(Option<&'static Decline>),
    /// The charge succeeds; a refund of it fails a moment later.
    RefundFails,
}

/// Why a charge was refused, in Stripe's words.
#[derive(Debug, PartialEq, Eq)]
pub struct Decline {
    /// `error.code`.
    pub code: &'static str,
    /// `error.decline_code`, where the bank gave one.
    pub decline_code: Option<&'static str>,
    /// What the payer reads.
    pub message: &'static str,
}

/// A card that the sandbox knows.
#[derive(Clone, Copy, Debug)]
pub struct TestCard {
    /// Its number, without spaces.
    pub number: &'static str,
    /// A short name for forms and the control API.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub title: &'static str,
    /// The token that stands for it in the API, such as `pm_card_visa`.
    pub token: &'static str,
    /// Whether the pay page offers it.
    pub offered: bool,
    /// What happens when it is charged.
    pub behaviour: Behaviour,
}

/// The bank said no, and nothing more.
pub(crate) static GENERIC_DECLINE: Decline = Decline {
    code: "card_declined",
    decline_code: Some("generic_decline"),
    message: "Your card was declined.",
};
/// Not enough money.
pub(crate) static INSUFFICIENT_FUNDS: Decline = Decline {
    code: "card_declined",
    decline_code: Some("insufficient_funds"),
    message: "Your card has insufficient funds.",
};
/// The holder did not pass the bank's check.
pub(crate) static AUTHENTICATION_FAILED: Decline = Decline {
    code: "payment_intent_authentication_failure",
    decline_code: None,
    message: "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
};
static EXPIRED: Decline = Decline {
    code: "expired_card",
    decline_code: Some("expired_card"),
    message: "Your card has expired.",
};
static INCORRECT_CVC: Decline = Decline {
    code: "incorrect_cvc",
    decline_code: Some("incorrect_cvc"),
    message: "Your card's security code is incorrect.",
};
static PROCESSING: Decline = Decline {
    code: "processing_error",
    decline_code: Some("processing_error"),
    message: "An error occurred while processing your card. Try again in a little bit.",
};
static NOT_A_TEST_CARD: Decline = Decline {
    code: "card_declined",
    decline_code: Some("test_mode_live_card"),
    message: "Your card was declined. Your request was in test mode, but used a non test card.",
};

/// Every test card.
pub static TEST_CARDS: [TestCard; 11] = [
    card(
        "4242424242424242",
        "visa",
        "Succeeds",
        "pm_card_visa",
        true,
        Behaviour::Approve,
    ),
    card(
        "4000002500003155",
        "authenticate",
        "Asks for authentication",
        "pm_card_authenticationRequired",
        true,
        Behaviour::Authenticate(None),
    ),
    card(
        "4000000000000002",
        "declined",
        "Is declined",
        "pm_card_visa_chargeDeclined",
        true,
        Behaviour::Decline(&GENERIC_DECLINE),
    ),
    card(
        "4000000000009995",
        "insufficient",
        "Has insufficient funds",
        "pm_card_visa_chargeDeclinedInsufficientFunds",
        true,
        Behaviour::Decline(&INSUFFICIENT_FUNDS),
    ),
    card(
        "4000008260003178",
        "authenticate-insufficient",
        "Authenticates, then has insufficient funds",
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
        true,
        Behaviour::Authenticate(Some(&INSUFFICIENT_FUNDS)),
    ),
    card(
        "5555555555554444",
        "mastercard",
        "Succeeds",
        "pm_card_mastercard",
        false,
        Behaviour::Approve,
    ),
    card(
        "378282246310005",
        "amex",
        "Succeeds",
        "pm_card_amex",
        false,
        Behaviour::Approve,
    ),
    card(
        "4000000000000069",
        "expired",
        "Is declined as expired",
        "pm_card_chargeDeclinedExpiredCard",
        false,
        Behaviour::Decline(&EXPIRED),
    ),
    card(
        "4000000000000127",
        "incorrect-cvc",
        "Is declined for its security code",
        "pm_card_chargeDeclinedIncorrectCvc",
        false,
        Behaviour::Decline(&INCORRECT_CVC),
    ),
    card(
        "4000000000000119",
        "processing",
        "Meets a processing error",
        "pm_card_chargeDeclinedProcessingError",
        false,
        Behaviour::Decline(&PROCESSING),
    ),
    card(
        "4000000000005126",
        "refund-fails",
        "Succeeds; its refund fails",
        "pm_card_refundFail",
        false,
        Behaviour::RefundFails,
    ),
];

const fn card(
    number: &'static str,
    name: &'static str,
    title: &'static str,
    token: &'static str,
    offered: bool,
    behaviour: Behaviour,
) -> TestCard {
    TestCard {
        number,
        name,
        title,
        token,
        offered,
        behaviour,
    }
}

impl TestCard {
    /// The card with this short name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        TEST_CARDS.iter().find(|card| card.name == name)
    }

    /// The card behind an API token such as `pm_card_visa`.
    pub fn by_token(token: &str) -> Option<&'static Self> {
        let token = if token == "pm_card_chargeDeclined" {
            "pm_card_visa_chargeDeclined"
        } else {
            token
        };
        TEST_CARDS.iter().find(|card| card.token == token)
    }

    /// The number in groups, as it is printed on a card.
    pub fn grouped(&self) -> String {
        group(self.number)
    }
}

/// A number in groups of four (4-6-5 for American Express).
fn group(number: &str) -> String {
    let breaks: &[usize] = if Brand::of(number) == Brand::Amex {
        &[4, 10]
    } else {
        &[4, 8, 12]
    };
    let mut out = String::with_capacity(number.len() + 3);
    for (i, digit) in number.chars().enumerate() {
        if breaks.contains(&i) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// The network of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Brand {
    Visa,
    Mastercard,
    Amex,
    Unknown,
}

impl Brand {
    fn of(number: &str) -> Self {
        match number.get(..2).unwrap_or_default() {
            "34" | "37" => Self::Amex,
            "51" | "52" | "53" | "54" | "55" | "22" | "23" | "24" | "25" | "26" | "27" => {
                Self::Mastercard
            }
            two if two.starts_with('4') => Self::Visa,
            _ => Self::Unknown,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Visa => "visa",
            Self::Mastercard => "mastercard",
            Self::Amex => "amex",
            Self::Unknown => "unknown",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Visa => "Visa",
            Self::Mastercard => "Mastercard",
            Self::Amex => "American Express",
            Self::Unknown => "Card",
        }
    }
}

/// What is kept of a card: never its number.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    pub(crate) brand: Brand,
    pub(crate) last4: String,
    pub(crate) exp_month: u8,
    pub(crate) exp_year: u16,
    pub(crate) behaviour: Behaviour,
}

impl Card {
    /// A test card with an expiry date well ahead.
    pub(crate) fn test(card: &TestCard) -> Self {
        Self::from_number(card.number, 12, 2034)
    }

    /// Looks at a valid number once. A number that is no test card is declined, as in test mode.
    pub(crate) fn from_number(number: &str, exp_month: u8, exp_year: u16) -> Self {
        let behaviour = TEST_CARDS
            .iter()
            .find(|card| card.number == number)
            .map_or(Behaviour::Decline(&NOT_A_TEST_CARD), |card| card.behaviour);
        let last4 = number
            .get(number.len().saturating_sub(4)..)
            .unwrap_or_default()
            .to_owned();
        Self {
            brand: Brand::of(number),
            last4,
            exp_month,
            exp_year,
            behaviour,
        }
    }
}

/// Only the digits of what was typed, where nothing but digits, spaces and dashes was typed.
pub(crate) fn digits(typed: &str) -> Option<String> {
    let mut digits = String::with_capacity(typed.len());
    for c in typed.chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '-' | '\u{a0}' => {}
            _ => return None,
        }
    }
    Some(digits)
}

/// The check digit of a card number is right.
pub(crate) fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match (i % 2, digit * 2) {
                (0, _) => digit,
                (_, double) if double > 9 => double - 9,
                (_, double) => double,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// How many digits the security code of this card has.
pub(crate) fn cvc_length(digits: &str) -> usize {
    if Brand::of(digits) == Brand::Amex {
        4
    } else {
        3
    }
}

#[cfg(test)]
mod tests {
    use super::{Behaviour, Card, TEST_CARDS, digits, passes_luhn};

    #[test]
    fn every_test_card_has_a_valid_number_of_its_own_and_a_name() {
        for (i, card) in TEST_CARDS.iter().enumerate() {
            assert!(passes_luhn(card.number), "{}", card.name);
            assert!(
                TEST_CARDS
                    .iter()
                    .skip(i + 1)
                    .all(|other| other.name != card.name && other.number != card.number)
            );
        }
    }

    #[test]
    fn a_wrong_digit_is_noticed() {
        assert!(!passes_luhn("4242424242424241"));
        assert_eq!(digits("4242 4242-4242").as_deref(), Some("424242424242"));
        assert_eq!(digits("4242x"), None);
    }

    #[test]
    fn a_card_that_is_not_known_is_declined() {
        let card = Card::from_number("4111111111111111", 1, 2030);
        assert!(
            matches!(card.behaviour, Behaviour::Decline(decline) if decline.decline_code == Some("test_mode_live_card"))
        );
        assert_eq!(card.last4, "1111");
    }
}
