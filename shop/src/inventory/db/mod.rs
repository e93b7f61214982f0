//! The SQL of stock.

pub(super) mod admin;

use crate::{Actor, Clock, Error, Result};
use domain::{OrderId, VariantId, inventory::MovementKind};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A stock level, locked.
pub(super) struct Level {
    pub(super) variant: Uuid,
    pub(super) location: Uuid,
    on_hand: i32,
    available: i32,
}

impl Level {
    pub(super) const fn on_hand(&self) -> i32 {
        self.on_hand
    }

    pub(super) const fn available(&self) -> i32 {
        self.available
    }
}

/// A quantity of a variant at a location.
#[derive(Clone, Copy)]
pub(super) struct Change {
    pub(super) variant: Uuid,
    pub(super) location: Uuid,
    pub(super) quantity: i32,
}

/// What a movement comes from.
#[derive(Clone, Copy)]
pub(super) struct Cause<'a> {
    pub(super) order: Option<OrderId>,
    pub(super) reason: &'a str,
    /// Who of the staff did it; nobody where the shop did.
    pub(super) staff: Option<&'a Actor>,
}

impl<'a> Cause<'a> {
    /// An order, with a reason.
    pub(super) const fn order(order: OrderId, reason: &'a str) -> Self {
        Self {
            order: Some(order),
            reason,
            staff: None,
        }
    }
}

/// A movement, for people.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: String,
    /// How many units.
    pub quantity: i32,
    /// Why.
    pub reason: String,
    /// The number of the order that caused it.
    pub order_number: Option<i64>,
}

/// Locks the levels of the variants, in the order of SKU and location.
pub(super) async fn lock_levels(tx: &mut PgConnection, variants: &[Uuid]) -> Result<Vec<Level>> {
    let rows = sqlx::query!(
        r#"select s.variant_id, s.location_id, s.on_hand, s.on_hand - s.allocated - s.reserved as "available!"
           from stock_level s
           join variant v on v.id = s.variant_id
           join stock_location l on l.id = s.location_id
           where s.variant_id = any ($1)
           order by v.sku, l.position, l.id
           for update of s"#,
        variants,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Level {
            variant: row.variant_id,
            location: row.location_id,
            on_hand: row.on_hand,
            available: row.available,
        })
        .collect())
}

pub(super) async fn insert_reservations(
    tx: &mut PgConnection,
    clock: &Clock,
    order: OrderId,
    held: &[Change],
    now: Timestamp,
) -> Result<()> {
    let ids: Vec<Uuid> = held.iter().map(|_| clock.id()).collect();
    let (variants, locations, quantities) = columns(held);
    sqlx::query!(
        "insert into reservation (id, order_id, variant_id, location_id, quantity, created_at)
         select new.id, $1, new.variant, new.location, new.quantity, $2
         from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[]) as new (id, variant, location, quantity)",
        order.0,
        jiff_sqlx::Timestamp::from(now) as _,
        &ids,
        &variants,
        &locations,
        &quantities,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends what an order holds, and returns it in the order of SKUs, locked.
pub(super) async fn end_reservations(
    tx: &mut PgConnection,
    order: OrderId,
    status: &str,
    now: Timestamp,
) -> Result<Vec<Change>> {
    let rows = sqlx::query!(
        "update reservation set status = $2, ended_at = $3 where order_id = $1 and status = 'held'
         returning variant_id, location_id, quantity",
        order.0,
        status,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_all(&mut *tx)
    .await?;
    let held: Vec<Change> = rows
        .into_iter()
        .map(|row| Change {
            variant: row.variant_id,
            location: row.location_id,
            quantity: row.quantity,
        })
        .collect();
    let variants: Vec<Uuid> = held.iter().map(|change| change.variant).collect();
    lock_levels(tx, &variants).await?;
    Ok(held)
}

/// Changes the levels and writes the ledger, in one statement. The rows are locked already.
pub(super) async fn apply(
    tx: &mut PgConnection,
    kind: MovementKind,
    changes: &[Change],
    cause: Cause<'_>,
    now: Timestamp,
) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let (variants, locations, quantities) = columns(changes);
    let [on_hand, allocated, reserved] = kind.deltas(1);
    sqlx::query!(
        "with change as (
             select * from unnest($1::uuid[], $2::uuid[], $3::int[]) as change (variant, location, quantity)
         ), level as (
             update stock_level s set on_hand = s.on_hand + change.quantity * $4,
                                      allocated = s.allocated + change.quantity * $5,
                                      reserved = s.reserved + change.quantity * $6,
                                      updated_at = $7
             from change where s.variant_id = change.variant and s.location_id = change.location
         )
         insert into stock_movement (variant_id, location_id, kind, quantity, reason, order_id, at, staff_id, staff_name)
         select variant, location, $8, quantity, $9, $10, $7, $11, $12 from change",
        &variants,
        &locations,
        &quantities,
        on_hand,
        allocated,
        reserved,
        jiff_sqlx::Timestamp::from(now) as _,
        kind.as_str(),
        cause.reason,
        cause.order.map(|order| order.0),
        cause.staff.and_then(|staff| staff.id).map(|id| id.0),
        cause.staff.map_or("", |staff| staff.name.as_str()),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What is promised to an order and was not sent, by place, in the order that it was promised. The levels are locked.
pub(super) async fn promised(
    tx: &mut PgConnection,
    order: OrderId,
    of: &[(VariantId, i32)],
) -> Result<Vec<Change>> {
    let variants = variants(of);
    lock_levels(tx, &variants).await?;
    let rows = sqlx::query!(
        r#"select variant_id, location_id,
                  sum(case kind when 'allocated' then quantity when 'deallocated' then -quantity
                                when 'shipped' then -quantity else 0 end)::int as "quantity!"
           from stock_movement where order_id = $1 and variant_id = any ($2)
           group by variant_id, location_id order by min(id)"#,
        order.0,
        &variants,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Change {
            variant: row.variant_id,
            location: row.location_id,
            quantity: row.quantity,
        })
        .collect())
}

/// What was sent to an order and is not on the shelves again, by the place that it was sent from. The levels are locked.
pub(super) async fn sent_from(
    tx: &mut PgConnection,
    order: OrderId,
    of: &[(VariantId, i32)],
) -> Result<Vec<Change>> {
    let variants = variants(of);
    lock_levels(tx, &variants).await?;
    let rows = sqlx::query!(
        r#"select variant_id, location_id,
                  sum(case kind when 'shipped' then quantity when 'restocked' then -quantity else 0 end)::int as "quantity!"
           from stock_movement where order_id = $1 and variant_id = any ($2)
           group by variant_id, location_id order by min(id)"#,
        order.0,
        &variants,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Change {
            variant: row.variant_id,
            location: row.location_id,
            quantity: row.quantity,
        })
        .collect())
}

