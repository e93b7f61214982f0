//! Pages that list products: their order and their cursor.

use super::{Picture, ProductCard};
use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

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

/// Where a page of a listing begins: behind (or before) a product in the listing's order. In an address it is one word
/// that is not to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Whether the page lies before the product instead of behind it.
    pub before: bool,
    /// The product's place in the order: its sort key as text.
    pub key: String,
    /// The product, which tells equal keys apart.
    pub id: Uuid,
}

impl Cursor {
    /// The word for an address.
    pub fn encode(&self) -> String {
        use std::fmt::Write;
        let mut word = String::from(if self.before { "b" } else { "a" });
        // Writing to a String cannot fail.
        let _ = write!(word, "{}", self.id.simple());
        for byte in self.key.bytes() {
            let _ = write!(word, "{byte:02x}");
        }
        word
    }

    /// Reads the word of an address; `None` for anything that `encode` does not write.
    pub fn decode(word: &str) -> Option<Self> {
        if !word.is_ascii() || word.len() < 33 || word.len() > 1033 {
            return None;
        }
        let before = match &word[..1] {
            "a" => false,
            "b" => true,
            _ => return None,
        };
        let id = Uuid::try_parse(&word[1..33]).ok()?;
        let digits = &word[33..];
        if !digits.len().is_multiple_of(2) {
            return None;
        }
        let bytes: Option<Vec<u8>> = (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok())
            .collect();
        Some(Self {
            before,
            key: String::from_utf8(bytes?).ok()?,
            id,
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cursors_come_back_as_they_went(before: bool, key in "\\PC{0,60}", id: u128) {
            let cursor = Cursor { before, key, id: Uuid::from_u128(id) };
            prop_assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }

        #[test]
        fn no_word_makes_a_cursor_panic(word in "\\PC{0,80}") {
            let _ = Cursor::decode(&word);
        }
    }
}
