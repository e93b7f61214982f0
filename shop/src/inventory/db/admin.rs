//! The SQL of the admin's inventory: how many there are of what, and the ledger of one variant.

use crate::{Error, Result};
use domain::{
    catalog::Picture,
    inventory::{InventoryRow, InventorySort, InventoryTab, LOW, MovementKind, StockLevel},
    list::Cursor,
};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

/// A variant with its place in the list.
pub(in crate::inventory) struct Found {
    pub(in crate::inventory) id: Uuid,
    /// What it is sorted by, as text that sorts bytewise.
    pub(in crate::inventory) key: String,
    pub(in crate::inventory) row: InventoryRow,
}

/// Which variants are asked for.
pub(in crate::inventory) struct Asked<'a> {
    /// Patterns that title and SKU have to fit.
    pub(in crate::inventory) patterns: &'a [String],
    pub(in crate::inventory) tab: InventoryTab,
    pub(in crate::inventory) sort: InventorySort,
    /// One variant alone.
    pub(in crate::inventory) sku: Option<&'a str>,
    pub(in crate::inventory) cursor: Option<&'a Cursor>,
    pub(in crate::inventory) limit: usize,
}

fn picture(json: Option<Value>) -> Result<Option<Picture>> {
    match json {
        None | Some(Value::Null) => Ok(None),
        Some(value) => Ok(Some(serde_json::from_value(value)?)),
    }
}

/// Variants that are not archived (or the one that is asked for), from the cursor on.
pub(in crate::inventory) async fn levels(db: &PgPool, asked: &Asked<'_>) -> Result<Vec<Found>> {
    let (least, most) = match asked.tab {
        InventoryTab::All => (i64::MIN, i64::MAX),
        InventoryTab::Low => (1, i64::from(LOW)),
        InventoryTab::Out => (i64::MIN, 0),
    };
    // Sums lie far within what is added to them here: they are texts of one length, which sort as the numbers do.
    let rows = sqlx::query!(
        r#"with level as (
               select v.id, v.sku, v.product_id, v.position, p.title, p.card -> 'picture' as picture, s.*,
                      s.on_hand - s.allocated - s.reserved as available
               from variant v
               join product p on p.id = v.product_id
               cross join lateral (
                   select coalesce(sum(on_hand), 0)::bigint as on_hand, coalesce(sum(allocated), 0)::bigint as allocated,
                          coalesce(sum(reserved), 0)::bigint as reserved
                   from stock_level where variant_id = v.id) s
               where case when $1::text is null then v.archived_at is null and p.status <> 'archived' else v.sku = $1 end
                 and plain_text(' ' || p.title || ' ' || v.sku) like all (array(select plain_text(word) from unnest($2::text[]) as word))
           ), keyed as (
               select l.*, case $3::text
                               when 'fewest' then to_char(l.available + 1000000000000, 'FM0000000000000')
                               when 'most' then to_char(1000000000000 - l.available, 'FM0000000000000')
                               else plain_text(l.title) || ' ' || to_char(l.position, 'FM0000')
                           end collate "C" as key
               from level l where l.available between $4 and $5
           )
           select k.id, k.sku, k.title, k.on_hand as "on_hand!", k.allocated as "allocated!", k.reserved as "reserved!",
                  k.key as "key!", concat_ws(', ', v1.name, v2.name, v3.name) as "label!",
                  case when a.id is null then k.picture
                       else jsonb_build_object('hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height,
                                               'tone', a.tone, 'alt', m.alt) end as picture
           from (select * from keyed
                 where $6::text is null or case when $8 then (key, id) < ($6 collate "C", $7::uuid)
                                                        else (key, id) > ($6 collate "C", $7::uuid) end
                 order by case when $8 then key end desc, case when $8 then id end desc, key, id
                 limit $9) k
           join variant v on v.id = k.id
           left join option_value v1 on v1.id = v.option1_value_id
           left join option_value v2 on v2.id = v.option2_value_id
           left join option_value v3 on v3.id = v.option3_value_id
           left join product_media m on m.id = v.media_id
           left join asset a on a.id = m.asset_id
           order by case when $8 then k.key end desc, case when $8 then k.id end desc, k.key, k.id"#,
        asked.sku,
        asked.patterns,
        asked.sort.as_str(),
        least,
        most,
        asked.cursor.map(|cursor| cursor.key.as_str()),
        asked.cursor.map(|cursor| cursor.id),
        asked.cursor.is_some_and(|cursor| cursor.before),
        i64::try_from(asked.limit).unwrap_or(i64::MAX),
    )
    .fetch_all(db)
    .await?;
    let units = |sum: i64| i32::try_from(sum).unwrap_or(i32::MAX);
    rows.into_iter()
        .map(|row| {
            Ok(Found {
                id: row.id,
                key: row.key,
                row: InventoryRow {
                    sku: row.sku,
                    title: row.title,
                    label: row.label,
                    picture: picture(row.picture)?,
                    level: StockLevel {
                        on_hand: units(row.on_hand),
                        allocated: units(row.allocated),
                        reserved: units(row.reserved),
                    },
                },
            })
        })
        .collect()
}

