//! Writing products. All of it happens in a transaction of the caller, who has the product's row first: whoever writes the
//! same product waits there.

use crate::{
    Clock, Error, Result,
    catalog::write::{NewOption, NewProduct, NewValue, NewVariant, Picture, Which, WrittenVariant},
};
use domain::{ProductId, VariantId, catalog::ProductStatus};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{PgConnection, PgPool};
use std::collections::{HashMap, HashSet};
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

/// What a product has before it is written: values by option and name, variants by SKU.
pub(in crate::catalog) struct Present {
    values: HashMap<(String, String), Uuid>,
    skus: HashMap<String, Uuid>,
}

impl Present {
    /// The id that a value keeps: the one that is named where the product has it, else that of the same names.
    pub(in crate::catalog) fn value(&self, option: &str, value: &NewValue) -> Option<Uuid> {
        let given = value.id.map(|id| id.0);
        given
            .filter(|id| self.values.values().any(|known| known == id))
            .or_else(|| {
                if value.id.is_some() {
                    return None;
                }
                let names = (option.to_owned(), value.name.clone());
                self.values.get(&names).copied()
            })
    }

    /// The ids that variants keep: those that are named, else those of the same SKU that nobody names.
    pub(in crate::catalog) fn variants(&self, variants: &[NewVariant]) -> Vec<Option<Uuid>> {
        let known: HashSet<Uuid> = self.skus.values().copied().collect();
        let named =
            |variant: &NewVariant| variant.id.map(|id| id.0).filter(|id| known.contains(id));
        let mut taken: HashSet<Uuid> = variants.iter().filter_map(named).collect();
        variants
            .iter()
            .map(|variant| {
                named(variant).or_else(|| {
                    let same = self.skus.get(&variant.sku).copied();
                    same.filter(|id| taken.insert(*id))
                })
            })
            .collect()
    }

    /// Those of the variants that have another SKU than before.
    pub(in crate::catalog) fn renamed(
        &self,
        new: &[NewVariant],
        ids: &[Option<Uuid>],
    ) -> Vec<Uuid> {
        let pairs = new.iter().zip(ids);
        pairs
            .filter_map(|(variant, id)| id.filter(|id| self.skus.get(&variant.sku) != Some(id)))
            .collect()
    }
}

/// What the product has, archived variants included.
pub(in crate::catalog) async fn present(tx: &mut PgConnection, product: Uuid) -> Result<Present> {
    let values = sqlx::query!(
        "select o.name as option, v.name, v.id from product_option o join option_value v on v.option_id = o.id
         where o.product_id = $1",
        product,
    )
    .fetch_all(&mut *tx)
    .await?;
    let skus = sqlx::query!("select sku, id from variant where product_id = $1", product)
        .fetch_all(tx)
        .await?;
    Ok(Present {
        values: values
            .into_iter()
            .map(|row| ((row.option, row.name), row.id))
            .collect(),
        skus: skus.into_iter().map(|row| (row.sku, row.id)).collect(),
    })
}

/// Writes the product's own row, locks it, and leaves the way from its former address. Returns its id, and whether it is
/// new; `None` where another product has its handle.
pub(in crate::catalog) async fn put_product(
    tx: &mut PgConnection,
    clock: &Clock,
    product: &NewProduct,
    status: ProductStatus,
) -> Result<Option<(Uuid, bool)>> {
    let (id, former) = match product.which {
        Which::Known(ProductId(id)) => {
            let former =
                sqlx::query_scalar!("select handle from product where id = $1 for update", id)
                    .fetch_optional(&mut *tx)
                    .await?;
            (Some(id), former)
        }
        Which::New => (None, None),
        Which::OfHandle => {
            let known = sqlx::query_scalar!(
                "select id from product where handle = $1 for update",
                product.handle.as_str(),
            );
            (known.fetch_optional(&mut *tx).await?, None)
        }
    };
    let row = match (id, product.which) {
        (Some(id), _) => update_product(tx, clock.now(), id, product, status).await,
        (None, which) => insert_product(tx, clock, product, status, which).await,
    };
    let Some(id) = unless_taken(row, "product_handle_unique")? else {
        return Ok(None);
    };
    redirect(tx, id.0, former, product.handle.as_str(), clock.now()).await?;
    Ok(Some(id))
}

