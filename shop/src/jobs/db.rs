//! The SQL of jobs.

use super::{Job, Retry};
use crate::Result;
use jiff::Timestamp;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

/// A job in the hands of a worker.
pub(super) struct Claimed {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) payload: serde_json::Value,
    pub(super) attempts: i32,
    pub(super) max_attempts: i32,
    /// The request that caused it, where one did.
    pub(super) request_id: Option<String>,
    /// When the worker's lease runs out. No two claims of a job have the same: whoever comes with another one has lost
    /// the job, and changes nothing.
    pub(super) lease: jiff_sqlx::Timestamp,
}

/// What was found when jobs were asked for.
#[derive(Default)]
pub(super) struct Claim {
    /// Those to be done.
    pub(super) jobs: Vec<Claimed>,
    /// Those that were set aside, by id and kind: the lease of their last attempt ran out.
    pub(super) spent: Vec<(Uuid, String)>,
}

/// How many jobs there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct QueueState {
    /// To be done now.
    pub ready: i64,
    /// To be done later.
    pub scheduled: i64,
    /// In the hands of a worker.
    pub running: i64,
    /// Set aside for a person.
    pub dead: i64,
    /// How long the oldest ready job has waited, in seconds.
    pub oldest_seconds: i64,
}

/// A job that failed too often.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DeadJob {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: String,
    /// What it names.
    pub payload: serde_json::Value,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last attempt failed.
    pub error: String,
    /// When it was given up.
    pub died_at: Timestamp,
}

pub(super) async fn insert(
    db: impl PgExecutor<'_>,
    id: Uuid,
    job: &Job,
    now: Timestamp,
    run_at: Timestamp,
    request: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "with new as (
             insert into job (id, kind, payload, priority, run_at, key, created_at, request_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (key) where died_at is null and key is not null do nothing
             returning run_at <= $7 as due
         )
         select pg_notify('mercer_job', '') from new where due",
        id,
        job.kind(),
        serde_json::to_value(job)?,
        job.priority(),
        jiff_sqlx::Timestamp::from(run_at) as _,
        job.key(),
        jiff_sqlx::Timestamp::from(now) as _,
        request,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes up to `limit` jobs that are due, or whose worker's lease ran out. An attempt counts once it is taken: where the
/// lease of the last one runs out, nobody will tell how it went, and the job is set aside.
pub(super) async fn claim(
    db: &PgPool,
    now: Timestamp,
    leased_until: Timestamp,
    limit: i64,
) -> Result<Claim> {
    let rows = sqlx::query!(
        r#"with due as (
               select id, attempts >= max_attempts as spent from job
               where died_at is null and run_at <= $1 and (leased_until is null or leased_until <= $1)
               order by priority, run_at limit $3 for update skip locked
           )
           update job set leased_until = case when not due.spent then $2::timestamptz end,
                          attempts = job.attempts + case when due.spent then 0 else 1 end,
                          died_at = case when due.spent then $1::timestamptz end,
                          last_error = case when due.spent then 'no worker came to its end' else job.last_error end
           from due where job.id = due.id
           returning job.id, job.kind, job.payload, job.attempts, job.max_attempts, job.request_id,
                     job.leased_until as "lease: jiff_sqlx::Timestamp""#,
        jiff_sqlx::Timestamp::from(now) as _,
        jiff_sqlx::Timestamp::from(leased_until) as _,
        limit,
    )
    .fetch_all(db)
    .await?;
    let mut claim = Claim::default();
    for row in rows {
        match row.lease {
            Some(lease) => claim.jobs.push(Claimed {
                id: row.id,
                kind: row.kind,
                payload: row.payload,
                attempts: row.attempts,
                max_attempts: row.max_attempts,
                request_id: row.request_id,
                lease,
            }),
            None => claim.spent.push((row.id, row.kind)),
        }
    }
    Ok(claim)
}

