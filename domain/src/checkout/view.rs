//! The checkout as a page shows it.

use super::{Arrival, CheckoutForm, FieldErrors, Tax, Totals};
use crate::{Currency, Money, accounts::SavedAddress, cart::CartView};
use serde::{Deserialize, Serialize};

/// A way to have it sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingOffer {
    /// The merchant's code.
    pub code: String,
    /// What it is called: `Tracked`.
    pub name: String,
    /// A line on it.
    pub description: String,
    /// What it costs for this cart.
    pub price: Money,
    /// When it arrives.
    pub arrival: Arrival,
}

/// The checkout page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckoutView {
    /// What was typed, or what a new form holds.
    pub form: CheckoutForm,
    /// What is wrong with it.
    pub errors: FieldErrors,
    /// What stands above the form: why the order was not placed.
    pub problem: Option<CheckoutError>,
    /// What is bought, with the rows' prices at the destination.
    pub cart: CartView,
    /// The codes of the countries that are delivered to.
    pub countries: Vec<String>,
    /// The ways to have it sent there.
    pub offers: Vec<ShippingOffer>,
    /// What it costs, with the chosen way.
    pub totals: Totals,
    /// The tax at the destination.
    pub tax: Tax,
    /// The currency of every amount.
    pub currency: Currency,
    /// Whether somebody is signed in.
    pub is_signed_in: bool,
    /// Their address book.
    pub saved: Vec<SavedAddress>,
}

impl CheckoutView {
    /// An amount of `totals`.
    pub const fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

/// Why an order was not placed, in words for the shopper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CheckoutError {
    /// Nothing is in the cart.
    #[error("Your basket is empty.")]
    Empty,
    /// A row cannot be bought as it is.
    #[error("Something in your basket has changed. Please look at it before you pay.")]
    CartChanged,
    /// The total is another than the page showed.
    #[error("The total has changed to {now}. Please look at it again before you pay.")]
    TotalChanged {
        /// What it is now.
        now: Money,
    },
    /// The cards' networks take no amount this small.
    #[error("Cards cannot be charged less than {minimum}. Please add something to your basket.")]
    BelowMinimum {
        /// The least that can be charged.
        minimum: Money,
    },
    /// More than a card can be charged at once.
    #[error("A card can be charged {maximum} at most. Please order in two parts.")]
    AboveMaximum {
        /// The most that can be charged.
        maximum: Money,
    },
    /// The delivery method does not go there.
    #[error("This way of sending does not go to that country. Please choose another.")]
    MethodUnavailable,
    /// The payment service gave no answer.
    #[error(
        "The payment page cannot be reached at the moment. Nothing was charged, and your basket is as it was. Please try again in a minute."
    )]
    PaymentUnavailable,
    /// Too many attempts from one place.
    #[error("That was a lot of attempts. Please wait a minute and try again.")]
    TooOften,
}
