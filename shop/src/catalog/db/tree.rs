//! The tree of categories.

use crate::Result;
use domain::{
    CategoryId,
    catalog::edit::{CategoryForm, CategoryRow, CheckedCategory},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// A category that can be chosen.
#[derive(Debug, Clone)]
pub(in crate::catalog) struct CategoryChoice {
    pub(in crate::catalog) id: Uuid,
    pub(in crate::catalog) path: String,
    /// `Kitchen > Mugs & Cups`.
    pub(in crate::catalog) names: String,
}

/// Every category, in the order of the tree.
pub(in crate::catalog) async fn category_choices(
    db: impl PgExecutor<'_>,
) -> Result<Vec<CategoryChoice>> {
    Ok(sqlx::query_as!(
        CategoryChoice,
        r#"with recursive tree as (
               select id, path, name as names,
                      array [lpad(position::text, 10, '0') || name || id::text] as place
               from category where parent_id is null
               union all
               select c.id, c.path, t.names || ' > ' || c.name,
                      t.place || (lpad(c.position::text, 10, '0') || c.name || c.id::text)
               from category c join tree t on c.parent_id = t.id
           )
           select id as "id!", path as "path!", names as "names!" from tree order by place"#
    )
    .fetch_all(db)
    .await?)
}

/// The same as pairs of path and names.
pub(in crate::catalog) async fn category_paths(db: &PgPool) -> Result<Vec<(String, String)>> {
    let choices = category_choices(db).await?;
    Ok(choices
        .into_iter()
        .map(|choice| (choice.path, choice.names))
        .collect())
}

/// The tree as the staff sees it.
pub(in crate::catalog) async fn category_rows(db: &PgPool) -> Result<Vec<CategoryRow>> {
    let rows = sqlx::query!(
        r#"with recursive tree as (
               select id, path, name, parent_id, position, 0 as depth,
                      array [lpad(position::text, 10, '0') || name || id::text] as place
               from category where parent_id is null
               union all
               select c.id, c.path, c.name, c.parent_id, c.position, t.depth + 1,
                      t.place || (lpad(c.position::text, 10, '0') || c.name || c.id::text)
               from category c join tree t on c.parent_id = t.id
           )
           select id as "id!", path as "path!", name as "name!", depth as "depth!",
                  (select count(*) from product p where p.category_id = tree.id) as "products!",
                  row_number() over (partition by parent_id order by place) = 1 as "is_first!"
           from tree order by place"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CategoryRow {
            id: CategoryId(row.id),
            name: row.name,
            path: row.path,
            depth: usize::try_from(row.depth).unwrap_or(0),
            products: row.products,
            is_first: row.is_first,
        })
        .collect())
}

/// Keeps all others from changing the tree until the transaction ends: two that move at once could close a ring.
pub(in crate::catalog) async fn lock_tree(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!("lock table category in share row exclusive mode")
        .execute(tx)
        .await?;
    Ok(())
}

/// A category as it is.
pub(in crate::catalog) struct KeptCategory {
    pub(in crate::catalog) path: String,
    pub(in crate::catalog) form: CategoryForm,
    /// Whether nothing is in it or below it.
    pub(in crate::catalog) is_empty: bool,
}

pub(in crate::catalog) async fn kept_category(
    db: impl PgExecutor<'_>,
    id: CategoryId,
) -> Result<Option<KeptCategory>> {
    let row = sqlx::query!(
        r#"select c.path, c.version, c.name, c.handle, c.parent_id, c.title, c.description,
                  not exists (select 1 from category d where d.parent_id = c.id)
                  and not exists (select 1 from product p where p.category_id = c.id) as "is_empty!"
           from category c where c.id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| KeptCategory {
        path: row.path,
        form: CategoryForm {
            version: row.version.to_string(),
            name: row.name,
            handle: row.handle,
            parent: row.parent_id.map(|id| id.to_string()).unwrap_or_default(),
            title: row.title,
            description: row.description,
        },
        is_empty: row.is_empty,
    }))
}

