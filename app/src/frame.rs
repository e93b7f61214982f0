//! What every page has around it.

use domain::content::Chrome;
use std::sync::Arc;

/// The files that a page loads. Their names change with their content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The admin's own, after the shop's.
    pub admin_css: String,
    /// The admin's script, which no page of the shop loads.
    pub admin_js: String,
    /// The islands' script.
    pub js: String,
    /// The islands' wasm.
    pub wasm: String,
    /// The fonts that every page shows.
    pub fonts: Vec<String>,
}

/// What every page has around it.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who the shop is.
    pub chrome: Arc<Chrome>,
    /// The files that a page loads.
    pub assets: Arc<Assets>,
    /// The origin that shoppers see, without a slash at the end.
    pub origin: String,
    /// The address of this page that search engines shall know: the path with those parts of the query that matter.
    pub path: String,
    /// Whether what is only for development may be shown.
    pub development: bool,
}

impl Frame {
    /// This page's whole address.
    pub(crate) fn canonical(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }

    /// The whole address of a path.
    pub(crate) fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// For `aria-current`: whether a link leads to this page, or to one above it.
    pub(crate) fn current(&self, href: &str) -> Option<&'static str> {
        let path = self.path.split('?').next().unwrap_or_default();
        match path.strip_prefix(href)? {
            "" => Some("page"),
            rest if rest.starts_with('/') => Some("true"),
            _ => None,
        }
    }
}
