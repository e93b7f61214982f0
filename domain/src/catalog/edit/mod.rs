//! The catalogue as the staff edits it: lists, forms, and what is wrong with them.

mod check;
mod differ;
mod errors;
mod form;
mod grid;
mod list;
mod step;
mod tree;
mod view;

pub use check::{CheckedOption, CheckedProduct, CheckedValue, CheckedVariant};
pub use differ::Difference;
pub use errors::FormErrors;
pub use form::{OptionForm, ProductForm, ValueForm, VariantForm};
pub use grid::MAX_VARIANTS;
pub use list::{
    BULK_MAX, BulkChange, BulkForm, ProductFilter, ProductList, ProductRow, ProductSort,
    StockFilter,
};
pub use tree::{
    BrandEdit, BrandForm, BrandRow, CategoryEdit, CategoryForm, CategoryRow, CheckedBrand,
    CheckedCategory,
};
pub use view::{EditPicture, PictureForm, PicturesForm, ProductEdit, VariantStock};
