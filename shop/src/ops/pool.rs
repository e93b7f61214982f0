//! Connections to Postgres, and its schema.

use crate::{Result, core::settings::DatabaseSettings};
use log::LevelFilter;
use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool,
    migrate::{MigrateError, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// A connection that nobody used for this long is asked whether it is still there, since Postgres may have been started
/// anew meanwhile. Under load none is idle for so long, and none is asked.
const IDLE: Duration = Duration::from_secs(1);

/// A pool that connects when it is first asked. Statements are told at the level `debug`, where they are counted.
pub fn connect(settings: &DatabaseSettings) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(&settings.url.0)?
        .application_name("mercer")
        .options([(
            "statement_timeout",
            settings.statement_timeout_ms.to_string(),
        )])
        .log_statements(LevelFilter::Debug)
        .log_slow_statements(LevelFilter::Warn, Duration::from_secs(1));
    Ok(PgPoolOptions::new()
        .max_connections(settings.max_connections)
        .acquire_timeout(Duration::from_millis(u64::from(
            settings.acquire_timeout_ms,
        )))
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > IDLE {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .max_lifetime(Duration::from_mins(30))
        .connect_lazy_with(options))
}

/// Brings the schema up to date, however long that takes. Replicas that start together wait for each other.
pub async fn migrate(db: &PgPool) -> Result<(), MigrateError> {
    // A connection of its own: a large table takes longer than a statement of a page may.
    let options = db
        .connect_options()
        .as_ref()
        .clone()
        .options([("statement_timeout", "0")]);
    let mut connection = PgConnection::connect_with(&options).await?;
    MIGRATIONS.run(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Whether the schema is at least what this release needs.
pub async fn migrations_current(db: &PgPool) -> Result<bool> {
    let newest = MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0);
    let applied: Result<Option<i64>, sqlx::Error> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations where success")
            .fetch_one(db)
            .await;
    match applied {
        Ok(version) => Ok(version.is_some_and(|version| version >= newest)),
        // 42P01: there is no such table.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P01") => Ok(false),
        Err(error) => Err(error.into()),
    }
}
