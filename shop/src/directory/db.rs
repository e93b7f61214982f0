//! The SQL of finding.

use crate::Result;
use domain::{CustomerId, accounts::CustomerSort, list::Cursor, staff::AdminHit};
use jiff::Timestamp;
use sqlx::{PgPool, Postgres, QueryBuilder, Row as _, postgres::PgRow};

/// How many of a kind the search shows.
const HITS: i64 = 8;

/// A customer with their place in the list.
pub(super) struct Row {
    pub(super) id: CustomerId,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) orders: i64,
    pub(super) spent: i64,
    pub(super) last_order: Option<Timestamp>,
    pub(super) since: Timestamp,
}

/// Up to `limit` customers behind (or before) the cursor, nearest first.
pub(super) async fn customers(
    db: &PgPool,
    patterns: &[String],
    sort: (CustomerSort, bool),
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Row>> {
    let rows = select(patterns, sort, cursor, limit)
        .build()
        .persistent(false)
        .fetch_all(db)
        .await;
    let rows = match rows {
        Err(error) if cursor.is_some() && is_of_another_order(&error) => {
            let mut anew = select(patterns, sort, None, limit);
            anew.build().persistent(false).fetch_all(db).await?
        }
        rows => rows?,
    };
    rows.iter().map(read).collect()
}

/// Whether the database could not read the key of a cursor: it is of a list in another order, and the list begins anew.
fn is_of_another_order(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code.starts_with("22"))
}

/// What a customer paid is summed up from the order's index for all of them where the list is ordered by it, and for those of
/// the page alone where it is not.
fn select(
    patterns: &[String],
    (sort, falls): (CustomerSort, bool),
    cursor: Option<&Cursor>,
    limit: i64,
) -> QueryBuilder<Postgres> {
    let (column, kind) = match sort {
        CustomerSort::Date => ("c.created_at", "timestamptz"),
        CustomerSort::Orders => ("coalesce(b.orders, 0)", "bigint"),
        CustomerSort::Spent => ("coalesce(b.spent, 0)", "bigint"),
    };
    let before = cursor.is_some_and(|cursor| cursor.before);
    let (direction, sign) = if falls == before {
        ("asc", ">")
    } else {
        ("desc", "<")
    };
    let bought = "select o.customer_id, count(*) as orders, max(o.placed_at) as last_order,
                         (sum(o.total) - coalesce(sum(r.back), 0))::bigint as spent
                  from \"order\" o
                  left join (select order_id, sum(amount) as back from refund where status = 'succeeded'
                             group by order_id) r on r.order_id = o.id
                  where o.customer_id is not null and o.paid_at is not null";
    let bought_of_one = "select count(*) as orders, max(o.placed_at) as last_order,
                                coalesce(sum(o.total - coalesce((select sum(amount) from refund r where r.order_id = o.id
                                                                 and r.status = 'succeeded'), 0)), 0)::bigint as spent
                         from \"order\" o where o.customer_id = c.id and o.paid_at is not null";
    let source = if sort == CustomerSort::Date {
        "customer c".to_owned()
    } else {
        format!("customer c left join ({bought} group by o.customer_id) b on b.customer_id = c.id")
    };
    let mut query = QueryBuilder::new(format!(
        "select c.id, page.key::text as key, c.name, c.email::text as email, c.created_at, sums.*
         from (select c.id, {column} as key from {source} where c.deleted_at is null"
    ));
    like(&mut query, "c.search", patterns);
    if let Some(cursor) = cursor {
        query.push(format!(" and ({column}, c.id) {sign} ("));
        query.push_bind(cursor.key.clone());
        query.push(format!("::text::{kind}, "));
        query.push_bind(cursor.id);
        query.push(")");
    }
    query.push(format!(
        " order by {column} {direction}, c.id {direction} limit "
    ));
    query.push_bind(limit);
    query.push(format!(
        ") page join customer c on c.id = page.id cross join lateral ({bought_of_one}) sums
         order by page.key {direction}, page.id {direction}"
    ));
    query
}

fn read(row: &PgRow) -> Result<Row> {
    let at = |column| row.try_get::<Option<jiff_sqlx::Timestamp>, _>(column);
    Ok(Row {
        id: CustomerId(row.try_get("id")?),
        key: row.try_get("key")?,
        name: row.try_get("name")?,
        email: row
            .try_get::<Option<String>, _>("email")?
            .unwrap_or_default(),
        orders: row.try_get("orders")?,
        spent: row.try_get("spent")?,
        last_order: at("last_order")?.map(jiff_sqlx::Timestamp::to_jiff),
        since: row
            .try_get::<jiff_sqlx::Timestamp, _>("created_at")?
            .to_jiff(),
    })
}

/// Adds a condition for each pattern: apart from each other, for the index of trigrams serves each of them.
fn like(query: &mut QueryBuilder<Postgres>, column: &str, patterns: &[String]) {
    for pattern in patterns {
        query.push(format!(" and {column} like plain_text("));
        query.push_bind(pattern.clone());
        query.push(")");
    }
}

/// The latest orders that fit; before them that of the number, where it is one.
pub(super) async fn orders(
    db: &PgPool,
    patterns: &[String],
    number: Option<i64>,
) -> Result<Vec<AdminHit>> {
    let mut query = QueryBuilder::new(
        "select number, email::text as email, coalesce(shipping_address ->> 'name', '') as name from \"order\"
         where number = ",
    );
    query.push_bind(number);
    query.push(" or id = any (array(select id from \"order\" where true");
    like(&mut query, "search", patterns);
    query.push(" order by placed_at desc, id desc limit ");
    query.push_bind(HITS);
    query.push(")) order by number = ");
    query.push_bind(number);
    query.push(" desc nulls last, placed_at desc, id desc limit ");
    query.push_bind(HITS);
    let rows = query.build().persistent(false).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let number: i64 = row.try_get("number")?;
            let (name, email): (String, String) = (row.try_get("name")?, row.try_get("email")?);
            Ok(AdminHit {
                href: format!("/admin/orders/{number}"),
                title: format!("Order {number}"),
                beside: format!("{name}, {email}"),
            })
        })
        .collect()
}

