//! Reading categories and addresses.

use crate::{Error, Result};
use domain::catalog::{CategoryLink, CategoryPage, Crumb, Listing, Picture};
use sqlx::PgPool;

/// A category with its surroundings.
pub(in crate::catalog) struct Category {
    pub(in crate::catalog) path: String,
    name: String,
    title: String,
    description: String,
    breadcrumbs: Vec<Crumb>,
    links: Vec<CategoryLink>,
}

impl Category {
    /// Its page with the products on it.
    pub(in crate::catalog) fn page(self, listing: Listing) -> CategoryPage {
        CategoryPage {
            href: format!("/categories/{}", self.path),
            name: self.name,
            title: self.title,
            description: self.description,
            breadcrumbs: self.breadcrumbs,
            links: self.links,
            listing,
        }
    }
}

/// One statement: the category, the way to it, and those below it (or beside it where there are none).
pub(in crate::catalog) async fn category(db: &PgPool, path: &str) -> Result<Option<Category>> {
    let row = sqlx::query!(
        r#"select c.path, c.name, c.title, c.description,
                  (select json_agg(json_build_object('name', up.name, 'href', '/categories/' || up.path) order by length(up.path))
                   from category up where c.path like up.path || '/%')::text as crumbs,
                  (select json_agg(json_build_object(
                              'name', near.name,
                              'href', '/categories/' || near.path,
                              'count', (select count(*) from product p where p.status = 'active' and p.category_id in
                                        (select b.id from category b where b.path = near.path or b.path like near.path || '/%')),
                              'picture', null) order by near.position, near.name)
                   from category near
                   where near.parent_id = (case when exists (select 1 from category d where d.parent_id = c.id)
                                           then c.id else c.parent_id end))::text as links
           from category c where c.path = $1"#,
        path,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Category {
            path: row.path,
            name: row.name,
            title: row.title,
            description: row.description,
            breadcrumbs: row
                .crumbs
                .map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?,
            links: row
                .links
                .map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?,
        })
    })
    .transpose()
}

/// The categories at the top of the tree, each with the picture of its first product.
pub(in crate::catalog) async fn top_categories(db: &PgPool) -> Result<Vec<CategoryLink>> {
    let rows = sqlx::query!(
        r#"select c.name, c.path,
                  (select count(*) from product p join category b on b.id = p.category_id
                   where p.status = 'active' and (b.path = c.path or b.path like c.path || '/%')) as "count!",
                  (select p.card ->> 'picture' from product p join category b on b.id = p.category_id
                   where p.status = 'active' and (b.path = c.path or b.path like c.path || '/%')
                   order by p.position, p.id limit 1) as picture
           from category c where c.parent_id is null order by c.position, c.name"#
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let picture: Option<Picture> = row
                .picture
                .map(|json| serde_json::from_str(&json))
                .transpose()?;
            Ok(CategoryLink {
                href: format!("/categories/{}", row.path),
                name: row.name,
                count: u32::try_from(row.count).unwrap_or(0),
                picture,
            })
        })
        .collect()
}

/// Every address that a search engine may know.
pub(in crate::catalog) async fn sitemap(db: &PgPool) -> Result<Vec<(String, jiff::Timestamp)>> {
    let rows = sqlx::query!(
        r#"select '/products/' || handle as "path!", updated_at as "at!: jiff_sqlx::Timestamp" from product where status = 'active'
           union all select '/categories/' || path, updated_at from category
           union all select '/pages/' || handle, updated_at from page
           order by 1"#
    )
    .fetch_all(db)
    .await
    .map_err(Error::from)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.path, row.at.to_jiff()))
        .collect())
}

/// The handles of what came last.
pub(in crate::catalog) async fn newest(db: &PgPool, count: i64) -> Result<Vec<String>> {
    sqlx::query_scalar!(
        "select handle from product where status = 'active' order by created_at desc, id desc limit $1",
        count,
    )
    .fetch_all(db)
    .await
    .map_err(Error::from)
}
