//! How many there are of what, and why.

mod levels;
mod movements;
mod stock;

pub use levels::inventory;
pub use stock::{StockShown, stock};

const INVENTORY: &str = "/admin/inventory";

#[cfg(test)]
mod tests;
