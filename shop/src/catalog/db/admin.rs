//! The list of products as the staff sees it, and what is done to many of them.

use crate::{Result, catalog::search::words_of};
use domain::{
    ProductId, VariantId,
    catalog::{
        ProductStatus,
        edit::{ProductFilter, ProductSort, StockFilter},
    },
    inventory::LOW,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, PgPool};
use uuid::Uuid;

/// A product of the list with its place in the order. Of a page without products there is one row without any.
#[derive(FromRow)]
pub(in crate::catalog) struct ListRow {
    pub(in crate::catalog) total: i64,
    #[sqlx(flatten)]
    pub(in crate::catalog) product: ListProduct,
}

#[derive(FromRow)]
#[sqlx(default)]
#[derive(Default)]
pub(in crate::catalog) struct ListProduct {
    pub(in crate::catalog) id: Option<Uuid>,
    pub(in crate::catalog) key: Option<String>,
    pub(in crate::catalog) handle: Option<String>,
    pub(in crate::catalog) title: Option<String>,
    pub(in crate::catalog) picture: Option<String>,
    pub(in crate::catalog) status: Option<String>,
    pub(in crate::catalog) published_at: Option<jiff_sqlx::Timestamp>,
    pub(in crate::catalog) category: Option<String>,
    pub(in crate::catalog) brand: Option<String>,
    pub(in crate::catalog) price_from: Option<i64>,
    pub(in crate::catalog) price_to: Option<i64>,
    pub(in crate::catalog) available: Option<i64>,
    pub(in crate::catalog) variants: Option<i64>,
    pub(in crate::catalog) low: Option<i64>,
}

/// How the list is ordered: an expression over `p` (and `s`), its type, and whether it falls.
const fn order(sort: ProductSort) -> (&'static str, &'static str, bool) {
    use ProductSort::{
        Newest, Oldest, Price, PriceFalling, Stock, StockFalling, Title, TitleFalling,
    };
    match sort {
        Newest => ("p.created_at", "timestamptz", true),
        Oldest => ("p.created_at", "timestamptz", false),
        Title => ("left(p.title, 100)", "text", false),
        TitleFalling => ("left(p.title, 100)", "text", true),
        Price => ("p.price_from", "bigint", false),
        PriceFalling => ("p.price_from", "bigint", true),
        Stock => ("s.available", "bigint", false),
        StockFalling => ("s.available", "bigint", true),
    }
}

/// What there is of `p`.
fn stock() -> String {
    format!(
        "cross join lateral (
             select coalesce(sum(left_of), 0)::bigint as available, count(*) as variants,
                    count(*) filter (where left_of <= {LOW}) as low
             from (select coalesce((select sum(l.on_hand - l.allocated - l.reserved) from stock_level l
                                    where l.variant_id = v.id), 0) as left_of
                   from variant v where v.product_id = p.id and v.archived_at is null) each) s"
    )
}

