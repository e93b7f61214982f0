//! The list of orders as the staff see it.

use super::{
    db::{self, Asked, Found},
    file,
};
use crate::{
    Actor, Result, Shop,
    core::words::{self, start_of},
};
use bytes::Bytes;
use domain::{
    Currency, CustomerId, Money,
    checkout::Country,
    list::{self, Count, Cursor, Page},
    orders::{OrderFilter, OrderList, OrderRow, OrderTab},
    staff::Permission,
};
use futures::{Stream, stream};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// Rows on a page.
const PAGE: usize = 50;
/// Rows that are read at once for a file.
const FILE_PAGE: usize = 1_000;

impl Shop {
    /// A page of the orders that fit.
    pub async fn admin_orders(&self, actor: &Actor, filter: &OrderFilter) -> Result<OrderList> {
        actor.require(Permission::ViewOrders)?;
        let (asked, zone) = self.orders_asked(filter).await?;
        let cursor = asked.cursor(&filter.at);
        let (rows, count, around) = tokio::try_join!(
            db::found(self.db(), &asked, cursor.as_ref(), PAGE + 1),
            db::count(self.db(), &asked),
            db::around(self.db(), asked.customer),
        )?;
        let sort = asked.sort;
        let page = Page::cut(rows, PAGE, cursor.as_ref(), |row| row.place(sort.key));
        let now = self.clock().now();
        Ok(OrderList {
            rows: page
                .rows
                .into_iter()
                .map(|row| shown(row, now, &zone))
                .collect(),
            count: Count::of(count),
            tabs: OrderTab::ALL
                .iter()
                .zip(around.counts)
                .map(|(tab, count)| (*tab, Count::of(count)))
                .collect(),
            previous: page.previous.map(|cursor| cursor.encode()),
            next: page.next.map(|cursor| cursor.encode()),
            countries: named(around.countries),
            customer: around.customer,
        })
    }

    /// All orders that fit, as CSV, a piece at a time.
    pub async fn admin_orders_csv(
        &self,
        actor: &Actor,
        filter: &OrderFilter,
    ) -> Result<impl Stream<Item = Result<Bytes>> + Send + use<>> {
        actor.require(Permission::ViewOrders)?;
        let (asked, zone) = self.orders_asked(filter).await?;
        let (shop, head) = (self.clone(), Bytes::from(file::head()?));
        let rows = stream::try_unfold(Some(None), move |from: Option<Option<Cursor>>| {
            let (shop, asked, zone) = (shop.clone(), asked.clone(), zone.clone());
            async move {
                let Some(cursor) = from else { return Ok(None) };
                let rows = db::exported(shop.db(), &asked, cursor.as_ref(), FILE_PAGE + 1).await?;
                let page = Page::cut(rows, FILE_PAGE, cursor.as_ref(), |row| {
                    row.found.place(asked.sort.key)
                });
                let piece = file::rows(&page.rows, &zone)?;
                Ok(Some((Bytes::from(piece), page.next.map(Some))))
            }
        });
        Ok(futures::StreamExt::chain(stream::iter([Ok(head)]), rows))
    }

    async fn orders_asked(&self, filter: &OrderFilter) -> Result<(Asked, TimeZone)> {
        let zone = self.time_zone().await?;
        let currency = self.chrome().await?.currency;
        Ok((read(filter, &zone, currency), zone))
    }
}

/// What a filter asks for.
fn read(filter: &OrderFilter, zone: &TimeZone, currency: Currency) -> Asked {
    let day = |text: &str| text.parse::<Date>().ok();
    let amount = |text: &str| Money::parse(text.trim(), currency).map(|money| money.minor);
    Asked {
        tab: filter.tab(),
        words: list::words(&filter.q),
        payment: filter.payment.parse().ok(),
        fulfilment: filter.fulfilment.parse().ok(),
        status: filter.status.parse().ok(),
        from: day(&filter.from).and_then(|day| start_of(day, zone)),
        until: day(&filter.to)
            .and_then(|day| day.checked_add(1.day()).ok())
            .and_then(|day| start_of(day, zone)),
        min: amount(&filter.min),
        max: amount(&filter.max),
        customer: filter.customer.parse::<CustomerId>().ok(),
        country: Some(filter.country.clone()).filter(|country| !country.is_empty()),
        sort: filter.sort(),
    }
}

fn shown(row: Found, now: Timestamp, zone: &TimeZone) -> OrderRow {
    OrderRow {
        id: row.id,
        number: row.number,
        placed: words::when(row.placed_at, now, zone),
        placed_at: words::moment(row.placed_at, zone),
        name: row.name,
        country: row.country,
        status: row.status,
        payment: row.payment,
        fulfilment: row.fulfilment,
        items: row.items,
        total: row.total,
    }
}

/// Countries with their names, by name.
fn named(letters: Vec<String>) -> Vec<(String, String)> {
    let mut named: Vec<_> = letters
        .into_iter()
        .map(|letters| {
            let name =
                Country::find(&letters).map_or(letters.clone(), |country| country.name.into());
            (letters, name)
        })
        .collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named
}
