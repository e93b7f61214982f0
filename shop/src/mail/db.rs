//! The SQL of mail.

use super::Message;
use crate::Result;
use domain::{CustomerId, OrderId};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

pub(super) async fn is_sent(db: &PgPool, key: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from mail where key = $1 and sent_at is not null) as "sent!""#,
        key,
    )
    .fetch_one(db)
    .await?)
}

/// A mail to be kept.
pub(super) struct NewMail<'a> {
    pub(super) id: Uuid,
    /// What it is about, once.
    pub(super) key: &'a str,
    pub(super) kind: &'a str,
    pub(super) order: OrderId,
    /// The parcel or the refund that it is about.
    pub(super) about: Option<Uuid>,
}

/// Keeps a mail before it is sent. Returns its id: the first one of this key, however often it is kept.
pub(super) async fn keep(
    db: &PgPool,
    new: &NewMail<'_>,
    message: &Message,
    now: Timestamp,
) -> Result<Uuid> {
    Ok(sqlx::query_scalar!(
        "insert into mail (id, key, kind, order_id, about, recipient, subject, html, text, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (key) do update set subject = excluded.subject, html = excluded.html, text = excluded.text
         returning id",
        new.id,
        new.key,
        new.kind,
        new.order.0,
        new.about,
        message.to,
        message.subject,
        message.html,
        message.text,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn sent(tx: &mut PgConnection, key: &str, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "update mail set sent_at = $2 where key = $1",
        key,
        jiff_sqlx::Timestamp::from(now) as _
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The mails that a customer got about their orders, as JSON.
pub(crate) async fn export(db: &PgPool, customer: CustomerId) -> Result<serde_json::Value> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(jsonb_build_object('to', m.recipient, 'subject', m.subject, 'text', m.text,
                                     'sent_at', m.sent_at) order by m.created_at), '[]') as "mails!"
           from "order" o join mail m on m.order_id = o.id where o.customer_id = $1"#,
        customer.0,
    )
    .fetch_one(db)
    .await?)
}

/// Takes out what was written to a customer. That it was written stays, so that it is not written again.
pub(crate) async fn forget(tx: &mut PgConnection, customer: CustomerId) -> Result<()> {
    sqlx::query!(
        r#"update mail m set recipient = '', html = '', text = '' from "order" o
           where o.id = m.order_id and o.customer_id = $1"#,
        customer.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}