fn variants(of: &[(VariantId, i32)]) -> Vec<Uuid> {
    of.iter().map(|(variant, _)| variant.0).collect()
}

fn columns(changes: &[Change]) -> (Vec<Uuid>, Vec<Uuid>, Vec<i32>) {
    (
        changes.iter().map(|change| change.variant).collect(),
        changes.iter().map(|change| change.location).collect(),
        changes.iter().map(|change| change.quantity).collect(),
    )
}

/// Where goods are received and counted.
pub(super) async fn first_location(tx: &mut PgConnection) -> Result<Uuid> {
    sqlx::query_scalar!("select id from stock_location order by position, id limit 1")
        .fetch_optional(tx)
        .await?
        .ok_or_else(|| Error::Stored("there is no stock location".into()))
}

/// Makes the levels that are missing at the location, and locks those of the variants at all locations.
pub(super) async fn ensure_levels(
    tx: &mut PgConnection,
    location: Uuid,
    variants: &[Uuid],
) -> Result<Vec<Level>> {
    sqlx::query!(
        "insert into stock_level (variant_id, location_id) select variant, $1 from unnest($2::uuid[]) as variant
         on conflict do nothing",
        location,
        variants,
    )
    .execute(&mut *tx)
    .await?;
    lock_levels(tx, variants).await
}

pub(super) async fn variant(tx: &mut PgConnection, sku: &str) -> Result<Option<VariantId>> {
    Ok(
        sqlx::query_scalar!("select id from variant where sku = $1", sku)
            .fetch_optional(tx)
            .await?
            .map(VariantId),
    )
}

pub(super) async fn history(db: &PgPool, sku: &str) -> Result<Vec<HistoryRow>> {
    let rows = sqlx::query!(
        r#"select m.at as "at: jiff_sqlx::Timestamp", m.kind, m.quantity, m.reason, o.number as "number?"
           from stock_movement m
           join variant v on v.id = m.variant_id
           left join "order" o on o.id = m.order_id
           where v.sku = $1
           order by m.at desc, m.id desc limit 500"#,
        sku,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HistoryRow {
            at: row.at.to_jiff(),
            kind: row.kind,
            quantity: row.quantity,
            reason: row.reason,
            order_number: row.number,
        })
        .collect())
}

/// Of how many variants more is owed to paid orders than is set aside for them.
pub(super) async fn short(db: &PgPool) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from (select l.variant_id, sum(l.quantity - l.fulfilled - l.withdrawn) as owed
                 from "order" o join order_line l on l.order_id = o.id
                 where o.status = 'open' and o.fulfilment_status in ('unfulfilled', 'partial')
                 group by l.variant_id) w
           where w.owed > coalesce((select sum(s.allocated) from stock_level s where s.variant_id = w.variant_id), 0)"#
    )
    .fetch_one(db)
    .await?)
}
