//! Products into a CSV file in Shopify's format, that comes back the same.

use crate::{
    Actor, Error, Result, Shop,
    catalog::{Kept, NewValue},
};
use domain::{
    Currency, Money,
    catalog::{Format, ProductStatus},
    staff::Permission,
};

/// The headings, in the order that Shopify writes them; at the end what only this shop reads.
const HEADINGS: [&str; 45] = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Fulfillment Service",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Gift Card",
    "SEO Title",
    "SEO Description",
    "Variant Image",
    "Variant Weight Unit",
    "Status",
    "Subtitle (product.metafields.custom.subtitle)",
    "Materials (product.metafields.custom.materials)",
    "Care (product.metafields.custom.care)",
    "Dimensions (product.metafields.custom.dimensions)",
    "Published At",
    "Option1 Value Position",
    "Option1 Value Swatch",
    "Option2 Value Position",
    "Option2 Value Swatch",
    "Option3 Value Position",
    "Option3 Value Swatch",
];

/// One row, cell by cell.
struct Cells(Vec<String>);

impl Cells {
    fn new() -> Self {
        Self(vec![String::new(); HEADINGS.len()])
    }

    fn put(&mut self, heading: &str, value: impl Into<String>) {
        if let Some(at) = HEADINGS.iter().position(|known| *known == heading) {
            self.0[at] = value.into();
        }
    }
}

impl Shop {
    /// Every product with its variants, as a table that [`Self::admin_import`] reads. Pictures are named by their
    /// addresses: the shop that has them knows them again.
    pub async fn export_products(&self, actor: &Actor) -> Result<Vec<u8>> {
        actor.require(Permission::EditProducts)?;
        let currency = self.currency().await?;
        let written =
            |error: csv::Error| Error::Stored(format!("a row could not be written: {error}"));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADINGS).map_err(written)?;
        for product in self.kept_products().await? {
            for at in 0..product.variants.len().max(product.pictures.len()).max(1) {
                let row = self.row(&product, at, currency);
                writer.write_record(&row.0).map_err(written)?;
            }
        }
        writer
            .into_inner()
            .map_err(|error| Error::Stored(format!("the table could not be written: {error}")))
    }

    /// The row of a product's variant and picture of this place; in the first stands the product itself.
    fn row(&self, kept: &Kept, at: usize, currency: Currency) -> Cells {
        let mut row = Cells::new();
        row.put("Handle", kept.product.handle.as_str());
        if at == 0 {
            put_product(&mut row, kept);
        }
        self.put_variant(&mut row, kept, at, currency);
        if let Some(picture) = kept.pictures.get(at) {
            row.put("Image Src", self.address(kept, at));
            row.put("Image Position", (at + 1).to_string());
            row.put("Image Alt Text", picture.picture.alt.as_str());
        }
        row
    }

    fn put_variant(&self, row: &mut Cells, kept: &Kept, at: usize, currency: Currency) {
        let Some(variant) = kept.variants.get(at) else {
            return;
        };
        for (option, value) in (1..).zip(&variant.variant.values) {
            let values = kept
                .product
                .options
                .get(option - 1)
                .map(|option| &option.values);
            if let Some(found) = values.and_then(|values| values.get(*value)) {
                put_value(row, option, *value, found);
            }
        }
        let (on_hand, variant) = (variant.on_hand, &variant.variant);
        let amount = |minor| Money::new(minor, currency).decimal();
        row.put("Variant SKU", variant.sku.as_str());
        row.put("Variant Grams", variant.weight_grams.to_string());
        row.put("Variant Inventory Tracker", "shopify");
        row.put("Variant Inventory Qty", on_hand.to_string());
        row.put("Variant Inventory Policy", "deny");
        row.put("Variant Fulfillment Service", "manual");
        row.put("Variant Price", amount(variant.price));
        row.put(
            "Variant Compare At Price",
            variant.compare_at.map(amount).unwrap_or_default(),
        );
        row.put("Variant Requires Shipping", "TRUE");
        row.put("Variant Taxable", "TRUE");
        row.put(
            "Variant Barcode",
            variant.barcode.clone().unwrap_or_default(),
        );
        row.put("Variant Weight Unit", "g");
        let picture = variant.picture.map(|picture| self.address(kept, picture));
        row.put("Variant Image", picture.unwrap_or_default());
    }

    /// Where the largest file of a picture is to be had.
    fn address(&self, kept: &Kept, picture: usize) -> String {
        let picture = kept.pictures.get(picture).map(|kept| &kept.picture);
        let path = picture.map(|picture| picture.url(picture.width, Format::Jpeg));
        format!("{}{}", self.settings().public_url, path.unwrap_or_default())
    }
}

fn put_product(row: &mut Cells, kept: &Kept) {
    let product = &kept.product;
    let is_live = product.status == ProductStatus::Active;
    // What goes on sale later is active, from a time on.
    let status = match product.status {
        ProductStatus::Scheduled => ProductStatus::Active,
        status => status,
    };
    row.put("Title", product.title.as_str());
    row.put("Body (HTML)", product.description_html.as_str());
    row.put("Vendor", product.brand.as_str());
    row.put("Product Category", kept.category_names.as_str());
    row.put("Type", product.product_type.as_str());
    row.put("Tags", product.tags.join(", "));
    row.put("Published", if is_live { "TRUE" } else { "FALSE" });
    row.put("Gift Card", "FALSE");
    row.put("SEO Title", product.seo_title.as_str());
    row.put("SEO Description", product.seo_description.as_str());
    row.put("Status", status.as_str());
    row.put(
        "Subtitle (product.metafields.custom.subtitle)",
        product.subtitle.as_str(),
    );
    row.put(
        "Materials (product.metafields.custom.materials)",
        product.materials.as_str(),
    );
    row.put(
        "Care (product.metafields.custom.care)",
        product.care.as_str(),
    );
    row.put(
        "Dimensions (product.metafields.custom.dimensions)",
        product.dimensions.as_str(),
    );
    let published = product.published_at.map(|at| at.to_string());
    row.put("Published At", published.unwrap_or_default());
    for (at, option) in (1..).zip(&product.options) {
        row.put(&format!("Option{at} Name"), option.name.as_str());
    }
}

fn put_value(row: &mut Cells, option: usize, place: usize, value: &NewValue) {
    row.put(&format!("Option{option} Value"), value.name.as_str());
    row.put(
        &format!("Option{option} Value Position"),
        (place + 1).to_string(),
    );
    row.put(
        &format!("Option{option} Value Swatch"),
        value.swatch.clone().unwrap_or_default(),
    );
}
