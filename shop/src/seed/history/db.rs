//! The SQL of the year that was made up: what there is to sell, and rows by the thousand, handed over as JSON.

use super::{
    ledger::Move,
    market::{Person, Ware},
    rows::Rows,
};
use crate::{Error, Result};
use domain::promotions::Coupon;
use serde::Serialize;
use sqlx::{Connection, PgConnection, PgPool};
use uuid::Uuid;

/// Lets nobody place an order meanwhile, and tells whether there is one already.
pub(super) async fn has_orders(tx: &mut PgConnection) -> Result<bool> {
    sqlx::query!("set local statement_timeout = 0")
        .execute(&mut *tx)
        .await?;
    sqlx::query!(r#"lock table "order" in share row exclusive mode"#)
        .execute(&mut *tx)
        .await?;
    Ok(
        sqlx::query_scalar!(r#"select exists (select 1 from "order") as "some!""#)
            .fetch_one(tx)
            .await?,
    )
}

/// The next numbers of orders.
pub(super) async fn numbers(tx: &mut PgConnection, count: usize) -> Result<Vec<i64>> {
    let numbers = sqlx::query_scalar!(
        r#"select nextval('order_number') as "number!" from generate_series(1, $1::bigint) order by 1"#,
        i64::try_from(count).unwrap_or(0),
    )
    .fetch_all(tx)
    .await?;
    Ok(numbers)
}

/// Everything that is on sale and costs something.
pub(super) async fn wares(tx: &mut PgConnection) -> Result<Vec<Ware>> {
    Ok(sqlx::query_as!(
        Ware,
        "select v.id as variant, v.sku, v.price from variant v join product p on p.id = v.product_id
         where p.status = 'active' and v.archived_at is null and v.price > 0 order by v.sku",
    )
    .fetch_all(tx)
    .await?)
}

/// A code that takes a little off.
pub(super) async fn coupon(tx: &mut PgConnection) -> Result<Option<Coupon>> {
    let row = sqlx::query!(
        "select code, value from coupon where kind = 'percent' and value <= 2000 and usage_limit is null
         and ends_at is null and archived_at is null order by code limit 1",
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Coupon {
        code: row.code,
        kind: domain::promotions::CouponKind::Percent,
        value: row.value,
    }))
}

/// Who works in the shop.
pub(super) async fn staff(tx: &mut PgConnection) -> Result<Vec<(Uuid, String)>> {
    let rows =
        sqlx::query!("select id, name from staff where disabled_at is null order by name, id")
            .fetch_all(tx)
            .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

#[derive(Serialize)]
struct CustomerRow<'a> {
    id: Uuid,
    email: &'a str,
    name: &'a str,
    created_at: jiff::Timestamp,
    address_id: Uuid,
    address: &'a domain::checkout::Address,
}

/// The customer of the demo shop, with the address that they usually have things sent to.
pub(super) struct Regular {
    pub(super) id: Uuid,
    pub(super) since: jiff::Timestamp,
    pub(super) email: String,
    pub(super) address: domain::checkout::Address,
}

/// The demo's customer, where the shop has one.
pub(super) async fn regular(tx: &mut PgConnection) -> Result<Option<Regular>> {
    let row = sqlx::query!(
        r#"select c.id, c.created_at as "since: jiff_sqlx::Timestamp", c.email::text as "email!", a.address
           from customer c join address a on a.customer_id = c.id and a.is_default
           where c.is_demo and c.deleted_at is null order by c.id limit 1"#
    )
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Regular {
        id: row.id,
        since: row.since.to_jiff(),
        email: row.email,
        address: serde_json::from_value(row.address)?,
    }))
}

