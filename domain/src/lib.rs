//! The rules of the shop: money, totals, stock arithmetic, states, validation, and the view types that a page shows.
//!
//! Pure: nothing here reads a clock, a database or a socket, and everything builds for the browser too.

pub mod accounts;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod content;
pub mod fulfilment;
pub mod ids;
pub mod inventory;
pub mod jobs;
pub mod list;
pub mod money;
pub mod orders;
pub mod payments;
pub mod promotions;
pub mod query;
pub mod reports;
pub mod staff;
mod text_enum;

pub use ids::*;
pub use money::{Currency, Money};

/// A word that names none of the allowed values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not one of the allowed words")]
pub struct UnknownWord(pub String);
