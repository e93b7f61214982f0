//! The screens. Each is a whole document, made from what it shows.

pub mod account;
pub(crate) mod cart;
mod category;
pub(crate) mod checkout;
mod content;
mod find_order;
#[cfg(test)]
pub(crate) mod fixtures;
mod home;
mod lost;
mod order;
mod product;
#[cfg(test)]
pub(crate) mod reading;
mod search;
mod styleguide;
#[cfg(test)]
mod tests;

pub use cart::{CartState, cart};
pub use category::category;
pub use checkout::checkout;
pub use content::content;
pub use find_order::find_order;
pub use home::home;
pub use lost::{fault, forbidden, not_found, refused, too_often, unavailable};
pub use order::order;
pub use product::{ProductState, product, product_preview};
pub use search::search;
pub use styleguide::styleguide;
