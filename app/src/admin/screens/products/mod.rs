//! Products: the list, the editor, tables in and out.

mod editor;
mod list;
mod options;
pub(super) mod parts;
mod pictures;
mod table;
#[cfg(test)]
mod tests;
mod variants;

pub use editor::product_editor;
pub use list::{BulkShown, products};
pub use pictures::PicturesShown;
pub use table::{TableShown, products_table};
