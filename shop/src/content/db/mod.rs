//! The SQL of what surrounds the products.

mod settings;

pub(super) use settings::*;

use super::stored::{HomeSetting, ShopSetting};
use crate::Result;
use domain::{
    catalog::{Brand, Seo},
    content::{Chrome, ContentPage, NavItem, PageForm},
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// One statement: the shop's own setting, its country's tax, and the two upper levels of the category tree.
pub(super) async fn chrome(db: &PgPool) -> Result<Chrome> {
    let row = sqlx::query!(
        r#"select (select value::text from setting where key = 'shop') as shop,
                  (select json_agg(json_build_object(
                      'label', c.name, 'href', '/categories/' || c.path,
                      'children', coalesce((select json_agg(json_build_object('label', d.name, 'href', '/categories/' || d.path)
                                                            order by d.position, d.name)
                                            from category d where d.parent_id = c.id), '[]')) order by c.position, c.name)
                   from category c where c.parent_id is null)::text as nav,
                  (select t.name from tax_rate t where t.category = 'standard' and t.included and t.rate > 0
                   and t.country = (select value ->> 'country' from setting where key = 'shop')) as tax_name"#
    )
    .fetch_one(db)
    .await?;
    let nav: Vec<NavItem> = row
        .nav
        .map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?;
    let Some(shop) = row.shop else {
        // Nobody has given the shop a name yet.
        return Ok(Chrome {
            nav,
            ..Chrome::bare()
        });
    };
    let shop: ShopSetting = serde_json::from_str(&shop)?;
    Ok(Chrome {
        name: shop.name,
        tagline: shop.tagline,
        description: shop.description,
        announcement: shop.announcement,
        email: shop.email,
        phone: shop.phone,
        address: shop.address,
        currency: shop.currency,
        country: shop.country,
        tax_name: row.tax_name,
        nav,
        footer: shop.footer,
        legal: shop.legal,
        assurances: shop.assurances,
    })
}

/// The setting of the home page, with the maker that it tells about. `None` where nobody wrote one.
pub(super) async fn home(db: &PgPool) -> Result<Option<(HomeSetting, Option<Brand>)>> {
    let row = sqlx::query!(
        r#"select s.value::text as "home!",
                  (select json_build_object('handle', b.handle, 'name', b.name, 'place', b.place, 'story_html', b.story_html)
                   from brand b where b.handle = s.value -> 'maker' ->> 'brand')::text as brand
           from setting s where s.key = 'home'"#
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let brand = row
        .brand
        .map(|json| serde_json::from_str(&json))
        .transpose()?;
    Ok(Some((serde_json::from_str(&row.home)?, brand)))
}

pub(super) async fn page(db: &PgPool, handle: &str) -> Result<Option<ContentPage>> {
    let row = sqlx::query!(
        "select handle, title, body_html, seo_description from page where handle = $1",
        handle
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| ContentPage {
        handle: row.handle,
        seo: Seo {
            title: row.title.clone(),
            description: row.seo_description,
        },
        title: row.title,
        body_html: row.body_html,
    }))
}

/// Writes a page of text.
pub(crate) async fn put_page(
    db: impl PgExecutor<'_>,
    id: Uuid,
    handle: &str,
    title: &str,
    description: &str,
    html: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into page (id, handle, title, seo_description, body_html) values ($1, $2, $3, $4, $5)
         on conflict (handle) do update set title = excluded.title, seo_description = excluded.seo_description,
             body_html = excluded.body_html, updated_at = now(), version = page.version + 1",
        id,
        handle,
        title,
        description,
        html,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Reads a setting.
pub(crate) async fn setting<T: DeserializeOwned>(
    db: impl PgExecutor<'_>,
    key: &str,
) -> Result<Option<T>> {
    let json = sqlx::query_scalar!(
        r#"select value::text as "value!" from setting where key = $1"#,
        key
    )
    .fetch_optional(db)
    .await?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// Writes a setting.
pub(crate) async fn put_setting<T: Serialize + Sync>(
    db: impl PgExecutor<'_>,
    key: &str,
    value: &T,
) -> Result<()> {
    sqlx::query!(
        "insert into setting (key, value) values ($1, $2)
         on conflict (key) do update set value = excluded.value, updated_at = now(), version = setting.version + 1",
        key,
        serde_json::to_value(value)?,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn time_zone(db: &PgPool) -> Result<String> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce((select value ->> 'time_zone' from setting where key = 'shop'), 'UTC') as "zone!""#
    )
    .fetch_one(db)
    .await?)
}

/// Every page of text.
pub(super) async fn pages(db: &PgPool) -> Result<Vec<(String, String, Timestamp)>> {
    let rows = sqlx::query!(
        r#"select handle, title, updated_at as "updated_at: jiff_sqlx::Timestamp" from page order by title limit 500"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.handle, row.title, row.updated_at.to_jiff()))
        .collect())
}

/// A page as it is changed.
pub(super) async fn page_form(db: impl PgExecutor<'_>, handle: &str) -> Result<Option<PageForm>> {
    Ok(sqlx::query_as!(
        PageForm,
        "select handle, title, seo_description as description, body_html as body, version from page where handle = $1",
        handle,
    )
    .fetch_optional(db)
    .await?)
}

/// Writes a new page down. Whether it could be: its name may be taken.
pub(super) async fn insert_page(
    tx: &mut PgConnection,
    id: Uuid,
    form: &PageForm,
    now: Timestamp,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into page (id, handle, title, seo_description, body_html, updated_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (handle) do nothing",
        id,
        form.handle,
        form.title,
        form.description,
        form.body,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Saves a page, unless somebody did meanwhile. Whether it did.
pub(super) async fn save_page(
    tx: &mut PgConnection,
    form: &PageForm,
    now: Timestamp,
) -> Result<bool> {
    let saved = sqlx::query!(
        "update page set title = $2, seo_description = $3, body_html = $4, updated_at = $5, version = version + 1
         where handle = $1 and version = $6",
        form.handle,
        form.title,
        form.description,
        form.body,
        jiff_sqlx::Timestamp::from(now) as _,
        form.version,
    )
    .execute(tx)
    .await?;
    Ok(saved.rows_affected() == 1)
}
