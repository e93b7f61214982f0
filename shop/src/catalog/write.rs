//! The one way that a product is written, whoever writes it: the import and the admin's editor.

use super::db;
use crate::{Fault, Result, Shop, jobs::Job};
use domain::{
    OptionValueId, ProductId, VariantId,
    catalog::{Handle, ProductStatus},
};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Which product is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The one that has the handle; a new one where none has.
    OfHandle,
    /// A new one.
    New,
    /// This one.
    Known(ProductId),
}

/// A product as it shall be. What it does not name any more is taken away, except variants: those are archived.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the table `product`")]
pub struct NewProduct {
    pub which: Which,
    pub handle: Handle,
    pub status: ProductStatus,
    /// From when on it is on sale. Where it is not said, what comes on sale is so from now on, what is on sale stays so, and
    /// what is found by its handle keeps its time.
    pub published_at: Option<Timestamp>,
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NewOption {
    /// Its name.
    pub name: String,
    /// Its values, in order.
    pub values: Vec<NewValue>,
}

/// A value of an option.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NewValue {
    /// Which it is; `None` for the one of this name, or a new one.
    pub id: Option<OptionValueId>,
    /// Its name.
    pub name: String,
    /// Its colour.
    pub swatch: Option<String>,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the table `variant`")]
pub struct NewVariant {
    /// Which it is; `None` for the one of this SKU, or a new one.
    pub id: Option<VariantId>,
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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    #[error("`{0}` is the SKU of something else already")]
    SkuTaken(String),
    /// Two products cannot have one address.
    #[error("another product has the address `{0}`")]
    HandleTaken(String),
}

impl NewProduct {
    /// Keeps of pictures that came twice the first.
    fn without_twins(mut self) -> Self {
        let mut kept: Vec<Picture> = Vec::with_capacity(self.pictures.len());
        let places: Vec<usize> = self
            .pictures
            .iter()
            .map(|picture| {
                let known = kept.iter().position(|other| other.asset == picture.asset);
                known.unwrap_or_else(|| {
                    kept.push(picture.clone());
                    kept.len() - 1
                })
            })
            .collect();
        for variant in &mut self.variants {
            variant.picture = variant.picture.and_then(|at| places.get(at)).copied();
        }
        self.pictures = kept;
        self
    }

    /// What is to go on sale later is not on sale now, and what was to be by now is.
    pub(super) fn status_at(&self, now: Timestamp) -> ProductStatus {
        match (self.status, self.published_at) {
            (ProductStatus::Active | ProductStatus::Scheduled, Some(at)) if at > now => {
                ProductStatus::Scheduled
            }
            (ProductStatus::Scheduled, _) => ProductStatus::Active,
            (status, _) => status,
        }
    }

    /// Whether writing this would change nothing of what is kept. Ids that are not named are those that would be found.
    pub(crate) fn is_kept_as(&self, kept: &Self, now: Timestamp) -> bool {
        let nameless = |product: &Self| {
            let mut product = product.clone().without_twins();
            product.status = product.status_at(now);
            if product.which == Which::OfHandle || product.status == ProductStatus::Active {
                product.published_at = product.published_at.or(kept.published_at);
            }
            product.which = Which::OfHandle;
            for variant in &mut product.variants {
                variant.id = None;
            }
            for value in product
                .options
                .iter_mut()
                .flat_map(|option| &mut option.values)
            {
                value.id = None;
            }
            product
        };
        nameless(self) == nameless(kept)
    }
}

impl Shop {
    /// Writes a product and everything that belongs to it, all or nothing.
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
        let product = &product.clone().without_twins();
        let (clock, now) = (self.clock(), self.clock().now());
        let status = product.status_at(now);
        let (id, created) = db::put_product(tx, clock, product, status)
            .await?
            .ok_or_else(|| Fault::Refused(WriteError::HandleTaken(product.handle.to_string())))?;
        let present = db::present(tx, id).await?;
        db::put_variants_away(tx, id, now).await?;
        let values = self
            .write_options(tx, id, &product.options, &present)
            .await?;
        let media = db::replace_media(tx, clock, id, &product.pictures).await?;
        let variants = self
            .write_variants(tx, id, product, &present, (&values, &media))
            .await?;
        db::refresh(tx, &[id]).await?;
        if let (ProductStatus::Scheduled, Some(at)) = (status, product.published_at) {
            let product = ProductId(id);
            let job = Job::PublishProduct { product, at };
            self.enqueue_later(&mut *tx, &job, at.duration_since(now))
                .await?;
        }
        Ok(Written {
            product: ProductId(id),
            created,
            variants,
        })
    }

    /// Writes options and values anew, under the ids of those that stay, and returns the values' ids.
    async fn write_options(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        options: &[NewOption],
        present: &db::Present,
    ) -> Result<Vec<Vec<Uuid>>> {
        db::delete_options(tx, product).await?;
        let mut ids = Vec::with_capacity(options.len());
        for (position, option) in (1_i32..).zip(options) {
            let of_option: Vec<Uuid> = option
                .values
                .iter()
                .map(|value| {
                    present
                        .value(&option.name, value)
                        .unwrap_or_else(|| self.clock().id())
                })
                .collect();
            db::insert_option(
                tx,
                (self.clock().id(), product, position),
                option,
                &of_option,
            )
            .await?;
            ids.push(of_option);
        }
        Ok(ids)
    }

    /// Writes the variants: those that are known stay what they are, whatever they are called.
    async fn write_variants(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        new: &NewProduct,
        present: &db::Present,
        (values, media): (&[Vec<Uuid>], &HashMap<Uuid, Uuid>),
    ) -> Result<Vec<WrittenVariant>, Fault<WriteError>> {
        let ids = present.variants(&new.variants);
        // Two may swap their SKUs: first those are freed that change.
        db::free_skus(tx, &present.renamed(&new.variants, &ids)).await?;
        let mut written = Vec::with_capacity(ids.len());
        for ((position, variant), id) in (1_i32..).zip(&new.variants).zip(ids) {
            let picture = variant.picture.and_then(|at| new.pictures.get(at));
            let place = db::Place {
                product,
                position,
                values: [0, 1, 2].map(|option| value(values, variant, option)),
                media: picture
                    .and_then(|picture| media.get(&picture.asset))
                    .copied(),
            };
            let variant = db::put_variant(tx, self.clock(), id, &place, variant)
                .await?
                .ok_or_else(|| Fault::Refused(WriteError::SkuTaken(variant.sku.clone())))?;
            written.push(variant);
        }
        Ok(written)
    }

    /// Puts a product on sale whose time has come. One that was given another time meanwhile has a job of its own.
    pub(crate) async fn publish_product(&self, product: ProductId) -> Result<()> {
        db::publish(self.db(), product, self.clock().now()).await
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
