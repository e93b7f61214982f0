//! The SQL of the tax rates.

use crate::Result;
use domain::content::TaxDraft;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// A tax rate as it is kept.
pub(in crate::content) struct Tax {
    pub(in crate::content) id: Uuid,
    pub(in crate::content) country: String,
    pub(in crate::content) name: String,
    pub(in crate::content) rate: i32,
    pub(in crate::content) included: bool,
    pub(in crate::content) version: i32,
    /// The zone that delivers to its country.
    pub(in crate::content) zone: Option<String>,
}

/// Every rate.
pub(in crate::content) async fn taxes(db: impl PgExecutor<'_>) -> Result<Vec<Tax>> {
    Ok(sqlx::query_as!(
        Tax,
        r#"select t.id, t.country, t.name, t.rate, t.included, t.version, z.name as "zone?"
           from tax_rate t
           left join shipping_zone_country c on c.country = t.country
           left join shipping_zone z on z.id = c.zone_id
           where t.category = 'standard'"#
    )
    .fetch_all(db)
    .await?)
}

/// One rate, which nobody else changes until the transaction ends.
pub(in crate::content) async fn lock_tax(tx: &mut PgConnection, id: Uuid) -> Result<Option<Tax>> {
    Ok(sqlx::query_as!(
        Tax,
        r#"select t.id, t.country, t.name, t.rate, t.included, t.version, z.name as "zone?"
           from tax_rate t
           left join shipping_zone_country c on c.country = t.country
           left join shipping_zone z on z.id = c.zone_id
           where t.id = $1 and t.category = 'standard' for update of t"#,
        id,
    )
    .fetch_optional(tx)
    .await?)
}

/// Adds a rate. Whether it could be: its country may have one.
pub(in crate::content) async fn insert_tax(
    tx: &mut PgConnection,
    id: Uuid,
    draft: &TaxDraft,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into tax_rate (id, name, country, rate, included) values ($1, $2, $3, $4, $5)
         on conflict (country, category) do nothing",
        id,
        draft.name,
        draft.country,
        draft.rate,
        draft.included,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Changes a rate; its country stays.
pub(in crate::content) async fn set_tax(
    tx: &mut PgConnection,
    id: Uuid,
    draft: &TaxDraft,
) -> Result<()> {
    sqlx::query!(
        "update tax_rate set name = $2, rate = $3, included = $4, version = version + 1 where id = $1",
        id,
        draft.name,
        draft.rate,
        draft.included,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::content) async fn delete_tax(tx: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!("delete from tax_rate where id = $1", id)
        .execute(tx)
        .await?;
    Ok(())
}
