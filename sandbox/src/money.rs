//! What Stripe knows about currencies: decimals, least charges, how to write an amount.

const ZERO_DECIMALS: [&str; 15] = [
    "bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf",
    "xof", "xpf",
];
const THREE_DECIMALS: [&str; 5] = ["bhd", "jod", "kwd", "omr", "tnd"];

/// Least amount of a charge by settlement currency, in minor units.
const MINIMUMS: [(&str, i64); 24] = [
    ("aed", 200),
    ("aud", 50),
    ("bgn", 100),
    ("brl", 50),
    ("cad", 50),
    ("chf", 50),
    ("czk", 1500),
    ("dkk", 250),
    ("eur", 50),
    ("gbp", 30),
    ("hkd", 400),
    ("huf", 17500),
    ("inr", 50),
    ("jpy", 50),
    ("mxn", 1000),
    ("myr", 200),
    ("nok", 300),
    ("nzd", 50),
    ("pln", 200),
    ("ron", 200),
    ("sek", 300),
    ("sgd", 50),
    ("thb", 1000),
    ("usd", 50),
];

/// Greatest amount of a charge: eight digits.
pub(crate) const MAXIMUM: i64 = 99_999_999;

/// Decimals of a currency.
pub(crate) fn exponent(currency: &str) -> usize {
    if ZERO_DECIMALS.contains(&currency) {
        0
    } else if THREE_DECIMALS.contains(&currency) {
        3
    } else {
        2
    }
}

/// The least amount that can be charged.
pub(crate) fn minimum(currency: &str) -> i64 {
    MINIMUMS
        .iter()
        .find(|(code, _)| *code == currency)
        .map_or(50, |(_, least)| *least)
}

/// Three letters, as a currency code has.
pub(crate) fn is_currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic())
}

/// An amount for people: `£1,234.50`, `¥500`, `KWD 1.234`.
pub(crate) fn format(amount: i64, currency: &str) -> String {
    let digits = exponent(currency);
    let sign = if amount < 0 { "−" } else { "" };
    let padded = format!("{:0width$}", amount.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = padded.split_at(padded.len() - digits);
    let whole = group(whole);
    let symbol = match currency {
        "gbp" => "£".to_owned(),
        "eur" => "€".to_owned(),
        "usd" => "$".to_owned(),
        "jpy" => "¥".to_owned(),
        other => format!("{} ", other.to_uppercase()),
    };
    if digits == 0 {
        format!("{sign}{symbol}{whole}")
    } else {
        format!("{sign}{symbol}{whole}.{fraction}")
    }
}

fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn amounts_are_written_as_people_read_them() {
        assert_eq!(format(123_450, "gbp"), "£1,234.50");
        assert_eq!(format(5, "eur"), "€0.05");
        assert_eq!(format(1_234_567, "jpy"), "¥1,234,567");
        assert_eq!(format(1234, "kwd"), "KWD 1.234");
        assert_eq!(format(-250, "usd"), "−$2.50");
    }
}
