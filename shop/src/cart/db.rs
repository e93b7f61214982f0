//! The cart's SQL.

use super::{AddItem, Wanted};
use crate::{CartToken, Clock, Error, Result};
use domain::{
    CartId, CartLineId, ProductId, VariantId, catalog::Picture, checkout::Tax, promotions::Coupon,
};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// What became of putting something in.
pub(super) enum Outcome {
    Added {
        count: i32,
    },
    /// How many of it are in the cart, how many could be had, and how many rows there are.
    Refused {
        in_cart: i32,
        left: i32,
        lines: i32,
    },
    /// No such variant is for sale.
    NotFound,
}

/// Finds the variant, makes the cart where it is missing, checks stock and limits, and writes the row: one statement, so
/// that it costs one turn to the database and one write to its log. What an order of this cart that waits for its payment
/// holds is there for this cart, here and everywhere.
pub(super) async fn add(
    db: &PgPool,
    clock: &Clock,
    token: &CartToken,
    item: &AddItem,
) -> Result<Outcome> {
    let (variant, sku, values) = match &item.wanted {
        Wanted::Variant(id) => (Some(id.0), None, None),
        Wanted::Sku(sku) => (None, Some(sku.as_str()), None),
        Wanted::Values(values) => (None, None, Some(values.as_slice())),
    };
    let row = sqlx::query!(
        r#"with wanted as (
               select v.id, v.price, coalesce((select sum(s.on_hand - s.allocated - s.reserved) from stock_level s
                                               where s.variant_id = v.id), 0)::int as available
               from product p
               join variant v on v.product_id = p.id and v.archived_at is null
               where p.handle = $1 and p.status = 'active'
                 and ($2::uuid is null or v.id = $2)
                 and ($3::text is null or v.sku = $3)
                 and ($4::text[] is null or $4 = array_remove(array[
                         (select name from option_value where id = v.option1_value_id),
                         (select name from option_value where id = v.option2_value_id),
                         (select name from option_value where id = v.option3_value_id)], null))
               limit 1
           ), known as (
               select c.id from cart c where c.token_hash = $5
           ), inside as (
               select count(l.id)::int as lines, coalesce(sum(l.quantity), 0)::int as things,
                      coalesce(sum(l.quantity) filter (where l.variant_id = wanted.id), 0)::int as same
               from wanted left join known on true left join cart_line l on l.cart_id = known.id
           ), held as (
               select coalesce(sum(r.quantity), 0)::int as quantity
               from known join "order" o on o.cart_id = known.id and o.status = 'pending'
               join reservation r on r.order_id = o.id and r.status = 'held'
               join wanted on wanted.id = r.variant_id
           ), allowed as (
               select wanted.*, inside.* from wanted, inside, held
               where inside.same + $6 <= least(wanted.available + held.quantity, 99)
                 and (inside.same > 0 or inside.lines < 99)
           ), made as (
               insert into cart (id, token_hash, created_at, updated_at)
               select $7, $5, $8, $8 from allowed
               on conflict (token_hash) do update set updated_at = excluded.updated_at
               returning id
           ), put as (
               insert into cart_line (id, cart_id, variant_id, quantity, unit_price, created_at)
               select $9, made.id, allowed.id, $6, allowed.price, $8 from made, allowed
               on conflict (cart_id, variant_id) do update
                   set quantity = least(cart_line.quantity + excluded.quantity, 99), unit_price = excluded.unit_price
               returning quantity
           )
           select inside.lines as "lines!", inside.things as "things!", inside.same as "same!",
                  least(wanted.available + held.quantity, 99) as "left!", (select quantity from put) as now
           from wanted, inside, held"#,
        item.product,
        variant,
        sku,
        values,
        token.hash(),
        item.quantity.get(),
        clock.id(),
        jiff_sqlx::Timestamp::from(clock.now()) as _,
        clock.id(),
    )
    .fetch_optional(db)
    .await?;
    Ok(match row {
        None => Outcome::NotFound,
        Some(row) => match row.now {
            Some(now) => Outcome::Added {
                count: row.things - row.same + now,
            },
            None => Outcome::Refused {
                in_cart: row.same,
                left: row.left,
                lines: row.lines,
            },
        },
    })
}

/// What became of changing a row.
pub(super) enum Set {
    Done { count: i32 },
    Only { left: i32 },
}

