//! Writing to a cart.

use crate::{
    CartToken, Clock, Result,
    cart::{AddItem, Wanted},
};
use domain::{CartId, CartLineId, VariantId};
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// What became of putting something in.
pub(in crate::cart) enum Outcome {
    Added {
        count: i32,
    },
    /// How many of it are in the cart, how many could be had, and how many rows there are.
    Refused {
        in_cart: i32,
        left: i32,
        lines: i32,
    },
    /// Something else was put in at the same moment: what was counted does not hold any more.
    Outrun,
    /// No such variant is for sale.
    NotFound,
}

/// Puts something in. Nearly always that is one statement, so that it costs one turn to the database and one write to its
/// log. Where somebody else changed the cart while it was counted, it is counted anew with the cart locked.
pub(in crate::cart) async fn add(
    db: &PgPool,
    clock: &Clock,
    token: &CartToken,
    item: &AddItem,
) -> Result<Outcome> {
    match try_add(db, clock, token, item).await? {
        Outcome::Outrun => {}
        outcome => return Ok(outcome),
    }
    let mut tx = db.begin().await?;
    hold(&mut tx, clock, token).await?;
    let outcome = try_add(&mut *tx, clock, token, item).await?;
    if matches!(outcome, Outcome::Added { .. }) {
        tx.commit().await?;
    }
    Ok(outcome)
}

/// Makes the cart where it is missing, and locks it until the transaction ends.
async fn hold(tx: &mut PgConnection, clock: &Clock, token: &CartToken) -> Result<()> {
    sqlx::query!(
        "insert into cart (id, token_hash, customer_id, created_at, updated_at) values ($1, $2, $4, $3, $3)
         on conflict (token_hash) do update set updated_at = excluded.updated_at",
        clock.id(),
        token.hash(),
        jiff_sqlx::Timestamp::from(clock.now()) as _,
        token.customer().map(|customer| customer.0),
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Finds the variant, makes the cart where it is missing, checks stock and limits, and writes the row. What was counted is
/// what there was when the statement began: it holds if the cart's row is still of that version once it is locked, since
/// whoever puts something in writes that row.
async fn try_add(
    db: impl PgExecutor<'_>,
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
        r#"with known as (
               select c.id, c.xmin as version from cart c where c.token_hash = $5
           ), wanted as (
               select v.id, v.price,
                      (coalesce((select sum(s.on_hand - s.allocated - s.reserved) from stock_level s
                                 where s.variant_id = v.id), 0)
                       -- What an order of this cart holds while it is being paid is there for this cart.
                       + coalesce((select sum(r.quantity) from reservation r join "order" o on o.id = r.order_id
                                   where r.variant_id = v.id and r.status = 'held'
                                     and o.cart_id = (select id from known) and o.status = 'pending'), 0))::int as available
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
           ), inside as (
               select count(l.id)::int as lines, coalesce(sum(l.quantity), 0)::int as things,
                      coalesce(sum(l.quantity) filter (where l.variant_id = wanted.id), 0)::int as same
               from wanted left join known on true left join cart_line l on l.cart_id = known.id
           ), allowed as (
               select wanted.*, inside.* from wanted, inside
               where inside.same + $6 <= least(wanted.available, 99) and (inside.same > 0 or inside.lines < 99)
           ), made as (
               insert into cart (id, token_hash, customer_id, created_at, updated_at)
               select $7, $5, $10, $8, $8 from allowed
               on conflict (token_hash) do update set updated_at = excluded.updated_at
                   where cart.xmin = (select version from known)
               returning id
           ), put as (
               insert into cart_line (id, cart_id, variant_id, quantity, unit_price, created_at)
               select $9, made.id, allowed.id, $6, allowed.price, $8 from made, allowed
               on conflict (cart_id, variant_id) do update
                   set quantity = cart_line.quantity + excluded.quantity, unit_price = excluded.unit_price
               returning quantity
           )
           select inside.lines as "lines!", inside.things as "things!", inside.same as "same!",
                  wanted.available as "left!", exists (select 1 from allowed) as "allowed!",
                  (select quantity from put) as now
           from wanted, inside"#,
        item.product,
        variant,
        sku,
        values,
        token.hash(),
        item.quantity.get(),
        clock.id(),
        jiff_sqlx::Timestamp::from(clock.now()) as _,
        clock.id(),
        token.customer().map(|customer| customer.0),
    )
    .fetch_optional(db)
    .await?;
    Ok(match row {
        None => Outcome::NotFound,
        Some(row) => match row.now {
            Some(now) => Outcome::Added {
                count: row.things - row.same + now,
            },
            None if row.allowed => Outcome::Outrun,
            None => Outcome::Refused {
                in_cart: row.same,
                left: row.left,
                lines: row.lines,
            },
        },
    })
}

