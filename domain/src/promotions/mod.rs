//! Coupons: what a code takes off.

mod edit;

pub use edit::{CouponDraft, CouponErrors, CouponForm, CouponRow};

use crate::{money, text_enum::text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What a coupon's value means.
    CouponKind {
        /// Basis points of what the things cost.
        Percent = "percent",
        /// Minor units.
        Amount = "amount",
    }
}

/// A code as somebody typed it, made comparable: no spaces around it, capital letters, at most 40 characters.
pub fn normalise_code(typed: &str) -> String {
    typed
        .trim()
        .chars()
        .take(40)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A coupon that is valid now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    /// Its code.
    pub code: String,
    /// What `value` means.
    pub kind: CouponKind,
    /// Basis points (up to 10 000) or minor units.
    pub value: i64,
}

impl Coupon {
    /// What it takes off things that cost `subtotal` minor units; never more than they cost. Delivery stays as it is.
    pub fn discount(&self, subtotal: i64) -> i64 {
        let off = match self.kind {
            CouponKind::Percent => money::share(
                subtotal,
                u32::try_from(self.value.clamp(0, 10_000)).unwrap_or(0),
            ),
            CouponKind::Amount => self.value.max(0),
        };
        off.min(subtotal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coupon_never_takes_off_more_than_there_is() {
        let coupon = |kind, value| Coupon {
            code: "X".into(),
            kind,
            value,
        };
        assert_eq!(coupon(CouponKind::Percent, 1_000).discount(1_005), 101);
        assert_eq!(coupon(CouponKind::Percent, 10_000).discount(7_777), 7_777);
        assert_eq!(coupon(CouponKind::Amount, 500).discount(300), 300);
    }

    #[test]
    fn codes_are_compared_as_people_mean_them() {
        assert_eq!(normalise_code("  welcome10 "), "WELCOME10");
    }
}
