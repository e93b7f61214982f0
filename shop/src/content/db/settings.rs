//! The SQL of the settings: taxes, delivery, and what depends on them.

use crate::Result;
use domain::content::MethodDraft;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// How often a setting was saved.
pub(in crate::content) async fn setting_version(db: &PgPool, key: &str) -> Result<i32> {
    Ok(
        sqlx::query_scalar!("select version from setting where key = $1", key)
            .fetch_optional(db)
            .await?
            .unwrap_or_default(),
    )
}

/// The same, and nobody else saves it until the transaction ends.
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

/// A tax rate as it is kept.
pub(in crate::content) struct Tax {
    pub(in crate::content) id: Uuid,
    pub(in crate::content) country: String,
    pub(in crate::content) name: String,
    pub(in crate::content) rate: i32,
    pub(in crate::content) included: bool,
}

pub(in crate::content) async fn taxes(db: &PgPool) -> Result<Vec<Tax>> {
    Ok(sqlx::query_as!(
        Tax,
        "select id, country, name, rate, included from tax_rate order by country, category"
    )
    .fetch_all(db)
    .await?)
}

/// Changes a rate; returns what it was.
pub(in crate::content) async fn set_tax(
    tx: &mut PgConnection,
    id: &str,
    name: &str,
    rate: i32,
    included: bool,
) -> Result<Option<Tax>> {
    let Ok(id) = id.parse::<Uuid>() else {
        return Ok(None);
    };
    let before = sqlx::query_as!(
        Tax,
        "select id, country, name, rate, included from tax_rate where id = $1 for update",
        id,
    )
    .fetch_optional(&mut *tx)
    .await?;
    sqlx::query!(
        "update tax_rate set name = $2, rate = $3, included = $4 where id = $1",
        id,
        name.trim(),
        rate,
        included,
    )
    .execute(tx)
    .await?;
    Ok(before)
}

/// A delivery method as it is kept.
pub(in crate::content) struct Method {
    pub(in crate::content) id: Uuid,
    pub(in crate::content) zone: String,
    pub(in crate::content) name: String,
    pub(in crate::content) price: i64,
    pub(in crate::content) free_over: Option<i64>,
    pub(in crate::content) min_days: i32,
    pub(in crate::content) max_days: i32,
}

pub(in crate::content) async fn methods(db: &PgPool) -> Result<Vec<Method>> {
    Ok(sqlx::query_as!(
        Method,
        "select m.id, z.name as zone, m.name, m.price, m.free_over, m.min_days, m.max_days
         from shipping_method m join shipping_zone z on z.id = m.zone_id
         order by z.position, z.name, m.position, m.name"
    )
    .fetch_all(db)
    .await?)
}

/// Changes a method; returns what it was.
pub(in crate::content) async fn set_method(
    tx: &mut PgConnection,
    id: &str,
    draft: &MethodDraft,
) -> Result<Option<Method>> {
    let Ok(id) = id.parse::<Uuid>() else {
        return Ok(None);
    };
    let before = sqlx::query_as!(
        Method,
        "select m.id, z.name as zone, m.name, m.price, m.free_over, m.min_days, m.max_days
         from shipping_method m join shipping_zone z on z.id = m.zone_id where m.id = $1 for update of m",
        id,
    )
    .fetch_optional(&mut *tx)
    .await?;
    sqlx::query!(
        "update shipping_method set name = $2, price = $3, free_over = $4, min_days = $5, max_days = $6 where id = $1",
        id,
        draft.name,
        draft.price,
        draft.free_over,
        draft.min_days,
        draft.max_days,
    )
    .execute(tx)
    .await?;
    Ok(before)
}
