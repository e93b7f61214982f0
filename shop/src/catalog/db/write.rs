//! Writing products. All of it happens in a transaction of the caller, who has the product's row first: whoever writes the
//! same product waits there.

use crate::{
    Clock, Result,
    catalog::write::{NewOption, NewProduct, NewValue, NewVariant, Picture, WrittenVariant},
};
use domain::VariantId;
use sqlx::PgConnection;
use std::collections::HashMap;
use uuid::Uuid;

/// Where a variant belongs.
pub(in crate::catalog) struct Place {
    pub(in crate::catalog) product: Uuid,
    /// Among the variants of the product, from 1.
    pub(in crate::catalog) position: i32,
    /// Its value of each option.
    pub(in crate::catalog) values: [Option<Uuid>; 3],
    /// Its picture.
    pub(in crate::catalog) media: Option<Uuid>,
}

/// Writes the product's own row and locks it. Returns its id, and whether it is new.
pub(in crate::catalog) async fn upsert_product(
    tx: &mut PgConnection,
    clock: &Clock,
    product: &NewProduct,
) -> Result<(Uuid, bool)> {
    let now = jiff_sqlx::Timestamp::from(clock.now());
    let row = sqlx::query!(
        r#"insert into product (id, handle, status, title, subtitle, description_html, materials, care, dimensions,
                                product_type, tags, brand_id, category_id, position, seo_title, seo_description,
                                published_at, created_at, updated_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (select id from brand where name = $12),
                   (select id from category where path = $13), $14, $15, $16,
                   case when $3 = 'active' then $17::timestamptz end, $17, $17)
           on conflict (handle) do update set
               status = excluded.status, title = excluded.title, subtitle = excluded.subtitle,
               description_html = excluded.description_html, materials = excluded.materials, care = excluded.care,
               dimensions = excluded.dimensions, product_type = excluded.product_type, tags = excluded.tags,
               brand_id = excluded.brand_id, category_id = excluded.category_id, position = excluded.position,
               seo_title = excluded.seo_title, seo_description = excluded.seo_description,
               published_at = coalesce(product.published_at, excluded.published_at),
               updated_at = excluded.updated_at, version = product.version + 1
           returning id, (xmax = 0) as "created!""#,
        clock.id(),
        product.handle.as_str(),
        product.status.as_str(),
        product.title,
        product.subtitle,
        product.description_html,
        product.materials,
        product.care,
        product.dimensions,
        product.product_type,
        &product.tags,
        product.brand,
        product.category,
        product.position,
        product.seo_title,
        product.seo_description,
        now as _,
    )
    .fetch_one(tx)
    .await?;
    Ok((row.id, row.created))
}

