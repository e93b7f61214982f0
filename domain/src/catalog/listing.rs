//! Pages that list products: their order and their cursor.

use super::{Picture, ProductCard};
use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

/// Products on one page of a listing.
pub const PAGE_SIZE: usize = 24;

text_enum! {
    /// The order of a listing.
    Sort {
        /// As the merchant put them; for a search, the best match first.
        Featured = "featured",
        /// The latest first.
        Newest = "newest",
        /// The cheapest first.
        PriceRising = "price-asc",
        /// The dearest first.
        PriceFalling = "price-desc",
        /// By title, from A.
        Title = "title",
    }
}

impl Sort {
    /// The words for it in a menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Featured => "Our choice",
            Self::Newest => "Newest",
            Self::PriceRising => "Price, low to high",
            Self::PriceFalling => "Price, high to low",
            Self::Title => "Name",
        }
    }
}

/// A page of products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The products of this page.
    pub cards: Vec<ProductCard>,
    /// How many there are on all pages.
    pub total: u32,
    /// Their order.
    pub sort: Sort,
    /// The cursor of the page before, where there is one.
    pub previous: Option<String>,
    /// The cursor of the page behind, where there is one.
    pub next: Option<String>,
}

/// A step on the way from the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crumb {
    /// What it is called.
    pub name: String,
    /// Its address.
    pub href: String,
}

/// A category to go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryLink {
    /// What it is called.
    pub name: String,
    /// Its address.
    pub href: String,
    /// How many products are in it and below it.
    pub count: u32,
    /// A picture of something in it.
    pub picture: Option<Picture>,
}

/// A category's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryPage {
    /// What it is called: `Mugs & Cups`.
    pub name: String,
    /// The heading of the page; longer than the name.
    pub title: String,
    /// A sentence or two; may be empty.
    pub description: String,
    /// Its address.
    pub href: String,
    /// The way from the home page, without the category itself.
    pub breadcrumbs: Vec<Crumb>,
    /// Categories below it, or beside it where there are none below.
    pub links: Vec<CategoryLink>,
    /// Its products.
    pub listing: Listing,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// What was asked, as it was typed.
    pub query: String,
    /// What was found.
    pub listing: Listing,
    /// The query that was answered, where nothing was found for the one that was typed but something for this one.
    pub instead: Option<String>,
    /// Where to go on from nothing.
    pub categories: Vec<CategoryLink>,
}
