//! Products from a CSV file in Shopify's format: the same way in for the demo shop and for a merchant.

mod check;
mod row;
mod sheet;

pub use row::RowError;

use crate::{
    Fault, Result, Shop,
    catalog::{Known, NewOption, NewProduct, NewValue, NewVariant, Picture, WriteError},
    content::setting,
    media::PictureError,
};
use domain::{Currency, VariantId, inventory::MovementKind};
use futures::{StreamExt, TryStreamExt, stream};
use sheet::Sheet;
use std::{
    collections::{BTreeSet, HashMap},
    io::Read,
    path::Path,
};
use uuid::Uuid;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ImportReport {
    /// Products that are new.
    pub created: usize,
    /// Products that were there.
    pub updated: usize,
    /// Variants, over all of these products.
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

/// The pictures of a table by their files: what became of each.
type Taken = HashMap<String, Result<Uuid, PictureError>>;

impl Shop {
    /// Reads a file of products and, unless something is wrong with it or `dry_run`, writes them. Pictures are files
    /// under `folder`. Stock is received for variants that are new; what is there already keeps its stock.
    pub async fn import_products(
        &self,
        csv: impl Read,
        folder: &Path,
        dry_run: bool,
    ) -> Result<ImportReport> {
        let currency = self.currency().await?;
        let known = self.known().await?;
        let mut sheet = Sheet::read(csv, currency);
        sheet.check(&known, folder);
        let mut report = ImportReport::default();
        if !sheet.errors.is_empty() {
            report.errors = sheet.errors;
            return Ok(report);
        }
        if dry_run {
            for product in &sheet.products {
                report.count(product, !known.handles.contains(product.handle.as_str()));
            }
            return Ok(report);
        }
        let swatches = setting(self.db(), "swatches").await?.unwrap_or_default();
        let taken = self.take_in_all(&sheet, folder).await?;
        for product in &sheet.products {
            match assets(product, &taken) {
                Ok(assets) => {
                    let new = new_product(product, assets, &known, &swatches);
                    self.import_product(product, &new, &mut report).await?;
                }
                Err(errors) => report.errors.extend(errors),
            }
        }
        Ok(report)
    }

    /// The currency that the shop sells in.
    pub(crate) async fn currency(&self) -> Result<Currency> {
        Ok(self.chrome().await?.currency)
    }

    /// Takes in every picture of the sheet, as many at a time as there are cores.
    async fn take_in_all(&self, sheet: &Sheet, folder: &Path) -> Result<Taken> {
        let pictures = sheet.products.iter().flat_map(|product| &product.pictures);
        let files: BTreeSet<String> = pictures.map(|picture| picture.file.clone()).collect();
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        stream::iter(files)
            .map(|file| async move {
                match self.take_in_file(&folder.join(&file)).await {
                    Ok(asset) => Ok((file, Ok(asset.id))),
                    Err(Fault::Refused(reason)) => Ok((file, Err(reason))),
                    Err(Fault::Failed(error)) => Err(error),
                }
            })
            .buffer_unordered(cores)
            .try_collect()
            .await
    }

    /// Writes one product with the stock of what is new of it, and notes it in the report.
    async fn import_product(
        &self,
        product: &sheet::Product,
        new: &NewProduct,
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
        tx.commit().await?;
        report.count(product, written.created);
        Ok(())
    }
}

/// The assets of a product's pictures, in order, or what is wrong with them.
fn assets(product: &sheet::Product, taken: &Taken) -> Result<Vec<Picture>, Vec<RowError>> {
    let (mut pictures, mut errors) = (Vec::new(), Vec::new());
    for picture in &product.pictures {
        match taken.get(&picture.file) {
            Some(Ok(asset)) => pictures.push(Picture {
                asset: *asset,
                alt: picture.alt.clone(),
            }),
            Some(Err(reason)) => errors.push(RowError {
                row: picture.row,
                column: "Image Src",
                message: format!("`{}`: {reason}", picture.file),
            }),
            None => {}
        }
    }
    if errors.is_empty() {
        Ok(pictures)
    } else {
        Err(errors)
    }
}

fn new_product(
    product: &sheet::Product,
    pictures: Vec<Picture>,
    known: &Known,
    swatches: &HashMap<String, String>,
) -> NewProduct {
    NewProduct {
        handle: product.handle.clone(),
        status: product.status,
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
                    .map(|name| NewValue {
                        name: name.clone(),
                        swatch: swatches.get(name).cloned(),
                    })
                    .collect(),
            })
            .collect(),
        variants: product
            .variants
            .iter()
            .map(|variant| NewVariant {
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
