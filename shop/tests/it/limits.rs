//! How often one client may do something.

use crate::support::{Freezer, TestShop, redis_url, until};
use futures::future::join_all;
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
    let url = redis_url();
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

#[tokio::test]
async fn while_redis_does_not_answer_one_at_a_time_finds_out_whether_it_is_back() {
    let mut url = url::Url::parse(&redis_url()).unwrap();
    let redis = (url.host_str().unwrap(), url.port().unwrap_or(6379));
    let freezer = Freezer::before(&format!("{}:{}", redis.0, redis.1)).await;
    url.set_host(Some("127.0.0.1")).unwrap();
    url.set_port(Some(freezer.address.port())).unwrap();
    let test = TestShop::with(|settings| {
        settings.limits.lookup = u32::MAX;
        settings.redis_url = Some(Secret(url.into()));
    })
    .await;
    let client = shop::Token::generate();
    // How many of twenty at once asked Redis.
    let twenty = async || {
        let before = freezer.heard("EVALSHA");
        let all = (0..20).map(|_| test.shop.allows(Limit::Lookup, client.expose()));
        assert!(join_all(all).await.into_iter().all(|allowed| allowed));
        freezer.heard("EVALSHA") - before
    };
    until(async || twenty().await == 20).await;
    freezer.freeze(true);
    assert_eq!(twenty().await, 20, "nobody knows yet");
    let mut found_out = 0;
    until(async || {
        let asked = twenty().await;
        assert!(asked <= 1, "{asked} waited for an answer");
        found_out += asked;
        found_out == 3
    })
    .await;
    freezer.freeze(false);
    until(async || twenty().await == 20).await;
}
