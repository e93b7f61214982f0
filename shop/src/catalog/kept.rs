//! A product as it is kept: what an editor opens, what an export writes, and what an import compares with.

use super::{
    db,
    write::{NewProduct, NewVariant},
};
use crate::{Result, Shop};
use domain::{MediaId, ProductId, catalog::Picture};
use serde::Deserialize;
use uuid::Uuid;

/// A product with everything that belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) id: ProductId,
    pub(crate) version: i32,
    /// As it would be written to be what it is.
    pub(crate) product: NewProduct,
    pub(crate) brand: Option<Uuid>,
    pub(crate) category: Option<Uuid>,
    /// `Kitchen > Mugs & Cups`.
    pub(crate) category_names: String,
    /// Those that are made, in order.
    pub(crate) variants: Vec<KeptVariant>,
    /// In order.
    pub(crate) pictures: Vec<KeptPicture>,
}

/// A variant with what there is of it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct KeptVariant {
    #[serde(flatten)]
    pub(crate) variant: NewVariant,
    pub(crate) on_hand: i32,
    pub(crate) available: i32,
}

/// A picture in its place.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct KeptPicture {
    pub(crate) media: MediaId,
    pub(crate) asset: Uuid,
    pub(crate) picture: Picture,
}

/// How many products are read at once.
const AT_ONCE: usize = 100;

impl Shop {
    /// Every product, in the merchant's order, so many at a time.
    pub(crate) async fn kept_products(&self) -> Result<Vec<Kept>> {
        let ids = db::in_order(self.db()).await?;
        let mut all = Vec::with_capacity(ids.len());
        for part in ids.chunks(AT_ONCE) {
            all.extend(db::kept(self.db(), part).await?);
        }
        Ok(all)
    }

    /// The products that have these handles.
    pub(crate) async fn kept_of_handles(&self, handles: &[String]) -> Result<Vec<Kept>> {
        let ids = db::of_handles(self.db(), handles).await?;
        db::kept(self.db(), &ids).await
    }

    /// The address of the product that was called so before.
    pub async fn moved_product(&self, handle: &str) -> Result<Option<String>> {
        let handle = db::moved_product(self.db(), handle).await?;
        Ok(handle.map(|handle| format!("/products/{handle}")))
    }

    /// The address of the category that was there before.
    pub async fn moved_category(&self, path: &str) -> Result<Option<String>> {
        let path = db::moved_category(self.db(), path).await?;
        Ok(path.map(|path| format!("/categories/{path}")))
    }
}
