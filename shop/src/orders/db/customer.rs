//! The SQL of one customer's orders.

use crate::{Error, Result};
use domain::{
    CartId, Currency, CustomerId, Money, VariantId, accounts::OrderBadge, catalog::Picture,
    checkout::Arrival,
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

/// An order in somebody's history.
pub(crate) struct Listed {
    pub(crate) number: i64,
    pub(crate) placed_at: Timestamp,
    pub(crate) total: Money,
    pub(crate) badge: OrderBadge,
    pub(crate) arrival: Arrival,
    /// The first of its rows: title and picture.
    pub(crate) things: Vec<Thing>,
    /// How many rows it has.
    pub(crate) rows: i64,
}

/// A row of it.
#[derive(serde::Deserialize)]
pub(crate) struct Thing {
    pub(crate) title: String,
    pub(crate) picture: Option<Picture>,
}

/// The orders of a customer, the latest first, from behind the order `after`.
pub(crate) async fn of_customer(
    db: &PgPool,
    customer: CustomerId,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select o.number, o.placed_at as "placed_at: jiff_sqlx::Timestamp", o.currency, o.total, o.status,
                  o.payment_status, o.fulfilment_status, o.arrival, l.things as "things!", l.rows as "rows!"
           from "order" o
           cross join lateral (
               select coalesce(json_agg(json_build_object('title', t.title, 'picture', t.picture) order by t.position)
                                   filter (where t.position <= 4), '[]')::text as things, count(*) as rows
               from order_line t where t.order_id = o.id) l
           where o.customer_id = $1
             and ($2::bigint is null or (o.placed_at, o.id) <
                  (select c.placed_at, c.id from "order" c where c.number = $2 and c.customer_id = $1))
           order by o.placed_at desc, o.id desc limit $3"#,
        customer.0,
        after,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let currency: Currency = stored(row.currency.parse())?;
            Ok(Listed {
                number: row.number,
                placed_at: row.placed_at.to_jiff(),
                total: Money::new(row.total, currency),
                badge: OrderBadge::of(
                    stored(row.status.parse())?,
                    stored(row.payment_status.parse())?,
                    stored(row.fulfilment_status.parse())?,
                ),
                arrival: serde_json::from_value(row.arrival)?,
                things: serde_json::from_str(&row.things)?,
                rows: row.rows,
            })
        })
        .collect()
}

fn stored<T, E: std::fmt::Display>(parsed: Result<T, E>) -> Result<T> {
    parsed.map_err(|error| Error::Stored(error.to_string()))
}

/// The part of an order's address that cannot be guessed, where the order is this customer's.
pub(crate) async fn token_of_customers(
    db: &PgPool,
    customer: CustomerId,
    number: i64,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        r#"select token from "order" where number = $2 and customer_id = $1"#,
        customer.0,
        number,
    )
    .fetch_optional(db)
    .await?)
}

/// A row that somebody bought.
pub(crate) struct Bought {
    pub(crate) variant: VariantId,
    pub(crate) product: String,
    pub(crate) quantity: i32,
}

/// What was bought with an order of this customer, in its order.
pub(crate) async fn bought(db: &PgPool, customer: CustomerId, number: i64) -> Result<Vec<Bought>> {
    let rows = sqlx::query!(
        r#"select l.variant_id, p.handle, l.quantity
           from "order" o join order_line l on l.order_id = o.id join product p on p.id = l.product_id
           where o.number = $2 and o.customer_id = $1 order by l.position"#,
        customer.0,
        number,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Bought {
            variant: VariantId(row.variant_id),
            product: row.handle,
            quantity: row.quantity,
        })
        .collect())
}

