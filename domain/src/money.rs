//! Amounts of money: whole minor units of one currency.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency, by its three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// A text that is not three capital letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a currency: three capital letters are wanted, such as GBP")]
pub struct NotACurrency(String);

impl Currency {
    /// Pound sterling.
    pub const GBP: Self = Self(*b"GBP");
    /// Euro.
    pub const EUR: Self = Self(*b"EUR");
    /// US dollar.
    pub const USD: Self = Self(*b"USD");
    /// Yen, which has no minor unit.
    pub const JPY: Self = Self(*b"JPY");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimal places the minor unit stands for (ISO 4217).
    pub const fn exponent(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// The sign written before an amount, or the code and a space where there is none that everybody knows.
    const fn prefix(self) -> &'static str {
        match &self.0 {
            b"GBP" => "£",
            b"EUR" => "€",
            b"USD" => "$",
            b"JPY" => "¥",
            _ => "",
        }
    }
}

impl std::str::FromStr for Currency {
    type Err = NotACurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|byte| byte.is_ascii_uppercase()) => {
                Ok(Self([*a, *b, *c]))
            }
            _ => Err(NotACurrency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount: `minor` units of `currency`, so 12.50 GBP is 1250.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units; negative for what is taken off.
    pub minor: i64,
    /// The currency that the units belong to.
    pub currency: Currency,
}

impl Money {
    /// `minor` units of `currency`.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Whether nothing is to be paid.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// What is saved by paying this instead of `before`; nothing where that was not more.
    pub fn saved_from(self, before: Option<Self>) -> Option<Self> {
        let saved = before?.minor - self.minor;
        (saved > 0).then(|| Self::new(saved, self.currency))
    }

    /// The price of a thing in words: `Free` where it costs nothing.
    pub fn or_free(self) -> String {
        if self.is_zero() {
            "Free".to_owned()
        } else {
            self.to_string()
        }
    }

    /// Reads an amount as it is typed: `12.5` with two places is 1250. No signs, no groups, no more places than the currency
    /// has.
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let places = usize::try_from(currency.exponent()).ok()?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) {
            return None;
        }
        let extra = fraction.get(places..).unwrap_or("");
        if extra.bytes().any(|byte| byte != b'0') {
            return None;
        }
        let fraction = fraction.get(..places).unwrap_or(fraction);
        let minor = format!("{whole}{fraction:0<places$}").parse().ok()?;
        Some(Self::new(minor, currency))
    }

    /// The amount as digits without a sign of the currency, for machines: `12.50`, `-0.05`, `300`.
    pub fn decimal(self) -> String {
        self.digits(false)
    }

    fn digits(self, grouped: bool) -> String {
        let exponent = self.currency.exponent();
        let unit = 10_u64.pow(exponent);
        let absolute = self.minor.unsigned_abs();
        let mut whole = (absolute / unit).to_string();
        if grouped {
            let mut at = whole.len();
            while at > 3 {
                at -= 3;
                whole.insert(at, ',');
            }
        }
        let sign = if self.minor < 0 {
            if grouped { "−" } else { "-" }
        } else {
            ""
        };
        if exponent == 0 {
            return format!("{sign}{whole}");
        }
        format!(
            "{sign}{whole}.{:0width$}",
            absolute % unit,
            width = exponent as usize
        )
    }
}

impl fmt::Display for Money {
    /// For people: `£1,250.00`, `−£7.80`, `KWD 1.250`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let absolute = Self::new(self.minor.saturating_abs(), self.currency).digits(true);
        let sign = if self.minor < 0 { "−" } else { "" };
        match self.currency.prefix() {
            "" => write!(f, "{sign}{}\u{a0}{absolute}", self.currency),
            prefix => write!(f, "{sign}{prefix}{absolute}"),
        }
    }
}

