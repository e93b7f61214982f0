//! Taking an order up, and writing what was done with it.

use super::{lock, view::stored};
use crate::{
    Actor, Result,
    checkout::zone,
    orders::work::{AtWork, Sums, WorkLine},
};
use domain::{
    Currency, CustomerId, OrderId, OrderLineId, PaymentId, VariantId,
    checkout::Address,
    fulfilment::LineAccount,
    orders::{EventKind, FulfilmentStatus, OrderStatus},
};
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

/// An order by the number that people use, locked until the end of the transaction.
pub(crate) async fn take_up(tx: &mut PgConnection, number: i64) -> Result<Option<AtWork>> {
    let id = sqlx::query_scalar!(r#"select id from "order" where number = $1"#, number)
        .fetch_optional(&mut *tx)
        .await?;
    let Some(id) = id else { return Ok(None) };
    lock(tx, OrderId(id)).await?;
    // Much is read of an order: it is kept on the heap.
    Box::pin(load(tx, number)).await
}

/// The same without a lock.
pub(in crate::orders) async fn load(
    connection: &mut PgConnection,
    number: i64,
) -> Result<Option<AtWork>> {
    let row = sqlx::query!(
        r#"select o.id, o.number, o.token, o.customer_id, o.version, o.status, o.payment_status,
                  o.fulfilment_status, o.email::text as "email!", o.currency, o.subtotal, o.discount, o.shipping,
                  o.shipping_tax, o.tax_name, o.tax_rate, o.tax_included, o.tax_added, o.total, o.coupon_code,
                  o.shipping_code, o.shipping_name, o.shipping_address, o.billing_address,
                  o.placed_at as "placed_at: jiff_sqlx::Timestamp", o.paid_at as "paid_at: jiff_sqlx::Timestamp",
                  p.id as "payment?", p.amount as "captured?",
                  (p.id is not null and p.payment_intent is null) as "is_made_up!", i.number as "invoice?",
                  coalesce(back.amount, 0)::bigint as "given_back!", coalesce(back.shipping, 0)::bigint as "shipping_back!",
                  coalesce((select value ->> 'time_zone' from setting where key = 'shop'), 'UTC') as "time_zone!"
           from "order" o
           left join payment p on p.order_id = o.id and p.status = 'succeeded'
           left join invoice i on i.order_id = o.id
           left join lateral (select sum(r.amount) as amount, sum(r.shipping) as shipping from refund r
                              where r.payment_id = p.id and r.status <> 'failed') back on true
           where o.number = $1"#,
        number,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let id = OrderId(row.id);
    let currency: Currency = stored(row.currency.parse())?;
    let added_to_shipping = if row.tax_added > 0 {
        row.shipping_tax
    } else {
        0
    };
    Ok(Some(AtWork {
        id,
        number: row.number,
        token: row.token,
        version: row.version,
        status: stored(row.status.parse())?,
        payment_status: stored(row.payment_status.parse())?,
        fulfilment: stored(row.fulfilment_status.parse())?,
        currency,
        payment: row.payment.map(PaymentId),
        is_made_up: row.is_made_up,
        captured: row.captured.unwrap_or(0),
        given_back: row.given_back,
        shipping_left: (row.shipping + added_to_shipping - row.shipping_back).max(0),
        lines: lines(connection, id).await?,
        customer: row.customer_id.map(CustomerId),
        email: row.email,
        placed_at: row.placed_at.to_jiff(),
        paid_at: row.paid_at.map(jiff_sqlx::Timestamp::to_jiff),
        time_zone: zone(&row.time_zone),
        sums: Sums {
            subtotal: row.subtotal,
            coupon: row.coupon_code,
            discount: row.discount,
            shipping: row.shipping,
            tax_name: row.tax_name,
            tax_rate: row.tax_rate,
            tax_included: row.tax_included,
            tax_added: row.tax_added,
            total: row.total,
        },
        shipping_code: row.shipping_code,
        shipping_name: row.shipping_name,
        shipping_address: serde_json::from_value(row.shipping_address)?,
        billing_address: row
            .billing_address
            .map(serde_json::from_value)
            .transpose()?,
        invoice: row.invoice,
    }))
}

async fn lines(connection: &mut PgConnection, order: OrderId) -> Result<Vec<WorkLine>> {
    let rows = sqlx::query!(
        r#"select l.id, l.variant_id, l.title, l.label, l.sku, l.handle, l.picture, l.unit_price, l.quantity, l.subtotal,
                  l.discount, l.tax, l.fulfilled, l.withdrawn, l.refunded,
                  l.subtotal - l.discount + case when o.tax_added > 0 then l.tax else 0 end as "paid!",
                  coalesce(back.amount, 0)::bigint as "given_back!", coalesce(back.returned, 0)::int as "returned!",
                  coalesce(back.restocked, 0)::int as "restocked!"
           from order_line l
           join "order" o on o.id = l.order_id
           left join lateral (
               select sum(b.amount) as amount, sum(b.quantity - b.unsent) as returned,
                      sum(b.quantity - b.unsent) filter (where b.restocked) as restocked
               from refund_line b join refund r on r.id = b.refund_id and r.status <> 'failed'
               where b.order_line_id = l.id) back on true
           where l.order_id = $1
           order by l.position"#,
        order.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let name = if row.label.is_empty() {
                row.title.clone()
            } else {
                format!("{}, {}", row.title, row.label)
            };
            Ok(WorkLine {
                account: LineAccount {
                    id: OrderLineId(row.id),
                    name,
                    quantity: row.quantity,
                    fulfilled: row.fulfilled,
                    withdrawn: row.withdrawn,
                    refunded: row.refunded,
                    returned: row.returned,
                    restocked: row.restocked,
                    paid: row.paid,
                    given_back: row.given_back,
                },
                variant: VariantId(row.variant_id),
                title: row.title,
                label: row.label,
                sku: row.sku,
                handle: row.handle,
                picture: row.picture.map(serde_json::from_value).transpose()?,
                unit: row.unit_price,
                subtotal: row.subtotal,
                discount: row.discount,
                tax: row.tax,
            })
        })
        .collect()
}

/// Counts what was sent of each row.
pub(crate) async fn count_sent(tx: &mut PgConnection, sent: &[(OrderLineId, i32)]) -> Result<()> {
    let (lines, quantities) = columns(sent);
    sqlx::query!(
        "update order_line l set fulfilled = l.fulfilled + sent.quantity
         from unnest($1::uuid[], $2::int[]) as sent (line, quantity) where l.id = sent.line",
        &lines,
        &quantities,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts what is not to be sent any more of each row.
pub(crate) async fn count_withdrawn(
    tx: &mut PgConnection,
    withdrawn: &[(OrderLineId, i32)],
) -> Result<()> {
    let (lines, quantities) = columns(withdrawn);
    sqlx::query!(
        "update order_line l set withdrawn = l.withdrawn + gone.quantity
         from unnest($1::uuid[], $2::int[]) as gone (line, quantity) where l.id = gone.line",
        &lines,
        &quantities,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts anew for how many of each row the money went back or is on its way, from the refunds that did not fail.
pub(crate) async fn count_refunded(tx: &mut PgConnection, order: OrderId) -> Result<()> {
    sqlx::query!(
        "update order_line l set refunded = least(l.quantity, coalesce(
             (select sum(b.quantity) from refund_line b join refund r on r.id = b.refund_id
              where b.order_line_id = l.id and r.status <> 'failed'), 0))
         where l.order_id = $1",
        order.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn columns(counts: &[(OrderLineId, i32)]) -> (Vec<Uuid>, Vec<i32>) {
    counts.iter().map(|(line, count)| (line.0, *count)).unzip()
}

/// Writes where an order stands after something was done with it.
pub(crate) async fn move_on(
    tx: &mut PgConnection,
    order: OrderId,
    status: OrderStatus,
    fulfilment: FulfilmentStatus,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        r#"update "order" set status = $2, fulfilment_status = $3, updated_at = $4, version = version + 1,
                              cancelled_at = case when $2 = 'cancelled' then coalesce(cancelled_at, $4) else cancelled_at end
           where id = $1"#,
        order.0,
        status.as_str(),
        fulfilment.as_str(),
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes corrected addresses.
pub(in crate::orders) async fn correct(
    tx: &mut PgConnection,
    order: OrderId,
    shipping: &Address,
    billing: Option<&Address>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        r#"update "order" set shipping_address = $2, billing_address = $3, updated_at = $4, version = version + 1
           where id = $1"#,
        order.0,
        serde_json::to_value(shipping)?,
        billing.map(serde_json::to_value).transpose()?,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds what somebody of the staff did to the timeline. `detail` follows their name, and `note` is what they wrote.
pub(crate) async fn staff_event(
    tx: &mut PgConnection,
    order: OrderId,
    actor: &Actor,
    kind: EventKind,
    detail: &str,
    note: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into order_event (order_id, kind, detail, at, staff_id, staff_name, note) values ($1, $2, $3, $4, $5, $6, $7)",
        order.0,
        kind.as_str(),
        detail,
        jiff_sqlx::Timestamp::from(now) as _,
        actor.id.map(|id| id.0),
        actor.name,
        note,
    )
    .execute(tx)
    .await?;
    Ok(())
}