/// For how many orders a variant is allocated: paid, with something of it left to send.
pub(in crate::inventory) async fn orders_waiting(db: &PgPool, variant: Uuid) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(distinct o.id) as "count!" from "order" o join order_line l on l.order_id = o.id
           where l.variant_id = $1 and o.status = 'open' and o.fulfilment_status in ('unfulfilled', 'partial')
             and l.fulfilled < l.quantity"#,
        variant,
    )
    .fetch_one(db)
    .await?)
}

/// A row of the ledger.
pub(in crate::inventory) struct Movement {
    pub(in crate::inventory) id: i64,
    pub(in crate::inventory) at: Timestamp,
    pub(in crate::inventory) kind: MovementKind,
    pub(in crate::inventory) quantity: i32,
    pub(in crate::inventory) reason: String,
    pub(in crate::inventory) staff: String,
    pub(in crate::inventory) order: Option<i64>,
    /// What all that came after it, and itself, did to what can be sold.
    pub(in crate::inventory) since: i64,
}

/// The movements of a variant, the latest first, of a kind and before another where that is asked for.
pub(in crate::inventory) async fn movements(
    db: &PgPool,
    variant: Uuid,
    kind: Option<MovementKind>,
    below: Option<(Timestamp, i64)>,
    limit: i64,
) -> Result<Vec<Movement>> {
    let rows = sqlx::query!(
        r#"select m.id, m.at as "at: jiff_sqlx::Timestamp", m.kind, m.quantity, m.reason, m.staff_name,
                  o.number as "number?", m.since as "since!"
           from (select *, sum(case when kind in ('received', 'adjusted', 'restocked', 'released', 'deallocated') then quantity
                                    when kind = 'reserved' then -quantity else 0 end)
                             over (order by at desc, id desc rows unbounded preceding) as since
                 from stock_movement where variant_id = $1) m
           left join "order" o on o.id = m.order_id
           where ($2::text is null or m.kind = $2)
             and ($3::timestamptz is null or (m.at, m.id) < ($3, $4::bigint))
           order by m.at desc, m.id desc limit $5"#,
        variant,
        kind.map(MovementKind::as_str),
        below.map(|(at, _)| jiff_sqlx::Timestamp::from(at)) as _,
        below.map(|(_, id)| id),
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Movement {
                id: row.id,
                at: row.at.to_jiff(),
                kind: row
                    .kind
                    .parse()
                    .map_err(|word| Error::Stored(format!("{word}")))?,
                quantity: row.quantity,
                reason: row.reason,
                staff: row.staff_name,
                order: row.number,
                since: row.since,
            })
        })
        .collect()
}
