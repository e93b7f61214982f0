//! The one way that a product is written, whoever writes it: the import now, the admin's editor later.

use crate::{Result, Shop};
use domain::{
    ProductId, VariantId,
    catalog::{Handle, ProductStatus},
};
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use uuid::Uuid;

/// A product as it shall be. What it does not name any more is taken away, except variants: those are archived.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the table `product`")]
pub struct NewProduct {
    pub handle: Handle,
    pub status: ProductStatus,
    pub title: String,
    pub subtitle: String,
    /// Sanitised.
    pub description_html: String,
    pub materials: String,
    pub care: String,
    pub dimensions: String,
    pub product_type: String,
    pub tags: Vec<String>,
    /// The maker's name.
    pub brand: String,
    /// The path of the category.
    pub category: Option<String>,
    pub position: i32,
    pub seo_title: String,
    pub seo_description: String,
    /// At most three.
    pub options: Vec<NewOption>,
    /// At least one.
    pub variants: Vec<NewVariant>,
    /// In order.
    pub pictures: Vec<Picture>,
}

/// An option with its values.
#[derive(Debug, Clone)]
pub struct NewOption {
    /// Its name.
    pub name: String,
    /// Its values, in order.
    pub values: Vec<NewValue>,
}

/// A value of an option.
#[derive(Debug, Clone)]
pub struct NewValue {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub swatch: Option<String>,
}

/// A variant.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the table `variant`")]
pub struct NewVariant {
    pub sku: String,
    /// One index into the values of each option.
    pub values: Vec<usize>,
    /// In minor units of the shop's currency.
    pub price: i64,
    pub compare_at: Option<i64>,
    pub barcode: Option<String>,
    pub weight_grams: i32,
    /// The index of its picture.
    pub picture: Option<usize>,
}

/// A picture that was taken in.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The asset.
    pub asset: Uuid,
    /// What it shows.
    pub alt: String,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Written {
    /// The product.
    pub product: ProductId,
    /// Whether it is new.
    pub created: bool,
    /// The variants, in the order in which they came.
    pub variants: Vec<VariantId>,
}

impl Shop {
    /// Writes a product and everything that belongs to it, all or nothing. The handle says which it is.
    pub async fn write_product(&self, product: &NewProduct) -> Result<Written> {
        let mut tx = self.db().begin().await?;
        let written = self.write_product_in(&mut tx, product).await?;
        tx.commit().await?;
        Ok(written)
    }

    /// The same inside a transaction.
    pub(crate) async fn write_product_in(
        &self,
        tx: &mut PgConnection,
        product: &NewProduct,
    ) -> Result<Written> {
        let (id, created) = self.write_row(tx, product).await?;
        let values = self.write_options(tx, id, &product.options).await?;
        let media = self.write_media(tx, id, &product.pictures).await?;
        let variants = self
            .write_variants(tx, id, product, &values, &media)
            .await?;
        refresh(tx, &[id]).await?;
        Ok(Written {
            product: ProductId(id),
            created,
            variants,
        })
    }