/// Products that have the words in their title, or a variant with such a SKU.
pub(super) async fn products(db: &PgPool, patterns: &[String]) -> Result<Vec<AdminHit>> {
    let rows = sqlx::query!(
        r#"with near as (
               select id as product_id, null::text as sku from product where ' ' || plain_text(title) like all (array(select plain_text(word) from unnest($1::text[]) as word))
               union all
               select product_id, sku from variant where archived_at is null and ' ' || plain_text(sku) like all (array(select plain_text(word) from unnest($1::text[]) as word)))
           select p.id, p.title, min(near.sku) as sku
           from near join product p on p.id = near.product_id
           group by p.id order by p.title, p.id limit $2"#,
        patterns,
        HITS,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| AdminHit {
            href: format!("/admin/products/{}", row.id),
            title: row.title,
            beside: row.sku.unwrap_or_default(),
        })
        .collect())
}

/// Customers that are called so.
pub(super) async fn people(db: &PgPool, patterns: &[String]) -> Result<Vec<AdminHit>> {
    let mut query = QueryBuilder::new(
        "select id, name, email::text as email from customer where deleted_at is null",
    );
    like(&mut query, "search", patterns);
    query.push(" order by created_at desc, id desc limit ");
    query.push_bind(HITS);
    let rows = query.build().persistent(false).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let id = CustomerId(row.try_get("id")?);
            let (name, email): (String, String) = (row.try_get("name")?, row.try_get("email")?);
            Ok(AdminHit {
                href: format!("/admin/customers/{id}"),
                title: if name.is_empty() { email.clone() } else { name },
                beside: email,
            })
        })
        .collect()
}