/// What was written, or `None` where a constraint says that somebody else has the name.
fn unless_taken<T>(
    written: std::result::Result<Option<T>, sqlx::Error>,
    constraint: &str,
) -> Result<Option<T>> {
    match written {
        Ok(row) => Ok(row),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some(constraint) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

async fn update_product(
    tx: &mut PgConnection,
    now: Timestamp,
    id: Uuid,
    product: &NewProduct,
    status: ProductStatus,
) -> std::result::Result<Option<(Uuid, bool)>, sqlx::Error> {
    let row = sqlx::query_scalar!(
        "update product set
             handle = $2, status = $3, title = $4, subtitle = $5, description_html = $6, materials = $7, care = $8,
             dimensions = $9, product_type = $10, tags = $11, brand_id = (select id from brand where name = $12),
             category_id = (select id from category where path = $13), position = $14, seo_title = $15,
             seo_description = $16, updated_at = $17, version = version + 1,
             -- What is on sale is so since some time, and not from some time on.
             published_at = case when $3 = 'active' then least(coalesce($18, published_at, $17), $17)
                                 when $19 then coalesce($18, published_at) else $18 end
         where id = $1 returning id",
        id,
        product.handle.as_str(),
        status.as_str(),
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
        now.to_sqlx() as _,
        product.published_at.map(ToSqlx::to_sqlx) as _,
        product.which == Which::OfHandle,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|id| (id, false)))
}

/// Writes a row that was not there a moment ago. Where it is there now, what the handle stands for is updated.
async fn insert_product(
    tx: &mut PgConnection,
    clock: &Clock,
    product: &NewProduct,
    status: ProductStatus,
    which: Which,
) -> std::result::Result<Option<(Uuid, bool)>, sqlx::Error> {
    let now = clock.now();
    let new = sqlx::query_scalar!(
        "insert into product (id, handle, status, title, subtitle, description_html, materials, care, dimensions,
                              product_type, tags, brand_id, category_id, position, seo_title, seo_description,
                              published_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (select id from brand where name = $12),
                 (select id from category where path = $13), $14, $15, $16,
                 case when $3 = 'active' then least(coalesce($18::timestamptz, $17), $17) else $18 end, $17, $17)
         on conflict (handle) do nothing returning id",
        clock.id(),
        product.handle.as_str(),
        status.as_str(),
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
        now.to_sqlx() as _,
        product.published_at.map(ToSqlx::to_sqlx) as _,
    )
    .fetch_optional(&mut *tx)
    .await?;
    if new.is_some() || which != Which::OfHandle {
        return Ok(new.map(|id| (id, true)));
    }
    let handle = product.handle.as_str();
    let other = sqlx::query_scalar!(
        "select id from product where handle = $1 for update",
        handle
    )
    .fetch_optional(&mut *tx)
    .await?;
    match other {
        Some(id) => update_product(tx, now, id, product, status).await,
        None => Ok(None),
    }
}

