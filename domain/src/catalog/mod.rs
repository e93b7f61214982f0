//! What is on the shelves: products with their options and variants, and the pages that list them.

mod choices;
pub mod edit;
mod handle;
mod listing;
mod picture;
mod product;
mod spelling;

pub use crate::list::Cursor;
pub use choices::{Choices, OptionValue, ProductOption, Variant};
pub use handle::{Handle, NotAHandle};
pub use listing::{CategoryLink, CategoryPage, Crumb, Listing, PAGE_SIZE, SearchPage, Sort};
pub use picture::{Format, Picture};
pub use product::{Brand, ProductCard, ProductPage, Seo, Swatch};
pub use spelling::meant;

use crate::text_enum::text_enum;

text_enum! {
    /// Whether a product can be seen and bought.
    ProductStatus {
        /// On sale.
        Active = "active",
        /// Not finished: staff alone see it.
        Draft = "draft",
        /// On sale from its time on; until then staff alone see it.
        Scheduled = "scheduled",
        /// Taken off the shelf for good; orders still name it.
        Archived = "archived",
    }
}

impl ProductStatus {
    /// The word for it on a badge.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Draft => "Draft",
            Self::Scheduled => "Scheduled",
            Self::Archived => "Archived",
        }
    }
}
