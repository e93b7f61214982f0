//! The SQL of figures. It reads across the domains, and writes nothing.

use crate::Result;
use domain::{
    Currency, Money, inventory,
    reports::{LowStock, ToDo, TopProduct},
};
use jiff::Timestamp;
use sqlx::PgPool;

/// What moved in one piece of a period.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moved {
    /// How many orders were paid.
    pub(super) orders: i64,
    /// What came in.
    pub(super) paid: i64,
    /// What went back of payments that stand.
    pub(super) back: i64,
}

/// What moved, piece by piece: from each bound to the next.
pub(super) async fn moved(db: &PgPool, bounds: &[Timestamp]) -> Result<Vec<Moved>> {
    let Some((first, last)) = bounds.first().zip(bounds.last()) else {
        return Ok(Vec::new());
    };
    let times: Vec<jiff_sqlx::Timestamp> = bounds.iter().map(|at| (*at).into()).collect();
    let rows = sqlx::query!(
        r#"select width_bucket(at, $1::timestamptz[]) as "piece!", sum(orders)::bigint as "orders!",
                  sum(paid)::bigint as "paid!", sum(back)::bigint as "back!"
           from (select paid_at as at, 1 as orders, total as paid, 0::bigint as back
                 from "order" where paid_at >= $2 and paid_at < $3
                 union all
                 select r.updated_at, 0, 0, r.amount
                 from refund r join payment p on p.id = r.payment_id and p.status = 'succeeded'
                 where r.status = 'succeeded' and r.updated_at >= $2 and r.updated_at < $3) moved
           group by 1"#,
        &times as &[jiff_sqlx::Timestamp],
        jiff_sqlx::Timestamp::from(*first) as _,
        jiff_sqlx::Timestamp::from(*last) as _,
    )
    .fetch_all(db)
    .await?;
    let mut pieces = vec![Moved::default(); bounds.len() - 1];
    for row in rows {
        let at = usize::try_from(row.piece - 1).unwrap_or(usize::MAX);
        if let Some(piece) = pieces.get_mut(at) {
            *piece = Moved {
                orders: row.orders,
                paid: row.paid,
                back: row.back,
            };
        }
    }
    Ok(pieces)
}

/// How many baskets were begun in a span of time, and how many of them were bought since.
pub(super) async fn baskets(db: &PgPool, from: Timestamp, until: Timestamp) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) as "begun!", count(completed_at) as "bought!" from cart
           where created_at >= $1 and created_at < $2"#,
        jiff_sqlx::Timestamp::from(from) as _,
        jiff_sqlx::Timestamp::from(until) as _,
    )
    .fetch_one(db)
    .await?;
    Ok((row.begun, row.bought))
}

/// What sold most in a span of time, by what was paid for it.
pub(super) async fn top(
    db: &PgPool,
    currency: Currency,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<TopProduct>> {
    let rows = sqlx::query!(
        r#"select p.handle, p.title, p.card -> 'picture' as picture, sold.quantity as "quantity!", sold.amount as "amount!"
           from (select l.product_id, sum(l.quantity)::bigint as quantity, sum(l.subtotal - l.discount)::bigint as amount
                 from "order" o join order_line l on l.order_id = o.id
                 where o.paid_at >= $1 and o.paid_at < $2
                 group by l.product_id order by 3 desc, 1 limit 5) sold
           join product p on p.id = sold.product_id
           order by sold.amount desc, p.id"#,
        jiff_sqlx::Timestamp::from(from) as _,
        jiff_sqlx::Timestamp::from(until) as _,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(TopProduct {
                handle: row.handle,
                title: row.title,
                picture: row
                    .picture
                    .map(serde_json::from_value)
                    .transpose()?
                    .flatten(),
                quantity: row.quantity,
                amount: Money::new(row.amount, currency),
            })
        })
        .collect()
}

/// Variants of which there are few left, those that end first leading. What was promised to orders since a moment is their pace.
pub(super) async fn low(db: &PgPool, since: Timestamp, limit: i64) -> Result<Vec<LowStock>> {
    let rows = sqlx::query!(
        r#"with sold as (
               select variant_id, sum(case kind when 'allocated' then quantity else -quantity end)::bigint as quantity
               from stock_movement where kind in ('allocated', 'deallocated') and at >= $1 group by variant_id
           )
           select v.sku, p.title, concat_ws(', ', v1.name, v2.name, v3.name) as "label!", p.card -> 'picture' as picture,
                  s.available::int as "available!", greatest(coalesce(sold.quantity, 0), 0) as "sold!"
           from (select variant_id, sum(on_hand - allocated - reserved) as available from stock_level
                 group by variant_id having sum(on_hand - allocated - reserved) <= $2) s
           join variant v on v.id = s.variant_id and v.archived_at is null
           join product p on p.id = v.product_id and p.status = 'active'
           left join sold on sold.variant_id = v.id
           left join option_value v1 on v1.id = v.option1_value_id
           left join option_value v2 on v2.id = v.option2_value_id
           left join option_value v3 on v3.id = v.option3_value_id
           order by case when coalesce(sold.quantity, 0) > 0 then s.available / sold.quantity end nulls last,
                    s.available, v.sku
           limit $3"#,
        jiff_sqlx::Timestamp::from(since) as _,
        i64::from(inventory::LOW),
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(LowStock {
                sku: row.sku,
                title: row.title,
                label: row.label,
                picture: row
                    .picture
                    .map(serde_json::from_value)
                    .transpose()?
                    .flatten(),
                available: row.available,
                sold: row.sold,
            })
        })
        .collect()
}

/// What waits for somebody, and how many orders were paid since midnight.
pub(super) async fn to_do(db: &PgPool, midnight: Timestamp) -> Result<(ToDo, i64)> {
    let row = sqlx::query!(
        r#"select (select count(*) from "order"
                   where status = 'open' and fulfilment_status in ('unfulfilled', 'partial')) as "to_send!",
                  (select count(*) from "order" where status = 'pending') as "unpaid!",
                  (select count(distinct e.order_id) from order_event e where e.kind = 'needs_attention'
                   and not exists (select 1 from order_event later where later.order_id = e.order_id and later.id > e.id
                                   and later.staff_name <> '')) as "attention!",
                  (select count(*) from "order" where payment_status = 'disputed') as "disputed!",
                  (select count(*) from job where died_at is not null) as "dead_jobs!",
                  (select count(*) from "order" where paid_at >= $1) as "today!""#,
        jiff_sqlx::Timestamp::from(midnight) as _,
    )
    .fetch_one(db)
    .await?;
    let to_do = ToDo {
        to_send: Some(row.to_send),
        unpaid: Some(row.unpaid),
        attention: Some(row.attention),
        disputed: Some(row.disputed),
        dead_jobs: Some(row.dead_jobs),
    };
    Ok((to_do, row.today))
}
