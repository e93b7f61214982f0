//! Pages of text and the shop's settings as the merchant writes them.

use serde::{Deserialize, Serialize};

/// A page of text as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PageForm {
    /// Its name in addresses; only a new page is given one.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// What search engines show.
    pub description: String,
    /// Its text, as HTML.
    pub body: String,
    /// The version that was being changed.
    pub version: i32,
}

/// Why a page is not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// Its name in addresses is none.
    #[error("Please take small letters, digits and hyphens, such as size-guide.")]
    Handle,
    /// Another page has it.
    #[error("There is a page of this name.")]
    HandleTaken,
    /// Nothing was typed.
    #[error("Please give a title.")]
    Title,
    /// Somebody saved it meanwhile: theirs, to compare.
    #[error(
        "Somebody saved this page while you were writing. Both are below: put together what shall stay, and save again."
    )]
    Stale(Box<PageForm>),
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageRow {
    /// Its name in addresses.
    pub handle: String,
    /// Its title.
    pub title: String,
    /// When it was last saved, in words.
    pub saved: String,
}
