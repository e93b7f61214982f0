//! The catalogue's SQL.

mod category;
mod known;
mod listing;
mod product;
mod words;
mod write;

pub(super) use category::{category, sitemap, top_categories};
pub(super) use known::known;
pub(super) use listing::{Row, Scope, cards, listing, related};
pub(super) use product::product;
pub(super) use words::{Typed, typed};
pub(super) use write::{
    Place, all_products, keep_options, put_variants_away, refresh, replace_media, replace_values,
    upsert_option, upsert_product, upsert_variant,
};
