//! How the shop is doing.

use crate::admin::{AdminFrame, page, ui::page_head};

/// The home page of the admin.
pub fn home(frame: &AdminFrame) -> String {
    let first = frame.name.split_whitespace().next().unwrap_or_default();
    let title = format!("Hello, {first}");
    page(frame, "Home", || page_head(None, title, None, None))
}