/// Writes those of the people who have an account, with their address book; `but` is there already.
pub(super) async fn write_customers(
    tx: &mut PgConnection,
    people: &[Person],
    but: Option<Uuid>,
    mut id: impl FnMut(jiff::Timestamp) -> Uuid,
) -> Result<()> {
    for people in people.chunks(5_000) {
        let rows: Vec<CustomerRow<'_>> = people
            .iter()
            .filter_map(|person| {
                let (customer, since) = person.account.filter(|(id, _)| Some(*id) != but)?;
                Some(CustomerRow {
                    id: customer,
                    email: &person.email,
                    name: &person.address.name,
                    created_at: since,
                    address_id: id(since),
                    address: &person.address,
                })
            })
            .collect();
        sqlx::query!(
            r#"with new as (
                   select * from json_to_recordset($1::text::json)
                       as new (id uuid, email text, name text, created_at timestamptz, address_id uuid, address jsonb)
               ), customers as (
                   insert into customer (id, email, name, confirmed_at, created_at, updated_at)
                   select id, email, name, created_at, created_at, created_at from new
               )
               insert into address (id, customer_id, address, is_default, created_at)
               select address_id, id, address, true, created_at from new"#,
            serde_json::to_string(&rows)?,
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Writes the rows of some sales.
pub(super) async fn write(tx: &mut PgConnection, rows: &Rows<'_>) -> Result<()> {
    write_orders(tx, rows).await?;
    write_events(tx, rows).await?;
    write_parcels(tx, rows).await?;
    write_money(tx, rows).await
}

async fn write_orders(tx: &mut PgConnection, rows: &Rows<'_>) -> Result<()> {
    sqlx::query!(
        "insert into cart (id, token_hash, created_at, updated_at, completed_at)
         select id, token_hash, created_at, updated_at, completed_at from json_populate_recordset(null::cart, $1::text::json)",
        serde_json::to_string(&rows.carts)?,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        r#"insert into "order" (id, number, token, cart_id, customer_id, fingerprint, status, payment_status, fulfilment_status,
               email, currency, subtotal, discount, shipping, shipping_tax, tax_name, tax_rate, tax_included, tax_added, total,
               coupon_code, shipping_code, shipping_name, arrival, shipping_address, skus, items, placed_at, paid_at,
               cancelled_at, updated_at, version)
           select id, number, token, cart_id, customer_id, '', status, payment_status, fulfilment_status,
               email, currency, subtotal, discount, shipping, shipping_tax, tax_name, tax_rate, tax_included, tax_added, total,
               coupon_code, shipping_code, shipping_name, arrival, shipping_address, skus, items, placed_at, paid_at,
               cancelled_at, updated_at, version
           from json_populate_recordset(null::"order", $1::text::json)"#,
        serde_json::to_string(&rows.orders)?,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "with ware as materialized (
             select v.id, v.product_id, v.sku, v.weight_grams, p.handle, p.title,
                    concat_ws(', ', v1.name, v2.name, v3.name) as label,
                    case when a.id is not null then
                        jsonb_build_object('hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height,
                                           'tone', a.tone, 'alt', m.alt) end as picture
             from variant v
             join product p on p.id = v.product_id
             left join option_value v1 on v1.id = v.option1_value_id
             left join option_value v2 on v2.id = v.option2_value_id
             left join option_value v3 on v3.id = v.option3_value_id
             left join product_media m on m.id = coalesce(v.media_id,
                 (select f.id from product_media f where f.product_id = p.id order by f.position limit 1))
             left join asset a on a.id = m.asset_id
         )
         insert into order_line (id, order_id, position, variant_id, product_id, sku, title, label, handle, picture,
                                 unit_price, quantity, subtotal, discount, tax, weight_grams, fulfilled, withdrawn, refunded)
         select l.id, l.order_id, l.position, ware.id, ware.product_id, ware.sku, ware.title, ware.label, ware.handle,
                ware.picture, l.unit_price, l.quantity, l.subtotal, l.discount, l.tax, ware.weight_grams, l.fulfilled,
                l.withdrawn, l.refunded
         from json_populate_recordset(null::order_line, $1::text::json) l join ware on ware.id = l.variant_id",
        serde_json::to_string(&rows.lines)?,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_events(tx: &mut PgConnection, rows: &Rows<'_>) -> Result<()> {
    sqlx::query!(
        "insert into order_event (order_id, kind, detail, note, at, staff_id, staff_name)
         select order_id, kind, detail, note, at, staff_id, staff_name
         from json_populate_recordset(null::order_event, $1::text::json)",
        serde_json::to_string(&rows.events)?,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_parcels(tx: &mut PgConnection, rows: &Rows<'_>) -> Result<()> {
    sqlx::query!(
        "insert into fulfilment (id, order_id, position, carrier, tracking, staff_id, created_at)
         select id, order_id, position, carrier, tracking, staff_id, created_at
         from json_populate_recordset(null::fulfilment, $1::text::json)",
        serde_json::to_string(&rows.parcels)?,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into fulfilment_line select * from json_populate_recordset(null::fulfilment_line, $1::text::json)",
        serde_json::to_string(&rows.parcel_lines)?,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Payments without a session and without an intent: they were not made at Stripe.
async fn write_money(tx: &mut PgConnection, rows: &Rows<'_>) -> Result<()> {
    sqlx::query!(
        "insert into payment (id, order_id, status, amount, currency, request, card_brand, card_last4, expires_at, created_at,
                              ended_at)
         select id, order_id, status, amount, currency, '{}', card_brand, card_last4, expires_at, created_at, ended_at
         from json_populate_recordset(null::payment, $1::text::json)",
        serde_json::to_string(&rows.payments)?,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into refund (id, payment_id, order_id, amount, shipping, adjustment, reason, status, staff_id, staff_name,
                             created_at, updated_at)
         select id, payment_id, order_id, amount, shipping, adjustment, reason, 'succeeded', staff_id, staff_name,
                created_at, updated_at
         from json_populate_recordset(null::refund, $1::text::json)",
        serde_json::to_string(&rows.refunds)?,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into refund_line (refund_id, order_line_id, quantity, unsent, amount, restocked)
         select refund_id, order_line_id, quantity, unsent, amount, restocked
         from json_populate_recordset(null::refund_line, $1::text::json)",
        serde_json::to_string(&rows.refund_lines)?,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes the ledger on, and what follows from it for the levels.
pub(super) async fn write_moves(
    tx: &mut PgConnection,
    wares: &[Ware],
    moves: &[Move],
) -> Result<()> {
    let location =
        sqlx::query_scalar!("select id from stock_location order by position, id limit 1")
            .fetch_optional(&mut *tx)
            .await?
            .ok_or_else(|| Error::Stored("there is no stock location".into()))?;
    let variants: Vec<Uuid> = wares.iter().map(|ware| ware.variant).collect();
    sqlx::query!(
        "insert into stock_level (variant_id, location_id) select variant, $1 from unnest($2::uuid[]) as variant
         on conflict do nothing",
        location,
        &variants,
    )
    .execute(&mut *tx)
    .await?;
    for moves in moves.chunks(20_000) {
        write_some_moves(tx, location, &variants, moves).await?;
    }
    // What the ledger says is what there is.
    sqlx::query!(
        "update stock_level s set on_hand = m.on_hand, allocated = m.allocated, updated_at = now()
         from (select variant_id, location_id,
                      sum(case when kind in ('received', 'adjusted', 'restocked') then quantity
                               when kind = 'shipped' then -quantity else 0 end)::int as on_hand,
                      sum(case when kind = 'allocated' then quantity
                               when kind in ('deallocated', 'shipped') then -quantity else 0 end)::int as allocated
               from stock_movement group by variant_id, location_id) m
         where s.variant_id = m.variant_id and s.location_id = m.location_id and s.location_id = $1
           and s.variant_id = any ($2)",
        location,
        &variants,
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn write_some_moves(
    tx: &mut PgConnection,
    location: Uuid,
    variants: &[Uuid],
    moves: &[Move],
) -> Result<()> {
    let of: Vec<Uuid> = moves
        .iter()
        .map(|movement| variants[movement.ware])
        .collect();
    let kinds: Vec<String> = moves
        .iter()
        .map(|movement| movement.kind.to_string())
        .collect();
    let quantities: Vec<i32> = moves.iter().map(|movement| movement.quantity).collect();
    let reasons: Vec<String> = moves
        .iter()
        .map(|movement| movement.reason.to_owned())
        .collect();
    let orders: Vec<Option<Uuid>> = moves.iter().map(|movement| movement.order).collect();
    let times: Vec<i64> = moves
        .iter()
        .map(|movement| movement.at.as_millisecond())
        .collect();
    sqlx::query!(
        "insert into stock_movement (variant_id, location_id, kind, quantity, reason, order_id, at)
         select variant, $1, kind, quantity, reason, from_order, to_timestamp(milliseconds / 1000.0)
         from unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::uuid[], $7::bigint[])
              as new (variant, kind, quantity, reason, from_order, milliseconds)",
        location,
        &of,
        &kinds,
        &quantities,
        &reasons,
        &orders as &[Option<Uuid>],
        &times,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts how often the code was used.
pub(super) async fn count_uses(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!(
        r#"update coupon c set used = c.used + o.uses
           from (select coupon_code, count(*)::int as uses from "order"
                 where coupon_code is not null and paid_at is not null group by 1) o
           where c.code = o.coupon_code"#
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Lets Postgres look at what came in, so that it finds it well: by a connection of its own, since that may take a while.
pub(super) async fn look_over(db: &PgPool) -> Result<()> {
    let options = db.connect_options().as_ref().clone();
    let options = options.options([("statement_timeout", "0")]);
    let mut connection = PgConnection::connect_with(&options).await?;
    sqlx::raw_sql(
        r#"vacuum (analyze) cart, customer, address, "order", order_line, order_event, payment, refund, refund_line,
               fulfilment, fulfilment_line, stock_level, stock_movement"#,
    )
    .execute(&mut connection)
    .await?;
    connection.close().await?;
    Ok(())
}
