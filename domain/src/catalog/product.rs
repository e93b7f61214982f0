//! A product, as a card on a listing and as a page of its own.

use super::{Choices, Crumb, Picture};
use crate::{Money, ProductId};
use serde::{Deserialize, Serialize};

/// A colour that a product comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swatch {
    /// The merchant's word for it.
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
}

/// The maker of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// The name that stands in addresses.
    pub handle: String,
    /// The maker's name.
    pub name: String,
    /// Where they work.
    pub place: String,
    /// Who they are, as sanitised HTML; may be empty.
    pub story_html: String,
}

/// A product among others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCard {
    /// The name that stands in addresses.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// A line under the title; may be empty.
    pub subtitle: String,
    /// The picture that leads.
    pub picture: Option<Picture>,
    /// The lowest price of its variants.
    pub price: Money,
    /// Whether other variants cost more.
    pub is_from: bool,
    /// What the variant of the lowest price used to cost, where that was more.
    pub compare_at: Option<Money>,
    /// The colours it comes in.
    pub swatches: Vec<Swatch>,
    /// Whether none of its variants can be bought.
    pub sold_out: bool,
}

impl ProductCard {
    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/products/{}", self.handle)
    }

    /// What is saved, where the price came down.
    pub fn saving(&self) -> Option<Money> {
        self.price.saved_from(self.compare_at)
    }
}

/// What a search engine and a link preview are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seo {
    /// The title of the document, without the shop's name.
    pub title: String,
    /// One or two sentences.
    pub description: String,
}

/// A product's own page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    /// Its id.
    pub id: ProductId,
    /// The name that stands in addresses.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// A line under the title; may be empty.
    pub subtitle: String,
    /// The description as sanitised HTML; may be empty.
    pub description_html: String,
    /// What it is made of; may be empty.
    pub materials: String,
    /// How to look after it; may be empty.
    pub care: String,
    /// How big it is; may be empty.
    pub dimensions: String,
    /// Who makes it.
    pub brand: Option<Brand>,
    /// The way from the home page, without the product itself.
    pub breadcrumbs: Vec<Crumb>,
    /// Its pictures, in the merchant's order; may be empty.
    pub pictures: Vec<Picture>,
    /// What it comes in.
    pub choices: Choices,
    /// Others that go with it.
    pub related: Vec<ProductCard>,
    /// For search engines.
    pub seo: Seo,
}

impl ProductPage {
    /// The address of this page.
    pub fn href(&self) -> String {
        format!("/products/{}", self.handle)
    }
}