    async fn write_row(&self, tx: &mut PgConnection, product: &NewProduct) -> Result<(Uuid, bool)> {
        let now = jiff_sqlx::Timestamp::from(self.clock().now());
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
            self.clock().id(),
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

    /// Writes options and values, keeping the ids of those that stay, and returns the values' ids.
    async fn write_options(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        options: &[NewOption],
    ) -> Result<Vec<Vec<Uuid>>> {
        // Positions are unique: those that stay move out of the way first.
        let names: Vec<String> = options.iter().map(|option| option.name.clone()).collect();
        sqlx::query!(
            "update variant set option1_value_id = null, option2_value_id = null, option3_value_id = null,
                                archived_at = coalesce(archived_at, now())
             where product_id = $1",
            product,
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "delete from product_option where product_id = $1 and name <> all ($2)",
            product,
            &names
        )
        .execute(&mut *tx)
        .await?;
        let mut ids = Vec::with_capacity(options.len());
        for (position, option) in (1_i32..).zip(options) {
            sqlx::query!(
                "delete from product_option where product_id = $1 and position = $2 and name <> $3",
                product,
                position,
                option.name,
            )
            .execute(&mut *tx)
            .await?;
            let option_id = sqlx::query_scalar!(
                "insert into product_option (id, product_id, position, name) values ($1, $2, $3, $4)
                 on conflict (product_id, name) do update set position = excluded.position returning id",
                self.clock().id(),
                product,
                position,
                option.name,
            )
            .fetch_one(&mut *tx)
            .await?;
            ids.push(self.write_values(tx, option_id, &option.values).await?);
        }
        Ok(ids)
    }

    async fn write_values(
        &self,
        tx: &mut PgConnection,
        option: Uuid,
        values: &[NewValue],
    ) -> Result<Vec<Uuid>> {
        let ids: Vec<Uuid> = values.iter().map(|_| self.clock().id()).collect();
        let names: Vec<String> = values.iter().map(|value| value.name.clone()).collect();
        let swatches: Vec<Option<String>> =
            values.iter().map(|value| value.swatch.clone()).collect();
        sqlx::query!(
            "delete from option_value where option_id = $1 and name <> all ($2)",
            option,
            &names
        )
        .execute(&mut *tx)
        .await?;
        let rows = sqlx::query!(
            r#"insert into option_value (id, option_id, position, name, swatch)
               select new.id, $1, (new.place - 1)::int, new.name, new.swatch
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
        let by_name: HashMap<&str, Uuid> =
            rows.iter().map(|row| (row.name.as_str(), row.id)).collect();
        Ok(names
            .iter()
            .filter_map(|name| by_name.get(name.as_str()).copied())
            .collect())
    }

    /// Writes the pictures' places and returns their ids, in order.
    async fn write_media(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        pictures: &[Picture],
    ) -> Result<Vec<Uuid>> {
        let ids: Vec<Uuid> = pictures.iter().map(|_| self.clock().id()).collect();
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
               select new.id, $1, new.asset, (new.place - 1)::int, new.alt
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
        let by_asset: HashMap<Uuid, Uuid> = rows.iter().map(|row| (row.asset_id, row.id)).collect();
        Ok(assets
            .iter()
            .filter_map(|asset| by_asset.get(asset).copied())
            .collect())
    }

    async fn write_variants(
        &self,
        tx: &mut PgConnection,
        product: Uuid,
        new: &NewProduct,
        values: &[Vec<Uuid>],
        media: &[Uuid],
    ) -> Result<Vec<VariantId>> {
        let mut ids = Vec::with_capacity(new.variants.len());
        for (position, variant) in (0_i32..).zip(&new.variants) {
            let value = |option: usize| -> Option<Uuid> {
                values
                    .get(option)?
                    .get(*variant.values.get(option)?)
                    .copied()
            };
            let picture = variant.picture.and_then(|index| media.get(index)).copied();
            let id = sqlx::query_scalar!(
                "insert into variant (id, product_id, sku, position, option1_value_id, option2_value_id,
                                      option3_value_id, price, compare_at, barcode, weight_grams, media_id)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                 on conflict (sku) do update set
                     product_id = excluded.product_id, position = excluded.position,
                     option1_value_id = excluded.option1_value_id, option2_value_id = excluded.option2_value_id,
                     option3_value_id = excluded.option3_value_id, price = excluded.price,
                     compare_at = excluded.compare_at, barcode = excluded.barcode,
                     weight_grams = excluded.weight_grams, media_id = excluded.media_id,
                     archived_at = null, updated_at = now()
                 returning id",
                self.clock().id(),
                product,
                variant.sku,
                position,
                value(0),
                value(1),
                value(2),
                variant.price,
                variant.compare_at,
                variant.barcode,
                variant.weight_grams,
                picture,
            )
            .fetch_one(&mut *tx)
            .await?;
            ids.push(VariantId(id));
        }
        Ok(ids)
    }

    /// Writes anew what pages show of these products: after a brand, a category or the currency changed.
    pub async fn refresh_products(&self) -> Result<()> {
        refresh_all(self.db()).await
    }
}

async fn refresh_all(db: &PgPool) -> Result<()> {
    let mut tx = db.begin().await?;
    let all = sqlx::query_scalar!("select id from product")
        .fetch_all(&mut *tx)
        .await?;
    refresh(&mut tx, &all).await?;
    tx.commit().await?;
    Ok(())
}

/// Writes anew what pages show of the products: prices, card, page, words.
async fn refresh(tx: &mut PgConnection, products: &[Uuid]) -> Result<()> {
    sqlx::query_file!("src/catalog/refresh.sql", products)
        .execute(tx)
        .await?;
    Ok(())
}
