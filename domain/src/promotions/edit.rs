//! Coupons as the merchant writes them.

use super::{CouponKind, normalise_code};
use crate::{Currency, Money};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A coupon as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CouponForm {
    /// What shoppers type.
    pub code: String,
    /// What it is for; shoppers do not see it.
    pub description: String,
    /// `percent` or `amount`.
    pub kind: String,
    /// Percent, or an amount in the shop's currency.
    pub value: String,
    /// The first day, `2026-11-21`; nothing for at once.
    pub from: String,
    /// The last day; nothing for ever.
    pub to: String,
    /// How many orders may use it; nothing for any number.
    pub limit: String,
}

/// A coupon that can be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponDraft {
    /// In capital letters.
    pub code: String,
    /// What it is for.
    pub description: String,
    /// What `value` means.
    pub kind: CouponKind,
    /// Basis points or minor units.
    pub value: i64,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
    /// How many orders may use it.
    pub limit: Option<i32>,
}

/// What is wrong with it, field by field, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CouponErrors(pub Vec<(&'static str, String)>);

impl CouponErrors {
    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| *name == field);
        found.map(|(_, words)| words.as_str())
    }
}

impl std::fmt::Display for CouponErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<_> = self.0.iter().map(|(_, words)| words.as_str()).collect();
        f.write_str(&words.join(" "))
    }
}

impl CouponForm {
    /// Reads it; every fault at once.
    pub fn check(&self, currency: Currency) -> Result<CouponDraft, CouponErrors> {
        let mut errors = CouponErrors::default();
        let mut wrong = |field, words: &str| errors.0.push((field, words.to_owned()));
        let code = normalise_code(&self.code);
        let fits = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        if code.len() < 3 || !code.chars().all(fits) {
            wrong(
                "code",
                "Please take at least three letters or digits, such as WELCOME10.",
            );
        }
        let kind = self.kind.parse().unwrap_or(CouponKind::Percent);
        let value = match kind {
            CouponKind::Percent => percent(&self.value),
            CouponKind::Amount => Money::parse(self.value.trim(), currency)
                .map(|amount| amount.minor)
                .filter(|minor| *minor > 0),
        };
        if value.is_none() {
            wrong(
                "value",
                match kind {
                    CouponKind::Percent => "Please give a percentage between 0.01 and 100.",
                    CouponKind::Amount => "Please give an amount, such as 5.00.",
                },
            );
        }
        let mut day = |field, typed: &str| {
            let read = typed.trim().parse::<Date>().ok();
            if read.is_none() && !typed.trim().is_empty() {
                wrong(field, "Please give a day, such as 2026-12-24.");
            }
            read
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            wrong("to", "It would end before it begins.");
        }
        let limit = self
            .limit
            .trim()
            .parse::<i32>()
            .ok()
            .filter(|limit| *limit > 0);
        if limit.is_none() && !self.limit.trim().is_empty() {
            wrong("limit", "Please give a number of orders, or nothing.");
        }
        match value {
            Some(value) if errors.0.is_empty() => Ok(CouponDraft {
                code,
                description: self.description.trim().chars().take(200).collect(),
                kind,
                value,
                from,
                to,
                limit,
            }),
            _ => Err(errors),
        }
    }
}

/// `12.5` as basis points.
fn percent(typed: &str) -> Option<i64> {
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    if part.len() > 2
        || !format!("{whole}{part}")
            .bytes()
            .all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let points = format!("{whole}{part:0<2}").parse::<i64>().ok()?;
    (1..=10_000).contains(&points).then_some(points)
}

/// A coupon of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouponRow {
    /// Its code.
    pub code: String,
    /// What it is for.
    pub description: String,
    /// What it takes off, in words.
    pub takes: String,
    /// When it can be used, in words.
    pub when: String,
    /// How often it was used, and may be: `3 of 100`.
    pub used: String,
    /// Whether it can be used now.
    pub is_usable: bool,
    /// Whether it was put away.
    pub is_archived: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(value: &str, kind: &str) -> CouponForm {
        CouponForm {
            code: " welcome10 ".into(),
            kind: kind.into(),
            value: value.into(),
            ..CouponForm::default()
        }
    }

    fn read(value: &str, kind: &str) -> Option<i64> {
        let currency = "GBP".parse().unwrap();
        form(value, kind)
            .check(currency)
            .ok()
            .map(|draft| draft.value)
    }

    #[test]
    fn values_are_read_as_they_are_typed() {
        for (value, kind, points) in [
            ("10", "percent", Some(1_000)),
            ("12.5 %", "percent", Some(1_250)),
            ("100.01", "percent", None),
            ("0", "percent", None),
            ("-5", "percent", None),
            ("5", "amount", Some(500)),
            ("0.00", "amount", None),
            ("five", "amount", None),
        ] {
            assert_eq!(read(value, kind), points, "{value} {kind}");
        }
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let typed = CouponForm {
            code: "a b".into(),
            value: "x".into(),
            from: "2026-12-24".into(),
            to: "2026-12-01".into(),
            limit: "0".into(),
            ..CouponForm::default()
        };
        let errors = typed.check("GBP".parse().unwrap()).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["code", "value", "to", "limit"]);
    }
}
