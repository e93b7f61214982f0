//! A product that begins as another one is, and the look at one that is not on sale.

use super::entry;
use crate::{
    Actor, Error, Fault, Result, Shop,
    catalog::{
        db,
        write::{Which, WriteError},
    },
};
use domain::{
    ProductId,
    catalog::{Handle, ProductPage, ProductStatus},
    staff::Permission,
};
use serde_json::json;

impl Shop {
    /// Makes a draft that is as a product is, with other SKUs and with nothing in stock. `None` where there is no such
    /// product.
    pub async fn duplicate_product(
        &self,
        actor: &Actor,
        id: ProductId,
    ) -> Result<Option<ProductId>, Fault<WriteError>> {
        actor.require(Permission::EditProducts)?;
        let mut tx = self.db().begin().await?;
        let Some(kept) = db::kept(&mut *tx, &[id.0]).await?.pop() else {
            return Ok(None);
        };
        let stem = stem(kept.product.handle.as_str());
        let taken = db::handles_like(&mut tx, &stem).await?;
        // One more than are taken: one of these is free.
        let number = (1..=taken.len() + 1)
            .find(|number| !taken.contains(&numbered(&stem, *number)))
            .unwrap_or(1);
        let original = kept.product.title.clone();
        let mut product = kept.product;
        product.which = Which::New;
        product.handle = handle(&numbered(&stem, number))?;
        product.status = ProductStatus::Draft;
        product.published_at = None;
        product.title = format!("{} (copy)", product.title);
        product.position = db::last_position(&mut tx).await?;
        let suffix = numbered("-COPY", number);
        for variant in &mut product.variants {
            variant.id = None;
            variant.sku.push_str(&suffix);
        }
        for value in product
            .options
            .iter_mut()
            .flat_map(|option| &mut option.values)
        {
            value.id = None;
        }
        let written = self.write_product_in(&mut tx, &product).await?;
        let mut entry = entry("product.duplicated", written.product, &product.title);
        entry.did = format!("made {} as a copy of {}", product.title, original);
        entry.after = Some(json!({ "handle": product.handle, "copied from": id }));
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(Some(written.product))
    }

    /// The page that shoppers will see, whether it is on sale or not.
    pub async fn preview_product(
        &self,
        actor: &Actor,
        id: ProductId,
    ) -> Result<Option<ProductPage>> {
        actor.require(Permission::ViewProducts)?;
        let found = db::product_by_id(self.db(), id).await?;
        match found {
            Some(found) => self.product_page(found).await.map(Some),
            None => Ok(None),
        }
    }
}

/// What the handles of copies begin with. A long one is cut, so that a number has room.
fn stem(handle: &str) -> String {
    let short: String = handle.chars().take(Handle::MAX - 12).collect();
    format!("{}-copy", short.trim_end_matches('-'))
}

fn numbered(stem: &str, number: usize) -> String {
    if number == 1 {
        stem.to_owned()
    } else {
        format!("{stem}-{number}")
    }
}

fn handle(text: &str) -> Result<Handle> {
    text.parse()
        .map_err(|error: domain::catalog::NotAHandle| Error::Stored(error.to_string()))
}
