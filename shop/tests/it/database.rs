//! Connections to Postgres, and the schema.

use crate::support::{Database, TestShop, until};
use futures::future::{join_all, try_join_all};
use shop::{
    ops,
    settings::{DatabaseSettings, Secret},
};
use sqlx::{Connection, PgConnection};

#[tokio::test]
async fn after_postgres_has_been_away_nobody_gets_a_connection_of_before() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    let open = try_join_all((0..5).map(|_| test.shop.db().acquire())).await;
    drop(open.unwrap());
    let url = &test.shop.settings().database.url.0;
    let mut other = PgConnection::connect(url).await.unwrap();
    let mut number = async |sql: &'static str| -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut other).await.unwrap()
    };
    // Those in use meet the end of Postgres; this is about those that wait for their next use.
    let rested = "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'mercer'
                  and state_change < clock_timestamp() - interval '1.1 seconds'";
    until(async || number(rested).await >= 5).await;
    let ended = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                 where datname = current_database() and application_name = 'mercer'";
    assert!(number(ended).await >= 5);
    let left = "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'mercer'";
    until(async || number(left).await == 0).await;
    for cart in join_all((0..5).map(|_| test.shop.cart(Some(&token)))).await {
        assert_eq!(cart.unwrap().count, 1);
    }
}

#[tokio::test]
async fn replicas_migrate_together_and_take_the_time_that_it_takes() {
    let database = Database::empty().await;
    let connect = |statement_timeout_ms| {
        ops::connect(&DatabaseSettings {
            url: Secret(database.url.clone()),
            max_connections: 4,
            statement_timeout_ms,
            acquire_timeout_ms: 10_000,
        })
        .unwrap()
    };
    let hurried: Vec<_> = (0..3).map(|_| connect(1)).collect();
    try_join_all(hurried.iter().map(ops::migrate))
        .await
        .unwrap();
    assert!(ops::migrations_current(&connect(10_000)).await.unwrap());
}
