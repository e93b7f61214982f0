//! All of the audit log's SQL.

use super::Entry;
use crate::{Actor, Result};
use domain::CustomerId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;

pub(super) async fn insert(
    tx: &mut PgConnection,
    actor: &Actor,
    entry: &Entry<'_>,
    request: &str,
    now: Timestamp,
) -> Result<()> {
    let sentence = format!("{} {}.", actor.name, entry.did);
    sqlx::query!(
        "insert into audit_entry (at, staff_id, staff_name, client, request_id, action, subject_kind, subject_id,
             subject_name, sentence, before, after)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        now.to_sqlx() as _,
        actor.id.map(|id| id.0),
        actor.name,
        actor.client,
        request,
        entry.action,
        entry.kind,
        entry.id,
        entry.name,
        sentence,
        entry.before,
        entry.after,
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a customer's name out of what was written down about them and about their orders, which are named by `orders`.
/// Entries on orders lose what was there before and after where one of `words` stands in it.
pub(crate) async fn forget_customer(
    tx: &mut PgConnection,
    customer: CustomerId,
    orders: &[String],
    words: &[String],
) -> Result<()> {
    sqlx::query!("select set_config('mercer.redacting', 'yes', true)")
        .fetch_one(&mut *tx)
        .await?;
    sqlx::query!(
        "update audit_entry set subject_name = 'a deleted customer', before = null, after = null,
             sentence = staff_name || case action when 'customer.edited' then ' changed' when 'customer.signed_out' then ' signed out'
                                                  else ' did something with' end || ' a customer who was deleted since.'
         where subject_kind = 'customer' and subject_id = $1",
        customer.to_string(),
    )
    .execute(&mut *tx)
    .await?;
    let words: Vec<String> = words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| format!("%{}%", word.replace(['%', '_', '\\'], "_")))
        .collect();
    sqlx::query!(
        "update audit_entry e set before = null, after = null,
             sentence = case when e.sentence ilike any($2) then e.staff_name || ' changed ' || e.subject_name || '.' else e.sentence end
         where e.subject_kind = 'order' and e.subject_id = any($1)
           and (e.before::text ilike any($2) or e.after::text ilike any($2) or e.sentence ilike any($2))",
        orders,
        &words,
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("select set_config('mercer.redacting', '', true)")
        .fetch_one(tx)
        .await?;
    Ok(())
}
