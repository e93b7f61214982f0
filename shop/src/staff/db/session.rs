//! Sessions, and what opens the door to one.

use crate::Result;
use domain::{StaffId, StaffSessionId};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// What is asked of somebody who wants to come in.
pub(in crate::staff) struct Door {
    pub(in crate::staff) id: StaffId,
    pub(in crate::staff) hash: Option<String>,
    pub(in crate::staff) has_totp: bool,
}

/// Whoever this address belongs to and may come in.
pub(in crate::staff) async fn door(
    db: &PgPool,
    email: &str,
    with_demo: bool,
) -> Result<Option<Door>> {
    let row = sqlx::query!(
        r#"select id, password_hash, totp_since is not null as "has_totp!" from staff
           where email = $1::text::citext and disabled_at is null and (not is_demo or $2)"#,
        email,
        with_demo,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Door {
        id: StaffId(row.id),
        hash: row.password_hash,
        has_totp: row.has_totp,
    }))
}

/// A browser that comes in.
pub(in crate::staff) struct NewSession<'a> {
    pub(in crate::staff) id: StaffSessionId,
    pub(in crate::staff) token_hash: &'a [u8],
    pub(in crate::staff) staff: StaffId,
    pub(in crate::staff) is_complete: bool,
    pub(in crate::staff) client: &'a str,
    pub(in crate::staff) agent: &'a str,
    pub(in crate::staff) now: Timestamp,
    pub(in crate::staff) expires_at: Timestamp,
}

pub(in crate::staff) async fn insert_session(
    tx: &mut PgConnection,
    new: &NewSession<'_>,
) -> Result<()> {
    sqlx::query!(
        "insert into staff_session (id, token_hash, staff_id, is_complete, confirmed_at, client, agent, created_at,
             seen_at, expires_at)
         values ($1, $2, $3, $4, $7, $5, $6, $7, $7, $8)",
        new.id.0,
        new.token_hash,
        new.staff.0,
        new.is_complete,
        new.client,
        new.agent,
        jiff_sqlx::Timestamp::from(new.now) as _,
        jiff_sqlx::Timestamp::from(new.expires_at) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A session with who it belongs to.
pub(in crate::staff) struct Known {
    pub(in crate::staff) session: Uuid,
    pub(in crate::staff) is_complete: bool,
    pub(in crate::staff) confirmed_at: Timestamp,
    pub(in crate::staff) seen_at: Timestamp,
    pub(in crate::staff) staff: Uuid,
    pub(in crate::staff) name: String,
    pub(in crate::staff) email: String,
    pub(in crate::staff) has_totp: bool,
    pub(in crate::staff) role: String,
    pub(in crate::staff) role_name: String,
    pub(in crate::staff) permissions: Vec<String>,
    pub(in crate::staff) totp_required: bool,
}

pub(in crate::staff) async fn session(
    db: &PgPool,
    token_hash: &[u8],
    with_demo: bool,
    now: Timestamp,
) -> Result<Option<Known>> {
    let row = sqlx::query!(
        r#"select s.id as session, s.is_complete, s.confirmed_at as "confirmed_at: jiff_sqlx::Timestamp",
                  s.seen_at as "seen_at: jiff_sqlx::Timestamp", p.id as staff, p.name, p.email::text as "email!",
                  p.totp_since is not null as "has_totp!", r.handle, r.name as role_name, r.permissions,
                  coalesce((select (value ->> 'totp_required')::boolean from setting where key = 'security'), false)
                      as "totp_required!"
           from staff_session s join staff p on p.id = s.staff_id join role r on r.id = p.role_id
           where s.token_hash = $1 and s.expires_at > $2 and p.disabled_at is null
             and (not p.is_demo or $3)"#,
        token_hash,
        jiff_sqlx::Timestamp::from(now) as _,
        with_demo,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Known {
        session: row.session,
        is_complete: row.is_complete,
        confirmed_at: row.confirmed_at.to_jiff(),
        seen_at: row.seen_at.to_jiff(),
        staff: row.staff,
        name: row.name,
        email: row.email,
        has_totp: row.has_totp,
        role: row.handle,
        role_name: row.role_name,
        permissions: row.permissions,
        totp_required: row.totp_required,
    }))
}

