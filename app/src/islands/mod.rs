//! The parts of pages that answer without a reload. Each works without script too: it is plain links and forms until the
//! wasm is there, which comes at the first touch (`boot.js`).
//!
//! What runs in a browser is paid for in bytes by every shopper. So the one island with rules of its own, the picker, has
//! signals and the domain's types; the others put in place what the server renders, with the code that renders the pages.

mod browser;
pub mod buy_box;
pub mod cart_drawer;
pub mod checkout_totals;
pub mod gallery;
mod options;
mod stepper;
mod wires;

pub use buy_box::BuyBox;
pub use cart_drawer::CartDrawer;
pub use checkout_totals::CheckoutTotals;
pub use gallery::Gallery;
