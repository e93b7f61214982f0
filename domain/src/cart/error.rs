//! What a shopper is told when something cannot be put into the cart or changed in it.

use super::{MAX_LINES, Quantity};
use serde::{Deserialize, Serialize};

/// Why a change to a cart was refused, in words for the shopper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CartError {
    /// The quantity is not a number from 1 to 99.
    #[error("Please choose a quantity from 1 to {max}.", max = Quantity::MAX)]
    Quantity,
    /// There are fewer left than wanted.
    #[error("{}", only(*.left, *.in_cart))]
    Only {
        /// How many can be had.
        left: i32,
        /// How many of them are in this cart already.
        in_cart: i32,
    },
    /// More of one thing than a cart holds.
    #[error("{}", too_many(*.in_cart))]
    TooMany {
        /// How many of them are in this cart already.
        in_cart: i32,
    },
    /// There are none left.
    #[error("This is sold out at the moment.")]
    SoldOut,
    /// The combination of options is not made.
    #[error("{0} is not made. Please choose another combination.")]
    NotMade(String),
    /// The product is no longer for sale.
    #[error("This is no longer for sale.")]
    Withdrawn,
    /// The row is not in the cart any more.
    #[error("This is no longer in your basket.")]
    NoLine,
    /// The cart is as long as a cart can be.
    #[error("A basket holds {MAX_LINES} different things. Please check out with these first.")]
    Full,
    /// The code triggers nothing.
    #[error("We do not know the code “{0}”. Please check how it is spelt.")]
    UnknownCode(String),
    /// The code cannot be used now.
    #[error("The code “{0}” cannot be used any more.")]
    ExpiredCode(String),
}

fn only(left: i32, in_cart: i32) -> String {
    match (left, in_cart) {
        (left, 0) => format!("We have only {left} left."),
        (left, in_cart) if in_cart >= left => {
            format!(
                "We have only {left} left, and {} in your basket already.",
                if left == 1 { "it is" } else { "they are" }
            )
        }
        (left, in_cart) => {
            format!("We have only {left} left, and {in_cart} of them in your basket already.")
        }
    }
}

fn too_many(in_cart: i32) -> String {
    let max = Quantity::MAX;
    match in_cart {
        0 => format!("A basket holds {max} of one thing."),
        1 => format!("A basket holds {max} of one thing, and one is in yours already."),
        _ => format!("A basket holds {max} of one thing, and {in_cart} are in yours already."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shopper_is_told_what_is_left() {
        assert_eq!(
            CartError::Only {
                left: 3,
                in_cart: 0
            }
            .to_string(),
            "We have only 3 left."
        );
        assert_eq!(
            CartError::Only {
                left: 1,
                in_cart: 1
            }
            .to_string(),
            "We have only 1 left, and it is in your basket already."
        );
        assert_eq!(
            CartError::Only {
                left: 3,
                in_cart: 2
            }
            .to_string(),
            "We have only 3 left, and 2 of them in your basket already."
        );
    }

    #[test]
    fn a_shopper_is_told_how_many_a_basket_holds() {
        assert_eq!(
            CartError::TooMany { in_cart: 1 }.to_string(),
            "A basket holds 99 of one thing, and one is in yours already."
        );
        assert_eq!(
            CartError::TooMany { in_cart: 60 }.to_string(),
            "A basket holds 99 of one thing, and 60 are in yours already."
        );
    }
}
