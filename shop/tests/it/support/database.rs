//! A database for each test, copied from one that is migrated once.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};
use tokio::sync::OnceCell;

/// The server that the tests use.
fn server() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no configuration but this"
    )]
    std::env::var("DATABASE_URL")
        .unwrap_or_else(|_| "postgres://mercer@127.0.0.1:54321/postgres".to_owned())
}

fn url_of(name: &str) -> String {
    let server = server();
    let (address, _) = server.rsplit_once('/').unwrap();
    format!("{address}/{name}")
}

async fn run(sql: String) {
    let mut connection = PgConnection::connect(&server()).await.unwrap();
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
    connection.close().await.unwrap();
}

/// What the tests' databases are copied from.
struct Template {
    name: String,
    /// Holds the lock on the name until the process ends: that somebody still uses what is called so.
    _owner: PgConnection,
}

static TEMPLATE: OnceCell<Template> = OnceCell::const_new();
static NEXT: AtomicU32 = AtomicU32::new(0);

async fn template() -> &'static str {
    let template = TEMPLATE.get_or_init(|| async {
        let name = format!("mercer_it_shop_{}", process::id());
        let mut owner = PgConnection::connect(&server()).await.unwrap();
        sqlx::query("select pg_advisory_lock(hashtext($1))")
            .bind(&name)
            .execute(&mut owner)
            .await
            .unwrap();
        drop_what_was_left_behind().await;
        run(format!("drop database if exists {name} with (force)")).await;
        run(format!("create database {name}")).await;
        let db = sqlx::PgPool::connect(&url_of(&name)).await.unwrap();
        shop::ops::migrate(&db).await.unwrap();
        super::shelf::set_up(&db).await;
        db.close().await;
        Template {
            name,
            _owner: owner,
        }
    });
    &template.await.name
}

/// A template stays when its process ends, and so does everything of a process that was killed: those whose lock nobody
/// holds any more are dropped by the next.
async fn drop_what_was_left_behind() {
    let mut connection = PgConnection::connect(&server()).await.unwrap();
    let left: Vec<String> = sqlx::query_scalar(
        "select datname::text from pg_database where datname ~ '^mercer_it_shop_[0-9]+(_[0-9]+)?$'
         and pg_try_advisory_lock(hashtext(substring(datname from '^mercer_it_shop_[0-9]+')))",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    for name in left {
        run(format!("drop database if exists {name} with (force)")).await;
    }
    connection.close().await.unwrap();
}

/// A database that is dropped with the test.
pub(crate) struct Database {
    name: String,
    pub(crate) url: String,
}

impl Database {
    /// One with the schema and with what every shop has.
    pub(super) async fn create() -> Self {
        let template = template().await;
        Self::from(template, template).await
    }

    /// One with nothing in it.
    pub(crate) async fn empty() -> Self {
        Self::from(template().await, "template0").await
    }

    async fn from(run_name: &str, template: &str) -> Self {
        let name = format!("{run_name}_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        run(format!("drop database if exists {name} with (force)")).await;
        run(format!(
            "create database {name} template {template} strategy file_copy"
        ))
        .await;
        Self {
            url: url_of(&name),
            name,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("drop database if exists {} with (force)", self.name);
        // The test's runtime is ending: another thread does it.
        let dropped = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(run(sql));
        });
        if dropped.join().is_err() {
            eprintln!("a test's database could not be dropped");
        }
    }
}
