//! Reading many products.

use crate::{Error, Result};
use domain::{
    ProductId,
    catalog::{Cursor, ProductCard, Sort},
};
use sqlx::{AssertSqlSafe, PgPool, Row as _, postgres::PgRow};
use uuid::Uuid;

/// Which products a listing shows.
pub(in crate::catalog) enum Scope {
    /// Those of a category and of those below it, by its path.
    Category(String),
    /// Those that have a word beginning with each of these.
    Every(Vec<String>),
    /// Those that have a word beginning with one of these.
    Any(Vec<String>),
}

/// A product of a listing with its place in the order.
pub(in crate::catalog) struct Row {
    pub(in crate::catalog) card: ProductCard,
    pub(in crate::catalog) key: String,
    pub(in crate::catalog) id: Uuid,
}

/// How a listing is ordered: an expression over `p` (and `$1`), its type, and whether it falls.
struct Order {
    key: &'static str,
    kind: &'static str,
    falls: bool,
}

impl Scope {
    /// The condition on `p`, with what it asks for as `$1`.
    const fn condition(&self) -> &'static str {
        match self {
            Self::Category(_) => {
                "p.category_id in (select c.id from category c where c.path = $1 or c.path like $1 || '/%')"
            }
            Self::Every(_) | Self::Any(_) => "p.search @@ (select begins from asked)",
        }
    }

    /// What is made of `$1` once, before anything is read: the words as they begin others, and as they stand.
    fn asked(&self) -> String {
        let sign = match self {
            Self::Category(_) => return String::new(),
            Self::Every(_) => '&',
            Self::Any(_) => '|',
        };
        format!(
            "with asked as materialized (
                 select search_query($1::text[], ' {sign} ') as begins,
                        plainto_tsquery('english', unaccent(array_to_string($1::text[], ' '))) as stand)"
        )
    }

    const fn order(&self, sort: Sort) -> Order {
        match (sort, self) {
            (Sort::Featured, Self::Category(_)) => Order {
                key: "p.position",
                kind: "int",
                falls: false,
            },
            // Those that have the words themselves go before those with longer ones: a rank is less than 1.
            (Sort::Featured, Self::Every(_) | Self::Any(_)) => Order {
                key: "((p.search @@ (select stand from asked))::int \
                      + ts_rank(p.search, (select begins from asked), 1))::real",
                kind: "real",
                falls: true,
            },
            (Sort::Newest, _) => Order {
                key: "p.published_at",
                kind: "timestamptz",
                falls: true,
            },
            (Sort::PriceRising, _) => Order {
                key: "p.price_from",
                kind: "bigint",
                falls: false,
            },
            (Sort::PriceFalling, _) => Order {
                key: "p.price_from",
                kind: "bigint",
                falls: true,
            },
            // What is alike for so long is told apart by the id: a cursor has room for no more.
            (Sort::Title, _) => Order {
                key: "left(p.title, 100)",
                kind: "text",
                falls: false,
            },
        }
    }
}

const SOLD_OUT: &str = "not exists (select 1 from variant v join stock_level s on s.variant_id = v.id \
                        where v.product_id = p.id and v.archived_at is null \
                        and s.on_hand - s.allocated - s.reserved > 0)";

