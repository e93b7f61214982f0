//! Orders as a file: CSV, a piece at a time.

use super::db::Exported;
use crate::{Error, Result};
use domain::{Money, orders::PaymentStatus};
use jiff::tz::TimeZone;

const HEAD: [&str; 20] = [
    "Number",
    "Placed",
    "Status",
    "Payment",
    "Fulfilment",
    "Name",
    "E-mail",
    "Postcode",
    "Country",
    "Items",
    "Coupon",
    "Currency",
    "Subtotal",
    "Discount",
    "Delivery",
    "Tax included",
    "Tax added",
    "Total",
    "Given back",
    "Kept",
];

/// The first row.
pub(super) fn head() -> Result<Vec<u8>> {
    write([HEAD.map(str::to_owned).to_vec()])
}

/// The others.
pub(super) fn rows(rows: &[Exported], zone: &TimeZone) -> Result<Vec<u8>> {
    write(rows.iter().map(|row| fields(row, zone)))
}

fn fields(row: &Exported, zone: &TimeZone) -> Vec<String> {
    let of = &row.found;
    let currency = of.total.currency;
    let amount = |minor| Money::new(minor, currency).decimal();
    let [subtotal, discount, delivery, within, added, back] = row.amounts;
    let paid = match of.payment {
        PaymentStatus::Unpaid | PaymentStatus::Authorised => 0,
        _ => of.total.minor,
    };
    vec![
        of.number.to_string(),
        of.placed_at
            .to_zoned(zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string(),
        of.status.to_string(),
        of.payment.to_string(),
        of.fulfilment.to_string(),
        plain(&of.name),
        plain(&row.email),
        plain(&row.postcode),
        of.country.clone(),
        of.items.to_string(),
        plain(row.coupon.as_deref().unwrap_or_default()),
        currency.to_string(),
        amount(subtotal),
        amount(discount),
        amount(delivery),
        amount(within),
        amount(added),
        amount(of.total.minor),
        amount(back),
        amount(paid - back),
    ]
}

/// What a shopper typed, as text for programs that take what begins with one of these signs for a formula.
fn plain(typed: &str) -> String {
    if typed.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{typed}")
    } else {
        typed.to_owned()
    }
}

fn write(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for row in rows {
        csv.write_record(row)
            .map_err(|error| Error::Invariant(format!("a file of orders: {error}")))?;
    }
    csv.into_inner()
        .map_err(|error| Error::Invariant(format!("a file of orders: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_a_formula() {
        assert_eq!(plain("=1+1"), "'=1+1");
        assert_eq!(plain("Marian, 2nd"), "Marian, 2nd");
        let csv = write([vec![plain("@a"), "b, \"c\"".to_owned()]]).unwrap();
        assert_eq!(csv, b"'@a,\"b, \"\"c\"\"\"\n");
    }
}
