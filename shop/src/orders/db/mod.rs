//! The SQL of orders.

pub(super) mod admin;
mod customer;
pub(super) mod invoice;
mod list;
mod view;
mod work;

pub(crate) use customer::{
    Listed, bought, export, forget, is_any_waiting, join, move_pending, of_customer, spent,
    token_of_customers,
};
pub(super) use list::{Asked, Exported, Found, around, count, exported, found};
pub(super) use view::by_token;
pub(super) use work::{correct, load};
pub(crate) use work::{count_refunded, count_sent, count_withdrawn, move_on, staff_event, take_up};

use super::{DraftLine, addressed::Addressed, draft::Draft};
use crate::{CartToken, Clock, Result, Token};
use domain::{CartId, OrderId, PaymentId, VariantId, orders::EventKind};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// The order of a cart that waits for its payment.
pub(crate) struct Pending {
    pub(crate) order: OrderId,
    pub(crate) fingerprint: Vec<u8>,
    /// The attempt that may still be paid.
    pub(crate) open: Option<OpenAttempt>,
}

/// An attempt that may still be paid.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenAttempt {
    pub(crate) id: PaymentId,
    pub(crate) expires_at: Timestamp,
}

/// The order of the cart that waits for its payment, locked.
pub(crate) async fn pending(tx: &mut PgConnection, cart: CartId) -> Result<Option<Pending>> {
    let row = sqlx::query!(
        r#"select o.id, o.fingerprint, p.id as "payment?", p.expires_at as "expires_at?: jiff_sqlx::Timestamp"
           from "order" o left join payment p on p.order_id = o.id and p.status = 'open'
           where o.cart_id = $1 and o.status = 'pending'
           for update of o"#,
        cart.0,
    )
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let open = row
        .payment
        .zip(row.expires_at)
        .map(|(id, expires_at)| OpenAttempt {
            id: PaymentId(id),
            expires_at: expires_at.to_jiff(),
        });
    Ok(Some(Pending {
        order: OrderId(row.id),
        fingerprint: row.fingerprint,
        open,
    }))
}

/// An order as it was written.
pub(crate) struct Written {
    pub(crate) id: OrderId,
    pub(crate) number: i64,
    pub(crate) token: String,
}

/// Writes an order, or writes the one that waits for its payment anew.
pub(crate) async fn write(
    tx: &mut PgConnection,
    clock: &Clock,
    draft: &Draft,
    fingerprint: &[u8],
    existing: Option<OrderId>,
) -> Result<Written> {
    let now = clock.now();
    let id = existing.map_or_else(|| clock.id(), |order| order.0);
    let kind = if existing.is_some() {
        EventKind::Changed
    } else {
        EventKind::Placed
    };
    let row = sqlx::query!(
        r#"with written as (
           insert into "order" (id, token, cart_id, fingerprint, status, email, currency, subtotal, discount, shipping,
                                shipping_tax, tax_name, tax_rate, tax_included, tax_added, total, coupon_code,
                                shipping_code, shipping_name, arrival, shipping_address, billing_address, placed_at,
                                customer_id, skus, items)
           values ($1, $2, $3, $4, 'pending', $5::text, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
                   $20, $21, $22, $24, $25, $26)
           on conflict (id) do update set fingerprint = excluded.fingerprint, email = excluded.email,
               subtotal = excluded.subtotal, discount = excluded.discount, shipping = excluded.shipping,
               shipping_tax = excluded.shipping_tax, tax_name = excluded.tax_name, tax_rate = excluded.tax_rate,
               tax_included = excluded.tax_included, tax_added = excluded.tax_added, total = excluded.total,
               coupon_code = excluded.coupon_code, shipping_code = excluded.shipping_code,
               shipping_name = excluded.shipping_name, arrival = excluded.arrival,
               shipping_address = excluded.shipping_address, billing_address = excluded.billing_address,
               placed_at = excluded.placed_at, customer_id = excluded.customer_id, skus = excluded.skus,
               items = excluded.items, updated_at = excluded.placed_at, version = "order".version + 1
           returning id, number, token
           ), noted as (
               insert into order_event (order_id, kind, at) select id, $23, $22 from written
           )
           select number, token from written"#,
        id,
        Token::generate().into_text(),
        draft.cart.0,
        fingerprint,
        draft.email,
        draft.currency.code(),
        draft.totals.subtotal,
        draft.totals.discount,
        draft.totals.shipping,
        draft.totals.shipping_tax,
        draft.tax.name,
        i32::try_from(draft.tax.rate).unwrap_or(0),
        draft.totals.tax_included,
        draft.totals.tax_added,
        draft.totals.total,
        draft.coupon,
        draft.shipping_code,
        draft.shipping_name,
        serde_json::to_value(draft.arrival)?,
        serde_json::to_value(&draft.shipping_address)?,
        draft.billing_address.as_ref().map(serde_json::to_value).transpose()?,
        jiff_sqlx::Timestamp::from(now) as _,
        kind.as_str(),
        draft.customer.map(|customer| customer.0),
        draft.skus(),
        draft.count(),
    )
    .fetch_one(&mut *tx)
    .await?;
    if existing.is_some() {
        sqlx::query!("delete from order_line where order_id = $1", id)
            .execute(&mut *tx)
            .await?;
    }
    write_lines(tx, clock, id, draft).await?;
    Ok(Written {
        id: OrderId(id),
        number: row.number,
        token: row.token,
    })
}

