//! Products from a CSV file in Shopify's format: the same way in for the demo shop and for a merchant.

mod row;
mod sheet;

pub use row::RowError;

use crate::{
    Error, Result, Shop,
    catalog::{NewOption, NewProduct, NewValue, NewVariant, Picture},
};
use domain::{Currency, VariantId, inventory::MovementKind};
use futures::{StreamExt, TryStreamExt, stream};
use sheet::Sheet;
use sqlx::PgPool;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::Read,
    path::Path,
};

/// What an import did, or would do.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct ImportReport {
    /// Products that are new.
    pub created: usize,
    /// Products that were there.
    pub updated: usize,
    /// Variants, over all products.
    pub variants: usize,
    /// Pictures, over all products.
    pub pictures: usize,
    /// What is wrong, by row. Where there is anything, nothing was written.
    pub errors: Vec<RowError>,
}

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
        let known = Known::read(self.db()).await?;
        let mut sheet = Sheet::read(csv, currency);
        sheet.check_names(&known.brands, &known.categories);
        sheet.check_pictures(folder);
        let mut report = ImportReport {
            variants: sheet
                .products
                .iter()
                .map(|product| product.variants.len())
                .sum(),
            pictures: sheet
                .products
                .iter()
                .map(|product| product.pictures.len())
                .sum(),
            errors: std::mem::take(&mut sheet.errors),
            ..ImportReport::default()
        };
        report.updated = sheet
            .products
            .iter()
            .filter(|product| known.handles.contains(product.handle.as_str()))
            .count();
        report.created = sheet.products.len() - report.updated;
        if dry_run || !report.errors.is_empty() {
            return Ok(report);
        }
        let assets = self.take_in_all(&sheet, folder).await?;
        for product in &sheet.products {
            self.write_imported(product, &known, &assets).await?;
        }
        Ok(report)
    }

    /// The currency that the shop sells in.
    pub(crate) async fn currency(&self) -> Result<Currency> {
        Ok(self.chrome().await?.currency)
    }

    /// Takes in every picture of the sheet, as many at a time as there are cores.
    async fn take_in_all(
        &self,
        sheet: &Sheet,
        folder: &Path,
    ) -> Result<HashMap<String, uuid::Uuid>> {
        let files: std::collections::BTreeSet<String> = sheet
            .products
            .iter()
            .flat_map(|product| product.pictures.iter().map(|picture| picture.file.clone()))
            .collect();
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        stream::iter(files)
            .map(|file| async move {
                let asset = self.take_in_file(&folder.join(&file)).await?;
                Ok::<_, Error>((file, asset.id))
            })
            .buffer_unordered(cores)
            .try_collect()
            .await
    }

    /// Takes in a picture from a file.
    pub(crate) async fn take_in_file(&self, file: &Path) -> Result<crate::media::Asset> {
        let bytes = tokio::fs::read(file).await.map_err(|error| {
            Error::Invariant(format!("{} cannot be read: {error}", file.display()))
        })?;
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        self.take_in(&name, bytes.into())
            .await
            .map_err(|fault| match fault {
                crate::Fault::Refused(reason) => {
                    Error::Invariant(format!("{}: {reason}", file.display()))
                }
                crate::Fault::Failed(error) => error,
            })
    }

    async fn write_imported(
        &self,
        product: &sheet::Product,
        known: &Known,
        assets: &HashMap<String, uuid::Uuid>,
    ) -> Result<()> {
        let new = new_product(product, known, assets);
        let mut tx = self.db().begin().await?;
        let written = self.write_product_in(&mut tx, &new).await?;
        let received: Vec<(VariantId, i32)> = written
            .variants
            .iter()
            .zip(&product.variants)
            .filter(|(_, variant)| !known.skus.contains(&variant.sku))
            .map(|(id, variant)| (*id, variant.stock))
            .collect();
        self.change_stock(&mut tx, MovementKind::Received, &received, "Imported")
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What the shop has already.
struct Known {
    handles: HashSet<String>,
    skus: HashSet<String>,
    brands: HashSet<String>,
    /// Paths by the names on the way: `Kitchen > Mugs & Cups`.
    categories: BTreeMap<String, String>,
    swatches: HashMap<String, String>,
}

impl Known {
    async fn read(db: &PgPool) -> Result<Self> {
        let set = |names: Vec<String>| names.into_iter().collect();
        let categories = sqlx::query!(
            r#"select c.path,
                      (select string_agg(up.name, ' > ' order by length(up.path)) from category up
                       where c.path = up.path or c.path like up.path || '/%') as "names!"
               from category c"#
        )
        .fetch_all(db)
        .await?;
        Ok(Self {
            handles: set(sqlx::query_scalar!("select handle from product")
                .fetch_all(db)
                .await?),
            skus: set(sqlx::query_scalar!("select sku from variant")
                .fetch_all(db)
                .await?),
            brands: set(sqlx::query_scalar!("select name from brand")
                .fetch_all(db)
                .await?),
            categories: categories
                .into_iter()
                .map(|row| (row.names, row.path))
                .collect(),
            swatches: crate::content::setting(db, "swatches")
                .await?
                .unwrap_or_default(),
        })
    }
}

fn new_product(
    product: &sheet::Product,
    known: &Known,
    assets: &HashMap<String, uuid::Uuid>,
) -> NewProduct {
    let pictures = product
        .pictures
        .iter()
        .filter_map(|picture| {
            Some(Picture {
                asset: *assets.get(&picture.file)?,
                alt: picture.alt.clone(),
            })
        })
        .collect();
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
                        swatch: known.swatches.get(name).cloned(),
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
