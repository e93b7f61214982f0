//! The one way that a product is written, whoever writes it: the import now, the admin's editor later.

use super::db;
use crate::{Fault, Result, Shop};
use domain::{
    ProductId, VariantId,
    catalog::{Handle, ProductStatus},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// A product as it shall be. What it does not name any more is taken away, except variants: those are archived.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the table `product`")]
pub struct NewProduct {
    pub handle: Handle,
    pub status: ProductStatus,
    pub title: String,
    pub subtitle: String,
    /// Sanitised.
    pub description_html: String,
    pub materials: String,
    pub care: String,
    pub dimensions: String,
    pub product_type: String,
    pub tags: Vec<String>,
    /// The maker's name.
    pub brand: String,
    /// The path of the category.
    pub category: Option<String>,
    pub position: i32,
    pub seo_title: String,
    pub seo_description: String,
    /// At most three.
    pub options: Vec<NewOption>,
    /// At least one.
    pub variants: Vec<NewVariant>,
    /// In order.
    pub pictures: Vec<Picture>,
}

/// An option with its values.
#[derive(Debug, Clone)]
pub struct NewOption {
    /// Its name.
    pub name: String,
    /// Its values, in order.
    pub values: Vec<NewValue>,
}

/// A value of an option.
#[derive(Debug, Clone)]
pub struct NewValue {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub swatch: Option<String>,
}

/// A variant.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the table `variant`")]
pub struct NewVariant {
    pub sku: String,
    /// One index into the values of each option.
    pub values: Vec<usize>,
    /// In minor units of the shop's currency.
    pub price: i64,
    pub compare_at: Option<i64>,
    pub barcode: Option<String>,
    pub weight_grams: i32,
    /// The index of its picture.
    pub picture: Option<usize>,
}

/// A picture that was taken in.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The asset.
    pub asset: Uuid,
    /// What it shows.
    pub alt: String,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The product.
    pub product: ProductId,
    /// Whether it is new.
    pub created: bool,
    /// The variants, in the order in which they came.
    pub variants: Vec<WrittenVariant>,
}

/// A variant that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenVariant {
    /// Which it is.
    pub id: VariantId,
    /// Whether it is new.
    pub created: bool,
}

/// Why a product was not written, in words for whom wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// What is sold under a SKU stays what it is: orders and stock name it.
    #[error("`{0}` is the SKU of another product")]
    SkuTaken(String),
}

impl Shop {
    /// Writes a product and everything that belongs to it, all or nothing. The handle says which it is.
    pub async fn write_product(&self, product: &NewProduct) -> Result<Written, Fault<WriteError>> {
        let mut tx = self.db().begin().await?;
        let written = self.write_product_in(&mut tx, product).await?;
        tx.commit().await?;
        Ok(written)
    }

    /// The same inside a transaction, which is of no more use after a refusal.
    pub(crate) async fn write_product_in(
        &self,
        tx: &mut PgConnection,
        product: &NewProduct,
    ) -> Result<Written, Fault<WriteError>> {
        let clock = self.clock();
        let (id, created) = db::upsert_product(tx, clock, product).await?;
        db::put_variants_away(tx, id).await?;
        let values = self.write_options(tx, id, &product.options).await?;
        let media = self.write_media(tx, id, &product.pictures).await?;
        let mut variants = Vec::with_capacity(product.variants.len());
        for (position, variant) in (1_i32..).zip(&product.variants) {
            let place = db::Place {
                product: id,
                position,
                values: [0, 1, 2].map(|option| value(&values, variant, option)),
                media: variant.picture.and_then(|at| media.get(at)).copied(),
            };
            let written = db::upsert_variant(tx, clock, &place, variant)
                .await?
                .ok_or_else(|| Fault::Refused(WriteError::SkuTaken(variant.sku.clone())))?;
            variants.push(written);
        }
        db::refresh(tx, &[id]).await?;
        Ok(Written {
            product: ProductId(id),
            created,
            variants,
        })
    }

    /// Writes options and values, keeping the ids of those that stay, and returns the values' ids.
    async fn write_options(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        options: &[NewOption],
    ) -> Result<Vec<Vec<Uuid>>> {
        db::keep_options(tx, product, options).await?;
        let mut ids = Vec::with_capacity(options.len());
        for (position, option) in (1_i32..).zip(options) {
            let id = db::upsert_option(tx, self.clock(), product, position, &option.name).await?;
            ids.push(db::replace_values(tx, self.clock(), id, &option.values).await?);
        }
        Ok(ids)
    }

    /// Writes the pictures' places and returns their ids, one for each that came. What came twice is kept once, where it
    /// came first.
    async fn write_media(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        pictures: &[Picture],
    ) -> Result<Vec<Uuid>> {
        let mut kept: Vec<&Picture> = Vec::with_capacity(pictures.len());
        for picture in pictures {
            if kept.iter().all(|other| other.asset != picture.asset) {
                kept.push(picture);
            }
        }
        let by_asset = db::replace_media(tx, self.clock(), product, &kept).await?;
        Ok(pictures
            .iter()
            .filter_map(|picture| by_asset.get(&picture.asset).copied())
            .collect())
    }

    /// Writes anew what pages show of these products: after a brand, a category or the currency changed.
    pub async fn refresh_products(&self) -> Result<()> {
        let mut tx = self.db().begin().await?;
        let all = db::all_products(&mut tx).await?;
        db::refresh(&mut tx, &all).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// The id of the value that a variant has of an option.
fn value(values: &[Vec<Uuid>], variant: &NewVariant, option: usize) -> Option<Uuid> {
    values
        .get(option)?
        .get(*variant.values.get(option)?)
        .copied()
}
