//! Sessions.

use crate::Result;
use domain::{CustomerId, CustomerSessionId};
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor, PgPool};

/// A browser that comes in.
pub(in crate::accounts) struct NewSession<'a> {
    pub(in crate::accounts) id: CustomerSessionId,
    pub(in crate::accounts) token_hash: &'a [u8],
    pub(in crate::accounts) customer: CustomerId,
    pub(in crate::accounts) client: &'a str,
    pub(in crate::accounts) agent: &'a str,
    pub(in crate::accounts) now: Timestamp,
    pub(in crate::accounts) expires_at: Timestamp,
}

pub(in crate::accounts) async fn insert_session(
    tx: &mut PgConnection,
    new: &NewSession<'_>,
) -> Result<()> {
    sqlx::query!(
        "insert into customer_session (id, token_hash, customer_id, client, agent, created_at, seen_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $6, $7)",
        new.id.0,
        new.token_hash,
        new.customer.0,
        new.client,
        new.agent,
        jiff_sqlx::Timestamp::from(new.now) as _,
        jiff_sqlx::Timestamp::from(new.expires_at) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A session with whom it belongs to.
pub(in crate::accounts) struct Known {
    pub(in crate::accounts) session: CustomerSessionId,
    pub(in crate::accounts) seen_at: Timestamp,
    pub(in crate::accounts) customer: CustomerId,
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) email: String,
}

pub(in crate::accounts) async fn session(
    db: &PgPool,
    token_hash: &[u8],
    with_demo: bool,
    now: Timestamp,
) -> Result<Option<Known>> {
    let row = sqlx::query!(
        r#"select s.id, s.seen_at as "seen_at: jiff_sqlx::Timestamp", c.id as customer, c.name, c.email::text as "email!"
           from customer_session s join customer c on c.id = s.customer_id
           where s.token_hash = $1 and s.expires_at > $2 and c.deleted_at is null and (not c.is_demo or $3)"#,
        token_hash,
        jiff_sqlx::Timestamp::from(now) as _,
        with_demo,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Known {
        session: CustomerSessionId(row.id),
        seen_at: row.seen_at.to_jiff(),
        customer: CustomerId(row.customer),
        name: row.name,
        email: row.email,
    }))
}

pub(in crate::accounts) async fn seen(
    db: &PgPool,
    session: CustomerSessionId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update customer_session set seen_at = $2, expires_at = $3 where id = $1",
        session.0,
        jiff_sqlx::Timestamp::from(now) as _,
        jiff_sqlx::Timestamp::from(expires_at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session as the list of them shows it.
pub(in crate::accounts) struct Listed {
    pub(in crate::accounts) id: CustomerSessionId,
    pub(in crate::accounts) client: String,
    pub(in crate::accounts) agent: String,
    pub(in crate::accounts) created_at: Timestamp,
    pub(in crate::accounts) seen_at: Timestamp,
}

/// The latest hundred that are alive.
pub(in crate::accounts) async fn sessions(
    db: &PgPool,
    customer: CustomerId,
    now: Timestamp,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select id, client, agent, created_at as "created_at: jiff_sqlx::Timestamp", seen_at as "seen_at: jiff_sqlx::Timestamp"
           from customer_session where customer_id = $1 and expires_at > $2 order by created_at desc limit 100"#,
        customer.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: CustomerSessionId(row.id),
            client: row.client,
            agent: row.agent,
            created_at: row.created_at.to_jiff(),
            seen_at: row.seen_at.to_jiff(),
        })
        .collect())
}

/// Which sessions end.
#[derive(Debug, Clone, Copy)]
pub(in crate::accounts) enum Ending {
    One(CustomerSessionId),
    AllBut(CustomerSessionId),
    All,
}

pub(in crate::accounts) async fn end_sessions(
    db: impl PgExecutor<'_>,
    customer: CustomerId,
    which: Ending,
) -> Result<()> {
    let (one, but) = match which {
        Ending::One(id) => (Some(id.0), None),
        Ending::AllBut(id) => (None, Some(id.0)),
        Ending::All => (None, None),
    };
    sqlx::query!(
        "delete from customer_session where customer_id = $1 and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)",
        customer.0,
        one,
        but,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends the session of a cookie, whosever it is.
pub(in crate::accounts) async fn end_session(
    tx: &mut PgConnection,
    token_hash: &[u8],
) -> Result<()> {
    sqlx::query!(
        "delete from customer_session where token_hash = $1",
        token_hash
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes away sessions and links whose time is over.
pub(in crate::accounts) async fn sweep(db: &PgPool, now: Timestamp) -> Result<()> {
    let now = jiff_sqlx::Timestamp::from(now);
    sqlx::query!(
        "with links as (delete from customer_link where expires_at < $1)
         delete from customer_session where expires_at < $1",
        now as _,
    )
    .execute(db)
    .await?;
    Ok(())
}
