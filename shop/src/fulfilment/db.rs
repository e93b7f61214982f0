//! The SQL of what was sent.

use crate::Result;
use domain::{
    FulfilmentId, OrderId,
    fulfilment::{Consignment, Parcel, ParcelLine},
};
use jiff::{Timestamp, tz::TimeZone};
use serde::Deserialize;
use sqlx::PgConnection;
use uuid::Uuid;

/// Writes what was sent together. The order is locked: its parcels are counted up. Returns which one this is.
pub(super) async fn insert(
    tx: &mut PgConnection,
    id: FulfilmentId,
    order: OrderId,
    sent: &Consignment,
    staff: Option<Uuid>,
    now: Timestamp,
) -> Result<i32> {
    let position = sqlx::query_scalar!(
        "insert into fulfilment (id, order_id, position, carrier, tracking, tracking_url, staff_id, created_at)
         select $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6, $7 from fulfilment where order_id = $2
         returning position",
        id.0,
        order.0,
        sent.carrier,
        sent.tracking,
        sent.tracking_url,
        staff,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_one(&mut *tx)
    .await?;
    let (lines, quantities): (Vec<Uuid>, Vec<i32>) = sent
        .lines
        .iter()
        .map(|(line, quantity)| (line.0, *quantity))
        .unzip();
    sqlx::query!(
        "insert into fulfilment_line (fulfilment_id, order_line_id, quantity)
         select $1, line, quantity from unnest($2::uuid[], $3::int[]) as sent (line, quantity)",
        id.0,
        &lines,
        &quantities,
    )
    .execute(tx)
    .await?;
    Ok(position)
}

/// A row of a parcel, as the statement puts it together.
#[derive(Deserialize)]
struct Row {
    title: String,
    label: String,
    sku: String,
    quantity: i32,
}

/// What was sent of an order, the first first.
pub(super) async fn parcels(
    connection: &mut PgConnection,
    order: OrderId,
    words: impl Fn(Timestamp, &TimeZone) -> String,
    time_zone: &TimeZone,
) -> Result<Vec<Parcel>> {
    let rows = sqlx::query!(
        r#"select f.id, f.position, f.carrier, f.tracking, f.tracking_url, f.created_at as "at: jiff_sqlx::Timestamp",
                  coalesce((select jsonb_agg(jsonb_build_object('title', l.title, 'label', l.label, 'sku', l.sku,
                                                                'quantity', s.quantity) order by l.position)
                            from fulfilment_line s join order_line l on l.id = s.order_line_id
                            where s.fulfilment_id = f.id), '[]') as "lines!"
           from fulfilment f where f.order_id = $1 order by f.position"#,
        order.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let lines: Vec<Row> = serde_json::from_value(row.lines)?;
            Ok(Parcel {
                id: FulfilmentId(row.id),
                position: row.position,
                carrier: row.carrier,
                tracking: row.tracking,
                tracking_url: Some(row.tracking_url).filter(|url| !url.is_empty()),
                sent_at: words(row.at.to_jiff(), time_zone),
                lines: lines
                    .into_iter()
                    .map(|line| ParcelLine {
                        title: line.title,
                        label: line.label,
                        sku: line.sku,
                        quantity: line.quantity,
                    })
                    .collect(),
            })
        })
        .collect()
}
