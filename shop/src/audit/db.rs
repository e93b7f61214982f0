//! All of the audit log's SQL.

use super::Entry;
use crate::{Actor, Result};
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