/// Archives the variants and frees their combinations; those that are written again come back.
pub(in crate::catalog) async fn put_variants_away(
    tx: &mut PgConnection,
    product: Uuid,
) -> Result<()> {
    sqlx::query!(
        "update variant set option1_value_id = null, option2_value_id = null, option3_value_id = null,
                            archived_at = coalesce(archived_at, now())
         where product_id = $1",
        product,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes the options that are not named, or that stand where another shall.
pub(in crate::catalog) async fn keep_options(
    tx: &mut PgConnection,
    product: Uuid,
    options: &[NewOption],
) -> Result<()> {
    let names: Vec<String> = options.iter().map(|option| option.name.clone()).collect();
    sqlx::query!(
        "delete from product_option o where o.product_id = $1 and not exists (
             select 1 from unnest($2::text[]) with ordinality as kept (name, place)
             where kept.name = o.name and kept.place = o.position)",
        product,
        &names,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes an option and returns its id.
pub(in crate::catalog) async fn upsert_option(
    tx: &mut PgConnection,
    clock: &Clock,
    product: Uuid,
    position: i32,
    name: &str,
) -> Result<Uuid> {
    Ok(sqlx::query_scalar!(
        "insert into product_option (id, product_id, position, name) values ($1, $2, $3, $4)
         on conflict (product_id, name) do update set position = excluded.position returning id",
        clock.id(),
        product,
        position,
        name,
    )
    .fetch_one(tx)
    .await?)
}

/// Leaves an option with these values, and returns their ids.
pub(in crate::catalog) async fn replace_values(
    tx: &mut PgConnection,
    clock: &Clock,
    option: Uuid,
    values: &[NewValue],
) -> Result<Vec<Uuid>> {
    let ids: Vec<Uuid> = values.iter().map(|_| clock.id()).collect();
    let names: Vec<String> = values.iter().map(|value| value.name.clone()).collect();
    let swatches: Vec<Option<String>> = values.iter().map(|value| value.swatch.clone()).collect();
    sqlx::query!(
        "delete from option_value where option_id = $1 and name <> all ($2)",
        option,
        &names
    )
    .execute(&mut *tx)
    .await?;
    let rows = sqlx::query!(
        r#"insert into option_value (id, option_id, position, name, swatch)
           select new.id, $1, new.place::int, new.name, new.swatch
           from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as new (id, name, swatch, place)
           on conflict (option_id, name) do update set position = excluded.position, swatch = excluded.swatch
           returning id, name"#,
        option,
        &ids,
        &names,
        &swatches as &[Option<String>],
    )
    .fetch_all(tx)
    .await?;
    let by_name: HashMap<&str, Uuid> = rows.iter().map(|row| (row.name.as_str(), row.id)).collect();
    Ok(names
        .iter()
        .filter_map(|name| by_name.get(name.as_str()).copied())
        .collect())
}

/// Leaves a product with these pictures, no two of one asset, and returns their ids by asset.
pub(in crate::catalog) async fn replace_media(
    tx: &mut PgConnection,
    clock: &Clock,
    product: Uuid,
    pictures: &[&Picture],
) -> Result<HashMap<Uuid, Uuid>> {
    let ids: Vec<Uuid> = pictures.iter().map(|_| clock.id()).collect();
    let assets: Vec<Uuid> = pictures.iter().map(|picture| picture.asset).collect();
    let alts: Vec<String> = pictures.iter().map(|picture| picture.alt.clone()).collect();
    sqlx::query!(
        "delete from product_media where product_id = $1 and asset_id <> all ($2)",
        product,
        &assets
    )
    .execute(&mut *tx)
    .await?;
    let rows = sqlx::query!(
        r#"insert into product_media (id, product_id, asset_id, position, alt)
           select new.id, $1, new.asset, new.place::int, new.alt
           from unnest($2::uuid[], $3::uuid[], $4::text[]) with ordinality as new (id, asset, alt, place)
           on conflict (product_id, asset_id) do update set position = excluded.position, alt = excluded.alt
           returning id, asset_id"#,
        product,
        &ids,
        &assets,
        &alts,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.asset_id, row.id)).collect())
}

/// Writes a variant. `None` where its SKU belongs to another product: then nothing was written.
pub(in crate::catalog) async fn upsert_variant(
    tx: &mut PgConnection,
    clock: &Clock,
    place: &Place,
    variant: &NewVariant,
) -> Result<Option<WrittenVariant>> {
    let [first, second, third] = place.values;
    let row = sqlx::query!(
        r#"insert into variant (id, product_id, sku, position, option1_value_id, option2_value_id,
                                option3_value_id, price, compare_at, barcode, weight_grams, media_id)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
           on conflict (sku) do update set
               position = excluded.position, option1_value_id = excluded.option1_value_id,
               option2_value_id = excluded.option2_value_id, option3_value_id = excluded.option3_value_id,
               price = excluded.price, compare_at = excluded.compare_at, barcode = excluded.barcode,
               weight_grams = excluded.weight_grams, media_id = excluded.media_id,
               archived_at = null, updated_at = now()
           where variant.product_id = excluded.product_id
           returning id, (xmax = 0) as "created!""#,
        clock.id(),
        place.product,
        variant.sku,
        place.position,
        first,
        second,
        third,
        variant.price,
        variant.compare_at,
        variant.barcode,
        variant.weight_grams,
        place.media,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| WrittenVariant {
        id: VariantId(row.id),
        created: row.created,
    }))
}

/// The products that there are.
pub(in crate::catalog) async fn all_products(tx: &mut PgConnection) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar!("select id from product order by id")
        .fetch_all(tx)
        .await?)
}

/// Writes anew what pages show of the products: prices, card, page, words.
pub(in crate::catalog) async fn refresh(tx: &mut PgConnection, products: &[Uuid]) -> Result<()> {
    sqlx::query_file!("src/catalog/db/refresh.sql", products)
        .execute(tx)
        .await?;
    Ok(())
}
