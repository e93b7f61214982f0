//! Links that were sent by mail.

use crate::{Result, accounts::CustomerLink};
use domain::CustomerId;
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

/// A link that is about to be sent.
pub(in crate::accounts) struct NewLink<'a> {
    pub(in crate::accounts) token_hash: &'a [u8],
    pub(in crate::accounts) customer: CustomerId,
    pub(in crate::accounts) kind: CustomerLink,
    /// Where it is sent.
    pub(in crate::accounts) email: &'a str,
    pub(in crate::accounts) expires_at: Timestamp,
}

pub(in crate::accounts) async fn insert_link(db: &PgPool, new: &NewLink<'_>) -> Result<()> {
    sqlx::query!(
        "insert into customer_link (token_hash, customer_id, kind, email, expires_at)
         values ($1, $2, $3, $4::text::citext, $5)",
        new.token_hash,
        new.customer.0,
        new.kind.as_str(),
        new.email,
        jiff_sqlx::Timestamp::from(new.expires_at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose link this is, while it holds: not used, not too old, and sent to the address that it is about.
pub(in crate::accounts) async fn link(
    db: &PgPool,
    token_hash: &[u8],
    kind: CustomerLink,
    now: Timestamp,
) -> Result<Option<CustomerId>> {
    Ok(sqlx::query_scalar!(
        "select c.id from customer_link l join customer c on c.id = l.customer_id
         where l.token_hash = $1 and l.kind = $2 and l.used_at is null and l.expires_at > $3
           and l.email = case when l.kind = 'email' then c.new_email else c.email end",
        token_hash,
        kind.as_str(),
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(db)
    .await?
    .map(CustomerId))
}

/// Uses a link, and with it all others of its kind. Returns whether it still held. The customer is locked.
pub(in crate::accounts) async fn use_link(
    tx: &mut PgConnection,
    token_hash: &[u8],
    kind: CustomerLink,
    now: Timestamp,
) -> Result<bool> {
    let used = sqlx::query_scalar!(
        "update customer_link l set used_at = $3 from customer c
         where l.token_hash = $1 and l.kind = $2 and l.used_at is null and l.expires_at > $3 and c.id = l.customer_id
           and l.email = case when l.kind = 'email' then c.new_email else c.email end
         returning l.customer_id",
        token_hash,
        kind.as_str(),
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(customer) = used else {
        return Ok(false);
    };
    sqlx::query!(
        "update customer_link set used_at = $3 where customer_id = $1 and kind = $2 and used_at is null",
        customer,
        kind.as_str(),
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(true)
}