/// Splits `total` over `weights` so that the parts add up to `total` exactly (largest remainder, ties to the earlier).
///
/// `total` must not be negative, nor a weight. Where all weights are 0 the parts are 0 and nothing is split.
pub fn allocate(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if sum <= 0 || total <= 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: i64| i128::from(total) * i128::from(weight);
    let mut parts: Vec<i64> = weights
        .iter()
        .map(|weight| i64::try_from(exact(*weight) / sum).unwrap_or(i64::MAX))
        .collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(exact(weights[*index]) % sum));
    let left = total - parts.iter().sum::<i64>();
    for index in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[index] += 1;
    }
    parts
}

/// `amount × basis_points / 10 000`, rounded half up. For amounts that are not negative.
pub fn share(amount: i64, basis_points: u32) -> i64 {
    divide_half_up(i128::from(amount) * i128::from(basis_points), 10_000)
}

/// The tax of `rate` basis points that a price with tax in it contains, rounded half up.
pub fn tax_within(gross: i64, rate: u32) -> i64 {
    divide_half_up(
        i128::from(gross) * i128::from(rate),
        10_000 + i128::from(rate),
    )
}

fn divide_half_up(numerator: i128, denominator: i128) -> i64 {
    i64::try_from((2 * numerator + denominator) / (2 * denominator)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_read_as_people_write_them() {
        assert_eq!(Money::new(125_000, Currency::GBP).to_string(), "£1,250.00");
        assert_eq!(Money::new(-780, Currency::GBP).to_string(), "−£7.80");
        assert_eq!(Money::new(5, Currency::EUR).to_string(), "€0.05");
        assert_eq!(
            Money::new(1_234_567, Currency::JPY).to_string(),
            "¥1,234,567"
        );
        assert_eq!(
            Money::new(1250, "KWD".parse().unwrap()).to_string(),
            "KWD\u{a0}1.250"
        );
        assert_eq!(Money::new(-5, Currency::GBP).decimal(), "-0.05");
    }

    #[test]
    fn a_currency_is_three_capitals() {
        assert!("gbp".parse::<Currency>().is_err());
        assert!("POUND".parse::<Currency>().is_err());
        let json = serde_json::to_string(&Money::new(1, Currency::GBP)).unwrap();
        assert_eq!(json, r#"{"minor":1,"currency":"GBP"}"#);
        assert_eq!(
            serde_json::from_str::<Money>(&json).unwrap(),
            Money::new(1, Currency::GBP)
        );
    }

    #[test]
    fn amounts_are_read_exactly() {
        let read = |text, currency| Money::parse(text, currency).map(|amount| amount.minor);
        assert_eq!(read("22.00", Currency::GBP), Some(2_200));
        assert_eq!(read("22.5", Currency::GBP), Some(2_250));
        assert_eq!(read("300", Currency::JPY), Some(300));
        assert_eq!(read("300.00", Currency::JPY), Some(300));
        for text in [
            "",
            "-1",
            "1,50",
            "1.005",
            "£3",
            "1.2.3",
            "99999999999999999999",
        ] {
            assert_eq!(read(text, Currency::GBP), None, "{text}");
        }
    }

    #[test]
    fn tax_is_rounded_half_up() {
        assert_eq!(tax_within(14_000, 2_000), 2_333);
        assert_eq!(share(1_005, 1_000), 101);
        assert_eq!(share(1_004, 1_000), 100);
    }

    proptest! {
        #[test]
        fn parts_add_up(total in 0_i64..1_000_000_000, weights in prop::collection::vec(0_i64..10_000_000, 1..99)) {
            let parts = allocate(total, &weights);
            let expected = if weights.iter().sum::<i64>() == 0 { 0 } else { total };
            prop_assert_eq!(parts.iter().sum::<i64>(), expected);
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!(*part >= 0);
                prop_assert!(*weight > 0 || *part == 0);
            }
        }

        #[test]
        fn no_part_exceeds_its_weight_when_the_total_does_not(weights in prop::collection::vec(0_i64..10_000_000, 1..99), percent in 0_u32..=10_000) {
            let sum: i64 = weights.iter().sum();
            for (part, weight) in allocate(share(sum, percent), &weights).iter().zip(&weights) {
                prop_assert!(part <= weight);
            }
        }
    }
}
