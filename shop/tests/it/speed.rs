//! How long lists and figures take in a shop with 100,000 orders. Run by name, for its numbers: `--ignored --nocapture speed`.

use crate::support::TestShop;
use domain::{
    orders::{OrderFilter, OrderKey},
    reports::Period,
};
use shop::Actor;
use std::time::{Duration, Instant};

/// What 95 of 100 stay below, and the longest.
fn told(mut times: Vec<Duration>) -> (Duration, Duration, Duration) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    (at(50), at(95), at(100))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "makes 100,000 orders up, to measure"]
async fn speed_with_100_000_orders() {
    let test = TestShop::seeded().await;
    let begun = Instant::now();
    test.shop.seed_history(100_000).await.unwrap().unwrap();
    println!("made up in {:?}", begun.elapsed());
    let actor = Actor::operator(test.clock.now());
    let mut all = Vec::new();
    for (name, filter) in filters(&test).await {
        let mut times = Vec::new();
        for key in OrderKey::ALL {
            for sign in ["", "-"] {
                let mut filter = OrderFilter {
                    sort: format!("{sign}{key}"),
                    ..filter.clone()
                };
                for _ in 0..3 {
                    let begun = Instant::now();
                    let list = test.shop.admin_orders(&actor, &filter).await.unwrap();
                    times.push(begun.elapsed());
                    filter.at = list.next.unwrap_or_default();
                }
            }
        }
        all.extend(times.clone());
        println!("orders, {name}: {:?}", told(times));
    }
    println!("orders, all: {:?}", told(all));
    for period in Period::ALL {
        let mut times = Vec::new();
        for _ in 0..20 {
            let begun = Instant::now();
            test.shop.admin_home(&actor, *period).await.unwrap();
            times.push(begun.elapsed());
        }
        println!("home, {period}: {:?}", told(times));
    }
}

async fn filters(test: &TestShop) -> Vec<(&'static str, OrderFilter)> {
    let customer = test
        .text(r#"select customer_id::text from "order" where customer_id is not null group by 1 order by count(*) desc limit 1"#)
        .await;
    let make = |change: &dyn Fn(&mut OrderFilter)| {
        let mut filter = OrderFilter::default();
        change(&mut filter);
        filter
    };
    vec![
        ("none", make(&|_| {})),
        ("to send", make(&|f| f.tab = "to-send".into())),
        ("disputed", make(&|f| f.payment = "disputed".into())),
        ("attention", make(&|f| f.tab = "attention".into())),
        ("refunded", make(&|f| f.tab = "refunded".into())),
        (
            "paid and completed",
            make(&|f| {
                f.payment = "paid".into();
                f.status = "completed".into();
            }),
        ),
        (
            "partial and refunded",
            make(&|f| {
                f.fulfilment = "partial".into();
                f.payment = "refunded".into();
            }),
        ),
        ("first month", make(&|f| f.to = "2025-12-20".into())),
        (
            "Italy, dear",
            make(&|f| {
                f.country = "IT".into();
                f.min = "300".into();
            }),
        ),
        ("dear", make(&|f| f.min = "900".into())),
        ("customer", make(&|f| f.customer.clone_from(&customer))),
        ("q number", make(&|f| f.q = "50505".into())),
        ("q everybody", make(&|f| f.q = "post.example".into())),
        ("q SKU", make(&|f| f.q = "RDG-SAG-M".into())),
        ("q name", make(&|f| f.q = "teasdale marian".into())),
        ("q nothing", make(&|f| f.q = "xyzzy".into())),
        ("q short", make(&|f| f.q = "zq".into())),
        (
            "q and filter",
            make(&|f| {
                f.q = "lancaster ridley".into();
                f.payment = "refunded".into();
            }),
        ),
    ]
}
