//! The checkout: addresses, delivery, totals, and what is wrong with what was typed.

mod address;
mod country;
mod delivery;
mod form;
mod totals;
mod view;

pub use address::Address;
pub use country::{Country, countries};
pub use delivery::{Arrival, add_working_days};
pub use form::{CheckoutForm, Details, Field, FieldErrors, is_email};
pub use totals::{LineTotal, PricedLine, Tax, Totals, shelf_without_tax};
pub use view::{CheckoutError, CheckoutView, ShippingOffer};
