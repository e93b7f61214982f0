//! The places of pictures on products.

use crate::Result;
use domain::{MediaId, ProductId};
use sqlx::PgConnection;
use uuid::Uuid;

/// A picture in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::catalog) struct Placed {
    pub(in crate::catalog) id: Uuid,
    pub(in crate::catalog) asset: Uuid,
    pub(in crate::catalog) hash: String,
    pub(in crate::catalog) alt: String,
}

/// The pictures of a product, in order.
pub(in crate::catalog) async fn placed(
    tx: &mut PgConnection,
    product: ProductId,
) -> Result<Vec<Placed>> {
    Ok(sqlx::query_as!(
        Placed,
        "select m.id, m.asset_id as asset, a.hash, m.alt from product_media m join asset a on a.id = m.asset_id
         where m.product_id = $1 order by m.position, m.id",
        product.0,
    )
    .fetch_all(tx)
    .await?)
}

pub(in crate::catalog) async fn insert_picture(
    tx: &mut PgConnection,
    id: MediaId,
    product: ProductId,
    asset: Uuid,
    position: i32,
) -> Result<()> {
    sqlx::query!(
        "insert into product_media (id, product_id, asset_id, position) values ($1, $2, $3, $4)",
        id.0,
        product.0,
        asset,
        position,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Leaves a product with these pictures, in this order.
pub(in crate::catalog) async fn arrange_pictures(
    tx: &mut PgConnection,
    product: ProductId,
    pictures: &[Placed],
) -> Result<()> {
    let ids: Vec<Uuid> = pictures.iter().map(|placed| placed.id).collect();
    let alts: Vec<String> = pictures.iter().map(|placed| placed.alt.clone()).collect();
    sqlx::query!(
        "delete from product_media where product_id = $1 and id <> all ($2)",
        product.0,
        &ids
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update product_media m set position = new.place::int, alt = new.alt
         from unnest($2::uuid[], $3::text[]) with ordinality as new (id, alt, place)
         where m.id = new.id and m.product_id = $1",
        product.0,
        &ids,
        &alts,
    )
    .execute(tx)
    .await?;
    Ok(())
}
