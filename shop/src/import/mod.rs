//! Products from a CSV file in Shopify's format, and into one: the same way for the demo shop and for a merchant.

mod check;
mod export;
mod pictures;
mod row;
mod sheet;

pub use row::RowError;

use crate::{
    Actor, Fault, Result, Shop,
    audit::Entry,
    catalog::{
        Kept, Known, NewOption, NewProduct, NewValue, NewVariant, Picture, Which, WriteError,
    },
    content::setting,
};
use domain::{Currency, VariantId, inventory::MovementKind, staff::Permission};
use pictures::assets;
use sheet::Sheet;
use std::{collections::HashMap, io::Read, path::Path};

/// What an import did, or would do.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ImportReport {
    /// Products that are new.
    pub created: usize,
    /// Products that were there.
    pub updated: usize,
    /// Products that are what the table says already.
    pub unchanged: usize,
    /// Variants, over all of the products that are written.
    pub variants: usize,
    /// Pictures, over all of these products.
    pub pictures: usize,
    /// What is wrong, by row. A fault in the table keeps everything from being written, a picture that cannot be taken in
    /// its product alone.
    pub errors: Vec<RowError>,
}

impl ImportReport {
    fn count(&mut self, product: &sheet::Product, created: bool) {
        self.created += usize::from(created);
        self.updated += usize::from(!created);
        self.variants += product.variants.len();
        self.pictures += product.pictures.len();
    }

    fn fault(&mut self, row: usize, column: &'static str, message: String) {
        self.errors.push(RowError {
            row,
            column,
            message,
        });
    }
}

impl Shop {
    /// Reads a file of products as somebody of the staff: see [`Self::import_products`]. Without a folder, only pictures
    /// that the shop has can be named.
    pub async fn admin_import(
        &self,
        actor: &Actor,
        csv: impl Read,
        folder: Option<&Path>,
        dry_run: bool,
    ) -> Result<ImportReport> {
        actor.require(Permission::EditProducts)?;
        // Much is read at once: it is kept on the heap.
        Box::pin(self.import(csv, folder, Some(actor), dry_run)).await
    }

    /// Reads a file of products and, unless something is wrong with it or `dry_run`, writes them. Pictures are files
    /// under `folder`. Stock is received for variants that are new; what is there already keeps its stock.
    pub async fn import_products(
        &self,
        csv: impl Read,
        folder: &Path,
        dry_run: bool,
    ) -> Result<ImportReport> {
        Box::pin(self.import(csv, Some(folder), None, dry_run)).await
    }

    async fn import(
        &self,
        csv: impl Read,
        folder: Option<&Path>,
        actor: Option<&Actor>,
        dry_run: bool,
    ) -> Result<ImportReport> {
        let currency = self.currency().await?;
        let known = self.known().await?;
        let mut sheet = Sheet::read(csv, currency);
        let kept_pictures = self.kept_pictures(&sheet).await?;
        sheet.check(&known, &kept_pictures, folder);
        let mut report = ImportReport::default();
        if !sheet.errors.is_empty() {
            report.errors = sheet.errors;
            return Ok(report);
        }
        let swatches = setting(self.db(), "swatches").await?.unwrap_or_default();
        let kept = self.kept_by_handle(&sheet).await?;
        let taken = self
            .take_in_all(&sheet, &kept_pictures, folder, dry_run)
            .await?;
        for product in &sheet.products {
            let assets = match assets(product, &taken) {
                Ok(assets) => assets,
                Err(errors) => {
                    report.errors.extend(errors);
                    continue;
                }
            };
            let new = new_product(product, assets, &known, &swatches);
            let before = kept.get(product.handle.as_str());
            let now = self.clock().now();
            if before.is_some_and(|kept| new.is_kept_as(&kept.product, now)) {
                report.unchanged += 1;
            } else if dry_run {
                report.count(product, before.is_none());
            } else {
                self.import_product(product, &new, actor, &mut report)
                    .await?;
            }
        }
        Ok(report)
    }

