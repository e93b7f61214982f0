//! What people see: documents, screens, the design system, and the islands with what they ask the server.
//!
//! A screen is a function from a view of the crate `domain` to a whole document. Nothing here loads anything.

// The types of views are as deep as the screens, and the compiler walks down each.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
pub mod admin;
pub mod api;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod document;
pub mod error;
#[cfg(feature = "ssr")]
mod frame;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod screens;
#[cfg(feature = "ssr")]
mod shell;
pub mod ui;

#[cfg(feature = "ssr")]
pub use document::BOOT_SCRIPT;
#[cfg(feature = "ssr")]
pub use frame::{Assets, Frame};
