//! What islands ask the server. Each function does the same as the plain form beside it, and calls the same use case.

pub mod cart;
pub mod checkout;

pub use cart::{AddToCart, SetQuantity, ViewCart, add_to_cart, set_quantity, view_cart};
pub use checkout::{CheckoutTotals, checkout_totals};

use serde::{Deserialize, Serialize};

/// Parts of a page, rendered anew by the code that renders the page: a browser needs neither the types of a basket nor a
/// second way to draw one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Parts {
    /// Each part's name, which is its `data-part`, and what is in it.
    pub parts: Vec<(String, String)>,
    /// What is said to those who do not see it change.
    pub told: String,
}