/// Sets a quantity where the stock allows it; lowering always is allowed.
pub(super) async fn set_quantity(
    db: &PgPool,
    token: &CartToken,
    line: CartLineId,
    quantity: i32,
) -> Result<Option<Set>> {
    let row = sqlx::query!(
        r#"with line as (
               select l.id, l.cart_id, l.quantity,
                      (coalesce((select sum(s.on_hand - s.allocated - s.reserved) from stock_level s
                                 where s.variant_id = l.variant_id), 0)
                       + coalesce((select sum(r.quantity) from "order" o
                                   join reservation r on r.order_id = o.id and r.status = 'held'
                                   where o.cart_id = c.id and o.status = 'pending'
                                     and r.variant_id = l.variant_id), 0))::int as available
               from cart c join cart_line l on l.cart_id = c.id
               where c.token_hash = $1 and l.id = $2
           ), changed as (
               update cart_line l set quantity = $3 from line
               where l.id = line.id and $3 <= line.available
               returning l.quantity
           ), touched as (
               update cart set updated_at = now() from line where cart.id = line.cart_id
           )
           select line.available as "available!", exists (select 1 from changed) as "changed!",
                  (select coalesce(sum(l.quantity), 0)::int from cart_line l
                   where l.cart_id = line.cart_id and l.id <> line.id) as "others!"
           from line"#,
        token.hash(),
        line.0,
        quantity,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        if row.changed {
            Set::Done {
                count: row.others + quantity,
            }
        } else {
            Set::Only {
                left: row.available.max(0),
            }
        }
    }))
}

