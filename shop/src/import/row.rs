//! One row of the file, as it is written there.

use serde::{Deserialize, Serialize};

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowError {
    /// The row, counted as a spreadsheet does: the headings are row 1.
    pub row: usize,
    /// The column's heading; empty where the row as a whole is meant.
    pub column: &'static str,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for RowError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.column.is_empty() {
            write!(f, "row {}: {}", self.row, self.message)
        } else {
            write!(f, "row {}, {}: {}", self.row, self.column, self.message)
        }
    }
}

/// The columns that are read; all others are passed over.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    #[serde(rename = "Handle")]
    pub(super) handle: String,
    #[serde(rename = "Title")]
    pub(super) title: String,
    #[serde(rename = "Body (HTML)")]
    pub(super) body: String,
    #[serde(rename = "Vendor")]
    pub(super) vendor: String,
    #[serde(rename = "Product Category")]
    pub(super) category: String,
    #[serde(rename = "Type")]
    pub(super) product_type: String,
    #[serde(rename = "Tags")]
    pub(super) tags: String,
    #[serde(rename = "Option1 Name")]
    pub(super) option1_name: String,
    #[serde(rename = "Option1 Value")]
    pub(super) option1_value: String,
    #[serde(rename = "Option1 Value Position")]
    pub(super) option1_position: String,
    #[serde(rename = "Option1 Value Swatch")]
    pub(super) option1_swatch: String,
    #[serde(rename = "Option2 Name")]
    pub(super) option2_name: String,
    #[serde(rename = "Option2 Value")]
    pub(super) option2_value: String,
    #[serde(rename = "Option2 Value Position")]
    pub(super) option2_position: String,
    #[serde(rename = "Option2 Value Swatch")]
    pub(super) option2_swatch: String,
    #[serde(rename = "Option3 Name")]
    pub(super) option3_name: String,
    #[serde(rename = "Option3 Value")]
    pub(super) option3_value: String,
    #[serde(rename = "Option3 Value Position")]
    pub(super) option3_position: String,
    #[serde(rename = "Option3 Value Swatch")]
    pub(super) option3_swatch: String,
    #[serde(rename = "Variant SKU")]
    pub(super) sku: String,
    #[serde(rename = "Variant Grams")]
    pub(super) grams: String,
    #[serde(rename = "Variant Inventory Qty")]
    pub(super) stock: String,
    #[serde(rename = "Variant Price")]
    pub(super) price: String,
    #[serde(rename = "Variant Compare At Price")]
    pub(super) compare_at: String,
    #[serde(rename = "Variant Barcode")]
    pub(super) barcode: String,
    #[serde(rename = "Image Src")]
    pub(super) image: String,
    #[serde(rename = "Image Alt Text")]
    pub(super) image_alt: String,
    #[serde(rename = "SEO Title")]
    pub(super) seo_title: String,
    #[serde(rename = "SEO Description")]
    pub(super) seo_description: String,
    #[serde(rename = "Variant Image")]
    pub(super) variant_image: String,
    #[serde(rename = "Status")]
    pub(super) status: String,
    #[serde(rename = "Published At")]
    pub(super) published_at: String,
    #[serde(rename = "Subtitle (product.metafields.custom.subtitle)")]
    pub(super) subtitle: String,
    #[serde(rename = "Materials (product.metafields.custom.materials)")]
    pub(super) materials: String,
    #[serde(rename = "Care (product.metafields.custom.care)")]
    pub(super) care: String,
    #[serde(rename = "Dimensions (product.metafields.custom.dimensions)")]
    pub(super) dimensions: String,
}
