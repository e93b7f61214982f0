//! The catalogue: pages that show products, and the one way that products are written.

mod db;
mod edit;
mod kept;
mod search;
mod write;

pub use edit::{AddPictureError, Bulk, NotSaved};
pub(crate) use kept::Kept;
pub use write::{
    NewOption, NewProduct, NewValue, NewVariant, Picture, Which, WriteError, Written,
    WrittenVariant,
};

use crate::{Result, Shop};
use domain::catalog::{CategoryPage, Cursor, Listing, PAGE_SIZE, ProductCard, ProductPage, Sort};
use std::collections::{HashMap, HashSet};

/// Products beside a product.
const RELATED: i64 = 4;

/// What the shop has already, by name.
pub(crate) struct Known {
    /// The handle of the product that each SKU belongs to.
    pub(crate) skus: HashMap<String, String>,
    /// The names of its makers.
    pub(crate) brands: HashSet<String>,
    /// The paths of its categories, by the names on the way: `Kitchen > Mugs & Cups`.
    pub(crate) categories: HashMap<String, String>,
}

impl Shop {
    /// A product that is on sale, with what can be had of it now.
    pub async fn product(&self, handle: &str) -> Result<Option<ProductPage>> {
        match db::product(self.db(), handle).await? {
            Some(found) => self.product_page(found).await.map(Some),
            None => Ok(None),
        }
    }

    /// The page of a product with its stock and what goes with it.
    async fn product_page(&self, found: db::Found) -> Result<ProductPage> {
        let mut page: ProductPage = serde_json::from_str(&found.page)?;
        for (variant, available) in page.choices.variants.iter_mut().zip(&found.available) {
            variant.stock = domain::inventory::Stock::of(*available);
        }
        page.related =
            db::related(self.db(), page.id, found.category, found.brand, RELATED).await?;
        Ok(page)
    }

    /// A category with a page of its products, and of those below it.
    pub async fn category(
        &self,
        path: &str,
        sort: Sort,
        cursor: Option<&Cursor>,
    ) -> Result<Option<CategoryPage>> {
        let Some(category) = db::category(self.db(), path).await? else {
            return Ok(None);
        };
        let scope = db::Scope::Category(category.path.clone());
        let listing = listing(self, &scope, sort, cursor).await?;
        Ok(Some(category.page(listing)))
    }

    /// Cards of these products, in this order; those that are not on sale are left out.
    pub(crate) async fn cards(&self, handles: &[String]) -> Result<Vec<ProductCard>> {
        db::cards(self.db(), handles).await
    }

    /// Cards of what came last.
    pub(crate) async fn newest_cards(&self, count: i64) -> Result<Vec<ProductCard>> {
        let handles = db::newest(self.db(), count).await?;
        self.cards(&handles).await
    }

    /// What the shop has already, by name.
    pub(crate) async fn known(&self) -> Result<Known> {
        db::known(self.db()).await
    }

    /// The categories at the top of the tree.
    pub(crate) async fn top_categories(&self) -> Result<Vec<domain::catalog::CategoryLink>> {
        db::top_categories(self.db()).await
    }

    /// The addresses of everything that can be seen, with when it last changed.
    pub async fn sitemap(&self) -> Result<Vec<(String, jiff::Timestamp)>> {
        db::sitemap(self.db()).await
    }
}

/// A page of a listing with its neighbours: one more product than fits is asked for, to know whether there is a next.
async fn listing(
    shop: &Shop,
    scope: &db::Scope,
    sort: Sort,
    cursor: Option<&Cursor>,
) -> Result<Listing> {
    let before = cursor.is_some_and(|cursor| cursor.before);
    let (mut rows, total) = db::listing(shop.db(), scope, sort, cursor, PAGE_SIZE + 1).await?;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    if before {
        rows.reverse();
    }
    let at = |row: Option<&db::Row>, before| {
        row.map(|row| {
            Cursor {
                before,
                key: row.key.clone(),
                id: row.id,
            }
            .encode()
        })
    };
    let has_previous = if before { more } else { cursor.is_some() };
    let has_next = if before { true } else { more };
    let previous = has_previous.then(|| at(rows.first(), true)).flatten();
    let next = has_next.then(|| at(rows.last(), false)).flatten();
    let cards = rows.into_iter().map(|row| row.card).collect();
    Ok(Listing {
        cards,
        total,
        sort,
        previous,
        next,
    })
}
