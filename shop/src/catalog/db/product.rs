//! Reading one product.

use crate::Result;
use domain::ProductId;
use sqlx::PgPool;
use uuid::Uuid;

/// A product as it is kept for its page.
pub(in crate::catalog) struct Found {
    /// The page as JSON, without stock.
    pub(in crate::catalog) page: String,
    /// What can be had of each variant, in the page's order.
    pub(in crate::catalog) available: Vec<i32>,
    pub(in crate::catalog) category: Option<Uuid>,
    pub(in crate::catalog) brand: Option<Uuid>,
}

/// One statement: the page is written with the product, the stock is read.
pub(in crate::catalog) async fn product(db: &PgPool, handle: &str) -> Result<Option<Found>> {
    Ok(sqlx::query_as!(
        Found,
        r#"select p.page::text as "page!", p.category_id as category, p.brand_id as brand,
                  array(select coalesce((select sum(s.on_hand - s.allocated - s.reserved)
                                         from stock_level s where s.variant_id = v.id), 0)::int
                        from variant v
                        where v.product_id = p.id and v.archived_at is null
                        order by v.position, v.id) as "available!"
           from product p
           where p.handle = $1 and p.status = 'active'"#,
        handle,
    )
    .fetch_optional(db)
    .await?)
}

/// The same for any product, by its id.
pub(in crate::catalog) async fn product_by_id(db: &PgPool, id: ProductId) -> Result<Option<Found>> {
    Ok(sqlx::query_as!(
        Found,
        r#"select p.page::text as "page!", p.category_id as category, p.brand_id as brand,
                  array(select coalesce((select sum(s.on_hand - s.allocated - s.reserved)
                                         from stock_level s where s.variant_id = v.id), 0)::int
                        from variant v
                        where v.product_id = p.id and v.archived_at is null
                        order by v.position, v.id) as "available!"
           from product p
           where p.id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?)
}
