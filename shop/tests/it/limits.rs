//! How often one client may do something.

use crate::support::TestShop;
use shop::{
    ops::Limit,
    settings::{LimitSettings, Secret},
};

async fn times(test: &TestShop, client: &str) -> usize {
    let mut allowed = 0;
    for _ in 0..8 {
        allowed += usize::from(test.shop.allows(Limit::Lookup, client).await);
    }
    allowed
}

fn five() -> LimitSettings {
    LimitSettings {
        lookup: 5,
        ..LimitSettings::default()
    }
}

#[tokio::test]
async fn one_client_is_limited_and_the_others_are_not() {
    let test = TestShop::with(|settings| settings.limits = five()).await;
    assert_eq!(times(&test, "a").await, 5);
    assert_eq!(times(&test, "b").await, 5);
}

#[tokio::test]
async fn while_redis_is_away_the_process_counts_by_itself() {
    let test = TestShop::with(|settings| {
        settings.limits = five();
        // Nothing listens there.
        settings.redis_url = Some(Secret("redis://127.0.0.1:1".to_owned()));
    })
    .await;
    assert_eq!(times(&test, "a").await, 5);
}

#[tokio::test]
async fn two_replicas_count_together() {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests have no configuration but this"
    )]
    let Ok(url) = std::env::var("TEST_REDIS_URL") else {
        return;
    };
    let replica = async || {
        TestShop::with(|settings| {
            settings.limits = five();
            settings.redis_url = Some(Secret(url.clone()));
        })
        .await
    };
    let (one, other) = (replica().await, replica().await);
    let client = shop::Token::generate();
    assert_eq!(times(&one, client.expose()).await, 5);
    assert_eq!(times(&other, client.expose()).await, 0);
}

#[tokio::test]
async fn no_limit_is_no_limit() {
    let test = TestShop::with(|settings| settings.limits.lookup = 0).await;
    assert_eq!(times(&test, "a").await, 8);
}
