//! The catalogue's SQL.

mod admin;
mod brands;
mod category;
mod kept;
mod known;
mod listing;
mod pictures;
mod product;
mod tree;
mod words;
mod write;

pub(super) use admin::{
    ListRow, Locked, handles_like, last_position, list, lock, owner_of, prices, set_prices,
    set_status, taken_skus,
};
pub(super) use brands::{brand, brand_choices, brands, delete_brand, of_brand, put_brand};
pub(super) use category::{category, newest, sitemap, top_categories};
pub(super) use kept::{in_order, kept, moved_product, of_handles};
pub(super) use known::known;
pub(super) use listing::{Row, Scope, cards, listing, related};
pub(super) use pictures::{Placed, arrange_pictures, insert_picture, placed};
pub(super) use product::{Found, product, product_by_id};
pub(super) use tree::{
    CategoryChoice, KeptCategory, beside, category_choices, category_paths, category_rows,
    clear_redirects, delete_category, kept_category, lock_tree, move_paths, moved_category,
    of_category, order_categories, put_category, taken_category,
};
pub(super) use words::{Typed, typed};
pub(super) use write::{
    Place, Present, all_products, delete_options, free_skus, insert_option, present, publish,
    put_product, put_variant, put_variants_away, refresh, replace_media,
};
