//! The address book.

use crate::Result;
use domain::{AddressId, CustomerId, accounts::SavedAddress, checkout::Address};
use jiff::Timestamp;
use sqlx::{PgConnection, PgPool};

pub(in crate::accounts) async fn addresses(
    db: &PgPool,
    customer: CustomerId,
) -> Result<Vec<SavedAddress>> {
    let rows = sqlx::query!(
        "select id, address, is_default from address where customer_id = $1 order by is_default desc, created_at, id",
        customer.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(SavedAddress {
                id: AddressId(row.id),
                address: serde_json::from_value(row.address)?,
                is_default: row.is_default,
            })
        })
        .collect()
}

/// Returns whether there was room. The customer is locked.
pub(in crate::accounts) async fn add_address(
    tx: &mut PgConnection,
    customer: CustomerId,
    id: AddressId,
    address: &Address,
    most: i64,
    now: Timestamp,
) -> Result<bool> {
    let added = sqlx::query!(
        "insert into address (id, customer_id, address, created_at)
         select $2, $1, $3, $5 where (select count(*) from address where customer_id = $1) < $4",
        customer.0,
        id.0,
        serde_json::to_value(address)?,
        most,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Returns whether there was such an address.
pub(in crate::accounts) async fn change_address(
    tx: &mut PgConnection,
    customer: CustomerId,
    id: AddressId,
    address: &Address,
) -> Result<bool> {
    let changed = sqlx::query!(
        "update address set address = $3 where id = $2 and customer_id = $1",
        customer.0,
        id.0,
        serde_json::to_value(address)?,
    )
    .execute(tx)
    .await?;
    Ok(changed.rows_affected() > 0)
}

pub(in crate::accounts) async fn delete_address(
    tx: &mut PgConnection,
    customer: CustomerId,
    id: AddressId,
) -> Result<()> {
    sqlx::query!(
        "delete from address where id = $2 and customer_id = $1",
        customer.0,
        id.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Makes this one the default, where it is the customer's.
pub(in crate::accounts) async fn make_default(
    tx: &mut PgConnection,
    customer: CustomerId,
    id: AddressId,
) -> Result<()> {
    sqlx::query!(
        "update address set is_default = false where customer_id = $1 and is_default and id <> $2
         and exists (select 1 from address where id = $2 and customer_id = $1)",
        customer.0,
        id.0,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "update address set is_default = true where id = $2 and customer_id = $1",
        customer.0,
        id.0
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Where none is the default, the oldest becomes it.
pub(in crate::accounts) async fn settle_default(
    tx: &mut PgConnection,
    customer: CustomerId,
) -> Result<()> {
    sqlx::query!(
        "update address set is_default = true
         where id = (select id from address where customer_id = $1 order by created_at, id limit 1)
           and not exists (select 1 from address where customer_id = $1 and is_default)",
        customer.0,
    )
    .execute(tx)
    .await?;
    Ok(())
}
