//! Reading whole products, as they are written.

use crate::{
    Error, Result,
    catalog::{
        kept::{Kept, KeptPicture, KeptVariant},
        write::{NewProduct, Picture, Which},
    },
};
use domain::{ProductId, catalog::ProductStatus};
use sqlx::PgExecutor;
use uuid::Uuid;

/// The products of these ids with everything that belongs to them, in the order of the ids.
pub(in crate::catalog) async fn kept(db: impl PgExecutor<'_>, ids: &[Uuid]) -> Result<Vec<Kept>> {
    let rows = sqlx::query!(
        r#"select p.id, p.version, p.handle, p.status, p.title, p.subtitle, p.description_html, p.materials, p.care,
                  p.dimensions, p.product_type, p.tags, p.position, p.seo_title, p.seo_description,
                  p.published_at as "published_at: jiff_sqlx::Timestamp", p.brand_id, p.category_id,
                  b.name as "brand?", c.path as "category?",
                  (select string_agg(up.name, ' > ' order by length(up.path)) from category up
                   where c.path = up.path or c.path like up.path || '/%') as category_names,
                  coalesce((select json_agg(json_build_object('name', o.name, 'values',
                      (select json_agg(json_build_object('id', v.id, 'name', v.name, 'swatch', v.swatch) order by v.position)
                       from option_value v where v.option_id = o.id)) order by o.position)
                   from product_option o where o.product_id = p.id), '[]')::text as "options!",
                  coalesce((select json_agg(json_build_object(
                      'id', v.id, 'sku', v.sku, 'price', v.price, 'compare_at', v.compare_at, 'barcode', v.barcode,
                      'weight_grams', v.weight_grams, 'picture', m.position - 1,
                      'values', array_remove(array [v1.position - 1, v2.position - 1, v3.position - 1], null),
                      'on_hand', coalesce(s.on_hand, 0), 'available', coalesce(s.available, 0)) order by v.position, v.id)
                   from variant v
                   left join option_value v1 on v1.id = v.option1_value_id
                   left join option_value v2 on v2.id = v.option2_value_id
                   left join option_value v3 on v3.id = v.option3_value_id
                   left join product_media m on m.id = v.media_id
                   left join lateral (select sum(l.on_hand)::int as on_hand,
                                             sum(l.on_hand - l.allocated - l.reserved)::int as available
                                      from stock_level l where l.variant_id = v.id) s on true
                   where v.product_id = p.id and v.archived_at is null), '[]')::text as "variants!",
                  coalesce((select json_agg(json_build_object('media', m.id, 'asset', a.id, 'picture', json_build_object(
                      'hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height, 'tone', a.tone,
                      'alt', m.alt)) order by m.position)
                   from product_media m join asset a on a.id = m.asset_id where m.product_id = p.id), '[]')::text as "pictures!"
           from unnest($1::uuid[]) with ordinality as wanted (id, place)
           join product p on p.id = wanted.id
           left join brand b on b.id = p.brand_id
           left join category c on c.id = p.category_id
           order by wanted.place"#,
        ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let stored = |fault: String| Error::Stored(format!("product {}: {fault}", row.handle));
            let variants: Vec<KeptVariant> = serde_json::from_str(&row.variants)?;
            let pictures: Vec<KeptPicture> = serde_json::from_str(&row.pictures)?;
            let status: ProductStatus =
                row.status.parse().map_err(|_| stored(row.status.clone()))?;
            let product = NewProduct {
                which: Which::Known(ProductId(row.id)),
                handle: row
                    .handle
                    .parse()
                    .map_err(|_| stored("its handle".into()))?,
                status,
                published_at: row.published_at.map(jiff_sqlx::Timestamp::to_jiff),
                title: row.title,
                subtitle: row.subtitle,
                description_html: row.description_html,
                materials: row.materials,
                care: row.care,
                dimensions: row.dimensions,
                product_type: row.product_type,
                tags: row.tags,
                brand: row.brand.unwrap_or_default(),
                category: row.category,
                position: row.position,
                seo_title: row.seo_title,
                seo_description: row.seo_description,
                options: serde_json::from_str(&row.options)?,
                variants: variants.iter().map(|kept| kept.variant.clone()).collect(),
                pictures: pictures
                    .iter()
                    .map(|kept| Picture {
                        asset: kept.asset,
                        alt: kept.picture.alt.clone(),
                    })
                    .collect(),
            };
            Ok(Kept {
                id: ProductId(row.id),
                version: row.version,
                product,
                brand: row.brand_id,
                category: row.category_id,
                category_names: row.category_names.unwrap_or_default(),
                variants,
                pictures,
            })
        })
        .collect()
}

/// Every product, in the merchant's order.
pub(in crate::catalog) async fn in_order(db: impl PgExecutor<'_>) -> Result<Vec<Uuid>> {
    Ok(
        sqlx::query_scalar!("select id from product order by position, id")
            .fetch_all(db)
            .await?,
    )
}

/// The products that have these handles.
pub(in crate::catalog) async fn of_handles(
    db: impl PgExecutor<'_>,
    handles: &[String],
) -> Result<Vec<Uuid>> {
    Ok(
        sqlx::query_scalar!("select id from product where handle = any ($1)", handles)
            .fetch_all(db)
            .await?,
    )
}

/// Where a product is to be found that was called so before; `None` where that was none, or one that cannot be seen.
pub(in crate::catalog) async fn moved_product(
    db: impl PgExecutor<'_>,
    handle: &str,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select p.handle from product_redirect r join product p on p.id = r.product_id
         where r.handle = $1 and p.status = 'active'",
        handle,
    )
    .fetch_optional(db)
    .await?)
}
