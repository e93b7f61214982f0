//! An order as its page and its mails show it.

use crate::{Error, Result, Shop, checkout::zone, fulfilment};
use domain::{
    Currency, Money, OrderId, RefundId,
    catalog::Picture,
    orders::{OrderLine, OrderRefund, OrderView},
};
use jiff::{Timestamp, tz::TimeZone};
use sqlx::PgConnection;

pub(in crate::orders) async fn by_token(shop: &Shop, token: &str) -> Result<Option<OrderView>> {
    let row = sqlx::query!(
        r#"select o.id, o.number, o.token, o.email::text as "email!", o.status, o.payment_status, o.fulfilment_status,
                  o.currency, o.subtotal, o.discount, o.shipping, o.tax_name, o.tax_included, o.tax_added, o.total,
                  o.coupon_code, o.shipping_name, o.arrival, o.shipping_address, o.billing_address,
                  o.placed_at as "placed_at: jiff_sqlx::Timestamp", o.paid_at as "paid_at: jiff_sqlx::Timestamp",
                  paid.card_brand as "card_brand?", paid.card_last4 as "card_last4?",
                  (select p.session_url from payment p where p.order_id = o.id and p.status = 'open' and p.expires_at > $2) as pay_href,
                  coalesce((select value ->> 'time_zone' from setting where key = 'shop'), 'UTC') as "time_zone!"
           from "order" o
           left join payment paid on paid.order_id = o.id and paid.status = 'succeeded'
           where o.token = $1"#,
        token,
        jiff_sqlx::Timestamp::from(shop.clock().now()) as _,
    )
    .fetch_optional(shop.db())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency: Currency = stored(row.currency.parse())?;
    let money = |minor| Money::new(minor, currency);
    let time_zone = zone(&row.time_zone);
    let placed_at = row.placed_at.to_jiff();
    let id = OrderId(row.id);
    let mut connection = shop.db().acquire().await?;
    let parcels = if row.fulfilment_status == "unfulfilled" {
        Vec::new()
    } else {
        fulfilment::parcels(&mut connection, id, in_words, &time_zone).await?
    };
    let refunds = if row.paid_at.is_some() {
        refunds(&mut connection, id, currency, &time_zone).await?
    } else {
        Vec::new()
    };
    Ok(Some(OrderView {
        number: row.number,
        token: row.token,
        email: row.email,
        placed_at,
        placed_at_local: in_words(placed_at, &time_zone),
        paid_at_local: row.paid_at.map(|at| in_words(at.to_jiff(), &time_zone)),
        status: stored(row.status.parse())?,
        payment: stored(row.payment_status.parse())?,
        fulfilment: stored(row.fulfilment_status.parse())?,
        lines: lines(&mut connection, id, currency).await?,
        currency,
        subtotal: money(row.subtotal),
        discount: row
            .coupon_code
            .filter(|_| row.discount > 0)
            .map(|code| (code, money(row.discount))),
        shipping_name: row.shipping_name,
        shipping: money(row.shipping),
        tax_name: row.tax_name,
        tax_included: money(row.tax_included),
        tax_added: money(row.tax_added),
        total: money(row.total),
        shipping_address: serde_json::from_value(row.shipping_address)?,
        billing_address: row
            .billing_address
            .map(serde_json::from_value)
            .transpose()?,
        arrival: serde_json::from_value(row.arrival)?,
        card: row.card_brand.zip(row.card_last4),
        pay_href: row.pay_href,
        parcels,
        refunds,
    }))
}

pub(super) fn stored<T, E: std::fmt::Display>(parsed: Result<T, E>) -> Result<T> {
    parsed.map_err(|error| Error::Stored(error.to_string()))
}

/// `Saturday 21 November, 10:24`.
fn in_words(at: Timestamp, time_zone: &TimeZone) -> String {
    at.to_zoned(time_zone.clone())
        .strftime("%A %-d %B, %H:%M")
        .to_string()
}

async fn lines(
    connection: &mut PgConnection,
    order: OrderId,
    currency: Currency,
) -> Result<Vec<OrderLine>> {
    let rows = sqlx::query!(
        "select title, label, sku, handle, picture, unit_price, quantity, subtotal from order_line
         where order_id = $1 order by position",
        order.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let picture: Option<Picture> = row.picture.map(serde_json::from_value).transpose()?;
            Ok(OrderLine {
                title: row.title,
                label: row.label,
                sku: row.sku,
                handle: row.handle,
                picture,
                unit: Money::new(row.unit_price, currency),
                quantity: row.quantity,
                subtotal: Money::new(row.subtotal, currency),
            })
        })
        .collect()
}

/// What went back of the payment that the order keeps, or is on its way.
async fn refunds(
    connection: &mut PgConnection,
    order: OrderId,
    currency: Currency,
    time_zone: &TimeZone,
) -> Result<Vec<OrderRefund>> {
    let rows = sqlx::query!(
        r#"select r.id, r.amount, r.status = 'succeeded' as "is_back!", r.created_at as "at: jiff_sqlx::Timestamp"
           from refund r join payment p on p.id = r.payment_id
           where p.order_id = $1 and p.status = 'succeeded' and r.order_id = $1 and r.status <> 'failed' order by r.created_at, r.id"#,
        order.0,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| OrderRefund {
            id: RefundId(row.id),
            amount: Money::new(row.amount, currency),
            at: in_words(row.at.to_jiff(), time_zone),
            is_back: row.is_back,
        })
        .collect())
}
