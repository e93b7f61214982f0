//! The SQL of coupons.

use crate::{Error, Result};
use domain::promotions::{Coupon, CouponDraft, CouponKind};
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// The coupon, and whether it can be used now.
pub(super) async fn find(
    db: impl PgExecutor<'_>,
    code: &str,
    now: Timestamp,
) -> Result<Option<(Coupon, bool)>> {
    let row = sqlx::query!(
        r#"select code, kind, value,
                  (starts_at is null or starts_at <= $2) and (ends_at is null or ends_at > $2)
                  and (usage_limit is null or used < usage_limit) as "usable!"
           from coupon where code = $1 and archived_at is null"#,
        code,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let kind = row
            .kind
            .parse()
            .map_err(|error| Error::Stored(format!("coupon: {error}")))?;
        Ok((
            Coupon {
                code: row.code,
                kind,
                value: row.value,
            },
            row.usable,
        ))
    })
    .transpose()
}

pub(super) async fn count_use(db: impl PgExecutor<'_>, code: &str) -> Result<bool> {
    let counted = sqlx::query!(
        "update coupon set used = used + 1 where code = $1 and (usage_limit is null or used < usage_limit)",
        code,
    )
    .execute(db)
    .await?;
    Ok(counted.rows_affected() == 1)
}

/// A coupon as it is kept.
pub(super) struct Kept {
    pub(super) code: String,
    pub(super) description: String,
    pub(super) kind: CouponKind,
    pub(super) value: i64,
    pub(super) starts_at: Option<Timestamp>,
    pub(super) ends_at: Option<Timestamp>,
    pub(super) limit: Option<i32>,
    pub(super) used: i32,
    pub(super) is_archived: bool,
}

pub(super) async fn all(db: &PgPool) -> Result<Vec<Kept>> {
    let rows = sqlx::query!(
        r#"select code, description, kind as "kind: CouponKind", value, starts_at as "starts_at: jiff_sqlx::Timestamp",
                  ends_at as "ends_at: jiff_sqlx::Timestamp", usage_limit, used, archived_at is not null as "is_archived!"
           from coupon order by archived_at is not null, created_at desc, id desc limit 500"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Kept {
            code: row.code,
            description: row.description,
            kind: row.kind,
            value: row.value,
            starts_at: row.starts_at.map(jiff_sqlx::Timestamp::to_jiff),
            ends_at: row.ends_at.map(jiff_sqlx::Timestamp::to_jiff),
            limit: row.usage_limit,
            used: row.used,
            is_archived: row.is_archived,
        })
        .collect())
}

/// Writes one down. Whether it could be: its code may be taken.
pub(super) async fn insert(
    tx: &mut PgConnection,
    id: Uuid,
    draft: &CouponDraft,
    starts: Option<Timestamp>,
    ends: Option<Timestamp>,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into coupon (id, code, description, kind, value, starts_at, ends_at, usage_limit)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (code) do nothing",
        id,
        draft.code,
        draft.description,
        draft.kind.as_str(),
        draft.value,
        starts.map(jiff_sqlx::Timestamp::from) as _,
        ends.map(jiff_sqlx::Timestamp::from) as _,
        draft.limit,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

pub(super) async fn archive(
    tx: &mut PgConnection,
    code: &str,
    at: Option<Timestamp>,
) -> Result<Option<Uuid>> {
    Ok(sqlx::query_scalar!(
        "update coupon set archived_at = $2 where code = $1 returning id",
        code,
        at.map(jiff_sqlx::Timestamp::from) as _,
    )
    .fetch_optional(tx)
    .await?)
}