/// Whether another category below the same one is called so, or has the path.
pub(in crate::catalog) async fn taken_category(
    tx: &mut PgConnection,
    id: CategoryId,
    category: &CheckedCategory,
    path: &str,
) -> Result<(bool, bool)> {
    let row = sqlx::query!(
        r#"select coalesce(bool_or(lower(name) = lower($3) and parent_id is not distinct from $2), false) as "name!",
                  coalesce(bool_or(path = $4), false) as "path!"
           from category where id <> $1"#,
        id.0,
        category.parent.map(|id| id.0),
        category.name,
        path,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.name, row.path))
}

/// Writes a category, a new one where there is none of this id: behind those beside it, as is one that moves.
pub(in crate::catalog) async fn put_category(
    tx: &mut PgConnection,
    id: CategoryId,
    category: &CheckedCategory,
    path: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into category (id, parent_id, handle, path, name, title, description, position, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7,
                 (select coalesce(max(position), 0) + 1 from category where parent_id is not distinct from $2), $8, $8)
         on conflict (id) do update set parent_id = excluded.parent_id, handle = excluded.handle, path = excluded.path,
             name = excluded.name, title = excluded.title, description = excluded.description,
             position = case when category.parent_id is not distinct from excluded.parent_id then category.position
                             else excluded.position end,
             updated_at = excluded.updated_at, version = category.version + 1",
        id.0,
        category.parent.map(|id| id.0),
        category.handle.as_str(),
        path,
        category.name,
        category.title,
        category.description,
        now.to_sqlx() as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives what lies below a category its new paths, and leads there from the old ones, its own included.
pub(in crate::catalog) async fn move_paths(
    tx: &mut PgConnection,
    id: CategoryId,
    old: &str,
    new: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into category_redirect (path, category_id, created_at)
         select path, id, $2::timestamptz from category where path like $1 || '/%' union all select $1, $3, $2
         on conflict (path) do update set category_id = excluded.category_id, created_at = excluded.created_at",
        old,
        now.to_sqlx() as _,
        id.0,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update category set path = $2 || substr(path, length($1) + 1), updated_at = $3 where path like $1 || '/%'",
        old,
        new,
        now.to_sqlx() as _,
    )
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Takes away what leads on from where a category is.
pub(in crate::catalog) async fn clear_redirects(tx: &mut PgConnection) -> Result<()> {
    sqlx::query!("delete from category_redirect r where exists (select 1 from category c where c.path = r.path)")
        .execute(tx)
        .await?;
    Ok(())
}

/// The products of a category and of those below it.
pub(in crate::catalog) async fn of_category(
    tx: &mut PgConnection,
    path: &str,
) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select p.id from product p join category c on c.id = p.category_id
         where c.path = $1 or c.path like $1 || '/%' order by p.id",
        path,
    )
    .fetch_all(tx)
    .await?)
}

/// Those beside a category, in order, itself included.
pub(in crate::catalog) async fn beside(tx: &mut PgConnection, id: CategoryId) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!(
        "select c.id from category c
         where c.parent_id is not distinct from (select parent_id from category where id = $1)
         order by c.position, c.name, c.id",
        id.0,
    )
    .fetch_all(tx)
    .await?)
}

/// Puts categories in this order.
pub(in crate::catalog) async fn order_categories(
    tx: &mut PgConnection,
    ids: &[Uuid],
) -> Result<()> {
    sqlx::query!(
        "update category c set position = new.place::int
         from unnest($1::uuid[]) with ordinality as new (id, place) where c.id = new.id",
        ids,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::catalog) async fn delete_category(
    tx: &mut PgConnection,
    id: CategoryId,
) -> Result<()> {
    sqlx::query!("delete from category where id = $1", id.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// Where a category is that was at this path before.
pub(in crate::catalog) async fn moved_category(
    db: impl PgExecutor<'_>,
    path: &str,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select c.path from category_redirect r join category c on c.id = r.category_id where r.path = $1",
        path,
    )
    .fetch_optional(db)
    .await?)
}
