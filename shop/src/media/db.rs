//! The SQL of pictures.

use super::Asset;
use crate::Result;
use domain::catalog::Picture;
use sqlx::PgPool;
use std::collections::HashMap;
use uuid::Uuid;

pub(super) async fn asset(db: &PgPool, hash: &str) -> Result<Option<Asset>> {
    let row = sqlx::query!(
        "select id, hash, widths, width, height, tone from asset where hash = $1",
        hash
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Asset {
        id: row.id,
        picture: Picture {
            hash: row.hash,
            widths: row
                .widths
                .into_iter()
                .filter_map(|width| u16::try_from(width).ok())
                .collect(),
            width: u16::try_from(row.width).unwrap_or(u16::MAX),
            height: u16::try_from(row.height).unwrap_or(u16::MAX),
            tone: row.tone,
            alt: String::new(),
        },
        is_new: false,
    }))
}

/// Which of these pictures there are, by hash.
pub(super) async fn assets(db: &PgPool, hashes: &[String]) -> Result<HashMap<String, Uuid>> {
    let rows = sqlx::query!("select hash, id from asset where hash = any ($1)", hashes)
        .fetch_all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.hash, row.id)).collect())
}

/// Deletes a picture that no product has. Returns whether it did.
pub(super) async fn delete_unused(db: &PgPool, id: Uuid) -> Result<bool> {
    let deleted = sqlx::query!(
        "delete from asset a where a.id = $1
         and not exists (select 1 from product_media m where m.asset_id = a.id)",
        id,
    );
    Ok(deleted.execute(db).await?.rows_affected() > 0)
}

pub(super) async fn insert(
    db: &PgPool,
    id: Uuid,
    file_name: &str,
    media_type: &str,
    bytes: i64,
    picture: Picture,
) -> Result<Asset> {
    let widths: Vec<i32> = picture
        .widths
        .iter()
        .map(|width| i32::from(*width))
        .collect();
    let id = sqlx::query_scalar!(
        "insert into asset (id, hash, file_name, media_type, bytes, width, height, widths, tone)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (hash) do update set file_name = asset.file_name returning id",
        id,
        picture.hash,
        file_name,
        media_type,
        bytes,
        i32::from(picture.width),
        i32::from(picture.height),
        &widths,
        picture.tone,
    )
    .fetch_one(db)
    .await?;
    Ok(Asset {
        id,
        picture,
        is_new: true,
    })
}
