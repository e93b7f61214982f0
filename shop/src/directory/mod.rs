//! Finding somebody or something in the admin: the list of customers, and the search over everything.

mod db;

use crate::{Actor, Result, Shop, core::words};
use domain::{
    Money,
    accounts::{CustomerFilter, CustomerList, CustomerRow},
    list::{self, Cursor, Page},
    staff::{AdminHits, Permission},
};

/// How many customers a page shows.
const PAGE: usize = 50;

impl Shop {
    /// A page of the customers that fit.
    pub async fn admin_customers(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
    ) -> Result<CustomerList> {
        actor.require(Permission::ViewCustomers)?;
        let (zone, currency) = (self.time_zone().await?, self.chrome().await?.currency);
        let cursor = Cursor::decode(&filter.after);
        let patterns = patterns(&filter.q);
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let place = cursor.as_ref();
        let rows = db::customers(self.db(), &patterns, filter.sort(), place, limit).await?;
        let page = Page::cut(rows, PAGE, place, |row| (row.key.clone(), row.id.0));
        let now = self.clock().now();
        let rows = page.rows.into_iter().map(|row| CustomerRow {
            id: row.id,
            name: row.name,
            email: row.email,
            orders: row.orders,
            spent: Money::new(row.spent, currency),
            last_order: row
                .last_order
                .map(|at| words::when(at, now, &zone))
                .unwrap_or_default(),
            since: words::when(row.since, now, &zone),
        });
        Ok(CustomerList {
            rows: rows.collect(),
            previous: page.previous.map(|cursor| cursor.encode()),
            next: page.next.map(|cursor| cursor.encode()),
        })
    }

    /// What fits the text best among what somebody may see: a few of each kind.
    pub async fn admin_search(&self, actor: &Actor, text: &str) -> Result<AdminHits> {
        let mut hits = AdminHits::default();
        let patterns = patterns(text);
        if patterns.is_empty() {
            return Ok(hits);
        }
        if actor.may(Permission::ViewOrders) {
            hits.orders = db::orders(self.db(), &patterns, number(text)).await?;
        }
        if actor.may(Permission::ViewProducts) {
            hits.products = db::products(self.db(), &patterns).await?;
        }
        if actor.may(Permission::ViewCustomers) {
            hits.customers = db::people(self.db(), &patterns).await?;
        }
        Ok(hits)
    }
}

/// What a column that is searched has to be like, for each word that was typed.
fn patterns(typed: &str) -> Vec<String> {
    list::words(typed)
        .iter()
        .map(|word| words::pattern(word))
        .collect()
}

/// The number of an order, where the text is one.
fn number(text: &str) -> Option<i64> {
    text.trim().trim_start_matches('#').parse().ok()
}