/// Makes what was ordered with this address by nobody who was signed in the customer's.
pub(crate) async fn join(
    tx: &mut PgConnection,
    customer: CustomerId,
    email: &str,
    now: Timestamp,
) -> Result<u64> {
    let joined = sqlx::query!(
        r#"update "order" set customer_id = $1, updated_at = $3, version = version + 1
           where email = $2::text::citext and customer_id is null"#,
        customer.0,
        email,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(joined.rows_affected())
}

/// Lets the order of one cart that waits for its payment be that of another cart, which has none.
pub(crate) async fn move_pending(tx: &mut PgConnection, from: CartId, to: CartId) -> Result<()> {
    sqlx::query!(
        r#"update "order" set cart_id = $2 where cart_id = $1 and status = 'pending'
           and not exists (select 1 from "order" where cart_id = $2 and status = 'pending')"#,
        from.0,
        to.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether an order of the customer may still be paid.
pub(crate) async fn is_any_waiting(tx: &mut PgConnection, customer: CustomerId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from "order" where customer_id = $1 and status = 'pending') as "waits!""#,
        customer.0,
    )
    .fetch_one(tx)
    .await?)
}

/// Takes the person off the orders that were never paid; those that were paid are the books. Returns the ids and numbers of
/// all, by which other records name them.
pub(crate) async fn forget(
    tx: &mut PgConnection,
    customer: CustomerId,
    now: Timestamp,
) -> Result<Vec<String>> {
    sqlx::query!(
        r#"update "order" set email = '', billing_address = null, updated_at = $2, version = version + 1,
               shipping_address = jsonb_build_object('name', '', 'line1', '', 'city', '', 'postcode', '',
                                                     'country', shipping_address ->> 'country')
           where customer_id = $1 and paid_at is null"#,
        customer.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(&mut *tx)
    .await?;
    let rows = sqlx::query!(
        r#"select id, number from "order" where customer_id = $1"#,
        customer.0
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .flat_map(|row| [row.id.to_string(), row.number.to_string()])
        .collect())
}

/// How many orders a customer paid, and what they paid without what went back.
pub(crate) async fn spent(db: &PgPool, customer: CustomerId) -> Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) as "orders!", coalesce(sum(o.total - r.returned), 0)::bigint as "spent!"
           from "order" o
           cross join lateral (select coalesce(sum(f.amount), 0)::bigint as returned
                               from refund f join payment p on p.id = f.payment_id
                               where f.order_id = o.id and f.status = 'succeeded' and p.status = 'succeeded') r
           where o.customer_id = $1 and o.paid_at is not null"#,
        customer.0,
    )
    .fetch_one(db)
    .await?;
    Ok((row.orders, row.spent))
}

/// Everything that is kept about the orders of a customer, as JSON.
pub(crate) async fn export(db: &PgPool, customer: CustomerId) -> Result<serde_json::Value> {
    let orders = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(jsonb_build_object(
               'number', o.number, 'placed_at', o.placed_at, 'paid_at', o.paid_at, 'cancelled_at', o.cancelled_at,
               'status', o.status, 'payment', o.payment_status, 'delivery', o.fulfilment_status,
               'email', o.email, 'currency', o.currency, 'subtotal', o.subtotal, 'discount', o.discount,
               'coupon', o.coupon_code, 'shipping', o.shipping, 'shipping_name', o.shipping_name,
               'tax', o.tax_included + o.tax_added, 'total', o.total,
               'shipping_address', o.shipping_address, 'billing_address', o.billing_address,
               'lines', (select jsonb_agg(jsonb_build_object('sku', l.sku, 'title', l.title, 'label', l.label,
                             'quantity', l.quantity, 'unit_price', l.unit_price, 'subtotal', l.subtotal,
                             'discount', l.discount, 'tax', l.tax) order by l.position)
                         from order_line l where l.order_id = o.id),
               'payments', (select coalesce(jsonb_agg(jsonb_build_object('amount', p.amount, 'status', p.status,
                                'card', p.card_brand, 'card_ends_in', p.card_last4, 'at', p.created_at)
                                order by p.created_at), '[]') from payment p where p.order_id = o.id),
               'refunds', (select coalesce(jsonb_agg(jsonb_build_object('amount', r.amount, 'status', r.status,
                               'reason', r.reason, 'at', r.created_at) order by r.created_at), '[]')
                           from refund r where r.order_id = o.id),
               'events', (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'detail', e.detail, 'at', e.at)
                              order by e.id), '[]') from order_event e where e.order_id = o.id)
           ) order by o.placed_at), '[]') as "orders!"
           from "order" o where o.customer_id = $1"#,
        customer.0,
    )
    .fetch_one(db)
    .await?;
    Ok(orders)
}