    /// The products of the table that the shop has, by their handles.
    async fn kept_by_handle(&self, sheet: &Sheet) -> Result<HashMap<String, Kept>> {
        let handles = sheet
            .products
            .iter()
            .map(|product| product.handle.to_string());
        let kept = self.kept_of_handles(&handles.collect::<Vec<_>>()).await?;
        Ok(kept
            .into_iter()
            .map(|kept| (kept.product.handle.to_string(), kept))
            .collect())
    }

    /// The currency that the shop sells in.
    pub(crate) async fn currency(&self) -> Result<Currency> {
        Ok(self.chrome().await?.currency)
    }

    /// Writes one product with the stock of what is new of it, and notes it in the report.
    async fn import_product(
        &self,
        product: &sheet::Product,
        new: &NewProduct,
        actor: Option<&Actor>,
        report: &mut ImportReport,
    ) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let written = match self.write_product_in(&mut tx, new).await {
            Ok(written) => written,
            Err(Fault::Refused(WriteError::SkuTaken(sku))) => {
                // Since the table was checked, somebody else wrote it.
                let variant = product.variants.iter().find(|variant| variant.sku == sku);
                let row = variant.map_or(product.row, |variant| variant.row);
                report.fault(row, "Variant SKU", WriteError::SkuTaken(sku).to_string());
                return Ok(());
            }
            Err(Fault::Refused(error)) => {
                report.fault(product.row, "Handle", error.to_string());
                return Ok(());
            }
            Err(Fault::Failed(error)) => return Err(error),
        };
        let received: Vec<(VariantId, i32)> = written
            .variants
            .iter()
            .zip(&product.variants)
            .filter(|(written, _)| written.created)
            .map(|(written, variant)| (written.id, variant.stock))
            .collect();
        self.change_stock(&mut tx, MovementKind::Received, &received, "Imported")
            .await?;
        if let Some(actor) = actor {
            let entry = Entry {
                action: "product.imported",
                kind: "product",
                id: written.product.to_string(),
                name: &product.title,
                did: format!("imported {} from a table", product.title),
                before: None,
                after: None,
            };
            self.record(&mut tx, actor, entry).await?;
        }
        tx.commit().await?;
        report.count(product, written.created);
        Ok(())
    }
}

fn new_product(
    product: &sheet::Product,
    pictures: Vec<Picture>,
    known: &Known,
    swatches: &HashMap<String, String>,
) -> NewProduct {
    NewProduct {
        which: Which::OfHandle,
        handle: product.handle.clone(),
        status: product.status,
        published_at: product.published_at,
        title: product.title.clone(),
        subtitle: product.subtitle.clone(),
        description_html: ammonia::clean(&product.body),
        materials: product.materials.clone(),
        care: product.care.clone(),
        dimensions: product.dimensions.clone(),
        product_type: product.kind.clone(),
        tags: product.tags.clone(),
        brand: product.brand.clone(),
        category: known.categories.get(&product.category).cloned(),
        position: product.position,
        seo_title: product.seo_title.clone(),
        seo_description: product.seo_description.clone(),
        options: product
            .options
            .iter()
            .map(|option| NewOption {
                name: option.name.clone(),
                values: option
                    .values
                    .iter()
                    .map(|value| NewValue {
                        id: None,
                        name: value.name.clone(),
                        swatch: value
                            .swatch
                            .clone()
                            .or_else(|| swatches.get(&value.name).cloned()),
                    })
                    .collect(),
            })
            .collect(),
        variants: product
            .variants
            .iter()
            .map(|variant| NewVariant {
                id: None,
                sku: variant.sku.clone(),
                values: variant.values.clone(),
                price: variant.price,
                compare_at: variant.compare_at,
                barcode: variant.barcode.clone(),
                weight_grams: variant.weight_grams,
                picture: variant.picture.as_ref().and_then(|file| {
                    product
                        .pictures
                        .iter()
                        .position(|picture| picture.file == *file)
                }),
            })
            .collect(),
        pictures,
    }
}