/// Up to `limit` products behind (or before) the cursor, nearest first, and how many there are on all pages: one statement.
pub(in crate::catalog) async fn listing(
    db: &PgPool,
    scope: &Scope,
    sort: Sort,
    cursor: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, u32)> {
    let Order { key, kind, falls } = scope.order(sort);
    let before = cursor.is_some_and(|cursor| cursor.before);
    let (direction, sign) = if falls == before {
        ("asc", ">")
    } else {
        ("desc", "<")
    };
    let (asked, condition) = (scope.asked(), scope.condition());
    let place = if cursor.is_some() {
        format!("and ({key}, p.id) {sign} ($2::text::{kind}, $3)")
    } else {
        String::new()
    };
    let sql = format!(
        "{asked}
         select found.total, page.*
         from (select count(*)::int as total from product p where p.status = 'active' and {condition}) found
         left join lateral (
             select p.id, p.card::text as card, ({key})::text as key, {SOLD_OUT} as sold_out
             from product p
             where p.status = 'active' and {condition} {place}
             order by {key} {direction}, p.id {direction}
             limit {limit}
         ) page on true"
    );
    // Only what is written in this file is put into the text; everything that came from outside is bound.
    let query = sqlx::query(AssertSqlSafe(sql));
    let mut query = match scope {
        Scope::Category(path) => query.bind(path),
        Scope::Every(words) | Scope::Any(words) => query.bind(words),
    };
    if let Some(cursor) = cursor {
        query = query.bind(&cursor.key).bind(cursor.id);
    }
    let rows = match query.fetch_all(db).await {
        Ok(rows) => rows,
        // A cursor of another order: its key is of another type. The listing begins anew.
        Err(sqlx::Error::Database(error))
            if cursor.is_some() && error.code().is_some_and(|code| code.starts_with("22")) =>
        {
            return Box::pin(listing(db, scope, sort, None, limit)).await;
        }
        Err(error) => return Err(error.into()),
    };
    let total = rows
        .first()
        .map_or(Ok(0), |row| row.try_get::<i32, _>("total"))?;
    let rows = rows
        .iter()
        .filter(|row| {
            row.try_get::<Option<Uuid>, _>("id")
                .is_ok_and(|id| id.is_some())
        })
        .map(|row| {
            Ok(Row {
                card: card(row)?,
                key: row.try_get("key")?,
                id: row.try_get("id")?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    Ok((rows, u32::try_from(total).unwrap_or(0)))
}

fn card(row: &PgRow) -> Result<ProductCard> {
    let mut card: ProductCard = serde_json::from_str(row.try_get("card")?)?;
    card.sold_out = row.try_get("sold_out")?;
    Ok(card)
}

/// A card read by a checked query.
struct Card {
    card: String,
    sold_out: bool,
}

impl TryFrom<Card> for ProductCard {
    type Error = Error;

    fn try_from(row: Card) -> Result<Self> {
        let mut card: Self = serde_json::from_str(&row.card)?;
        card.sold_out = row.sold_out;
        Ok(card)
    }
}

/// Cards by handle, in the order of the handles.
pub(in crate::catalog) async fn cards(db: &PgPool, handles: &[String]) -> Result<Vec<ProductCard>> {
    sqlx::query_as!(
        Card,
        r#"select p.card::text as "card!",
                  not exists (select 1 from variant v join stock_level s on s.variant_id = v.id
                              where v.product_id = p.id and v.archived_at is null
                              and s.on_hand - s.allocated - s.reserved > 0) as "sold_out!"
           from unnest($1::text[]) with ordinality as wanted (handle, place)
           -- What was called so before counts too.
           join product p on p.id = coalesce((select id from product where handle = wanted.handle),
                                             (select product_id from product_redirect where handle = wanted.handle))
                          and p.status = 'active'
           order by wanted.place"#,
        handles,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(ProductCard::try_from)
    .collect()
}

/// Others of the same category, then of the same maker; those that can be bought before all that cannot.
pub(in crate::catalog) async fn related(
    db: &PgPool,
    product: ProductId,
    category: Option<Uuid>,
    brand: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ProductCard>> {
    sqlx::query_as!(
        Card,
        r#"select p.card::text as "card!",
                  not exists (select 1 from variant v join stock_level s on s.variant_id = v.id
                              where v.product_id = p.id and v.archived_at is null
                              and s.on_hand - s.allocated - s.reserved > 0) as "sold_out!"
           from product p
           where p.status = 'active' and p.id <> $1 and (p.category_id = $2 or p.brand_id = $3)
           order by 2, (p.category_id is not distinct from $2) desc, p.position, p.id
           limit $4"#,
        product.0,
        category,
        brand,
        limit,
    )
    .fetch_all(db)
    .await?
    .into_iter()
    .map(ProductCard::try_from)
    .collect()
}
