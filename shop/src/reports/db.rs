//! The SQL of figures.

use crate::{Error, Result};
use domain::{
    catalog::Picture,
    reports::{LowRow, TopProduct, days_left},
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgPool;

/// An amount and a number that fall between two bounds.
pub(super) struct Bucket {
    /// Between which: 0 is from the first bound to the second.
    pub(super) at: usize,
    pub(super) amount: i64,
    pub(super) count: i64,
}

/// Moments in a row, as SQL is given them. The first and the last stand by themselves too: a condition on them is one that
/// Postgres knows how to share between workers, and how much of the table it leaves.
pub(super) struct Bounds {
    list: Vec<String>,
    first: Timestamp,
    last: Timestamp,
}

impl Bounds {
    /// At least two moments.
    pub(super) fn new(bounds: &[Timestamp]) -> Self {
        Self {
            list: bounds.iter().map(Timestamp::to_string).collect(),
            first: bounds[0],
            last: bounds[bounds.len() - 1],
        }
    }

    fn first(&self) -> jiff_sqlx::Timestamp {
        self.first.into()
    }

    fn last(&self) -> jiff_sqlx::Timestamp {
        self.last.into()
    }
}

fn place(bucket: i32) -> usize {
    usize::try_from(bucket - 1).unwrap_or(0)
}

/// Between each two bounds, what the orders came to that were paid, and how many they were.
pub(super) async fn paid(db: &PgPool, bounds: &Bounds) -> Result<Vec<Bucket>> {
    let rows = sqlx::query!(
        r#"select width_bucket(paid_at, (select $1::text[]::timestamptz[])) as "bucket!", sum(total)::bigint as "amount!",
                  count(*) as "count!"
           from "order" where paid_at >= $2 and paid_at < $3 group by 1"#,
        &bounds.list,
        bounds.first() as _,
        bounds.last() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Bucket {
            at: place(row.bucket),
            amount: row.amount,
            count: row.count,
        })
        .collect())
}

/// The same for what went back, or is on its way back. What was paid twice was never sold twice: it does not count.
pub(super) async fn refunded(db: &PgPool, bounds: &Bounds) -> Result<Vec<Bucket>> {
    let rows = sqlx::query!(
        r#"select width_bucket(r.created_at, (select $1::text[]::timestamptz[])) as "bucket!", sum(r.amount)::bigint as "amount!",
                  count(*) as "count!"
           from refund r
           where r.created_at >= $2 and r.created_at < $3 and r.status in ('pending', 'succeeded')
             and not exists (select 1 from payment p where p.id = r.payment_id and p.status = 'returned')
           group by 1"#,
        &bounds.list,
        bounds.first() as _,
        bounds.last() as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Bucket {
            at: place(row.bucket),
            amount: row.amount,
            count: row.count,
        })
        .collect())
}

/// How many carts were started, and how many of them were bought.
pub(super) struct Carts {
    pub(super) started: i64,
    pub(super) bought: i64,
}

/// The carts started between the first two moments, and between the last two.
pub(super) async fn carts(
    db: &PgPool,
    [first, middle, last]: [Timestamp; 3],
) -> Result<[Carts; 2]> {
    let row = sqlx::query!(
        r#"select count(*) filter (where created_at < $2) as "started_before!",
                  count(completed_at) filter (where created_at < $2) as "bought_before!",
                  count(*) filter (where created_at >= $2) as "started!",
                  count(completed_at) filter (where created_at >= $2) as "bought!"
           from cart where created_at >= $1 and created_at < $3"#,
        jiff_sqlx::Timestamp::from(first) as _,
        jiff_sqlx::Timestamp::from(middle) as _,
        jiff_sqlx::Timestamp::from(last) as _,
    )
    .fetch_one(db)
    .await?;
    Ok([
        Carts {
            started: row.started_before,
            bought: row.bought_before,
        },
        Carts {
            started: row.started,
            bought: row.bought,
        },
    ])
}

fn read<T: DeserializeOwned>(json: Option<Value>) -> Result<Option<T>> {
    match json {
        None | Some(Value::Null) => Ok(None),
        Some(value) => Ok(Some(serde_json::from_value(value)?)),
    }
}

