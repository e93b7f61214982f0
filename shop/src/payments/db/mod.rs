//! The SQL of payments.

mod refunds;

pub(super) use refunds::{
    NewRefund, Refund, fail_refund, insert_refund, insert_refund_lines, move_refund, note_refund,
    refund, refund_by,
};

use super::stripe::Session;
use crate::Result;
use domain::{
    CustomerId, OrderId, PaymentId,
    payments::{AttemptStatus, SessionRequest},
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

/// Writes an attempt, and that it began into the timeline of the order.
pub(super) async fn insert(
    tx: &mut PgConnection,
    id: PaymentId,
    order: OrderId,
    request: &SessionRequest,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "with made as (
             insert into payment (id, order_id, status, amount, currency, request, expires_at, created_at)
             values ($1, $2, 'open', $3, $4, $5, $6, $7)
         )
         insert into order_event (order_id, kind, at) values ($2, 'payment_started', $7)",
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
    /// The part of the order's address that cannot be guessed.
    pub(super) order_token: String,
    pub(super) status: AttemptStatus,
    pub(super) request: SessionRequest,
    pub(super) session: Option<String>,
    pub(super) url: Option<String>,
    pub(super) expires_at: Timestamp,
}

pub(super) async fn attempt(db: &PgPool, id: PaymentId) -> Result<Option<Attempt>> {
    let row = sqlx::query!(
        r#"select p.order_id, o.token, p.status as "status: AttemptStatus", p.request, p.session_id, p.session_url,
                  p.expires_at as "expires_at: jiff_sqlx::Timestamp"
           from payment p join "order" o on o.id = p.order_id where p.id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Attempt {
            order: OrderId(row.order_id),
            order_token: row.token,
            status: row.status,
            request: serde_json::from_value(row.request)?,
            session: row.session_id,
            url: row.session_url,
            expires_at: row.expires_at.to_jiff(),
        })
    })
    .transpose()
}

/// Where an attempt stands.
pub(super) struct Standing {
    pub(super) status: AttemptStatus,
    /// Whether its order has a later attempt.
    pub(super) superseded: bool,
}

/// Where an attempt stands, locked. Attempts are begun under the lock of their order, which the caller has.
pub(super) async fn lock(tx: &mut PgConnection, id: PaymentId) -> Result<Standing> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select p.status as "status: AttemptStatus",
                  exists (select 1 from payment later where later.order_id = p.order_id and later.id <> p.id
                          and later.created_at >= p.created_at) as "superseded!"
           from payment p where p.id = $1 for update of p"#,
        id.0,
    )
    .fetch_one(tx)
    .await?)
}

pub(super) async fn note_session(db: &PgPool, id: PaymentId, session: &Session) -> Result<()> {
    sqlx::query!(
        "update payment set session_id = $2, session_url = coalesce($3, session_url) where id = $1",
        id.0,
        session.id,
        session.url,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends an attempt that is open.
pub(super) async fn end(
    tx: &mut PgConnection,
    id: PaymentId,
    status: AttemptStatus,
    session: Option<&Session>,
    now: Timestamp,
) -> Result<()> {
    let card = session.and_then(|session| session.card.as_ref());
    sqlx::query!(
        "update payment set status = $2, ended_at = $3, session_id = coalesce(session_id, $4),
                            payment_intent = coalesce($5, payment_intent),
                            card_brand = coalesce($6, card_brand), card_last4 = coalesce($7, card_last4)
         where id = $1",
        id.0,
        status.as_str(),
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

/// The open attempts that were begun before a moment, the latest first: each is looked at by a job of its own when its time is
/// over, and most of those that were paid were paid soon.
pub(super) async fn open_before(db: &PgPool, before: Timestamp) -> Result<Vec<PaymentId>> {
    let ids = sqlx::query_scalar!(
        "select id from payment where status = 'open' and created_at < $1 order by created_at desc limit 500",
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
             and not exists (select 1 from payment p where p.order_id = o.id
                             and (p.status in ('open', 'succeeded') or p.ended_at >= $1))
           limit 200"#,
        jiff_sqlx::Timestamp::from(before) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(OrderId).collect())
}

/// Whether an order has an attempt that brought its money or may still do so.
pub(super) async fn can_be_paid(tx: &mut PgConnection, order: OrderId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from payment where order_id = $1 and status in ('open', 'succeeded')) as "can!""#,
        order.0,
    )
    .fetch_one(tx)
    .await?)
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

/// Forgets what events said that came in before this and were dealt with, some at a time; that they came stays known.
pub(super) async fn forget_events(db: &PgPool, before: Timestamp) -> Result<()> {
    sqlx::query!(
        "update webhook_event set payload = '' where id in (
             select id from webhook_event
             where payload <> '' and received_at < $1 and (processed_at is not null or kind = 'unreadable')
             order by received_at limit 1000)",
        jiff_sqlx::Timestamp::from(before) as _,
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

/// Takes a customer's address out of the attempts to pay for what was never paid.
pub(crate) async fn forget(tx: &mut PgConnection, customer: CustomerId) -> Result<()> {
    sqlx::query!(
        r#"update payment p set request = jsonb_set(p.request, '{email}', '""') from "order" o
           where o.id = p.order_id and o.customer_id = $1 and o.paid_at is null and p.status <> 'open'"#,
        customer.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// When the oldest event came in that waits to be handled.
pub(super) async fn oldest_event(db: &PgPool) -> Result<Option<Timestamp>> {
    let oldest = sqlx::query_scalar!(
        r#"select min(received_at) as "at: jiff_sqlx::Timestamp" from webhook_event
           where processed_at is null and kind <> 'unreadable'"#
    )
    .fetch_one(db)
    .await?;
    Ok(oldest.map(jiff_sqlx::Timestamp::to_jiff))
}