/// What became of changing a row.
pub(in crate::cart) enum Set {
    /// It was changed, and so many things are in the cart.
    Done { count: i32 },
    /// There are no more than these.
    Only { left: i32 },
    /// It is no longer for sale.
    Withdrawn,
}

/// Sets a quantity where the stock allows it. `None` where there is no such row.
pub(in crate::cart) async fn set_quantity(
    db: &PgPool,
    token: &CartToken,
    line: CartLineId,
    quantity: i32,
) -> Result<Option<Set>> {
    let row = sqlx::query!(
        r#"with line as (
               select l.id, l.cart_id, p.status = 'active' and v.archived_at is null as for_sale,
                      (coalesce((select sum(s.on_hand - s.allocated - s.reserved) from stock_level s
                                 where s.variant_id = l.variant_id), 0)
                       + coalesce((select sum(r.quantity) from reservation r join "order" o on o.id = r.order_id
                                   where r.variant_id = l.variant_id and r.status = 'held'
                                     and o.cart_id = c.id and o.status = 'pending'), 0))::int as available
               from cart c
               join cart_line l on l.cart_id = c.id
               join variant v on v.id = l.variant_id
               join product p on p.id = v.product_id
               where c.token_hash = $1 and l.id = $2
           ), changed as (
               update cart_line l set quantity = $3 from line
               where l.id = line.id and line.for_sale and $3 <= line.available
               returning l.quantity
           ), touched as (
               update cart set updated_at = now() from line where cart.id = line.cart_id
           )
           select line.for_sale as "for_sale!", line.available as "available!", exists (select 1 from changed) as "changed!",
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
        } else if row.for_sale {
            Set::Only {
                left: row.available.max(0),
            }
        } else {
            Set::Withdrawn
        }
    }))
}

/// Takes a row out; `None` where it was not there.
pub(in crate::cart) async fn remove(
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

pub(in crate::cart) async fn set_coupon(
    db: &PgPool,
    token: &CartToken,
    code: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "update cart set coupon_code = $2, updated_at = now() where token_hash = $1",
        token.hash(),
        code,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a cart that was bought: it loses its cookie. What was put in beyond `bought` remains, in a new cart of that cookie.
pub(crate) async fn close(
    tx: &mut PgConnection,
    clock: &Clock,
    cart: CartId,
    bought: &[(VariantId, i32)],
) -> Result<()> {
    let now = jiff_sqlx::Timestamp::from(clock.now());
    let closed = sqlx::query!(
        r#"with old as (select id, token_hash from cart where id = $1 for update)
           update cart c set token_hash = null, bought_with = old.token_hash, completed_at = $2, updated_at = $2 from old
           where c.id = old.id and c.completed_at is null returning old.token_hash as token, c.customer_id"#,
        cart.0,
        now as _,
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some((token, customer)) = closed.and_then(|cart| Some((cart.token?, cart.customer_id)))
    else {
        return Ok(());
    };
    let variants: Vec<Uuid> = bought.iter().map(|(variant, _)| variant.0).collect();
    let quantities: Vec<i32> = bought.iter().map(|(_, quantity)| *quantity).collect();
    sqlx::query!(
        "with left_over as (
             select l.variant_id, l.unit_price, l.created_at, l.quantity - coalesce(b.quantity, 0) as quantity
             from cart_line l
             left join unnest($2::uuid[], $3::int[]) as b (variant, quantity) on b.variant = l.variant_id
             where l.cart_id = $1 and l.quantity > coalesce(b.quantity, 0)
         ), made as (
             insert into cart (id, token_hash, customer_id, created_at, updated_at)
             select $4, $5, $7, $6, $6 where exists (select 1 from left_over) returning id
         )
         insert into cart_line (id, cart_id, variant_id, quantity, unit_price, created_at)
         select gen_random_uuid(), made.id, o.variant_id, o.quantity, o.unit_price, o.created_at from left_over o, made",
        cart.0,
        &variants,
        &quantities,
        clock.id(),
        token,
        now as _,
        customer,
    )
    .execute(tx)
    .await?;
    Ok(())
}