/// What sold best of what was paid between the two.
pub(super) async fn top(
    db: &PgPool,
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<Vec<TopProduct>> {
    let rows = sqlx::query!(
        r#"select p.id, p.title, p.card -> 'picture' as picture, s.quantity as "quantity!", s.sales as "sales!"
           from (select product_id, sum(quantity)::bigint as quantity, sum(subtotal - discount)::bigint as sales
                 from order_line where paid_at >= $1 and paid_at < $2
                 group by product_id order by sales desc, product_id limit $3) s
           join product p on p.id = s.product_id
           order by s.sales desc, p.id"#,
        jiff_sqlx::Timestamp::from(from) as _,
        jiff_sqlx::Timestamp::from(to) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(TopProduct {
                id: row.id.to_string(),
                title: row.title,
                picture: read::<Picture>(row.picture)?,
                quantity: row.quantity,
                sales: row.sales,
            })
        })
        .collect()
}

/// The variants on sale of which at most `most` can be had, with how long they last if they sell on as since `since`,
/// which is `days` ago.
pub(super) async fn low(
    db: &PgPool,
    most: i32,
    since: Timestamp,
    days: i64,
    limit: i64,
) -> Result<Vec<LowRow>> {
    let rows = sqlx::query!(
        r#"with low as (
               select v.id, v.sku, v.product_id, v.option1_value_id, v.option2_value_id, v.option3_value_id, v.media_id,
                      coalesce(sum(s.on_hand - s.allocated - s.reserved), 0)::bigint as available
               from variant v join product p on p.id = v.product_id left join stock_level s on s.variant_id = v.id
               where p.status = 'active' and v.archived_at is null
               group by v.id having coalesce(sum(s.on_hand - s.allocated - s.reserved), 0) <= $1::bigint
               order by available, v.sku limit $3
           ), sold as (
               select m.variant_id, sum(case m.kind when 'allocated' then m.quantity else -m.quantity end)::bigint as quantity
               from stock_movement m
               where m.variant_id = any (array(select id from low)) and m.at >= $2 and m.kind in ('allocated', 'deallocated')
               group by m.variant_id
           )
           select l.sku, l.available as "available!", p.title, coalesce(sold.quantity, 0) as "sold!",
                  concat_ws(', ', v1.name, v2.name, v3.name) as "label!",
                  case when a.id is null then p.card -> 'picture'
                       else jsonb_build_object('hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height,
                                               'tone', a.tone, 'alt', m.alt) end as picture
           from low l
           join product p on p.id = l.product_id
           left join sold on sold.variant_id = l.id
           left join option_value v1 on v1.id = l.option1_value_id
           left join option_value v2 on v2.id = l.option2_value_id
           left join option_value v3 on v3.id = l.option3_value_id
           left join product_media m on m.id = l.media_id
           left join asset a on a.id = m.asset_id
           order by l.available, l.sku"#,
        i64::from(most),
        jiff_sqlx::Timestamp::from(since) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok::<_, Error>(LowRow {
                sku: row.sku,
                title: row.title,
                label: row.label,
                picture: read::<Picture>(row.picture)?,
                available: row.available,
                days_left: days_left(row.available, row.sold, days),
            })
        })
        .collect()
}

/// What waits for somebody.
pub(super) struct Waiting {
    pub(super) unpaid: i64,
    pub(super) disputed: i64,
    pub(super) attention: i64,
    pub(super) dead_jobs: i64,
}

pub(super) async fn waiting(db: &PgPool) -> Result<Waiting> {
    let row = sqlx::query!(
        r#"select (select count(*) from "order" where status = 'pending') as "unpaid!",
                  (select count(*) from "order" where payment_status = 'disputed') as "disputed!",
                  (select count(distinct e.order_id) from order_event e where e.kind = 'needs_attention'
                   and not exists (select 1 from order_event later where later.order_id = e.order_id and later.id > e.id
                                   and later.staff_name <> '')) as "attention!",
                  (select count(*) from job where died_at is not null) as "dead!""#
    )
    .fetch_one(db)
    .await?;
    Ok(Waiting {
        unpaid: row.unpaid,
        disputed: row.disputed,
        attention: row.attention,
        dead_jobs: row.dead,
    })
}

/// Whether the shop has a product, and whether it has an order.
pub(super) async fn begun(db: &PgPool) -> Result<(bool, bool)> {
    let row = sqlx::query!(
        r#"select exists (select 1 from product) as "products!", exists (select 1 from "order") as "orders!""#
    )
    .fetch_one(db)
    .await?;
    Ok((row.products, row.orders))
}
