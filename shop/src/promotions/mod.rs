//! Coupons: whether a code can be used now.

mod admin;
mod db;

use crate::Result;
use domain::{cart::CartError, promotions::Coupon};
use jiff::Timestamp;
use sqlx::PgExecutor;

/// The coupon of a code that can be used now; otherwise what the shopper is told.
pub(crate) async fn usable(
    db: impl PgExecutor<'_>,
    code: &str,
    now: Timestamp,
) -> Result<Result<Coupon, CartError>> {
    Ok(match db::find(db, code, now).await? {
        Some((coupon, true)) => Ok(coupon),
        Some((_, false)) => Err(CartError::ExpiredCode(code.to_owned())),
        None => Err(CartError::UnknownCode(code.to_owned())),
    })
}

/// Counts one use. Returns whether the coupon's limit allowed it.
pub(crate) async fn count_use(db: impl PgExecutor<'_>, code: &str) -> Result<bool> {
    db::count_use(db, code).await
}
