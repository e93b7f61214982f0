//! The cart: what somebody means to buy, priced and checked anew each time it is shown.

mod error;
mod view;

pub use error::CartError;
pub use view::{Adjustment, CartLine, CartView, FreeDelivery};

use serde::{Deserialize, Serialize};

/// The most rows that a cart has.
pub const MAX_LINES: usize = 99;

/// How many of a thing: 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i32", into = "i32")]
pub struct Quantity(i32);

impl Quantity {
    /// The most of one thing in a cart.
    pub const MAX: i32 = 99;
    /// One.
    pub const ONE: Self = Self(1);

    /// The number.
    pub const fn get(self) -> i32 {
        self.0
    }
}

impl TryFrom<i32> for Quantity {
    type Error = CartError;

    fn try_from(number: i32) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(CartError::Quantity)
        }
    }
}

impl From<Quantity> for i32 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl std::str::FromStr for Quantity {
    type Err = CartError;

    /// Reads what somebody typed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim()
            .parse::<i32>()
            .map_err(|_| CartError::Quantity)?
            .try_into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_a_whole_number_from_one_to_ninety_nine() {
        for text in ["", "0", "-1", "100", "1.5", "two", "99999999999"] {
            assert_eq!(text.parse::<Quantity>(), Err(CartError::Quantity), "{text}");
        }
        assert_eq!(" 99 ".parse::<Quantity>().unwrap().get(), 99);
    }
}
