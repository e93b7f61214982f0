//! The design system: small pieces that every screen is made of. What they look like is in `style/`.
//!
//! Islands use the icons; the others are for whole screens and are not in the browser's bundle.

#[cfg(feature = "ssr")]
mod card;
#[cfg(feature = "ssr")]
mod field;
mod icon;
#[cfg(feature = "ssr")]
mod navigation;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(feature = "ssr")]
mod price;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod sums;
#[cfg(feature = "ssr")]
mod tiles;
#[cfg(feature = "ssr")]
mod timeline;

pub use self::icon::{Icon, icon};
#[cfg(feature = "ssr")]
pub(crate) use self::{
    card::product_grid,
    field::{Input, Kind, Select, TextArea, choice, field_error, input, select, text_area},
    navigation::{breadcrumbs, pages},
    notice::{Tone, empty, notice},
    picture::{Sizes, picture, thumbnail},
    price::price,
    receipt::receipt_row,
    sums::Sums,
    tiles::{things, tiles},
    timeline::{Step, timeline},
};
