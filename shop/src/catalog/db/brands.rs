//! Makers.

use crate::Result;
use domain::{
    BrandId,
    catalog::edit::{BrandForm, BrandRow, CheckedBrand},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// Every maker, by name.
pub(in crate::catalog) async fn brand_choices(db: &PgPool) -> Result<Vec<(Uuid, String)>> {
    let rows = sqlx::query!("select id, name from brand order by lower(name), id")
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

pub(in crate::catalog) async fn brands(db: &PgPool) -> Result<Vec<BrandRow>> {
    let rows = sqlx::query!(
        r#"select b.id, b.name, b.handle, b.place,
                  (select count(*) from product p where p.brand_id = b.id) as "products!"
           from brand b order by lower(b.name), b.id"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| BrandRow {
            id: BrandId(row.id),
            name: row.name,
            handle: row.handle,
            place: row.place,
            products: row.products,
        })
        .collect())
}

/// A maker's form with how many products there are; locked where that is in a transaction.
pub(in crate::catalog) async fn brand(
    db: impl PgExecutor<'_>,
    id: BrandId,
) -> Result<Option<(BrandForm, i64)>> {
    let row = sqlx::query!(
        r#"select b.version, b.name, b.handle, b.place, b.story_html,
                  (select count(*) from product p where p.brand_id = b.id) as "products!"
           from brand b where b.id = $1 for update of b"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let form = BrandForm {
            version: row.version.to_string(),
            name: row.name,
            handle: row.handle,
            place: row.place,
            story_html: row.story_html,
        };
        (form, row.products)
    }))
}

/// Writes a maker, a new one where there is none of this id. Returns which field somebody else has, where one is taken.
pub(in crate::catalog) async fn put_brand(
    tx: &mut PgConnection,
    id: BrandId,
    brand: &CheckedBrand,
    story_html: &str,
    now: Timestamp,
) -> Result<Option<&'static str>> {
    let written = sqlx::query!(
        "insert into brand (id, handle, name, place, story_html, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)
         on conflict (id) do update set handle = excluded.handle, name = excluded.name, place = excluded.place,
             story_html = excluded.story_html, updated_at = excluded.updated_at, version = brand.version + 1",
        id.0,
        brand.handle.as_str(),
        brand.name,
        brand.place,
        story_html,
        now.to_sqlx() as _,
    )
    .execute(tx)
    .await;
    match written {
        Ok(_) => Ok(None),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("brand_name_unique") => {
            Ok(Some("name"))
        }
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("brand_handle_unique") => {
            Ok(Some("handle"))
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::catalog) async fn delete_brand(tx: &mut PgConnection, id: BrandId) -> Result<()> {
    sqlx::query!("delete from brand where id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// The products of a maker.
pub(in crate::catalog) async fn of_brand(tx: &mut PgConnection, id: BrandId) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select id from product where brand_id = $1 order by id",
        id.0
    )
    .fetch_all(tx)
    .await?)
}
