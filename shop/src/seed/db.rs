//! The SQL of what stands around the products of the demo shop.

use super::demo::{Brand, Category, Demo, ShippingZone};
use crate::{Clock, Result};
use sqlx::{PgConnection, PgPool};

pub(super) async fn write_brands(
    tx: &mut PgConnection,
    clock: &Clock,
    brands: &[Brand],
) -> Result<()> {
    for brand in brands {
        sqlx::query!(
            "insert into brand (id, handle, name, place, story_html) values ($1, $2, $3, $4, $5)
             on conflict (handle) do update set name = excluded.name, place = excluded.place,
                 story_html = excluded.story_html, updated_at = now()",
            clock.id(),
            brand.handle,
            brand.name,
            brand.place,
            ammonia::clean(brand.story.trim()),
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

pub(super) async fn write_categories(
    tx: &mut PgConnection,
    clock: &Clock,
    categories: &[Category],
) -> Result<()> {
    for category in categories {
        sqlx::query!(
            "insert into category (id, parent_id, handle, path, name, title, description, position)
             values ($1, (select id from category where path = $2), $3, $4, $5, $6, $7, $8)
             on conflict (path) do update set parent_id = excluded.parent_id, name = excluded.name,
                 title = excluded.title, description = excluded.description, position = excluded.position,
                 updated_at = now()",
            clock.id(),
            category.parent,
            category.handle,
            category.path,
            category.name,
            category.title,
            category.description,
            category.position,
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Taxes, delivery, coupons, and the place that holds the stock.
pub(super) async fn write_selling(tx: &mut PgConnection, clock: &Clock, demo: &Demo) -> Result<()> {
    sqlx::query!(
        "insert into stock_location (id, name) values ($1, 'Tarn Yard') on conflict (name) do nothing",
        clock.id(),
    )
    .execute(&mut *tx)
    .await?;
    for tax in &demo.tax_rate {
        for country in &tax.countries {
            sqlx::query!(
                "insert into tax_rate (id, name, country, category, rate, included) values ($1, $2, $3, $4, $5, $6)
                 on conflict (country, category) do update set name = excluded.name, rate = excluded.rate,
                     included = excluded.included",
                clock.id(),
                tax.name,
                country,
                tax.category,
                tax.rate,
                tax.included,
            )
            .execute(&mut *tx)
            .await?;
        }
    }
    for (position, zone) in (1_i32..).zip(&demo.shipping_zone) {
        write_zone(tx, clock, position, zone).await?;
    }
    for coupon in &demo.coupon {
        sqlx::query!(
            "insert into coupon (id, code, description, kind, value) values ($1, $2, $3, 'percent', $4)
             on conflict (code) do update set description = excluded.description, value = excluded.value",
            clock.id(),
            coupon.code,
            coupon.description,
            coupon.percent * 100,
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

async fn write_zone(
    tx: &mut PgConnection,
    clock: &Clock,
    position: i32,
    zone: &ShippingZone,
) -> Result<()> {
    let id = sqlx::query_scalar!(
        "insert into shipping_zone (id, name, position) values ($1, $2, $3)
         on conflict (name) do update set position = excluded.position returning id",
        clock.id(),
        zone.name,
        position,
    )
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into shipping_zone_country (country, zone_id) select country, $2 from unnest($1::text[]) as country
         on conflict (country) do update set zone_id = excluded.zone_id",
        &zone.countries,
        id,
    )
    .execute(&mut *tx)
    .await?;
    for method in &zone.method {
        sqlx::query!(
            "insert into shipping_method (id, zone_id, code, name, description, price, free_over, min_days, max_days, position)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (code) do update set zone_id = excluded.zone_id, name = excluded.name,
                 description = excluded.description, price = excluded.price, free_over = excluded.free_over,
                 min_days = excluded.min_days, max_days = excluded.max_days, position = excluded.position",
            clock.id(),
            id,
            method.code,
            method.name,
            method.description,
            method.price,
            method.free_over,
            method.min_days,
            method.max_days,
            method.position,
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Whether nothing is sold and nothing was.
pub(super) async fn is_empty(db: &PgPool) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select not exists (select 1 from product) and not exists (select 1 from "order") as "empty!""#
    )
    .fetch_one(db)
    .await?)
}
