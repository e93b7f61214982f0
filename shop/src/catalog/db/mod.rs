//! The catalogue's SQL.

mod category;
mod listing;
mod product;

pub(super) use category::{category, sitemap, top_categories};
pub(super) use listing::{Row, Scope, cards, listing, related, spelt_alike};
pub(super) use product::product;
