//! Invoices, and the counter that gives them their numbers.

use crate::Result;
use domain::{OrderId, orders::Invoice};
use jiff::Timestamp;
use sqlx::PgConnection;

/// The next number. Its row is locked until the end of the transaction: whoever is next waits, and takes the same number where
/// this one comes to nothing.
pub(in crate::orders) async fn next_number(tx: &mut PgConnection) -> Result<i64> {
    Ok(
        sqlx::query_scalar!("update invoice_counter set last = last + 1 returning last")
            .fetch_one(tx)
            .await?,
    )
}

pub(in crate::orders) async fn insert(
    tx: &mut PgConnection,
    order: OrderId,
    invoice: &Invoice,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into invoice (number, order_id, issued_at, body) values ($1, $2, $3, $4)",
        invoice.number,
        order.0,
        jiff_sqlx::Timestamp::from(now) as _,
        serde_json::to_value(invoice)?,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The invoice of an order, as it was issued.
pub(in crate::orders) async fn of(
    connection: &mut PgConnection,
    order_number: i64,
) -> Result<Option<Invoice>> {
    let body = sqlx::query_scalar!(
        r#"select i.body from invoice i join "order" o on o.id = i.order_id where o.number = $1"#,
        order_number,
    )
    .fetch_optional(connection)
    .await?;
    Ok(body.map(serde_json::from_value).transpose()?)
}
