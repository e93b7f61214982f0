//! The arithmetic of figures.

use serde::{Deserialize, Serialize};

/// What a period came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// What the orders came to that were paid in it, in minor units: with delivery and tax, and before refunds.
    pub paid: i64,
    /// What was refunded in it, whenever the order was paid.
    pub refunded: i64,
    /// How many orders were paid in it.
    pub orders: i64,
    /// How many carts were started in it.
    pub carts: i64,
    /// How many of those were bought, whenever that was.
    pub bought: i64,
}

impl Totals {
    /// Net sales: what was paid less what went back. Negative where more went back than came in.
    pub const fn sales(&self) -> i64 {
        self.paid - self.refunded
    }

    /// What an order came to on average, before refunds, rounded half up; nothing without orders.
    pub const fn average(&self) -> Option<i64> {
        rounded(self.paid, self.orders)
    }

    /// The share of the carts that were bought, in tenths of a per cent; nothing without carts.
    pub const fn conversion(&self) -> Option<i64> {
        rounded(self.bought * 1000, self.carts)
    }
}

const fn rounded(part: i64, of: i64) -> Option<i64> {
    if of > 0 {
        Some((2 * part + of).div_euclid(2 * of))
    } else {
        None
    }
}

/// How a figure changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It is the same.
    Same,
    /// It rose from nothing, or from below, so that no share can be told.
    New,
    /// By so many per cent.
    Up(i64),
    /// By so many per cent.
    Down(i64),
}

impl Change {
    /// From `before` to `now`.
    pub const fn between(before: i64, now: i64) -> Self {
        if before == now {
            return Self::Same;
        }
        if before <= 0 {
            return if now > before {
                Self::New
            } else {
                Self::Down(100)
            };
        }
        let (up, difference) = (now > before, (now - before).abs());
        match (rounded(difference.saturating_mul(100), before), up) {
            (Some(share), true) => Self::Up(share),
            (Some(share), false) => Self::Down(share),
            (None, _) => Self::Same,
        }
    }

    /// In words: `Up 25%`.
    pub fn words(self) -> String {
        match self {
            Self::Same => "Same as".to_owned(),
            Self::New => "Up".to_owned(),
            Self::Up(share) => format!("Up {share}%"),
            Self::Down(share) => format!("Down {share}%"),
        }
    }

    /// Whether it fell.
    pub const fn is_down(self) -> bool {
        matches!(self, Self::Down(_))
    }
}

/// How many whole days `available` units last where `sold` were sold in `days`; nothing where none was.
pub fn days_left(available: i64, sold: i64, days: i64) -> Option<i64> {
    (sold > 0).then(|| available.max(0) * days / sold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_follow_from_the_totals() {
        let totals = Totals {
            paid: 2_250_000,
            refunded: 9_500,
            orders: 381,
            carts: 1_000,
            bought: 24,
        };
        assert_eq!(totals.sales(), 2_240_500);
        assert_eq!(totals.average(), Some(5_906));
        assert_eq!(totals.conversion(), Some(24));
        assert_eq!(Totals::default().average(), None);
        assert_eq!(Totals::default().conversion(), None);
    }

    #[test]
    fn a_change_is_told_in_per_cent_where_that_means_something() {
        assert_eq!(Change::between(17_920, 22_405), Change::Up(25));
        assert_eq!(Change::between(200, 150), Change::Down(25));
        assert_eq!(Change::between(0, 5), Change::New);
        assert_eq!(Change::between(-5, 5), Change::New);
        assert_eq!(Change::between(0, -5), Change::Down(100));
        assert_eq!(Change::between(0, 0), Change::Same);
        assert_eq!(Change::between(100, -100), Change::Down(200));
    }

    #[test]
    fn stock_lasts_whole_days() {
        assert_eq!(days_left(3, 45, 30), Some(2));
        assert_eq!(days_left(5, 0, 30), None);
        assert_eq!(days_left(-1, 3, 30), Some(0));
    }

    proptest! {
        #[test]
        fn a_change_tells_the_direction(before in -10_000_i64..10_000, now in -10_000_i64..10_000) {
            let change = Change::between(before, now);
            prop_assert_eq!(change.is_down(), now < before);
            prop_assert_eq!(change == Change::Same, now == before);
        }
    }
}
