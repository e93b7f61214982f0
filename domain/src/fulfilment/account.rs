//! What became of the units of a row of an order, and of the money that was paid for them.

use super::FulfilmentStatus;
use crate::OrderLineId;
use serde::{Deserialize, Serialize};

/// A row of an order, unit by unit and penny by penny.
///
/// A unit is sent, or withdrawn (it was refunded before it was sent and stays here), or still to be sent. Money goes back for
/// units of each kind; where a refund failed, a withdrawn unit is owed its money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAccount {
    /// Which row.
    pub id: OrderLineId,
    /// What it is called, with the names of its values.
    pub name: String,
    /// How many were bought.
    pub quantity: i32,
    /// How many were sent.
    pub fulfilled: i32,
    /// How many were taken back before they were sent.
    pub withdrawn: i32,
    /// For how many the money went back.
    pub refunded: i32,
    /// How many of those had been sent.
    pub returned: i32,
    /// How many of those are on the shelf again.
    pub restocked: i32,
    /// What was paid for all of them, in minor units: after the discount, with the tax that was added.
    pub paid: i64,
    /// What of it went back.
    pub given_back: i64,
}

impl LineAccount {
    /// How many are to be sent.
    pub const fn to_send(&self) -> i32 {
        self.quantity - self.fulfilled - self.withdrawn
    }

    /// How many were withdrawn and have not been paid back: their refund failed.
    pub const fn owed(&self) -> i32 {
        self.withdrawn - (self.refunded - self.returned)
    }

    /// For how many of those that were not sent the money can go back.
    pub const fn refundable_unsent(&self) -> i32 {
        self.to_send() + self.owed()
    }

    /// For how many of those that were sent the money can go back.
    pub const fn refundable_sent(&self) -> i32 {
        self.fulfilled - self.returned
    }

    /// What so many of the units that are left are worth, in minor units. The last of them is worth all that is left, so one by
    /// one they come to exactly what was paid.
    pub fn worth(&self, units: i32) -> i64 {
        let of = i128::from(self.quantity - self.refunded);
        let rest = i128::from(self.paid - self.given_back);
        if of <= 0 || rest <= 0 || units <= 0 {
            return 0;
        }
        i64::try_from(rest * i128::from(units).min(of) / of).unwrap_or(0)
    }
}

/// Where the goods of an order stand, from its rows.
pub fn fulfilment_status(lines: &[LineAccount]) -> FulfilmentStatus {
    let sum = |of: fn(&LineAccount) -> i32| lines.iter().map(of).sum::<i32>();
    let sent = sum(|line| line.fulfilled);
    let to_send = sum(LineAccount::to_send);
    if sent == 0 {
        FulfilmentStatus::Unfulfilled
    } else if to_send > 0 {
        FulfilmentStatus::Partial
    } else if sum(|line| line.restocked) == sent {
        FulfilmentStatus::Returned
    } else {
        FulfilmentStatus::Fulfilled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(quantity: i32, paid: i64) -> LineAccount {
        LineAccount {
            id: OrderLineId(uuid::Uuid::nil()),
            name: "Mug".into(),
            quantity,
            fulfilled: 0,
            withdrawn: 0,
            refunded: 0,
            returned: 0,
            restocked: 0,
            paid,
            given_back: 0,
        }
    }

    #[test]
    fn a_unit_is_sent_withdrawn_or_to_send() {
        let line = LineAccount {
            fulfilled: 2,
            withdrawn: 1,
            refunded: 2,
            returned: 1,
            ..line(5, 5_000)
        };
        assert_eq!((line.to_send(), line.owed()), (2, 0));
        assert_eq!((line.refundable_unsent(), line.refundable_sent()), (2, 1));
        let refund_failed = LineAccount {
            refunded: 1,
            ..line
        };
        assert_eq!((refund_failed.to_send(), refund_failed.owed()), (2, 1));
    }

    #[test]
    fn goods_stand_where_their_rows_do() {
        use FulfilmentStatus::{Fulfilled, Partial, Returned, Unfulfilled};
        let none = line(2, 100);
        let some = LineAccount {
            fulfilled: 1,
            ..none.clone()
        };
        let rest_withdrawn = LineAccount {
            withdrawn: 1,
            ..some.clone()
        };
        let came_back = LineAccount {
            restocked: 1,
            ..rest_withdrawn.clone()
        };
        for (lines, status) in [
            (vec![none.clone()], Unfulfilled),
            (vec![some], Partial),
            (vec![rest_withdrawn.clone(), none], Partial),
            (vec![rest_withdrawn], Fulfilled),
            (vec![came_back], Returned),
        ] {
            assert_eq!(fulfilment_status(&lines), status);
        }
    }

    proptest! {
        #[test]
        fn units_given_back_in_any_parts_come_to_what_was_paid(
            paid in 0_i64..10_000_000,
            parts in prop::collection::vec(1_i32..20, 1..8),
        ) {
            let mut line = line(parts.iter().sum(), paid);
            for part in parts {
                let worth = line.worth(part);
                prop_assert!(worth >= 0);
                line.refunded += part;
                line.given_back += worth;
            }
            prop_assert_eq!(line.given_back, paid);
            prop_assert_eq!(line.worth(1), 0);
        }
    }
}