/// Takes a row out; `None` where it was not there.
pub(super) async fn remove(
    db: &PgPool,
    token: &CartToken,
    line: CartLineId,
) -> Result<Option<i32>> {
    Ok(sqlx::query_scalar!(
        r#"with gone as (
               delete from cart_line l using cart c
               where l.cart_id = c.id and c.token_hash = $1 and l.id = $2
               returning l.id, l.cart_id
           )
           select (select coalesce(sum(l.quantity), 0)::int from cart_line l
                   where l.cart_id = gone.cart_id and l.id <> gone.id) as "count!"
           from gone"#,
        token.hash(),
        line.0,
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn set_coupon(db: &PgPool, token: &CartToken, code: Option<&str>) -> Result<()> {
    sqlx::query!(
        "update cart set coupon_code = $2, updated_at = now() where token_hash = $1",
        token.hash(),
        code,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A cart with everything that its price depends on, read at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Snapshot {
    pub(crate) id: CartId,
    pub(crate) lines: Vec<SnapshotLine>,
    /// The code that was entered, where it can be used now.
    pub(crate) coupon: Option<Coupon>,
    /// The tax of the shop's own country.
    pub(crate) home_tax: Tax,
    /// From here on the shop's own country has free delivery.
    pub(crate) free_over: Option<i64>,
}

/// A row of a snapshot.
#[derive(Debug, Clone)]
pub(crate) struct SnapshotLine {
    pub(crate) id: CartLineId,
    pub(crate) variant: VariantId,
    pub(crate) product: ProductId,
    pub(crate) sku: String,
    pub(crate) handle: String,
    pub(crate) title: String,
    pub(crate) label: String,
    pub(crate) picture: Option<Picture>,
    /// What one costs on the shelf.
    pub(crate) price: i64,
    /// What one cost when it was put in.
    pub(crate) price_then: i64,
    pub(crate) quantity: i32,
    /// What this cart can have: what nobody holds, and what its own order holds.
    pub(crate) available: i32,
    pub(crate) for_sale: bool,
    pub(crate) weight_grams: i32,
}

impl SnapshotLine {
    /// Whether all of it can be bought now.
    pub(crate) const fn can_be_had(&self) -> bool {
        self.for_sale && self.available >= self.quantity
    }
}

/// Reads the cart of a cookie, priced for `country`, in two statements.
pub(crate) async fn snapshot(
    db: &PgPool,
    token: &CartToken,
    country: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>> {
    let mut connection = db.acquire().await?;
    read(&mut connection, token, country, now).await
}

/// The same inside a transaction, the cart being locked until its end.
pub(crate) async fn lock(
    tx: &mut PgConnection,
    token: &CartToken,
    country: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>> {
    sqlx::query_scalar!(
        "select id from cart where token_hash = $1 for update",
        token.hash()
    )
    .fetch_optional(&mut *tx)
    .await?;
    read(tx, token, country, now).await
}

async fn read(
    db: &mut PgConnection,
    token: &CartToken,
    country: &str,
    now: Timestamp,
) -> Result<Option<Snapshot>> {
    let cart = sqlx::query!(
        r#"select c.id, k.code as "code?", k.kind as "kind?", k.value as "value?",
                  coalesce(t.name, 'Tax') as "tax_name!", coalesce(t.rate, 0) as "tax_rate!",
                  (select min(m.free_over) from shipping_zone_country z join shipping_method m on m.zone_id = z.zone_id
                   where z.country = $2) as free_over
           from cart c
           left join coupon k on k.code = c.coupon_code and k.archived_at is null
               and (k.starts_at is null or k.starts_at <= $3) and (k.ends_at is null or k.ends_at > $3)
               and (k.usage_limit is null or k.used < k.usage_limit)
           left join tax_rate t on t.country = $2 and t.category = 'standard'
           where c.token_hash = $1"#,
        token.hash(),
        country,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(cart) = cart else { return Ok(None) };
    let lines = lines(db, cart.id).await?;
    let coupon = match (cart.code, cart.kind, cart.value) {
        (Some(code), Some(kind), Some(value)) => {
            let kind = kind
                .parse()
                .map_err(|error| Error::Stored(format!("coupon: {error}")))?;
            Some(Coupon { code, kind, value })
        }
        _ => None,
    };
    let rate = u32::try_from(cart.tax_rate).unwrap_or(0);
    Ok(Some(Snapshot {
        id: CartId(cart.id),
        lines,
        coupon,
        home_tax: Tax {
            name: cart.tax_name,
            rate,
            included: true,
        },
        free_over: cart.free_over,
    }))
}

async fn lines(db: &mut PgConnection, cart: Uuid) -> Result<Vec<SnapshotLine>> {
    let rows = sqlx::query!(
        r#"select l.id, l.variant_id, l.quantity, l.unit_price, v.sku, v.price, v.weight_grams, p.id as product_id,
                  p.handle, p.title,
                  concat_ws(', ', v1.name, v2.name, v3.name) as "label!",
                  json_build_object('hash', a.hash, 'widths', a.widths, 'width', a.width, 'height', a.height,
                                    'tone', a.tone, 'alt', m.alt)::text as picture,
                  a.id as "asset?",
                  (p.status = 'active' and v.archived_at is null) as "for_sale!",
                  (coalesce((select sum(s.on_hand - s.allocated - s.reserved) from stock_level s
                             where s.variant_id = v.id), 0)
                   -- What an order of this cart holds while it is being paid is there for this cart.
                   + coalesce((select sum(r.quantity) from reservation r join "order" o on o.id = r.order_id
                               where r.variant_id = v.id and r.status = 'held'
                                 and o.cart_id = l.cart_id and o.status = 'pending'), 0))::int as "available!"
           from cart_line l
           join variant v on v.id = l.variant_id
           join product p on p.id = v.product_id
           left join option_value v1 on v1.id = v.option1_value_id
           left join option_value v2 on v2.id = v.option2_value_id
           left join option_value v3 on v3.id = v.option3_value_id
           left join product_media m on m.id = coalesce(v.media_id,
               (select f.id from product_media f where f.product_id = p.id order by f.position limit 1))
           left join asset a on a.id = m.asset_id
           where l.cart_id = $1
           order by l.created_at, l.id"#,
        cart,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let picture = match (row.asset, row.picture) {
                (Some(_), Some(json)) => Some(serde_json::from_str(&json)?),
                _ => None,
            };
            Ok(SnapshotLine {
                id: CartLineId(row.id),
                variant: VariantId(row.variant_id),
                product: ProductId(row.product_id),
                sku: row.sku,
                handle: row.handle,
                title: row.title,
                label: row.label,
                picture,
                price: row.price,
                price_then: row.unit_price,
                quantity: row.quantity,
                available: row.available,
                for_sale: row.for_sale,
                weight_grams: row.weight_grams,
            })
        })
        .collect()
}

/// Ends a cart that was bought: it loses its cookie. What was put in beyond `bought` remains, in a new cart of that cookie.
pub(crate) async fn close(
    tx: &mut PgConnection,
    clock: &Clock,
    cart: CartId,
    bought: &[(VariantId, i32)],
) -> Result<()> {
    let now = jiff_sqlx::Timestamp::from(clock.now());
    let token = sqlx::query_scalar!(
        r#"with old as (select id, token_hash from cart where id = $1 for update)
           update cart c set token_hash = null, bought_with = old.token_hash, completed_at = $2, updated_at = $2 from old
           where c.id = old.id and c.completed_at is null returning old.token_hash as "token""#,
        cart.0,
        now as _,
    )
    .fetch_optional(&mut *tx)
    .await?
    .flatten();
    let Some(token) = token else { return Ok(()) };
    let variants: Vec<Uuid> = bought.iter().map(|(variant, _)| variant.0).collect();
    let quantities: Vec<i32> = bought.iter().map(|(_, quantity)| *quantity).collect();
    sqlx::query!(
        "with left_over as (
             select l.variant_id, l.unit_price, l.created_at, l.quantity - coalesce(b.quantity, 0) as quantity
             from cart_line l
             left join unnest($2::uuid[], $3::int[]) as b (variant, quantity) on b.variant = l.variant_id
             where l.cart_id = $1 and l.quantity > coalesce(b.quantity, 0)
         ), made as (
             insert into cart (id, token_hash, created_at, updated_at)
             select $4, $5, $6, $6 where exists (select 1 from left_over) returning id
         )
         insert into cart_line (id, cart_id, variant_id, quantity, unit_price, created_at)
         select gen_random_uuid(), made.id, o.variant_id, o.quantity, o.unit_price, o.created_at from left_over o, made",
        cart.0,
        &variants,
        &quantities,
        clock.id(),
        token,
        now as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}
