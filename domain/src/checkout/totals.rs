//! What an order costs: lines, discount, delivery and tax, to the minor unit.

use crate::money::{allocate, share, tax_within};
use serde::{Deserialize, Serialize};

/// The tax of a destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// What it is called: `VAT`.
    pub name: String,
    /// In basis points.
    pub rate: u32,
    /// Whether prices there include it; where they do not, it is added.
    pub included: bool,
}

/// A row to be priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PricedLine {
    /// What one costs at the destination (see [`shelf_without_tax`]), in minor units; not negative.
    pub unit: i64,
    /// How many.
    pub quantity: i32,
}

/// A row with its share of everything. All in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTotal {
    /// What one costs.
    pub unit: i64,
    /// How many.
    pub quantity: i32,
    /// Unit × quantity.
    pub subtotal: i64,
    /// This row's part of the discount.
    pub discount: i64,
    /// The tax on what is left: contained in it, or added to it.
    pub tax: i64,
}

impl LineTotal {
    /// What is paid for the row, without added tax.
    pub const fn net_of_discount(&self) -> i64 {
        self.subtotal - self.discount
    }
}

/// What an order costs. All in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The rows, in the order that they came in.
    pub lines: Vec<LineTotal>,
    /// The sum of the rows.
    pub subtotal: i64,
    /// What a coupon takes off the rows.
    pub discount: i64,
    /// Delivery.
    pub shipping: i64,
    /// The tax on delivery: contained in it, or added to it.
    pub shipping_tax: i64,
    /// The tax that the total contains without being added.
    pub tax_included: i64,
    /// The tax that was added.
    pub tax_added: i64,
    /// What is paid.
    pub total: i64,
}

impl Totals {
    /// Adds everything up. `discount` is what the coupon takes off and at most the sum of the rows; taxes are rounded per
    /// row, and the discount is shared out over the rows so that they add up to it.
    pub fn of(lines: &[PricedLine], discount: i64, shipping: i64, tax: &Tax) -> Self {
        let subtotals: Vec<i64> = lines
            .iter()
            .map(|line| line.unit * i64::from(line.quantity))
            .collect();
        let subtotal: i64 = subtotals.iter().sum();
        let discount = discount.clamp(0, subtotal);
        let discounts = allocate(discount, &subtotals);
        let tax_on = |amount: i64| {
            if tax.included {
                tax_within(amount, tax.rate)
            } else {
                share(amount, tax.rate)
            }
        };
        let lines: Vec<LineTotal> = lines
            .iter()
            .zip(subtotals.iter().zip(&discounts))
            .map(|(line, (subtotal, discount))| LineTotal {
                unit: line.unit,
                quantity: line.quantity,
                subtotal: *subtotal,
                discount: *discount,
                tax: tax_on(subtotal - discount),
            })
            .collect();
        let shipping_tax = tax_on(shipping);
        let taxes = lines.iter().map(|line| line.tax).sum::<i64>() + shipping_tax;
        let (tax_included, tax_added) = if tax.included { (taxes, 0) } else { (0, taxes) };
        let total = subtotal - discount + shipping + tax_added;
        Self {
            lines,
            subtotal,
            discount,
            shipping,
            shipping_tax,
            tax_included,
            tax_added,
            total,
        }
    }
}

/// A price of the shelf with the home country's tax taken out, for a destination whose prices do not include tax.
pub fn shelf_without_tax(price: i64, home_rate: u32) -> i64 {
    price - tax_within(price, home_rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vat(rate: u32, included: bool) -> Tax {
        Tax {
            name: "VAT".into(),
            rate,
            included,
        }
    }

    #[test]
    fn a_british_order() {
        let lines = [
            PricedLine {
                unit: 2_800,
                quantity: 2,
            },
            PricedLine {
                unit: 8_400,
                quantity: 1,
            },
        ];
        let totals = Totals::of(&lines, 1_400, 450, &vat(2_000, true));
        assert_eq!(
            (totals.subtotal, totals.discount, totals.total),
            (14_000, 1_400, 13_050)
        );
        assert_eq!(totals.tax_included, 840 + 1_260 + 75);
        assert_eq!(totals.tax_added, 0);
    }

    #[test]
    fn tax_is_taken_out_for_those_who_do_not_pay_it() {
        assert_eq!(shelf_without_tax(2_800, 2_000), 2_333);
        let totals = Totals::of(
            &[PricedLine {
                unit: 2_333,
                quantity: 3,
            }],
            0,
            2_200,
            &vat(0, false),
        );
        assert_eq!(
            (totals.total, totals.tax_included, totals.tax_added),
            (9_199, 0, 0)
        );
    }

    #[test]
    fn an_order_with_everything_taken_off_costs_nothing() {
        let totals = Totals::of(
            &[PricedLine {
                unit: 999,
                quantity: 7,
            }],
            6_993,
            0,
            &vat(2_000, true),
        );
        assert_eq!((totals.total, totals.tax_included), (0, 0));
    }

    proptest! {
        #[test]
        fn everything_adds_up(
            lines in prop::collection::vec((0_i64..100_000_000, 1_i32..=99), 1..=99),
            discount in 0_i64..1_000_000_000,
            shipping in 0_i64..1_000_000,
            rate in 0_u32..=5_000,
            included: bool,
        ) {
            let lines: Vec<PricedLine> =
                lines.into_iter().map(|(unit, quantity)| PricedLine { unit, quantity }).collect();
            let totals = Totals::of(&lines, discount, shipping, &vat(rate, included));
            let rows: i64 = totals.lines.iter().map(LineTotal::net_of_discount).sum();
            let row_taxes: i64 = totals.lines.iter().map(|line| line.tax).sum();
            prop_assert_eq!(rows + totals.shipping + totals.tax_added, totals.total);
            prop_assert_eq!(totals.lines.iter().map(|line| line.discount).sum::<i64>(), totals.discount);
            prop_assert_eq!(row_taxes + totals.shipping_tax, totals.tax_included + totals.tax_added);
            prop_assert!(totals.total >= 0 && totals.tax_included <= totals.total);
            for line in &totals.lines {
                prop_assert!(line.discount >= 0 && line.discount <= line.subtotal && line.tax >= 0);
            }
        }
    }
}
