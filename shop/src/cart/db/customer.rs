//! The carts of customers: taken over from a browser, told, forgotten.

use crate::{CartToken, Result};
use domain::{CartId, CustomerId};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

/// The open cart of a browser that nobody was signed in with, locked.
pub(in crate::cart) async fn guest(
    tx: &mut PgConnection,
    token: &CartToken,
) -> Result<Option<CartId>> {
    Ok(sqlx::query_scalar!(
        "select id from cart where token_hash = $1 and customer_id is null and completed_at is null for update",
        token.hash(),
    )
    .fetch_optional(tx)
    .await?
    .map(CartId))
}

/// The open cart of a customer, locked.
pub(in crate::cart) async fn owned(
    tx: &mut PgConnection,
    customer: CustomerId,
) -> Result<Option<CartId>> {
    Ok(sqlx::query_scalar!(
        "select id from cart where customer_id = $1 and completed_at is null for update",
        customer.0,
    )
    .fetch_optional(tx)
    .await?
    .map(CartId))
}

/// Makes a cart of nobody's that of a customer who has none.
pub(in crate::cart) async fn adopt(
    tx: &mut PgConnection,
    cart: CartId,
    customer: CustomerId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update cart set token_hash = $2, customer_id = $3, updated_at = $4 where id = $1",
        cart.0,
        CartToken::Customer(customer).hash(),
        customer.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Puts what is in one cart into another, up to what a cart takes of one thing, and ends the first. A code that was entered
/// comes along where there is none yet.
pub(in crate::cart) async fn merge_lines(
    tx: &mut PgConnection,
    from: CartId,
    into: CartId,
    most: i32,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "insert into cart_line (id, cart_id, variant_id, quantity, unit_price, created_at)
         select gen_random_uuid(), $2, l.variant_id, l.quantity, l.unit_price, l.created_at
         from cart_line l where l.cart_id = $1
         on conflict (cart_id, variant_id) do update
             set quantity = least(cart_line.quantity + excluded.quantity, $3)",
        from.0,
        into.0,
        most,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update cart c set updated_at = $3, coupon_code = coalesce(c.coupon_code, g.coupon_code)
         from cart g where c.id = $2 and g.id = $1",
        from.0,
        into.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("delete from cart where id = $1", from.0)
        .execute(tx)
        .await?;
    Ok(())
}

/// What a customer has in their cart: SKU, title and how many.
pub(crate) async fn held_by(
    db: &PgPool,
    customer: CustomerId,
) -> Result<Vec<(String, String, i32)>> {
    let rows = sqlx::query!(
        "select v.sku, p.title, l.quantity from cart c
         join cart_line l on l.cart_id = c.id
         join variant v on v.id = l.variant_id
         join product p on p.id = v.product_id
         where c.customer_id = $1 and c.completed_at is null order by l.created_at, l.id",
        customer.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.sku, row.title, row.quantity))
        .collect())
}

/// Deletes the open cart of a customer, and takes their name off those that were bought.
pub(crate) async fn forget(tx: &mut PgConnection, customer: CustomerId) -> Result<()> {
    sqlx::query!(
        "delete from cart where customer_id = $1 and completed_at is null",
        customer.0
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update cart set customer_id = null, bought_with = null where customer_id = $1",
        customer.0
    )
    .execute(tx)
    .await?;
    Ok(())
}
