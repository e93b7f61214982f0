//! Customers.

use crate::Result;
use domain::CustomerId;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor, PgPool};

/// What is asked of somebody who wants to come in.
pub(in crate::accounts) struct Door {
    pub(in crate::accounts) id: CustomerId,
    pub(in crate::accounts) hash: Option<String>,
    pub(in crate::accounts) is_confirmed: bool,
}

/// Whoever this address belongs to; those of the demo shop, whose passwords everybody can read, or not.
pub(in crate::accounts) async fn door(
    db: impl PgExecutor<'_>,
    email: &str,
    with_demo: bool,
) -> Result<Option<Door>> {
    let row = sqlx::query!(
        r#"select id, password_hash, confirmed_at is not null as "is_confirmed!" from customer
           where email = $1::text::citext and (not is_demo or $2)"#,
        email,
        with_demo,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Door {
        id: CustomerId(row.id),
        hash: row.password_hash,
        is_confirmed: row.is_confirmed,
    }))
}

/// The customer whose address this is known to be.
pub(crate) async fn known_by(tx: &mut PgConnection, email: &str) -> Result<Option<CustomerId>> {
    Ok(sqlx::query_scalar!(
        "select id from customer where email = $1::text::citext and confirmed_at is not null",
        email,
    )
    .fetch_optional(tx)
    .await?
    .map(CustomerId))
}

/// What became of opening an account.
pub(in crate::accounts) enum Registered {
    /// It is there, and its address is not known to be theirs yet.
    Unconfirmed(CustomerId),
    /// The address is somebody's.
    Taken(CustomerId),
}

/// Opens an account, or writes one anew that nobody has confirmed.
pub(in crate::accounts) async fn register(
    tx: &mut PgConnection,
    id: CustomerId,
    name: &str,
    email: &str,
    hash: &str,
    now: Timestamp,
) -> Result<Registered> {
    let written = sqlx::query_scalar!(
        "insert into customer (id, email, name, password_hash, created_at, updated_at)
         values ($1, $2::text::citext, $3, $4, $5, $5)
         on conflict (email) do update set name = excluded.name, password_hash = excluded.password_hash,
             updated_at = excluded.updated_at, version = customer.version + 1
             where customer.confirmed_at is null
         returning id",
        id.0,
        email,
        name,
        hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(id) = written {
        return Ok(Registered::Unconfirmed(CustomerId(id)));
    }
    let owner = sqlx::query_scalar!(
        "select id from customer where email = $1::text::citext",
        email
    )
    .fetch_one(tx)
    .await?;
    Ok(Registered::Taken(CustomerId(owner)))
}

/// Writes down that the address is known to be theirs, and returns it.
pub(in crate::accounts) async fn confirm(
    tx: &mut PgConnection,
    customer: CustomerId,
    now: Timestamp,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        r#"update customer set confirmed_at = coalesce(confirmed_at, $2), updated_at = $2, version = version + 1
           where id = $1 returning email::text as email"#,
        customer.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_one(tx)
    .await?)
}

/// A customer, locked until the end of the transaction.
pub(in crate::accounts) struct Locked {
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) email: String,
    pub(in crate::accounts) note: String,
    pub(in crate::accounts) version: i32,
}

/// Locks a customer who is there. Whoever adds something of theirs (a cart, an order) waits for it.
pub(in crate::accounts) async fn lock(
    tx: &mut PgConnection,
    customer: CustomerId,
) -> Result<Option<Locked>> {
    let row = sqlx::query!(
        r#"select name, email::text as "email!", note, version from customer
           where id = $1 and deleted_at is null for update"#,
        customer.0,
    )
    .fetch_optional(tx)
    .await?;
    Ok(row.map(|row| Locked {
        name: row.name,
        email: row.email,
        note: row.note,
        version: row.version,
    }))
}

/// Who somebody is.
pub(in crate::accounts) struct Person {
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) email: String,
    pub(in crate::accounts) new_email: Option<String>,
}

pub(in crate::accounts) async fn person(
    db: &PgPool,
    customer: CustomerId,
) -> Result<Option<Person>> {
    let row = sqlx::query!(
        r#"select name, email::text as "email!", new_email::text as new_email from customer
           where id = $1 and deleted_at is null"#,
        customer.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Person {
        name: row.name,
        email: row.email,
        new_email: row.new_email,
    }))
}

pub(in crate::accounts) async fn password(
    db: &PgPool,
    customer: CustomerId,
) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select password_hash from customer where id = $1",
        customer.0
    )
    .fetch_optional(db)
    .await?
    .flatten())
}