/// A session that is used lives on.
pub(in crate::staff) async fn seen(
    db: &PgPool,
    session: Uuid,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update staff_session set seen_at = $2, expires_at = $3 where id = $1",
        session,
        jiff_sqlx::Timestamp::from(now) as _,
        jiff_sqlx::Timestamp::from(expires_at) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The password was given again: what is dear is open for a while.
pub(in crate::staff) async fn confirm(
    db: &PgPool,
    session: StaffSessionId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update staff_session set confirmed_at = $2 where id = $1",
        session.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Which sessions end.
#[derive(Debug, Clone, Copy)]
pub(in crate::staff) enum Ending {
    /// This one of theirs.
    One(StaffSessionId),
    /// All but this one.
    AllBut(StaffSessionId),
    /// Every one.
    All,
}

/// Ends sessions of somebody; returns the hashes of their tokens.
pub(in crate::staff) async fn end_sessions(
    tx: &mut PgConnection,
    staff: StaffId,
    which: Ending,
) -> Result<Vec<Vec<u8>>> {
    let (one, but) = match which {
        Ending::One(one) => (Some(one.0), None),
        Ending::AllBut(but) => (None, Some(but.0)),
        Ending::All => (None, None),
    };
    Ok(sqlx::query_scalar!(
        "delete from staff_session
         where staff_id = $1 and ($2::uuid is null or id = $2) and ($3::uuid is null or id <> $3)
         returning token_hash",
        staff.0,
        one,
        but,
    )
    .fetch_all(tx)
    .await?)
}

/// Those that nobody used for too long.
pub(in crate::staff) async fn sweep_sessions(db: &PgPool, now: Timestamp) -> Result<()> {
    sqlx::query!(
        "delete from staff_session where expires_at < $1",
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session for the list of them.
pub(in crate::staff) struct Listed {
    pub(in crate::staff) id: Uuid,
    pub(in crate::staff) client: String,
    pub(in crate::staff) agent: String,
    pub(in crate::staff) created_at: Timestamp,
    pub(in crate::staff) seen_at: Timestamp,
}

pub(in crate::staff) async fn sessions(
    db: &PgPool,
    staff: StaffId,
    now: Timestamp,
) -> Result<Vec<Listed>> {
    let rows = sqlx::query!(
        r#"select id, client, agent, created_at as "created_at: jiff_sqlx::Timestamp",
                  seen_at as "seen_at: jiff_sqlx::Timestamp"
           from staff_session where staff_id = $1 and is_complete and expires_at > $2
           order by seen_at desc limit 50"#,
        staff.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Listed {
            id: row.id,
            client: row.client,
            agent: row.agent,
            created_at: row.created_at.to_jiff(),
            seen_at: row.seen_at.to_jiff(),
        })
        .collect())
}

/// What the codes of somebody's second factor are made from, and which was used last.
pub(in crate::staff) struct Factor {
    pub(in crate::staff) secret: Option<Vec<u8>>,
    pub(in crate::staff) in_force: bool,
}

pub(in crate::staff) async fn factor(db: &PgPool, staff: StaffId) -> Result<Factor> {
    let row = sqlx::query!(
        r#"select totp_secret, totp_since is not null as "in_force!" from staff where id = $1"#,
        staff.0,
    )
    .fetch_one(db)
    .await?;
    Ok(Factor {
        secret: row.totp_secret,
        in_force: row.in_force,
    })
}

/// Uses up the codes up to this step. Returns whether this one was not used before.
pub(in crate::staff) async fn use_step(
    tx: &mut PgConnection,
    staff: StaffId,
    step: i64,
) -> Result<bool> {
    let used = sqlx::query!(
        "update staff set totp_step = $2 where id = $1 and totp_step < $2",
        staff.0,
        step,
    )
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Uses up a recovery code. Returns whether there was one.
pub(in crate::staff) async fn use_recovery_code(
    tx: &mut PgConnection,
    staff: StaffId,
    code_hash: &[u8],
    now: Timestamp,
) -> Result<bool> {
    let used = sqlx::query!(
        "update recovery_code set used_at = $3 where staff_id = $1 and code_hash = $2 and used_at is null",
        staff.0,
        code_hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Sets what codes are made from; they are not asked for yet.
pub(in crate::staff) async fn set_secret(db: &PgPool, staff: StaffId, secret: &[u8]) -> Result<()> {
    sqlx::query!(
        "update staff set totp_secret = $2 where id = $1 and totp_since is null",
        staff.0,
        secret,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on codes are asked for, or (`None`) no longer; the recovery codes are these.
pub(in crate::staff) async fn set_factor(
    tx: &mut PgConnection,
    staff: StaffId,
    since: Option<Timestamp>,
    recovery: &[Vec<u8>],
) -> Result<()> {
    sqlx::query!(
        "update staff set totp_since = $2::timestamptz,
             totp_secret = case when $2::timestamptz is null then null else totp_secret end
         where id = $1",
        staff.0,
        since.map(jiff_sqlx::Timestamp::from) as _,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from recovery_code where staff_id = $1", staff.0)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "insert into recovery_code (staff_id, code_hash) select $1, unnest($2::bytea[])",
        staff.0,
        recovery,
    )
    .execute(tx)
    .await?;
    Ok(())
}