/// It is over. Returns whether the worker still had it; so do those that follow.
pub(super) async fn done(db: &PgPool, job: &Claimed) -> Result<bool> {
    let done = sqlx::query!(
        "delete from job where id = $1 and leased_until = $2",
        job.id,
        job.lease as _,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets it come again after it went well.
pub(super) async fn again(db: &PgPool, job: &Claimed, run_at: Timestamp) -> Result<bool> {
    let noted = sqlx::query!(
        "update job set leased_until = null, attempts = 0, last_error = null, run_at = $3
         where id = $1 and leased_until = $2",
        job.id,
        job.lease as _,
        jiff_sqlx::Timestamp::from(run_at) as _,
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Lets it come again later.
pub(super) async fn failed(
    db: &PgPool,
    job: &Claimed,
    run_at: Timestamp,
    error: &str,
) -> Result<bool> {
    let noted = sqlx::query!(
        "update job set leased_until = null, run_at = $3, last_error = $4
         where id = $1 and leased_until = $2",
        job.id,
        job.lease as _,
        jiff_sqlx::Timestamp::from(run_at) as _,
        error,
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Sets it aside.
pub(super) async fn died(db: &PgPool, job: &Claimed, now: Timestamp, error: &str) -> Result<bool> {
    let noted = sqlx::query!(
        "update job set leased_until = null, died_at = $3, last_error = $4
         where id = $1 and leased_until = $2",
        job.id,
        job.lease as _,
        jiff_sqlx::Timestamp::from(now) as _,
        error,
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// Gives back what was claimed and not begun, as if it had not been claimed.
pub(super) async fn hand_back(db: &PgPool, job: &Claimed) -> Result<bool> {
    let noted = sqlx::query!(
        "update job set leased_until = null, attempts = attempts - 1 where id = $1 and leased_until = $2",
        job.id,
        job.lease as _,
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() == 1)
}

pub(super) async fn state(db: &PgPool, now: Timestamp) -> Result<QueueState> {
    Ok(sqlx::query_as!(
        QueueState,
        r#"select count(*) filter (where died_at is null and run_at <= $1 and (leased_until is null or leased_until <= $1)) as "ready!",
                  count(*) filter (where died_at is null and run_at > $1 and (leased_until is null or leased_until <= $1)) as "scheduled!",
                  count(*) filter (where died_at is null and leased_until > $1) as "running!",
                  count(*) filter (where died_at is not null) as "dead!",
                  coalesce(extract(epoch from $1 - min(run_at) filter (where died_at is null and run_at <= $1
                           and (leased_until is null or leased_until <= $1))), 0)::bigint as "oldest_seconds!"
           from job"#,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .fetch_one(db)
    .await?)
}

pub(super) async fn dead(db: &PgPool) -> Result<Vec<DeadJob>> {
    let rows = sqlx::query!(
        r#"select id, kind, payload, attempts, coalesce(last_error, '') as "error!",
                  died_at as "died_at!: jiff_sqlx::Timestamp"
           from job where died_at is not null order by died_at desc limit 200"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DeadJob {
            id: row.id,
            kind: row.kind,
            payload: row.payload,
            attempts: row.attempts,
            error: row.error,
            died_at: row.died_at.to_jiff(),
        })
        .collect())
}

/// How many jobs of each kind wait or run.
pub(super) async fn kinds(db: &PgPool) -> Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select kind, count(*) as "count!" from job where died_at is null group by kind order by 2 desc, 1"#
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.count)).collect())
}

pub(super) async fn retry(tx: &mut PgConnection, id: Uuid, now: Timestamp) -> Result<Retry> {
    let retried = sqlx::query!(
        "update job set died_at = null, attempts = 0, run_at = $2 where id = $1 and died_at is not null",
        id,
        jiff_sqlx::Timestamp::from(now) as _,
    )
    .execute(tx)
    .await;
    match retried {
        Ok(retried) if retried.rows_affected() == 1 => Ok(Retry::Again),
        Ok(_) => Ok(Retry::Unknown),
        Err(sqlx::Error::Database(error)) if error.constraint() == Some("job_key_unique") => {
            Ok(Retry::Superseded)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn discard(tx: &mut PgConnection, id: Uuid) -> Result<bool> {
    let gone = sqlx::query!("delete from job where id = $1 and died_at is not null", id)
        .execute(tx)
        .await?;
    Ok(gone.rows_affected() == 1)
}
