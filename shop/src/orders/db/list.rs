//! The SQL of the list of orders.
//!
//! Each way to sort has an index that holds all that is filtered by, so the rows of a page are found in an index alone; only then
//! are they read. The statements are put together for each filter and planned anew for what it asks: how many fit decides how
//! they are found best.

use super::view::stored;
use crate::{Error, Result};
use domain::{
    Currency, CustomerId, Money, OrderId,
    list::{Count, Cursor},
    orders::{FulfilmentStatus, OrderKey, OrderSort, OrderStatus, OrderTab, PaymentStatus},
};
use jiff::Timestamp;
use sqlx::{PgPool, Postgres, QueryBuilder, Row as _, postgres::PgRow};
use uuid::Uuid;

/// Which orders are asked for, and in which order.
#[derive(Debug, Clone)]
pub(in crate::orders) struct Asked {
    pub(in crate::orders) tab: OrderTab,
    pub(in crate::orders) words: Vec<String>,
    pub(in crate::orders) payment: Option<PaymentStatus>,
    pub(in crate::orders) fulfilment: Option<FulfilmentStatus>,
    pub(in crate::orders) status: Option<OrderStatus>,
    pub(in crate::orders) from: Option<Timestamp>,
    pub(in crate::orders) until: Option<Timestamp>,
    pub(in crate::orders) min: Option<i64>,
    pub(in crate::orders) max: Option<i64>,
    pub(in crate::orders) customer: Option<CustomerId>,
    pub(in crate::orders) country: Option<String>,
    pub(in crate::orders) sort: OrderSort,
}

/// What a view shows, as a condition on `o`.
const fn condition(tab: OrderTab) -> &'static str {
    match tab {
        OrderTab::All => "true",
        OrderTab::ToSend => {
            "o.status = 'open' and o.fulfilment_status in ('unfulfilled', 'partial')"
        }
        OrderTab::Unpaid => "o.status = 'pending'",
        OrderTab::Attention => {
            "o.id in (select e.order_id from order_event e where e.kind = 'needs_attention' and not exists \
             (select 1 from order_event later where later.order_id = e.order_id and later.id > e.id and later.staff_name <> ''))"
        }
        OrderTab::Disputed => "o.payment_status = 'disputed'",
        OrderTab::Refunded => "o.payment_status in ('partially_refunded', 'refunded')",
        OrderTab::Cancelled => "o.status = 'cancelled'",
    }
}

/// What is sorted by, of `o`.
const fn column(key: OrderKey) -> &'static str {
    match key {
        OrderKey::Number => "o.number",
        OrderKey::Date => "o.placed_at",
        OrderKey::Amount => "o.total",
        OrderKey::Customer => "o.recipient",
        OrderKey::Country => "o.shipping_country",
        OrderKey::Payment => "o.payment_status",
        OrderKey::Fulfilment => "o.fulfilment_status",
    }
}

impl Asked {
    /// Where the page begins; one of another order is as if it were not there.
    pub(in crate::orders) fn cursor(&self, word: &str) -> Option<Cursor> {
        Cursor::decode(word).filter(|cursor| Key::read(self.sort.key, &cursor.key).is_some())
    }

    /// The conditions on `o`.
    fn narrow(&self, sql: &mut QueryBuilder<Postgres>) {
        sql.push(condition(self.tab));
        if let Some(payment) = self.payment {
            sql.push(" and o.payment_status = ")
                .push_bind(payment.as_str());
        }
        if let Some(fulfilment) = self.fulfilment {
            sql.push(" and o.fulfilment_status = ")
                .push_bind(fulfilment.as_str());
        }
        if let Some(status) = self.status {
            sql.push(" and o.status = ").push_bind(status.as_str());
        }
        if let Some(from) = self.from {
            sql.push(" and o.placed_at >= ")
                .push_bind(jiff_sqlx::Timestamp::from(from));
        }
        if let Some(until) = self.until {
            sql.push(" and o.placed_at < ")
                .push_bind(jiff_sqlx::Timestamp::from(until));
        }
        if let Some(min) = self.min {
            sql.push(" and o.total >= ").push_bind(min);
        }
        if let Some(max) = self.max {
            sql.push(" and o.total <= ").push_bind(max);
        }
        if let Some(customer) = self.customer {
            sql.push(" and o.customer_id = ").push_bind(customer.0);
        }
        if let Some(country) = &self.country {
            sql.push(" and o.shipping_country = ")
                .push_bind(country.clone());
        }
        for word in &self.words {
            sql.push(" and o.search like plain_text(")
                .push_bind(crate::core::words::pattern(word))
                .push(")");
        }
    }