async fn write_lines(
    tx: &mut PgConnection,
    clock: &Clock,
    order: Uuid,
    draft: &Draft,
) -> Result<()> {
    let lines = &draft.lines;
    let ids: Vec<Uuid> = lines.iter().map(|_| clock.id()).collect();
    let variants: Vec<Uuid> = lines.iter().map(|line| line.variant.0).collect();
    let products: Vec<Uuid> = lines.iter().map(|line| line.product.0).collect();
    let text = |of: fn(&DraftLine) -> &String| {
        lines
            .iter()
            .map(|line| of(line).clone())
            .collect::<Vec<String>>()
    };
    let amount = |of: fn(&DraftLine) -> i64| lines.iter().map(of).collect::<Vec<i64>>();
    let pictures: Vec<Option<serde_json::Value>> = lines
        .iter()
        .map(|line| {
            line.picture
                .as_ref()
                .and_then(|picture| serde_json::to_value(picture).ok())
        })
        .collect();
    let quantities: Vec<i32> = lines.iter().map(|line| line.total.quantity).collect();
    let weights: Vec<i32> = lines.iter().map(|line| line.weight_grams).collect();
    sqlx::query!(
        "insert into order_line (id, order_id, position, variant_id, product_id, sku, title, label, handle, picture,
                                 unit_price, quantity, subtotal, discount, tax, weight_grams)
         select new.id, $1, new.place::int, new.variant, new.product, new.sku, new.title, new.label, new.handle,
                new.picture, new.unit, new.quantity, new.subtotal, new.discount, new.tax, new.weight
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[],
                     $10::bigint[], $11::int[], $12::bigint[], $13::bigint[], $14::bigint[], $15::int[])
              with ordinality as new (id, variant, product, sku, title, label, handle, picture, unit, quantity,
                                      subtotal, discount, tax, weight, place)",
        order,
        &ids,
        &variants,
        &products,
        &text(|line| &line.sku),
        &text(|line| &line.title),
        &text(|line| &line.label),
        &text(|line| &line.handle),
        &pictures as &[Option<serde_json::Value>],
        &amount(|line| line.total.unit),
        &quantities,
        &amount(|line| line.total.subtotal),
        &amount(|line| line.total.discount),
        &amount(|line| line.total.tax),
        &weights,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Adds to the timeline of an order. `detail` holds nothing personal.
