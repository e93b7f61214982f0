//! The names that a table of products may use.

use crate::{Result, catalog::Known};
use sqlx::PgPool;

/// What the shop has already.
pub(in crate::catalog) async fn known(db: &PgPool) -> Result<Known> {
    let skus =
        sqlx::query!("select v.sku, p.handle from variant v join product p on p.id = v.product_id")
            .fetch_all(db)
            .await?;
    // Categories are named by the whole way to them: `Kitchen > Mugs & Cups`.
    let categories = sqlx::query!(
        r#"select c.path,
                  (select string_agg(up.name, ' > ' order by length(up.path)) from category up
                   where c.path = up.path or c.path like up.path || '/%') as "names!"
           from category c"#
    )
    .fetch_all(db)
    .await?;
    Ok(Known {
        skus: skus.into_iter().map(|row| (row.sku, row.handle)).collect(),
        brands: sqlx::query_scalar!("select name from brand")
            .fetch_all(db)
            .await?
            .into_iter()
            .collect(),
        categories: categories
            .into_iter()
            .map(|row| (row.names, row.path))
            .collect(),
    })
}
