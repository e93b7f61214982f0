//! The catalogue in the hands of the staff. Whoever may change products may see them all, on sale or not.

mod brands;
mod categories;
mod copy;
mod form;
mod list;
mod pictures;
mod product;

pub use pictures::AddPictureError;

use crate::audit::Entry;
use domain::{ProductId, catalog::edit::ProductEdit};

/// What was done to many products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bulk {
    /// How many are not what they were.
    pub changed: usize,
}

/// A product that was not saved: everything that was typed, with what is wrong beside it, or with the other side of it
/// where somebody else saved meanwhile.
#[derive(Debug, thiserror::Error)]
#[error("the product was not saved: {}", .0.errors)]
pub struct NotSaved(pub Box<ProductEdit>);

/// An entry of the audit log about a product.
fn entry<'a>(action: &'static str, product: ProductId, title: &'a str) -> Entry<'a> {
    Entry {
        action,
        kind: "product",
        id: product.to_string(),
        name: title,
        did: String::new(),
        before: None,
        after: None,
    }
}
