//! The pictures of a product: uploaded, put in order, described, taken away.

use super::entry;
use crate::{
    Actor, Fault, Result, Shop,
    catalog::db::{self, Placed},
    media::{Asset, PictureError},
};
use bytes::Bytes;
use domain::{
    MediaId, ProductId,
    catalog::edit::{PictureForm, PicturesForm},
    staff::Permission,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// The most pictures of a product.
const MAX_PICTURES: usize = 50;
/// The longest words for a picture, in letters.
const MAX_ALT: usize = 500;

/// Why a picture was not added to a product, in words for whom uploaded it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddPictureError {
    /// It cannot be taken in.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The product has it.
    #[error("This picture is here already.")]
    Here,
    /// The product has as many as it may.
    #[error("A product can have {MAX_PICTURES} pictures.")]
    TooMany,
    /// There is no such product.
    #[error("This product is not there any more.")]
    NoProduct,
}

impl Shop {
    /// Takes a picture in and puts it behind the others of a product. Where it is refused nothing is left of it.
    pub async fn add_picture(
        &self,
        actor: &Actor,
        product: ProductId,
        file_name: &str,
        bytes: Bytes,
    ) -> Result<MediaId, Fault<AddPictureError>> {
        actor.require(Permission::EditProducts)?;
        // A product that is not there is no reason to work on a picture.
        if db::kept(self.db(), &[product.0]).await?.is_empty() {
            return Err(Fault::Refused(AddPictureError::NoProduct));
        }
        let asset = match self.take_in(file_name, bytes).await {
            Ok(asset) => asset,
            Err(Fault::Refused(reason)) => return Err(Fault::Refused(reason.into())),
            Err(Fault::Failed(error)) => return Err(Fault::Failed(error)),
        };
        let added = self.put_picture(actor, product, file_name, &asset).await;
        if added.is_err() {
            self.forget_asset(&asset).await?;
        }
        added
    }

    async fn put_picture(
        &self,
        actor: &Actor,
        product: ProductId,
        file_name: &str,
        asset: &Asset,
    ) -> Result<MediaId, Fault<AddPictureError>> {
        let mut tx = self.db().begin().await?;
        let refused = |reason| Err(Fault::Refused(reason));
        let Some(locked) = db::lock(&mut tx, &[product.0]).await?.pop() else {
            return refused(AddPictureError::NoProduct);
        };
        let present = db::placed(&mut tx, product).await?;
        if present.iter().any(|placed| placed.asset == asset.id) {
            return refused(AddPictureError::Here);
        }
        if present.len() >= MAX_PICTURES {
            return refused(AddPictureError::TooMany);
        }
        let id = MediaId(self.clock().id());
        let place = i32::try_from(present.len() + 1).unwrap_or(i32::MAX);
        db::insert_picture(&mut tx, id, product, asset.id, place).await?;
        db::refresh(&mut tx, &[product.0]).await?;
        let mut entry = entry("product.picture", product, &locked.title);
        let short: String = file_name.chars().take(100).collect();
        entry.did = format!("added the picture {short} to {}", locked.title);
        entry.after = Some(json!({ "picture": asset.picture.hash }));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Puts the pictures of a product in order, with the words for each, and takes away those that shall go. Pictures that
    /// the form does not name stay behind the others. Returns whether there is such a product.
    pub async fn save_pictures(
        &self,
        actor: &Actor,
        product: ProductId,
        form: &PicturesForm,
    ) -> Result<bool> {
        actor.require(Permission::EditProducts)?;
        let mut tx = self.db().begin().await?;
        let Some(locked) = db::lock(&mut tx, &[product.0]).await?.pop() else {
            return Ok(false);
        };
        let before = db::placed(&mut tx, product).await?;
        let after = arranged(&before, form);
        if after == before {
            return Ok(true);
        }
        db::arrange_pictures(&mut tx, product, &after).await?;
        db::refresh(&mut tx, &[product.0]).await?;
        let mut entry = entry("product.pictures", product, &locked.title);
        entry.did = match before.len() - after.len() {
            0 => format!("changed the pictures of {}", locked.title),
            1 => format!("took a picture away from {}", locked.title),
            gone => format!("took {gone} pictures away from {}", locked.title),
        };
        entry.before = Some(in_words(&before));
        entry.after = Some(in_words(&after));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// The pictures as the form says.
fn arranged(before: &[Placed], form: &PicturesForm) -> Vec<Placed> {
    let id = |row: &PictureForm| row.id.parse::<Uuid>().ok();
    let mut after: Vec<Placed> = form
        .kept()
        .into_iter()
        .filter_map(|row| {
            let placed = before.iter().find(|placed| Some(placed.id) == id(row))?;
            let alt: String = row.alt.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(Placed {
                alt: alt.chars().take(MAX_ALT).collect(),
                ..placed.clone()
            })
        })
        .collect();
    let unnamed = before
        .iter()
        .filter(|placed| !form.pictures.iter().any(|row| id(row) == Some(placed.id)));
    after.extend(unnamed.cloned());
    after
}

/// What the pictures show, in order.
fn in_words(pictures: &[Placed]) -> Value {
    let words = pictures.iter().map(|placed| match placed.alt.as_str() {
        "" => placed.hash.as_str(),
        alt => alt,
    });
    json!({ "pictures": words.collect::<Vec<_>>().join("; ") })
}
