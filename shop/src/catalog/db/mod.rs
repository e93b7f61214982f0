//! The catalogue's SQL.

mod category;
mod listing;
mod product;
mod words;

pub(super) use category::{category, sitemap, top_categories};
pub(super) use listing::{Row, Scope, cards, listing, related};
pub(super) use product::product;
pub(super) use words::{Typed, typed};
