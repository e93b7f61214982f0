//! All of the audit log's SQL.

use super::Entry;
use crate::{Actor, Result};
use domain::CustomerId;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

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
        jiff_sqlx::Timestamp::from(now) as _,
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

/// Which entries are asked for.
pub(super) struct Asked<'a> {
    pub(super) staff: Option<Uuid>,
    pub(super) kind: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) from: Option<Timestamp>,
    pub(super) to: Option<Timestamp>,
    /// Only those before this one.
    pub(super) below: Option<i64>,
    pub(super) limit: i64,
}

/// An entry as it is kept.
pub(super) struct Row {
    pub(super) id: i64,
    pub(super) at: Timestamp,
    pub(super) staff_name: String,
    pub(super) client: String,
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) subject_name: String,
    pub(super) sentence: String,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
}

pub(super) async fn rows(db: &PgPool, asked: &Asked<'_>) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"select id, at as "at: jiff_sqlx::Timestamp", staff_name, client, subject_kind, subject_id, subject_name,
                  sentence, before, after
           from audit_entry
           where ($1::uuid is null or staff_id = $1)
             and ($2::text is null or subject_kind = $2)
             and ($3::text is null or subject_id = $3)
             and ($4::timestamptz is null or at >= $4)
             and ($5::timestamptz is null or at < $5)
             and ($6::bigint is null or id < $6)
           order by id desc limit $7"#,
        asked.staff,
        asked.kind,
        asked.id,
        asked.from.map(jiff_sqlx::Timestamp::from) as _,
        asked.to.map(jiff_sqlx::Timestamp::from) as _,
        asked.below,
        asked.limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            id: row.id,
            at: row.at.to_jiff(),
            staff_name: row.staff_name,
            client: row.client,
            kind: row.subject_kind,
            subject: row.subject_id,
            subject_name: row.subject_name,
            sentence: row.sentence,
            before: row.before,
            after: row.after,
        })
        .collect())
}

/// Who is there to have done something: id and name.
pub(super) async fn who(db: &PgPool) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query!("select id, name from staff order by name, id")
        .fetch_all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id.to_string(), row.name))
        .collect())
}
