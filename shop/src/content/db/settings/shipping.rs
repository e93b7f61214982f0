//! The SQL of delivery: zones, their countries, and their methods.

use crate::Result;
use domain::content::{MethodDraft, ZoneDraft};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

/// A zone as it is kept.
pub(in crate::content) struct Zone {
    pub(in crate::content) id: Uuid,
    pub(in crate::content) name: String,
    pub(in crate::content) version: i32,
    pub(in crate::content) countries: Vec<String>,
}

/// A delivery method as it is kept.
pub(in crate::content) struct Method {
    pub(in crate::content) id: Uuid,
    pub(in crate::content) zone_id: Uuid,
    pub(in crate::content) name: String,
    pub(in crate::content) description: String,
    pub(in crate::content) price: i64,
    pub(in crate::content) free_over: Option<i64>,
    pub(in crate::content) min_days: i32,
    pub(in crate::content) max_days: i32,
    pub(in crate::content) is_active: bool,
    pub(in crate::content) version: i32,
}

/// Every zone, or the one of this id.
pub(in crate::content) async fn zones(
    db: impl PgExecutor<'_>,
    only: Option<Uuid>,
) -> Result<Vec<Zone>> {
    Ok(sqlx::query_as!(
        Zone,
        r#"select z.id, z.name, z.version,
                  array(select c.country from shipping_zone_country c where c.zone_id = z.id order by 1) as "countries!"
           from shipping_zone z where $1::uuid is null or z.id = $1 order by z.position, z.name"#,
        only,
    )
    .fetch_all(db)
    .await?)
}

/// Keeps others from changing any zone until the transaction ends: a country is in one of them. Reading goes on.
pub(in crate::content) async fn lock_zones(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table shipping_zone in share row exclusive mode")
        .execute(tx)
        .await?;
    Ok(())
}

/// Adds a zone behind the others. Whether it could be: another may be called the same.
pub(in crate::content) async fn insert_zone(
    tx: &mut PgConnection,
    id: Uuid,
    draft: &ZoneDraft,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into shipping_zone (id, name, position)
         select $1, $2, coalesce(max(position), 0) + 1 from shipping_zone
         on conflict (name) do nothing",
        id,
        draft.name,
    )
    .execute(&mut *tx)
    .await?;
    if added.rows_affected() == 0 {
        return Ok(false);
    }
    put_countries(tx, id, &draft.countries).await?;
    Ok(true)
}

/// Changes a zone. Whether it could be: another may be called the same.
pub(in crate::content) async fn set_zone(
    tx: &mut PgConnection,
    id: Uuid,
    draft: &ZoneDraft,
) -> Result<bool> {
    let changed = sqlx::query!(
        "update shipping_zone set name = $2, version = version + 1
         where id = $1 and not exists (select 1 from shipping_zone o where o.name = $2 and o.id <> $1)",
        id,
        draft.name,
    )
    .execute(&mut *tx)
    .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "delete from shipping_zone_country where zone_id = $1 and country <> all($2)",
        id,
        &draft.countries,
    )
    .execute(&mut *tx)
    .await?;
    put_countries(tx, id, &draft.countries).await?;
    Ok(true)
}

async fn put_countries(tx: &mut PgConnection, zone: Uuid, countries: &[String]) -> Result<()> {
    sqlx::query!(
        "insert into shipping_zone_country (country, zone_id) select country, $2 from unnest($1::text[]) as country
         on conflict (country) do nothing",
        countries,
        zone,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a zone away, with its methods.
pub(in crate::content) async fn delete_zone(tx: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!("delete from shipping_zone where id = $1", id)
        .execute(tx)
        .await?;
    Ok(())
}

/// The methods of every zone, or of this one, in their order.
pub(in crate::content) async fn methods(
    db: impl PgExecutor<'_>,
    zone: Option<Uuid>,
) -> Result<Vec<Method>> {
    Ok(sqlx::query_as!(
        Method,
        "select id, zone_id, name, description, price, free_over, min_days, max_days, is_active, version
         from shipping_method where $1::uuid is null or zone_id = $1 order by position, name, id",
        zone,
    )
    .fetch_all(db)
    .await?)
}

pub(in crate::content) async fn method(
    db: impl PgExecutor<'_>,
    id: Uuid,
) -> Result<Option<Method>> {
    Ok(sqlx::query_as!(
        Method,
        "select id, zone_id, name, description, price, free_over, min_days, max_days, is_active, version
         from shipping_method where id = $1",
        id,
    )
    .fetch_optional(db)
    .await?)
}

/// Adds a method behind the others of its zone. Whether it could be: its code may be another's.
pub(in crate::content) async fn insert_method(
    tx: &mut PgConnection,
    id: Uuid,
    zone: Uuid,
    code: &str,
    draft: &MethodDraft,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into shipping_method (id, zone_id, code, name, description, price, free_over, min_days, max_days, is_active,
                                      position)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
                 (select coalesce(max(position), 0) + 1 from shipping_method where zone_id = $2))
         on conflict (code) do nothing",
        id,
        zone,
        code,
        draft.name,
        draft.description,
        draft.price,
        draft.free_over,
        draft.min_days,
        draft.max_days,
        draft.is_active,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Changes a method; its code stays, so that a shopper who chose it has it still.
pub(in crate::content) async fn set_method(
    tx: &mut PgConnection,
    id: Uuid,
    draft: &MethodDraft,
) -> Result<()> {
    sqlx::query!(
        "update shipping_method set name = $2, description = $3, price = $4, free_over = $5, min_days = $6, max_days = $7,
             is_active = $8, version = version + 1
         where id = $1",
        id,
        draft.name,
        draft.description,
        draft.price,
        draft.free_over,
        draft.min_days,
        draft.max_days,
        draft.is_active,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts the methods of a zone into this order.
pub(in crate::content) async fn order_methods(tx: &mut PgConnection, order: &[Uuid]) -> Result<()> {
    sqlx::query!(
        "update shipping_method m set position = o.place::integer
         from unnest($1::uuid[]) with ordinality as o (id, place) where m.id = o.id",
        order,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::content) async fn delete_method(tx: &mut PgConnection, id: Uuid) -> Result<()> {
    sqlx::query!("delete from shipping_method where id = $1", id)
        .execute(tx)
        .await?;
    Ok(())
}