/// The same password, hashed anew.
pub(in crate::accounts) async fn rehash(
    tx: &mut PgConnection,
    customer: CustomerId,
    hash: &str,
) -> Result<()> {
    sqlx::query!(
        "update customer set password_hash = $2 where id = $1",
        customer.0,
        hash
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Another password. Links that were sent before lead nowhere any more.
pub(in crate::accounts) async fn set_password(
    tx: &mut PgConnection,
    customer: CustomerId,
    hash: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "with links as (delete from customer_link where customer_id = $1)
         update customer set password_hash = $2, new_email = null, updated_at = $3, version = version + 1 where id = $1",
        customer.0,
        hash,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn rename(
    db: &PgPool,
    customer: CustomerId,
    name: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update customer set name = $2, updated_at = $3, version = version + 1 where id = $1 and deleted_at is null",
        customer.0,
        name,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(in crate::accounts) async fn ask_for_email(
    tx: &mut PgConnection,
    customer: CustomerId,
    email: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update customer set new_email = $2::text::citext, updated_at = $3 where id = $1 and deleted_at is null",
        customer.0,
        email,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Makes the address that was asked for the customer's. Returns whether it is: somebody else may have taken it.
pub(in crate::accounts) async fn take_email(
    tx: &mut PgConnection,
    customer: CustomerId,
    now: Timestamp,
) -> Result<bool> {
    let taken = sqlx::query!(
        "update customer set email = new_email, new_email = null, updated_at = $2, version = version + 1
         where id = $1 and new_email is not null",
        customer.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await;
    match taken {
        Ok(taken) => Ok(taken.rows_affected() > 0),
        Err(sqlx::Error::Database(error))
            if error.constraint() == Some("customer_email_unique") =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// The staff's change.
pub(in crate::accounts) async fn edit(
    tx: &mut PgConnection,
    customer: CustomerId,
    name: &str,
    note: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "update customer set name = $2, note = $3, updated_at = $4, version = version + 1 where id = $1",
        customer.0,
        name,
        note,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A customer for the staff.
pub(in crate::accounts) struct Card {
    pub(in crate::accounts) name: String,
    pub(in crate::accounts) email: Option<String>,
    pub(in crate::accounts) note: String,
    pub(in crate::accounts) version: i32,
    pub(in crate::accounts) created_at: Timestamp,
    pub(in crate::accounts) is_confirmed: bool,
    pub(in crate::accounts) is_deleted: bool,
}

pub(in crate::accounts) async fn card(db: &PgPool, customer: CustomerId) -> Result<Option<Card>> {
    let row = sqlx::query!(
        r#"select name, email::text as email, note, version, created_at as "created_at: jiff_sqlx::Timestamp",
                  confirmed_at is not null as "is_confirmed!", deleted_at is not null as "is_deleted!"
           from customer where id = $1"#,
        customer.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Card {
        name: row.name,
        email: row.email,
        note: row.note,
        version: row.version,
        created_at: row.created_at.to_jiff(),
        is_confirmed: row.is_confirmed,
        is_deleted: row.is_deleted,
    }))
}

/// What is kept about a customer here, as JSON.
pub(in crate::accounts) async fn export(db: &PgPool, customer: CustomerId) -> Result<Value> {
    Ok(sqlx::query_scalar!(
        r#"select jsonb_build_object(
               'account', jsonb_build_object('name', c.name, 'email', c.email, 'asked_for_email', c.new_email,
                   'opened_at', c.created_at, 'confirmed_at', c.confirmed_at, 'note_of_the_shop', c.note),
               'addresses', (select coalesce(jsonb_agg(a.address || jsonb_build_object('default', a.is_default,
                                 'kept_since', a.created_at) order by a.created_at), '[]')
                             from address a where a.customer_id = c.id),
               'sessions', (select coalesce(jsonb_agg(jsonb_build_object('from', s.client, 'browser', s.agent,
                                'since', s.created_at, 'last_used', s.seen_at) order by s.created_at), '[]')
                            from customer_session s where s.customer_id = c.id)) as "data!"
           from customer c where c.id = $1"#,
        customer.0,
    )
    .fetch_one(db)
    .await?)
}

/// Leaves a row that is nobody.
pub(in crate::accounts) async fn forget(
    tx: &mut PgConnection,
    customer: CustomerId,
    now: Timestamp,
) -> Result<()> {
    sqlx::query!(
        "with addresses as (delete from address where customer_id = $1),
              links as (delete from customer_link where customer_id = $1),
              sessions as (delete from customer_session where customer_id = $1)
         update customer set email = null, new_email = null, name = '', password_hash = null, note = '',
             deleted_at = $2, updated_at = $2, version = version + 1 where id = $1",
        customer.0,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await?;
    Ok(())
}
