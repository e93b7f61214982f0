//! The SQL of money that goes back.

use crate::{Error, Result};
use domain::{
    Currency, OrderId, PaymentId, RefundId,
    orders::{PlannedLine, RefundStatus},
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// A refund to be written.
#[derive(Default)]
pub(in crate::payments) struct NewRefund<'a> {
    pub(in crate::payments) amount: i64,
    /// What of it is for delivery.
    pub(in crate::payments) shipping: i64,
    /// What was added to what rows and delivery come to, or kept.
    pub(in crate::payments) adjustment: i64,
    pub(in crate::payments) reason: &'a str,
    /// Who asked for it; nobody where the shop does by itself.
    pub(in crate::payments) staff: Option<Uuid>,
    pub(in crate::payments) staff_name: &'a str,
    /// Whether the shopper is told.
    pub(in crate::payments) tell: bool,
}

/// Writes a refund. Never do those that did not fail come to more than the payment brought: that would be a fault of the shop,
/// and nothing is written then.
pub(in crate::payments) async fn insert_refund(
    tx: &mut PgConnection,
    id: RefundId,
    payment: PaymentId,
    order: OrderId,
    new: &NewRefund<'_>,
    now: Timestamp,
) -> Result<()> {
    let written = sqlx::query!(
        "insert into refund (id, payment_id, order_id, amount, shipping, adjustment, reason, status, staff_id, staff_name,
                             tell, created_at, updated_at)
         select $1, p.id, $3, $4::bigint, $5, $6, $7, 'pending', $8, $9, $10, $11, $11
         from payment p
         where p.id = $2 and p.amount - $4 >= (select coalesce(sum(r.amount), 0) from refund r
                                               where r.payment_id = p.id and r.status <> 'failed')",
        id.0,
        payment.0,
        order.0,
        new.amount,
        new.shipping,
        new.adjustment,
        new.reason,
        new.staff,
        new.staff_name,
        new.tell,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    if written.rows_affected() == 1 {
        Ok(())
    } else {
        Err(Error::Invariant(format!(
            "more would go back for order {order} than came in"
        )))
    }
}

/// Writes what a refund is for.
pub(in crate::payments) async fn insert_refund_lines(
    tx: &mut PgConnection,
    refund: RefundId,
    lines: &[PlannedLine],
) -> Result<()> {
    let ids: Vec<Uuid> = lines.iter().map(|line| line.line.0).collect();
    let quantities: Vec<i32> = lines.iter().map(PlannedLine::quantity).collect();
    let unsent: Vec<i32> = lines
        .iter()
        .map(|line| line.withdrawn + line.owed)
        .collect();
    let amounts: Vec<i64> = lines.iter().map(|line| line.amount).collect();
    let restocked: Vec<bool> = lines.iter().map(|line| line.restock).collect();
    sqlx::query!(
        "insert into refund_line (refund_id, order_line_id, quantity, unsent, amount, restocked)
         select $1, back.line, back.quantity, back.unsent, back.amount, back.restocked
         from unnest($2::uuid[], $3::int[], $4::int[], $5::bigint[], $6::bool[])
              as back (line, quantity, unsent, amount, restocked)",
        refund.0,
        &ids,
        &quantities,
        &unsent,
        &amounts,
        &restocked,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends a refund that was not made. Returns whether it was waiting.
pub(in crate::payments) async fn fail_refund(
    tx: &mut PgConnection,
    id: RefundId,
    now: Timestamp,
) -> Result<bool> {
    let failed = sqlx::query!(
        "update refund set status = 'failed', updated_at = $2 where id = $1 and status = 'pending'",
        id.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(failed.rows_affected() == 1)
}

/// Writes a refund that failed once more under another id, with all that it is for.
pub(in crate::payments) async fn move_refund(
    tx: &mut PgConnection,
    from: RefundId,
    to: RefundId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into refund (id, payment_id, order_id, amount, shipping, adjustment, reason, status, staff_id, staff_name,
                             tell, created_at, updated_at)
         select $2, payment_id, order_id, amount, shipping, adjustment, reason, 'pending', staff_id, staff_name,
                tell, $3, $3
         from refund where id = $1",
        from.0,
        to.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update refund_line set refund_id = $2 where refund_id = $1",
        from.0,
        to.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A refund that is to be sent.
pub(in crate::payments) struct Refund {
    pub(in crate::payments) order: OrderId,
    pub(in crate::payments) amount: i64,
    pub(in crate::payments) status: RefundStatus,
    pub(in crate::payments) stripe_id: Option<String>,
    pub(in crate::payments) intent: Option<String>,
    pub(in crate::payments) currency: Currency,
    /// Whether somebody of the staff asked for it.
    pub(in crate::payments) was_asked: bool,
    /// Whether the shopper is told.
    pub(in crate::payments) tell: bool,
}

pub(in crate::payments) async fn refund(db: &PgPool, id: RefundId) -> Result<Refund> {
    let row = sqlx::query!(
        r#"select r.order_id, r.amount, r.status as "status: RefundStatus", r.stripe_id, r.staff_name, r.tell,
                  p.payment_intent, p.currency
           from refund r join payment p on p.id = r.payment_id where r.id = $1"#,
        id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Refund {
        order: OrderId(row.order_id),
        amount: row.amount,
        status: row.status,
        stripe_id: row.stripe_id,
        intent: row.payment_intent,
        currency: row
            .currency
            .parse()
            .map_err(|error: domain::money::NotACurrency| Error::Stored(error.to_string()))?,
        was_asked: !row.staff_name.is_empty(),
        tell: row.tell,
    })
}

/// The refund that Stripe knows by an id, or that the shop asked for under one.
pub(in crate::payments) async fn refund_by(
    db: &PgPool,
    id: Option<RefundId>,
    stripe_id: &str,
) -> Result<Option<RefundId>> {
    Ok(sqlx::query_scalar!(
        "select id from refund where id = $1 or stripe_id = $2",
        id.map(|id| id.0),
        stripe_id,
    )
    .fetch_optional(db)
    .await?
    .map(RefundId))
}

/// Notes what Stripe says of a refund; returns how it stood before where that is news.
pub(in crate::payments) async fn note_refund(
    tx: &mut PgConnection,
    id: RefundId,
    stripe_id: &str,
    status: RefundStatus,
    now: Timestamp,
) -> Result<Option<RefundStatus>> {
    Ok(sqlx::query_scalar!(
        r#"update refund r set stripe_id = $2, status = $3, updated_at = $4
           from (select id, status from refund where id = $1 for update) before
           where r.id = before.id and (before.status <> $3 or r.stripe_id is null)
           returning before.status as "status: RefundStatus""#,
        id.0,
        stripe_id,
        status.as_str(),
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(tx)
    .await?)
}
