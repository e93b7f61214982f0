//! The account: its door, and what is behind it.

mod addresses;
mod details;
mod door;
mod leave;
mod links;
mod orders;
mod parts;
mod sessions;

pub use addresses::{address, addresses};
pub use details::{details, email, password};
pub use door::{sent, sign_in, sign_up};
pub use leave::delete;
pub use links::{confirm, forgot, link_over, reset, take_email};
pub use orders::{order, orders};
pub use sessions::sessions;

#[cfg(test)]
mod tests;
