//! The design system: small pieces that every screen is made of. What they look like is in `style/`.
//!
//! Islands use the icons; the others are for whole screens and are not in the browser's bundle.

#[cfg(feature = "ssr")]
mod card;
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
mod tiles;

pub use self::icon::{Icon, icon};
#[cfg(feature = "ssr")]
pub(crate) use self::{
    card::product_grid,
    navigation::{breadcrumbs, pages},
    notice::{Tone, empty, notice},
    picture::{Sizes, picture, thumbnail},
    price::price,
    receipt::receipt_row,
    tiles::{things, tiles},
};