    /// What is selected of the orders behind the cursor, or before it, the nearest first.
    fn page(
        &self,
        selected: &str,
        cursor: Option<&Cursor>,
        limit: usize,
    ) -> QueryBuilder<Postgres> {
        let key = column(self.sort.key);
        let cursor =
            cursor.and_then(|cursor| Some((cursor, Key::read(self.sort.key, &cursor.key)?)));
        let before = cursor.as_ref().is_some_and(|(cursor, _)| cursor.before);
        let rises = self.sort.falls == before;
        let (direction, sign) = if rises { ("asc", ">") } else { ("desc", "<") };
        let mut sql =
            QueryBuilder::new("with page as materialized (select o.id from \"order\" o where ");
        self.narrow(&mut sql);
        if let Some((cursor, value)) = cursor {
            sql.push(format!(" and ({key}, o.id) {sign} ("));
            match value {
                Key::Number(number) => sql.push_bind(number),
                Key::Time(time) => sql.push_bind(jiff_sqlx::Timestamp::from(time)),
                Key::Text(text) => sql.push_bind(text),
            };
            sql.push(", ").push_bind(cursor.id).push(")");
        }
        let order = format!(" order by {key} {direction}, o.id {direction}");
        sql.push(&order)
            .push(" limit ")
            .push_bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .push(format!(
                ") select {selected} from page join \"order\" o on o.id = page.id"
            ))
            .push(order);
        sql
    }
}

/// A place in the order, as the column has it.
enum Key {
    Number(i64),
    Time(Timestamp),
    Text(String),
}

impl Key {
    /// Reads what a cursor tells; `None` where it is of another order.
    fn read(key: OrderKey, text: &str) -> Option<Self> {
        match key {
            OrderKey::Number | OrderKey::Amount => text.parse().ok().map(Self::Number),
            OrderKey::Date => text.parse().ok().map(Self::Time),
            OrderKey::Customer | OrderKey::Country | OrderKey::Payment | OrderKey::Fulfilment => {
                Some(Self::Text(text.to_owned()))
            }
        }
    }
}

/// An order of the list.
pub(in crate::orders) struct Found {
    pub(in crate::orders) id: OrderId,
    pub(in crate::orders) number: i64,
    pub(in crate::orders) placed_at: Timestamp,
    pub(in crate::orders) name: String,
    recipient: String,
    pub(in crate::orders) country: String,
    pub(in crate::orders) status: OrderStatus,
    pub(in crate::orders) payment: PaymentStatus,
    pub(in crate::orders) fulfilment: FulfilmentStatus,
    pub(in crate::orders) items: i32,
    pub(in crate::orders) total: Money,
}

const FOUND: &str = "o.id, o.number, o.placed_at, coalesce(o.shipping_address ->> 'name', '') as name, o.recipient, \
                     o.shipping_country, o.status, o.payment_status, o.fulfilment_status, o.items, o.total, o.currency";

impl Found {
    /// Where it stands in the order.
    pub(in crate::orders) fn place(&self, key: OrderKey) -> (String, Uuid) {
        let key = match key {
            OrderKey::Number => self.number.to_string(),
            OrderKey::Date => self.placed_at.to_string(),
            OrderKey::Amount => self.total.minor.to_string(),
            OrderKey::Customer => self.recipient.clone(),
            OrderKey::Country => self.country.clone(),
            OrderKey::Payment => self.payment.to_string(),
            OrderKey::Fulfilment => self.fulfilment.to_string(),
        };
        (key, self.id.0)
    }

