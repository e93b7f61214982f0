//! The SQL of the settings: how often each was saved, and what depends on them.

mod shipping;
mod taxes;

pub(in crate::content) use shipping::*;
pub(in crate::content) use taxes::*;

use crate::Result;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// How often a setting was saved.
pub(in crate::content) async fn setting_version(db: impl PgExecutor<'_>, key: &str) -> Result<i32> {
    Ok(
        sqlx::query_scalar!("select version from setting where key = $1", key)
            .fetch_optional(db)
            .await?
            .unwrap_or_default(),
    )
}

/// The same, and nobody else saves it until the transaction ends. One that was never saved is of version 0.
pub(in crate::content) async fn lock_setting(tx: &mut PgConnection, key: &str) -> Result<i32> {
    Ok(
        sqlx::query_scalar!("select version from setting where key = $1 for update", key)
            .fetch_optional(tx)
            .await?
            .unwrap_or_default(),
    )
}

pub(in crate::content) async fn has_orders(db: impl PgExecutor<'_>) -> Result<bool> {
    Ok(
        sqlx::query_scalar!(r#"select exists (select 1 from "order") as "there!""#)
            .fetch_one(db)
            .await?,
    )
}

/// Nobody writes a setting until the transaction ends, not even one that is not there yet.
pub(in crate::content) async fn lock_settings(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table setting in share row exclusive mode")
        .execute(tx)
        .await?;
    Ok(())
}

/// Makes the place that holds the stock, where there is none.
pub(in crate::content) async fn first_location(tx: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!(
        "insert into stock_location (id, name) select $1, 'Stock room' where not exists (select 1 from stock_location)",
        id,
    )
    .execute(tx)
    .await?;
    Ok(())
}
