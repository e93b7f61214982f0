//! The list of products, and what is done to many of them at once.

use super::{Bulk, entry};
use crate::{
    Actor, Error, Fault, Result, Shop,
    catalog::db::{self, ListRow, Locked},
    core::words,
};
use domain::{
    Currency, Money, ProductId,
    catalog::{
        Cursor, ProductStatus,
        edit::{BulkChange, BulkForm, FormErrors, ProductFilter, ProductList, ProductRow},
    },
    staff::Permission,
};
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

/// Products on one page of the list.
const PAGE: usize = 50;

impl Shop {
    /// A page of the products, whether they are on sale or not.
    pub async fn admin_products(
        &self,
        actor: &Actor,
        filter: &ProductFilter,
    ) -> Result<ProductList> {
        actor.require(Permission::ViewProducts)?;
        let currency = self.currency().await?;
        let zone = self.time_zone().await?;
        let mut rows = db::list(self.db(), filter, PAGE + 1).await?;
        let total = rows.first().map_or(0, |row| row.total);
        rows.retain(|row| row.product.id.is_some());
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let cursor = filter.cursor();
        let before = cursor.as_ref().is_some_and(|cursor| cursor.before);
        if before {
            rows.reverse();
        }
        let has_previous = if before { more } else { cursor.is_some() };
        let previous = rows
            .first()
            .filter(|_| has_previous)
            .and_then(|row| place(row, true));
        let next = rows
            .last()
            .filter(|_| before || more)
            .and_then(|row| place(row, false));
        let rows = rows.into_iter().map(|row| shown(row, currency, &zone));
        Ok(ProductList {
            rows: rows.collect::<Result<_>>()?,
            total,
            previous,
            next,
            categories: db::category_paths(self.db()).await?,
            currency,
        })
    }

    /// Changes the status or the prices of many products, all or none.
    pub async fn change_products(
        &self,
        actor: &Actor,
        form: &BulkForm,
    ) -> Result<Bulk, Fault<FormErrors>> {
        actor.require(Permission::EditProducts)?;
        let currency = self.currency().await?;
        let (ids, change) = form.check(currency).map_err(Fault::Refused)?;
        let ids: Vec<Uuid> = ids.into_iter().map(|id| id.0).collect();
        let mut tx = self.db().begin().await?;
        let products = db::lock(&mut tx, &ids).await?;
        let changed = match change {
            BulkChange::Status(status) => {
                self.change_status(&mut tx, actor, &products, status)
                    .await?
            }
            BulkChange::Percent(_) | BulkChange::Amount(_) => {
                self.change_prices(&mut tx, actor, &products, change, currency)
                    .await?
            }
        };
        tx.commit().await?;
        Ok(Bulk { changed })
    }

    async fn change_status(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        products: &[Locked],
        status: ProductStatus,
    ) -> Result<usize> {
        let others = products
            .iter()
            .filter(|product| product.status != status.as_str());
        let others: Vec<&Locked> = others.collect();
        let ids: Vec<Uuid> = others.iter().map(|product| product.id).collect();
        db::set_status(tx, &ids, status, self.clock().now()).await?;
        let action = match status {
            ProductStatus::Active | ProductStatus::Scheduled => "put {} on sale",
            ProductStatus::Draft => "made {} a draft",
            ProductStatus::Archived => "archived {}",
        };
        for product in &others {
            let mut entry = entry("product.status", ProductId(product.id), &product.title);
            entry.did = action.replace("{}", &product.title);
            entry.before = Some(json!({ "status": product.status }));
            entry.after = Some(json!({ "status": status }));
            self.record(tx, actor, entry).await?;
        }
        Ok(others.len())
    }

    async fn change_prices(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        products: &[Locked],
        change: BulkChange,
        currency: Currency,
    ) -> Result<usize> {
        let ids: Vec<Uuid> = products.iter().map(|product| product.id).collect();
        let prices = db::prices(tx, &ids).await?;
        let changed = prices
            .iter()
            .map(|(_, id, _, price)| (*id, change.price(*price)));
        let changed: Vec<_> = changed.collect();
        db::set_prices(tx, &ids, &changed, self.clock().now()).await?;
        let words = match change {
            BulkChange::Amount(by) => format!("by {}", Money::new(by, currency)),
            BulkChange::Percent(by) => {
                format!("by {}%", Money::new(by.into(), Currency::GBP).decimal())
            }
            BulkChange::Status(_) => String::new(),
        };
        for product in products {
            let (mut before, mut after) = (Map::new(), Map::new());
            let pairs = prices
                .iter()
                .zip(&changed)
                .filter(|(old, _)| old.0 == product.id);
            for ((_, _, sku, old), (_, new)) in pairs {
                let name = format!("price of {sku}");
                before.insert(name.clone(), json!(Money::new(*old, currency).to_string()));
                after.insert(name, json!(Money::new(*new, currency).to_string()));
            }
            let mut entry = entry("product.priced", ProductId(product.id), &product.title);
            entry.did = format!("changed the prices of {} {words}", product.title);
            entry.before = Some(Value::Object(before));
            entry.after = Some(Value::Object(after));
            self.record(tx, actor, entry).await?;
        }
        Ok(products.len())
    }
}

/// The cursor of a row.
fn place(row: &ListRow, before: bool) -> Option<String> {
    let cursor = Cursor {
        before,
        key: row.product.key.clone()?,
        id: row.product.id?,
    };
    Some(cursor.encode())
}

fn shown(row: ListRow, currency: Currency, zone: &TimeZone) -> Result<ProductRow> {
    let row = row.product;
    let status = row.status.unwrap_or_default();
    let status: ProductStatus = status
        .parse()
        .map_err(|_| Error::Stored(format!("a product's status `{status}`")))?;
    let picture = row
        .picture
        .map(|json| serde_json::from_str(&json))
        .transpose()?;
    let moment = row.published_at.map(|at| words::moment(at.to_jiff(), zone));
    Ok(ProductRow {
        id: ProductId(row.id.unwrap_or_default()),
        handle: row.handle.unwrap_or_default(),
        title: row.title.unwrap_or_default(),
        picture,
        status,
        scheduled: moment.filter(|_| status == ProductStatus::Scheduled),
        category: row.category.unwrap_or_default(),
        brand: row.brand.unwrap_or_default(),
        available: row.available.unwrap_or_default(),
        variants: row.variants.unwrap_or_default(),
        low: row.low.unwrap_or_default(),
        price_from: Money::new(row.price_from.unwrap_or_default(), currency),
        price_to: Money::new(row.price_to.unwrap_or_default(), currency),
    })
}
