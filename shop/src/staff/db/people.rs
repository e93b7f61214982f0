//! The members of the staff, their roles, and the links that are sent to them.

use crate::Result;
use domain::{RoleId, StaffId, staff::RoleView};
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// A member of the staff for the list of them.
pub(in crate::staff) struct Person {
    pub(in crate::staff) id: StaffId,
    pub(in crate::staff) name: String,
    pub(in crate::staff) email: String,
    pub(in crate::staff) role: String,
    pub(in crate::staff) role_name: String,
    pub(in crate::staff) has_joined: bool,
    pub(in crate::staff) has_totp: bool,
    pub(in crate::staff) is_disabled: bool,
    pub(in crate::staff) seen_at: Option<Timestamp>,
}

/// All of them, or the one of this id.
pub(in crate::staff) async fn people(
    db: impl PgExecutor<'_>,
    only: Option<StaffId>,
) -> Result<Vec<Person>> {
    let rows = sqlx::query!(
        r#"select p.id, p.name, p.email::text as "email!", r.handle, r.name as role_name,
                  p.password_hash is not null as "has_joined!", p.totp_since is not null as "has_totp!",
                  p.disabled_at is not null as "is_disabled!",
                  (select max(seen_at) from staff_session s where s.staff_id = p.id)
                      as "seen_at: jiff_sqlx::Timestamp"
           from staff p join role r on r.id = p.role_id
           where $1::uuid is null or p.id = $1
           order by p.disabled_at is not null, r.position, p.name, p.id"#,
        only.map(|id| id.0),
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Person {
            id: StaffId(row.id),
            name: row.name,
            email: row.email,
            role: row.handle,
            role_name: row.role_name,
            has_joined: row.has_joined,
            has_totp: row.has_totp,
            is_disabled: row.is_disabled,
            seen_at: row.seen_at.map(jiff_sqlx::Timestamp::to_jiff),
        })
        .collect())
}

pub(in crate::staff) async fn roles(db: &PgPool) -> Result<Vec<RoleView>> {
    let rows = sqlx::query!(
        "select id, handle, name, description, permissions from role order by position, name"
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RoleView {
            id: RoleId(row.id),
            permissions: super::super::permissions(&row.handle, &row.permissions),
            handle: row.handle,
            name: row.name,
            description: row.description,
        })
        .collect())
}

/// Adds somebody. Whether they could be: the address may be somebody's.
pub(in crate::staff) async fn insert(
    tx: &mut PgConnection,
    id: StaffId,
    email: &str,
    name: &str,
    role: &str,
    now: Timestamp,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into staff (id, email, name, role_id, created_at, updated_at)
         select $1, $2::text::citext, $3, r.id, $5, $5 from role r where r.handle = $4
         on conflict (email) do nothing",
        id.0,
        email,
        name,
        role,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

pub(in crate::staff) async fn set_role(
    tx: &mut PgConnection,
    id: StaffId,
    name: &str,
    role: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update staff set name = $2, role_id = (select id from role where handle = $3), updated_at = $4,
             version = version + 1
         where id = $1",
        id.0,
        name,
        role,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Shuts somebody out, or (`None`) lets them in again.
pub(in crate::staff) async fn set_disabled(
    tx: &mut PgConnection,
    id: StaffId,
    at: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update staff set disabled_at = $2, updated_at = $3, version = version + 1 where id = $1",
        id.0,
        at.map(jiff_sqlx::Timestamp::from) as _,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::staff) async fn set_password(
    tx: &mut PgConnection,
    id: StaffId,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update staff set password_hash = $2, updated_at = $3, version = version + 1 where id = $1",
        id.0,
        hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::staff) async fn password(db: &PgPool, id: StaffId) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!("select password_hash from staff where id = $1", id.0)
            .fetch_optional(db)
            .await?
            .flatten(),
    )
}

/// Locks the owners who can come in, so that two changes do not take the last one away between them.
pub(in crate::staff) async fn lock_owners(tx: &mut PgConnection) -> Result<Vec<StaffId>> {
    let ids = sqlx::query_scalar!(
        "select p.id from staff p join role r on r.id = p.role_id
         where r.handle = 'owner' and p.disabled_at is null order by p.id for update of p"
    )
    .fetch_all(tx)
    .await?;
    Ok(ids.into_iter().map(StaffId).collect())
}

/// How many there are, those of the demo with the others or not.
pub(in crate::staff) async fn count(db: impl PgExecutor<'_>, with_demo: bool) -> Result<i64> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from staff where not is_demo or $1"#,
        with_demo,
    )
    .fetch_one(db)
    .await?)
}

/// Nobody is added until the transaction ends.
pub(in crate::staff) async fn lock_staff(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table staff in share row exclusive mode")
        .execute(tx)
        .await?;
    Ok(())
}

/// Keeps the hash of a word that makes the first owner.
pub(in crate::staff) async fn insert_code(db: &PgPool, hash: &[u8], now: Timestamp) -> Result<()> {
    sqlx::query!(
        "insert into setup_code (code_hash, created_at) values ($1, $2)",
        hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether this is the hash of such a word.
pub(in crate::staff) async fn knows_code(db: impl PgExecutor<'_>, hash: &[u8]) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from setup_code where code_hash = $1) as "known!""#,
        hash,
    )
    .fetch_one(db)
    .await?)
}

/// Takes all such words away: none is good any more.
pub(in crate::staff) async fn use_codes(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from setup_code").execute(tx).await?;
    Ok(())
}

/// Keeps the hash of a link that is sent; those that were sent before for the same lead nowhere any more.
pub(in crate::staff) async fn insert_link(
    tx: &mut PgConnection,
    hash: &[u8],
    staff: StaffId,
    kind: &str,
    expires_at: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "delete from staff_link where staff_id = $1 and kind = $2 and used_at is null",
        staff.0,
        kind,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into staff_link (token_hash, staff_id, kind, expires_at) values ($1, $2, $3, $4)",
        hash,
        staff.0,
        kind,
        jiff_sqlx::Timestamp::from(expires_at) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Who a link was sent to, where it still leads somewhere.
pub(in crate::staff) async fn link(
    db: impl PgExecutor<'_>,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<(Uuid, String)>> {
    let row = sqlx::query!(
        "select p.id, p.name from staff_link l join staff p on p.id = l.staff_id
         where l.token_hash = $1 and l.used_at is null and l.expires_at > $2 and p.disabled_at is null",
        hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.name)))
}

/// Uses a link up. Whether it could be.
pub(in crate::staff) async fn use_link(
    tx: &mut PgConnection,
    hash: &[u8],
    now: Timestamp,
) -> Result<bool> {
    let used = sqlx::query!(
        "update staff_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2",
        hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(used.rows_affected() == 1)
}
