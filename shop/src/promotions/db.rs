//! The SQL of coupons.

use crate::{Error, Result};
use domain::promotions::Coupon;
use jiff::Timestamp;
use sqlx::PgExecutor;

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