/// Leads from the former handle to the product, and from the present one nowhere else.
async fn redirect(
    tx: &mut PgConnection,
    product: Uuid,
    former: Option<String>,
    handle: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!("delete from product_redirect where handle = $1", handle)
        .execute(&mut *tx)
        .await?;
    if let Some(former) = former.filter(|former| former != handle) {
        sqlx::query!(
            "insert into product_redirect (handle, product_id, created_at) values ($1, $2, $3)
             on conflict (handle) do update set product_id = excluded.product_id, created_at = excluded.created_at",
            former,
            product,
            now.to_sqlx() as _,
        )
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Archives the variants and frees their combinations; those that are written again come back.
pub(in crate::catalog) async fn put_variants_away(
    tx: &mut PgConnection,
    product: Uuid,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update variant set option1_value_id = null, option2_value_id = null, option3_value_id = null,
                            archived_at = coalesce(archived_at, $2)
         where product_id = $1",
        product,
        now.to_sqlx() as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes the options with their values, which no variant has any more.
pub(in crate::catalog) async fn delete_options(tx: &mut PgConnection, product: Uuid) -> Result<()> {
    sqlx::query!("delete from product_option where product_id = $1", product)
        .execute(tx)
        .await?;
    Ok(())
}

/// Writes an option with its values, under these ids.
pub(in crate::catalog) async fn insert_option(
    tx: &mut PgConnection,
    (id, product, position): (Uuid, Uuid, i32),
    option: &NewOption,
    ids: &[Uuid],
) -> Result<()> {
    sqlx::query!(
        "insert into product_option (id, product_id, position, name) values ($1, $2, $3, $4)",
        id,
        product,
        position,
        option.name,
    )
    .execute(&mut *tx)
    .await?;
    let names: Vec<String> = option
        .values
        .iter()
        .map(|value| value.name.clone())
        .collect();
    let swatches: Vec<Option<String>> = option
        .values
        .iter()
        .map(|value| value.swatch.clone())
        .collect();
    sqlx::query!(
        "insert into option_value (id, option_id, position, name, swatch)
         select new.id, $1, new.place::int, new.name, new.swatch
         from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as new (id, name, swatch, place)",
        id,
        ids,
        &names,
        &swatches as &[Option<String>],
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Leaves a product with these pictures, no two of one asset, and returns their ids by asset.
pub(in crate::catalog) async fn replace_media(
    tx: &mut PgConnection,
    clock: &Clock,
    product: Uuid,
    pictures: &[Picture],
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

/// Lets go of the SKUs of variants that are about to have others.
pub(in crate::catalog) async fn free_skus(tx: &mut PgConnection, variants: &[Uuid]) -> Result<()> {
    if variants.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update variant set sku = id::text where id = any ($1)",
        variants
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes a variant, this one or a new one. `None` where its SKU belongs to another: then nothing was written.
pub(in crate::catalog) async fn put_variant(
    tx: &mut PgConnection,
    clock: &Clock,
    known: Option<Uuid>,
    place: &Place,
    variant: &NewVariant,
) -> Result<Option<WrittenVariant>> {
    let [first, second, third] = place.values;
    let id = known.unwrap_or_else(|| clock.id());
    let written = sqlx::query_scalar!(
        "insert into variant (id, product_id, sku, position, option1_value_id, option2_value_id,
                              option3_value_id, price, compare_at, barcode, weight_grams, media_id,
                              created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)
         on conflict (id) do update set
             sku = excluded.sku, position = excluded.position, option1_value_id = excluded.option1_value_id,
             option2_value_id = excluded.option2_value_id, option3_value_id = excluded.option3_value_id,
             price = excluded.price, compare_at = excluded.compare_at, barcode = excluded.barcode,
             weight_grams = excluded.weight_grams, media_id = excluded.media_id,
             archived_at = null, updated_at = excluded.updated_at
         returning id",
        id,
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
        clock.now().to_sqlx() as _,
    )
    .fetch_optional(tx)
    .await;
    let id = unless_taken(written, "variant_sku_unique")?;
    Ok(id.map(|id| WrittenVariant {
        id: VariantId(id),
        created: known.is_none(),
    }))
}

/// Puts a product on sale whose time has come.
pub(in crate::catalog) async fn publish(
    db: &PgPool,
    product: ProductId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update product set status = 'active', updated_at = $2, version = version + 1
         where id = $1 and status = 'scheduled' and published_at <= $2",
        product.0,
        now.to_sqlx() as _,
    )
    .execute(db)
    .await
    .map_err(Error::from)?;
    Ok(())
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