    fn read(row: &PgRow) -> Result<Self> {
        let word = |column| row.try_get::<&str, _>(column);
        let currency: Currency = stored(word("currency")?.parse())?;
        Ok(Self {
            id: OrderId(row.try_get("id")?),
            number: row.try_get("number")?,
            placed_at: row
                .try_get::<jiff_sqlx::Timestamp, _>("placed_at")?
                .to_jiff(),
            name: row.try_get("name")?,
            recipient: row.try_get("recipient")?,
            country: row.try_get("shipping_country")?,
            status: stored(word("status")?.parse())?,
            payment: stored(word("payment_status")?.parse())?,
            fulfilment: stored(word("fulfilment_status")?.parse())?,
            items: row.try_get("items")?,
            total: Money::new(row.try_get("total")?, currency),
        })
    }
}

/// Up to `limit` orders behind the cursor, or before it, the nearest first.
pub(in crate::orders) async fn found(
    db: &PgPool,
    asked: &Asked,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Found>> {
    let mut sql = asked.page(FOUND, cursor, limit);
    let rows = sql.build().persistent(false).fetch_all(db).await?;
    rows.iter().map(Found::read).collect()
}

/// How many fit; one more than [`Count::MOST`] stands for more.
pub(in crate::orders) async fn count(db: &PgPool, asked: &Asked) -> Result<i64> {
    let mut sql = QueryBuilder::new("select count(*) from (select 1 from \"order\" o where ");
    asked.narrow(&mut sql);
    sql.push(" limit ")
        .push_bind(Count::MOST + 1)
        .push(") counted");
    let query = sql.build_query_scalar().persistent(false);
    Ok(query.fetch_one(db).await?)
}

/// What stands around the list.
pub(in crate::orders) struct Around {
    /// How many each view has.
    pub(in crate::orders) counts: Vec<i64>,
    /// Where orders go.
    pub(in crate::orders) countries: Vec<String>,
    /// The name of the customer.
    pub(in crate::orders) customer: Option<String>,
}

pub(in crate::orders) async fn around(db: &PgPool, customer: Option<CustomerId>) -> Result<Around> {
    let mut sql = QueryBuilder::new("select array[");
    for (at, tab) in OrderTab::ALL.iter().enumerate() {
        sql.push(if at > 0 { ", " } else { "" });
        sql.push(format!(
            "(select count(*) from (select 1 from \"order\" o where {} limit {}) counted)",
            condition(*tab),
            Count::MOST + 1
        ));
    }
    sql.push(
        "] as counts, array(select country from shipping_zone_country) as countries,
         (select coalesce(nullif(name, ''), email::text, 'A deleted customer') from customer where id = ",
    )
    .push_bind(customer.map(|id| id.0))
    .push(") as customer");
    let row = sql.build().persistent(false).fetch_one(db).await?;
    Ok(Around {
        counts: row.try_get("counts")?,
        countries: row.try_get("countries")?,
        customer: row.try_get("customer")?,
    })
}

/// An order as a row of a file.
pub(in crate::orders) struct Exported {
    pub(in crate::orders) found: Found,
    pub(in crate::orders) email: String,
    pub(in crate::orders) postcode: String,
    pub(in crate::orders) coupon: Option<String>,
    /// Things, discount, delivery, tax within, tax added, given back; in minor units.
    pub(in crate::orders) amounts: [i64; 6],
}

/// The same as [`found`], with what a file has besides.
pub(in crate::orders) async fn exported(
    db: &PgPool,
    asked: &Asked,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Exported>> {
    let selected = format!(
        "{FOUND}, o.email::text as email, coalesce(o.shipping_address ->> 'postcode', '') as postcode, o.coupon_code,
         array[o.subtotal, o.discount, o.shipping, o.tax_included, o.tax_added,
               (select coalesce(sum(r.amount), 0)::bigint from refund r join payment p on p.id = r.payment_id
                where r.order_id = o.id and r.status = 'succeeded' and p.status = 'succeeded')] as amounts"
    );
    let mut sql = asked.page(&selected, cursor, limit);
    let rows = sql.build().persistent(false).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let amounts: Vec<i64> = row.try_get("amounts")?;
            Ok(Exported {
                found: Found::read(row)?,
                email: row.try_get("email")?,
                postcode: row.try_get("postcode")?,
                coupon: row.try_get("coupon_code")?,
                amounts: amounts
                    .try_into()
                    .map_err(|_| Error::Invariant("six amounts were asked for".into()))?,
            })
        })
        .collect()
}
