//! How the shop is doing: the figures of the admin's home page.
//!
//! Sales are what came in less what went back, each by its own time: an order counts when it is paid, with delivery and tax, and a
//! refund when Stripe has made it. So what a day shows does not change later, and days add up to months. Orders are those that
//! were paid; the average is what came in for them, before anything went back. Conversion is the share of the baskets that were
//! begun in the period which were bought since.

mod period;

pub use period::{Period, Pieces};

use crate::{Currency, Money, catalog::Picture};
use serde::{Deserialize, Serialize};

/// A figure beside what it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figure {
    /// In this period.
    pub now: i64,
    /// In the one before.
    pub before: i64,
}

impl Figure {
    /// By how many of a hundred it rose or fell; `None` where there was nothing before.
    pub fn change(self) -> Option<i64> {
        if self.before <= 0 {
            return None;
        }
        let (now, before) = (i128::from(self.now), i128::from(self.before));
        let hundredfold = (now - before) * 100;
        let half = before / 2;
        let rounded = if hundredfold >= 0 {
            hundredfold + half
        } else {
            hundredfold - half
        };
        i64::try_from(rounded / before).ok()
    }
}

/// What was sold in a period, and in the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sales {
    /// The currency of every amount.
    pub currency: Currency,
    /// What came in less what went back, in minor units.
    pub net: Figure,
    /// How many orders were paid.
    pub orders: Figure,
    /// What came in for one of them, in minor units.
    pub average: Figure,
    /// How many of ten thousand baskets that were begun were bought.
    pub conversion: Figure,
    /// The first and the last day: `23 Oct to 21 Nov`.
    pub days: String,
    /// The same piece by piece.
    pub pieces: Vec<Piece>,
    /// What sold most.
    pub top: Vec<TopProduct>,
}

/// A piece of a period: an hour, a day, a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What it is called, as short as can be.
    pub short: String,
    /// The same in full.
    pub long: String,
    /// Net sales in minor units; and those of the same piece before, where that had one.
    pub net: Figure,
}

/// Something that sold well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopProduct {
    /// The name in addresses.
    pub handle: String,
    /// The title.
    pub title: String,
    /// What it looks like.
    pub picture: Option<Picture>,
    /// How many.
    pub quantity: i64,
    /// What they came to, after discounts.
    pub amount: Money,
}

/// A variant of which little is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowStock {
    /// The SKU.
    pub sku: String,
    /// The product's title.
    pub title: String,
    /// The names of the variant's values; may be empty.
    pub label: String,
    /// What it looks like.
    pub picture: Option<Picture>,
    /// What can still be sold.
    pub available: i32,
    /// How many were sold in the last thirty days.
    pub sold: i64,
}

impl LowStock {
    /// How long it lasts at the pace of the last thirty days: `2 days`, `3 weeks`, `A while`.
    pub fn lasts(&self) -> String {
        if self.available <= 0 {
            return "Sold out".to_owned();
        }
        if self.sold <= 0 {
            return "A while".to_owned();
        }
        let days = i64::from(self.available) * 30 / self.sold;
        match days {
            0 => "Hours".to_owned(),
            1 => "A day".to_owned(),
            2..=20 => format!("{days} days"),
            21..=60 => format!("{} weeks", days / 7),
            _ => format!("{} months", days / 30),
        }
    }
}

/// What waits for somebody. Each is missing where the person may not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ToDo {
    /// Orders to send.
    pub to_send: Option<i64>,
    /// Orders that wait for their payment.
    pub unpaid: Option<i64>,
    /// Orders whose payment needs a person, and nobody of the staff has done anything since.
    pub attention: Option<i64>,
    /// Orders that the buyer's bank asks the money back for.
    pub disputed: Option<i64>,
    /// Background work that failed too often.
    pub dead_jobs: Option<i64>,
}

impl ToDo {
    /// Whether nothing waits.
    pub fn is_done(&self) -> bool {
        [
            self.to_send,
            self.unpaid,
            self.attention,
            self.disputed,
            self.dead_jobs,
        ]
        .into_iter()
        .all(|count| count.unwrap_or(0) == 0)
    }
}

/// The home page of the admin. What the person may not see is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminHome {
    /// What the figures are about.
    pub period: Period,
    /// The day, in words: `Saturday 21 November`.
    pub today: String,
    /// `Good morning`, `Good afternoon`, `Good evening`.
    pub greeting: String,
    /// How many orders were paid since midnight.
    pub orders_today: Option<i64>,
    /// What was sold.
    pub sales: Option<Sales>,
    /// What is running low, what ends first leading.
    pub low: Option<Vec<LowStock>>,
    /// What waits for somebody.
    pub to_do: ToDo,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_rounded_to_the_nearest() {
        for (now, before, change) in [
            (125, 100, Some(25)),
            (2, 3, Some(-33)),
            (1, 3, Some(-67)),
            (0, 10, Some(-100)),
            (-5, 10, Some(-150)),
            (5, 0, None),
            (1_005, 1_000, Some(1)),
        ] {
            assert_eq!(Figure { now, before }.change(), change, "{now} {before}");
        }
    }

    #[test]
    fn what_is_left_lasts_as_long_as_it_sold() {
        let low = |available, sold| LowStock {
            sku: String::new(),
            title: String::new(),
            label: String::new(),
            picture: None,
            available,
            sold,
        };
        for (available, sold, told) in [
            (0, 9, "Sold out"),
            (3, 0, "A while"),
            (3, 45, "2 days"),
            (1, 60, "Hours"),
            (5, 6, "3 weeks"),
            (5, 1, "5 months"),
        ] {
            assert_eq!(low(available, sold).lasts(), told);
        }
    }
}
