//! The SQL of payments.

use crate::Result;
use domain::{OrderId, PaymentId, RefundId, payments::SessionRequest};
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor, PgPool};

pub(super) async fn insert(
    tx: &mut PgConnection,
    id: PaymentId,
    order: OrderId,
    request: &SessionRequest,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into payment (id, order_id, status, amount, currency, request, expires_at, created_at)
         values ($1, $2, 'open', $3, $4, $5, $6, $7)",
        id.0,
        order.0,
        request.total,
        request.currency.code(),
        serde_json::to_value(request)?,
        jiff_sqlx::Timestamp::from(expires_at) as _,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// An attempt.
pub(super) struct Attempt {
    pub(super) order: OrderId,
    pub(super) status: String,
    pub(super) request: SessionRequest,
    pub(super) session: Option<String>,
    pub(super) url: Option<String>,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn attempt(db: impl PgExecutor<'_>, id: PaymentId) -> Result<Attempt> {
    let row = sqlx::query!(
        r#"select order_id, status, request, session_id, session_url, expires_at as "expires_at: jiff_sqlx::Timestamp"
           from payment where id = $1"#,
        id.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Attempt {
        order: OrderId(row.order_id),
        status: row.status,
        request: serde_json::from_value(row.request)?,
        session: row.session_id,
        url: row.session_url,
        expires_at: row.expires_at.to_jiff(),
    })
}

/// Where an attempt stands, locked.
pub(super) async fn lock_status(tx: &mut PgConnection, id: PaymentId) -> Result<String> {
    Ok(
        sqlx::query_scalar!("select status from payment where id = $1 for update", id.0)
            .fetch_one(tx)
            .await?,
    )
}

pub(super) async fn note_session(
    db: &PgPool,
    id: PaymentId,
    session: &str,
    url: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "update payment set session_id = $2, session_url = coalesce($3, session_url) where id = $1",
        id.0,
        session,
        url,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends an attempt that is open.
pub(super) async fn end(
    tx: &mut PgConnection,
    id: PaymentId,
    status: &str,
    session: Option<&super::stripe::Session>,
    now: Timestamp,
) -> Result<()> {
    let card = session.and_then(|session| session.card.as_ref());
    sqlx::query!(
        "update payment set status = $2, ended_at = $3, session_id = coalesce(session_id, $4),
                            payment_intent = coalesce($5, payment_intent),
                            card_brand = coalesce($6, card_brand), card_last4 = coalesce($7, card_last4)
         where id = $1",
        id.0,
        status,
        jiff_sqlx::Timestamp::from(now) as _,
        session.map(|session| session.id.as_str()),
        session.and_then(|session| session.intent.as_deref()),
        card.map(|(brand, _)| brand.as_str()),
        card.map(|(_, last4)| last4.as_str()),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The attempts of an order that may still be paid.
pub(super) async fn open_of(db: &PgPool, order_token: &str) -> Result<Vec<PaymentId>> {
    let ids = sqlx::query_scalar!(
        r#"select p.id from payment p join "order" o on o.id = p.order_id where o.token = $1 and p.status = 'open'"#,
        order_token,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(PaymentId).collect())
}

/// The open attempts that were begun before a moment, the oldest first.
pub(super) async fn open_before(db: &PgPool, before: Timestamp) -> Result<Vec<PaymentId>> {
    let ids = sqlx::query_scalar!(
        "select id from payment where status = 'open' and created_at < $1 order by created_at limit 200",
        jiff_sqlx::Timestamp::from(before) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(PaymentId).collect())
}

pub(super) async fn of_session(db: &PgPool, session: &str) -> Result<Option<PaymentId>> {
    Ok(
        sqlx::query_scalar!("select id from payment where session_id = $1", session)
            .fetch_optional(db)
            .await?
            .map(PaymentId),
    )
}

/// The payment that a payment intent paid, with its order.
pub(super) async fn of_intent(db: &PgPool, intent: &str) -> Result<Option<(PaymentId, OrderId)>> {
    Ok(sqlx::query!(
        "select id, order_id from payment where payment_intent = $1",
        intent
    )
    .fetch_optional(db)
    .await?
    .map(|row| (PaymentId(row.id), OrderId(row.order_id))))
}

/// Orders that wait for a payment and have no attempt that could bring it.
pub(super) async fn stranded(db: &PgPool, before: Timestamp) -> Result<Vec<OrderId>> {
    let ids = sqlx::query_scalar!(
        r#"select o.id from "order" o
           where o.status = 'pending' and o.updated_at < $1
             and not exists (select 1 from payment p where p.order_id = o.id and p.status in ('open', 'succeeded'))
           limit 200"#,
        jiff_sqlx::Timestamp::from(before) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

// ---------------------------------------------------------------------------------------------------------------------
// Events

/// Stores what a webhook told; returns whether it is new.
pub(super) async fn insert_event(
    tx: &mut PgConnection,
    id: &str,
    kind: &str,
    payload: &str,
    now: Timestamp,
) -> Result<bool> {
    let inserted = sqlx::query!(
        "insert into webhook_event (id, kind, payload, received_at) values ($1, $2, $3, $4) on conflict (id) do nothing",
        id,
        kind,
        payload,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

pub(super) async fn event_payload(db: &PgPool, id: &str) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!("select payload from webhook_event where id = $1", id)
            .fetch_optional(db)
            .await?,
    )
}

pub(super) async fn event_processed(db: &PgPool, id: &str, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "update webhook_event set processed_at = $2 where id = $1",
        id,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether something was noted for a person already, so that it is noted once.
pub(super) async fn is_noted(tx: &mut PgConnection, order: OrderId, detail: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from order_event where order_id = $1 and kind = 'needs_attention' and detail = $2) as "noted!""#,
        order.0,
        detail,
    )
    .fetch_one(tx)
    .await?)
}

// ---------------------------------------------------------------------------------------------------------------------
// Refunds

pub(super) async fn insert_refund(
    tx: &mut PgConnection,
    id: RefundId,
    payment: PaymentId,
    order: OrderId,
    amount: i64,
    reason: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into refund (id, payment_id, order_id, amount, reason, status, created_at, updated_at)
         values ($1, $2, $3, $4, $5, 'pending', $6, $6)",
        id.0,
        payment.0,
        order.0,
        amount,
        reason,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A refund that is to be sent.
pub(super) struct Refund {
    pub(super) order: OrderId,
    pub(super) amount: i64,
    pub(super) status: String,
    pub(super) stripe_id: Option<String>,
    pub(super) intent: Option<String>,
}

pub(super) async fn refund(db: &PgPool, id: RefundId) -> Result<Refund> {
    let row = sqlx::query!(
        "select r.order_id, r.amount, r.status, r.stripe_id, p.payment_intent
         from refund r join payment p on p.id = r.payment_id where r.id = $1",
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
    })
}

/// Notes what Stripe says of a refund, found by the shop's id or by Stripe's; returns its order.
pub(super) async fn note_refund(
    tx: &mut PgConnection,
    id: Option<RefundId>,
    stripe_id: &str,
    status: &str,
    now: Timestamp,
) -> Result<Option<OrderId>> {
    Ok(sqlx::query_scalar!(
        "update refund set stripe_id = $2, status = $3, updated_at = $4
         where (id = $1 or stripe_id = $2) and status is distinct from $3 returning order_id",
        id.map(|id| id.0),
        stripe_id,
        status,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(tx)
    .await?
    .map(OrderId))
}