pub(crate) async fn event(
    tx: &mut PgConnection,
    order: OrderId,
    kind: EventKind,
    detail: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into order_event (order_id, kind, detail, at) values ($1, $2, $3, $4)",
        order.0,
        kind.as_str(),
        detail,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// An order, locked until the end of the transaction.
pub(crate) struct Locked {
    pub(crate) cart: Option<CartId>,
    pub(crate) status: String,
    pub(crate) payment_status: String,
    pub(crate) coupon: Option<String>,
    pub(crate) lines: Vec<(VariantId, i32)>,
}

/// Locks an order, and its cart before it: whoever places it locks them in this order too.
pub(crate) async fn lock(tx: &mut PgConnection, order: OrderId) -> Result<Locked> {
    sqlx::query!(
        r#"select id from cart where id = (select cart_id from "order" where id = $1) for update"#,
        order.0,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let row = sqlx::query!(
        r#"select cart_id, status, payment_status, coupon_code from "order" where id = $1 for update"#,
        order.0,
    )
    .fetch_one(&mut *tx)
    .await?;
    let lines = sqlx::query!(
        "select variant_id, quantity from order_line where order_id = $1 order by position",
        order.0
    )
    .fetch_all(tx)
    .await?;
    Ok(Locked {
        cart: row.cart_id.map(CartId),
        status: row.status,
        payment_status: row.payment_status,
        coupon: row.coupon_code,
        lines: lines
            .into_iter()
            .map(|line| (VariantId(line.variant_id), line.quantity))
            .collect(),
    })
}

pub(crate) async fn mark_paid(tx: &mut PgConnection, order: OrderId, now: Timestamp) -> Result<()> {
    sqlx::query!(
        r#"update "order" set status = 'open', payment_status = 'paid', paid_at = $2, cancelled_at = null,
                              updated_at = $2, version = version + 1 where id = $1"#,
        order.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn mark_cancelled(
    tx: &mut PgConnection,
    order: OrderId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        r#"update "order" set status = 'cancelled', cancelled_at = $2, updated_at = $2, version = version + 1
           where id = $1 and status = 'pending'"#,
        order.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// It was paid, and there is nothing to send: it is taken back, and its money with it.
pub(crate) async fn mark_unfillable(
    tx: &mut PgConnection,
    order: OrderId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        r#"update "order" set status = 'cancelled', payment_status = 'paid', paid_at = $2, cancelled_at = $2,
                              updated_at = $2, version = version + 1 where id = $1"#,
        order.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(crate) async fn mark_disputed(tx: &mut PgConnection, order: OrderId) -> Result<()> {
    sqlx::query!(
        r#"update "order" set payment_status = 'disputed', updated_at = now(), version = version + 1 where id = $1"#,
        order.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Derives the payment status of an order from what was refunded of the payment that it kept.
pub(crate) async fn mark_refunded(tx: &mut PgConnection, order: OrderId) -> Result<()> {
    sqlx::query!(
        r#"update "order" o set payment_status = case when r.amount >= o.total then 'refunded'
                                                      when r.amount > 0 then 'partially_refunded'
                                                      else 'paid' end,
                                updated_at = now(), version = version + 1
           from (select coalesce(sum(r.amount), 0) as amount from refund r join payment p on p.id = r.payment_id
                 where r.order_id = $1 and r.status = 'succeeded' and p.status = 'succeeded') r
           where o.id = $1 and o.payment_status in ('paid', 'partially_refunded', 'refunded')"#,
        order.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The order that was last bought with a cart's cookie.
pub(crate) async fn latest_of(tx: &mut PgConnection, token: &CartToken) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        r#"select o.token from cart c join "order" o on o.cart_id = c.id and o.paid_at is not null
           where c.bought_with = $1 order by c.completed_at desc, o.paid_at desc limit 1"#,
        token.hash(),
    )
    .fetch_optional(tx)
    .await?)
}

/// What was typed for the order of the cart that waits for its payment.
pub(crate) async fn addressed(db: &PgPool, cart: CartId) -> Result<Option<Addressed>> {
    let row = sqlx::query!(
        r#"select email::text as "email!", shipping_address, billing_address, shipping_code from "order"
           where cart_id = $1 and status = 'pending'"#,
        cart.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Addressed {
            email: row.email,
            shipping: serde_json::from_value(row.shipping_address)?,
            billing: row
                .billing_address
                .map(serde_json::from_value)
                .transpose()?,
            method: row.shipping_code,
        })
    })
    .transpose()
}

pub(super) async fn token_of(db: &PgPool, order: OrderId) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!(r#"select token from "order" where id = $1"#, order.0)
            .fetch_optional(db)
            .await?,
    )
}

pub(super) async fn find(db: &PgPool, number: i64, email: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        r#"select token from "order" where number = $1 and email = $2::text::citext and email <> ''"#,
        number,
        email,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn count_to_send(db: &PgPool) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from "order"
           where status = 'open' and fulfilment_status in ('unfulfilled', 'partial')"#
    )
    .fetch_one(db)
    .await?)
}