/// Up to `limit` products behind (or before) the cursor, nearest first, and how many there are on all pages: one statement.
pub(in crate::catalog) async fn list(
    db: &PgPool,
    filter: &ProductFilter,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let (key, kind, falls) = order(filter.sort());
    let cursor = filter.cursor();
    let before = cursor.as_ref().is_some_and(|cursor| cursor.before);
    let (direction, sign) = if falls == before {
        ("asc", ">")
    } else {
        ("desc", "<")
    };
    let of_stock = match filter.stock() {
        Some(StockFilter::Low) => "and s.low > 0 and s.available > 0",
        Some(StockFilter::Out) => "and s.available <= 0",
        None => "",
    };
    let stock = stock();
    // Stock is reckoned for all products only where it is asked for, else for those of the page.
    let counted = if of_stock.is_empty() { "" } else { &stock };
    let sorted = if of_stock.is_empty() && !key.starts_with('s') {
        ""
    } else {
        &stock
    };
    let place = if cursor.is_some() {
        format!("and ({key}, p.id) {sign} ($5::text::{kind}, $6)")
    } else {
        String::new()
    };
    let condition = format!(
        "($1::text[] is null or p.id in (select v.product_id from variant v where lower(v.sku) like $2)
          or (p.search @@ (select begins from asked) and ts_filter(p.search, '{{a,b,c}}') @@ (select begins from asked)))
         and ($3::text is null or p.status = $3)
         and ($4::text is null or p.category_id in
              (select c.id from category c where c.path = $4 or c.path like $4 || '/%')) {of_stock}"
    );
    let sql = format!(
        "with asked as materialized (select search_query($1::text[], ' & ') as begins),
         page as (
             select p.id, ({key})::text as key, row_number() over (order by {key} {direction}, p.id {direction}) as place
             from product p {sorted} where {condition} {place}
             order by {key} {direction}, p.id {direction} limit {limit}
         )
         select found.total, page.id, page.key, p.handle, p.title, p.card ->> 'picture' as picture, p.status,
                p.published_at, c.name as category, b.name as brand, p.price_from, p.price_to,
                s.available, s.variants, s.low
         from (select count(*) as total from product p {counted} where {condition}) found
         left join (page join product p on p.id = page.id {stock}
                    left join category c on c.id = p.category_id left join brand b on b.id = p.brand_id) on true
         order by page.place"
    );
    let words = words_of(&filter.q);
    let typed = filter.q.trim().to_lowercase();
    // What is typed is no pattern.
    let begins = format!(
        "{}%",
        typed
            .replace('\\', "\\\\")
            .replace('%', "\\%")
            .replace('_', "\\_")
    );
    // Only what is written in this file is put into the text; everything that came from outside is bound.
    let query = sqlx::query_as(AssertSqlSafe(sql))
        .bind((!typed.is_empty()).then_some(words))
        .bind(begins)
        .bind(filter.status().map(ProductStatus::as_str))
        .bind(Some(filter.category.as_str()).filter(|path| !path.is_empty()))
        .bind(cursor.as_ref().map(|cursor| cursor.key.clone()))
        .bind(cursor.as_ref().map(|cursor| cursor.id));
    match query.fetch_all(db).await {
        Ok(rows) => Ok(rows),
        // A cursor of another order: its key is of another type. The list begins anew.
        Err(sqlx::Error::Database(error))
            if cursor.is_some() && error.code().is_some_and(|code| code.starts_with("22")) =>
        {
            let first = ProductFilter {
                after: String::new(),
                ..filter.clone()
            };
            Box::pin(list(db, &first, limit)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// A product that is about to be changed, locked.
pub(in crate::catalog) struct Locked {
    pub(in crate::catalog) id: Uuid,
    pub(in crate::catalog) title: String,
    pub(in crate::catalog) status: String,
}

/// Locks products, in one order.
pub(in crate::catalog) async fn lock(tx: &mut PgConnection, ids: &[Uuid]) -> Result<Vec<Locked>> {
    Ok(sqlx::query_as!(
        Locked,
        "select id, title, status from product where id = any ($1) order by id for update",
        ids,
    )
    .fetch_all(tx)
    .await?)
}

/// Gives products a status. What goes on sale does so now.
pub(in crate::catalog) async fn set_status(
    tx: &mut PgConnection,
    ids: &[Uuid],
    status: ProductStatus,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update product set status = $2, updated_at = $3, version = version + 1,
             published_at = case when $2 = 'active' then least(coalesce(published_at, $3), $3) else published_at end
         where id = any ($1)",
        ids,
        status.as_str(),
        now.to_sqlx() as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The prices of the variants that are made, by product.
pub(in crate::catalog) async fn prices(
    tx: &mut PgConnection,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, VariantId, String, i64)>> {
    let rows = sqlx::query!(
        "select product_id, id, sku, price from variant where product_id = any ($1) and archived_at is null
         order by product_id, position, id",
        ids,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.product_id, VariantId(row.id), row.sku, row.price))
        .collect())
}

/// Gives variants these prices, and writes anew what pages show of their products.
pub(in crate::catalog) async fn set_prices(
    tx: &mut PgConnection,
    products: &[Uuid],
    prices: &[(VariantId, i64)],
    now: Timestamp,
) -> Result<()> {
    let (ids, amounts): (Vec<Uuid>, Vec<i64>) =
        prices.iter().map(|(id, price)| (id.0, *price)).unzip();
    sqlx::query!(
        "update variant v set price = new.price, updated_at = $3
         from unnest($1::uuid[], $2::bigint[]) as new (id, price) where v.id = new.id",
        &ids,
        &amounts,
        now.to_sqlx() as _,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update product set updated_at = $2, version = version + 1 where id = any ($1)",
        products,
        now.to_sqlx() as _,
    )
    .execute(&mut *tx)
    .await?;
    super::refresh(tx, products).await
}

/// A place behind all other products.
pub(in crate::catalog) async fn last_position(tx: &mut PgConnection) -> Result<i32> {
    Ok(
        sqlx::query_scalar!(r#"select coalesce(max(position), 0) + 1 as "place!" from product"#)
            .fetch_one(tx)
            .await?,
    )
}

/// Which of these handles are taken, by products that are there.
pub(in crate::catalog) async fn handles_like(
    tx: &mut PgConnection,
    stem: &str,
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select handle from product where handle = $1 or handle like $1 || '-%'",
        stem,
    )
    .fetch_all(tx)
    .await?)
}

/// A SKU that somebody has.
pub(in crate::catalog) struct TakenSku {
    pub(in crate::catalog) sku: String,
    /// What the product is called that has it.
    pub(in crate::catalog) title: String,
    /// Whether a variant of the product itself has it that is made no more.
    pub(in crate::catalog) is_own: bool,
}

/// Which of these SKUs are taken: by another product, or by a variant of this one that is made no more. Variants that are
/// named are about to have others.
pub(in crate::catalog) async fn taken_skus(
    tx: &mut PgConnection,
    skus: &[String],
    product: Option<ProductId>,
    named: &[Uuid],
) -> Result<Vec<TakenSku>> {
    Ok(sqlx::query_as!(
        TakenSku,
        r#"select v.sku, p.title, (v.product_id is not distinct from $2) as "is_own!"
           from variant v join product p on p.id = v.product_id
           where v.sku = any ($1) and v.id <> all ($3)"#,
        skus,
        product.map(|product| product.0),
        named,
    )
    .fetch_all(tx)
    .await?)
}

/// The product that has a handle, with what it is called.
pub(in crate::catalog) async fn owner_of(
    tx: &mut PgConnection,
    handle: &str,
) -> Result<Option<(ProductId, String)>> {
    let row = sqlx::query!("select id, title from product where handle = $1", handle)
        .fetch_optional(tx)
        .await?;
    Ok(row.map(|row| (ProductId(row.id), row.title)))
}
