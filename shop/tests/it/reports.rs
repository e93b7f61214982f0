//! The figures of the admin's home page, beside what plain SQL over the orders says.

use crate::support::{Product, TestShop};
use domain::{
    reports::{AdminHome, Period, Sales},
    staff::Permissions,
};
use jiff::Timestamp;
use shop::Actor;
use std::time::Duration;

async fn home(test: &TestShop, period: Period) -> AdminHome {
    let actor = Actor::operator(test.clock.now());
    test.shop.admin_home(&actor, period).await.unwrap()
}

async fn sales(test: &TestShop, period: Period) -> Sales {
    home(test, period).await.sales.unwrap()
}

/// What came in, what went back, and how many orders, where a condition on `at` holds, which is in the time of the shop.
async fn plainly(test: &TestShop, condition: &str) -> (i64, i64, i64) {
    let today = test
        .clock
        .now()
        .to_zoned(jiff::tz::TimeZone::get("Europe/London").unwrap())
        .datetime();
    let condition = condition.replace("$now", &format!("timestamp '{today}'"));
    let sql = format!(
        r#"select
             (select coalesce(sum(total), 0)::bigint from (select *, paid_at at time zone 'Europe/London' as at from "order") o
              where {condition}),
             (select coalesce(sum(amount), 0)::bigint from (select *, updated_at at time zone 'Europe/London' as at from refund) r
              where status = 'succeeded' and {condition}),
             (select count(*) from (select paid_at at time zone 'Europe/London' as at from "order") o where {condition})"#
    );
    sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .fetch_one(test.shop.db())
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_agree_with_the_orders_to_the_cent() {
    let test = TestShop::seeded().await;
    test.shop.seed_history(1_200).await.unwrap().unwrap();
    for (period, days) in [
        (Period::Today, 1),
        (Period::Week, 7),
        (Period::Month, 30),
        (Period::Quarter, 90),
    ] {
        let shown = sales(&test, period).await;
        let (paid, back, orders) = plainly(
            &test,
            &format!("at::date > $now::date - {days} and at < $now"),
        )
        .await;
        assert_eq!(
            (shown.net.now, shown.orders.now),
            (paid - back, orders),
            "{period}"
        );
        assert_eq!(
            shown.average.now,
            if orders == 0 {
                0
            } else {
                (2 * paid + orders) / (2 * orders)
            }
        );
        let (paid, back, orders) = plainly(
            &test,
            &format!("at::date > $now::date - 2 * {days} and at < $now - interval '{days} days'"),
        )
        .await;
        assert_eq!(
            (shown.net.before, shown.orders.before),
            (paid - back, orders),
            "{period}"
        );
        pieces_add_up(&shown);
    }
    each_month_agrees(&test).await;
    each_day_agrees(&test).await;
    top_products_agree(&test).await;
}

fn pieces_add_up(shown: &Sales) {
    let now: i64 = shown.pieces.iter().map(|piece| piece.net.now).sum();
    let before: i64 = shown.pieces.iter().map(|piece| piece.net.before).sum();
    assert_eq!((now, before), (shown.net.now, shown.net.before));
}

async fn each_month_agrees(test: &TestShop) {
    let year = sales(test, Period::Year).await;
    assert_eq!(year.pieces.len(), 12);
    pieces_add_up(&year);
    for (back, piece) in (0..12).zip(year.pieces.iter().rev()) {
        let month = format!(
            "date_trunc('month', at) = date_trunc('month', $now) - interval '{back} months' and at < $now"
        );
        let (paid, refunded, _) = plainly(test, &month).await;
        assert_eq!(piece.net.now, paid - refunded, "{}", piece.long);
    }
}

async fn each_day_agrees(test: &TestShop) {
    let quarter = sales(test, Period::Quarter).await;
    assert_eq!(quarter.pieces.len(), 90);
    for (back, piece) in (0..90).zip(quarter.pieces.iter().rev()) {
        let day = format!("at::date = $now::date - {back} and at < $now");
        let (paid, refunded, _) = plainly(test, &day).await;
        assert_eq!(piece.net.now, paid - refunded, "{}", piece.long);
    }
}

async fn top_products_agree(test: &TestShop) {
    let year = sales(test, Period::Year).await;
    let plain: Vec<(String, i64, i64)> = sqlx::query_as(
        r#"select l.handle, sum(l.quantity)::bigint, sum(l.subtotal - l.discount)::bigint
           from order_line l join "order" o on o.id = l.order_id
           where date_trunc('month', o.paid_at at time zone 'Europe/London')
                 > date_trunc('month', now() at time zone 'Europe/London') - interval '12 months'
           group by 1 order by 3 desc limit 5"#,
    )
    .fetch_all(test.shop.db())
    .await
    .unwrap();
    let shown: Vec<(String, i64, i64)> = year
        .top
        .iter()
        .map(|top| (top.handle.clone(), top.quantity, top.amount.minor))
        .collect();
    assert_eq!(shown, plain);
    assert!(year.top.iter().all(|top| top.picture.is_some()));
}

/// A shop whose clock stands at this moment, where a mug was just bought for 26.50.
async fn bought_at(moment: &str) -> TestShop {
    let test = TestShop::selling(20).await;
    move_to(&test, moment);
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    test
}

fn move_to(test: &TestShop, moment: &str) {
    let moment: Timestamp = moment.parse().unwrap();
    let ahead = moment.duration_since(test.clock.now());
    test.clock.advance(ahead);
    let ahead = u64::try_from(ahead.as_secs()).unwrap();
    test.stripe.advance(Duration::from_secs(ahead));
}

#[tokio::test]
async fn a_day_ends_at_midnight_where_the_shop_is() {
    // Half past midnight on the 2nd of July in London, and still the 1st in Greenwich.
    let test = bought_at("2027-07-01T23:30:00Z").await;
    let shown = sales(&test, Period::Today).await;
    assert_eq!(
        (shown.net.now, shown.orders.now, shown.net.before),
        (2_650, 1, 0)
    );
    assert_eq!(
        (shown.pieces.len(), shown.pieces[0].short.as_str()),
        (1, "00:00")
    );

    move_to(&test, "2027-07-02T22:59:00Z");
    let shown = sales(&test, Period::Today).await;
    assert_eq!(
        (shown.net.now, shown.pieces[0].net.now, shown.pieces.len()),
        (2_650, 2_650, 24)
    );

    move_to(&test, "2027-07-02T23:01:00Z");
    let shown = sales(&test, Period::Today).await;
    assert_eq!(
        (shown.net.now, shown.net.before),
        (0, 0),
        "a minute after midnight yesterday had no sale yet"
    );
    let week = sales(&test, Period::Week).await;
    assert_eq!(
        (week.pieces[5].short.as_str(), week.pieces[5].net.now),
        ("2 Jul", 2_650)
    );
    let month = sales(&test, Period::Month).await;
    assert_eq!(month.days, "4 Jun to 3 Jul");

    move_to(&test, "2027-07-03T00:00:00Z");
    let shown = sales(&test, Period::Today).await;
    assert_eq!(
        (shown.net.now, shown.net.before),
        (0, 2_650),
        "an hour after midnight it had"
    );
}

#[tokio::test]
async fn what_goes_back_counts_when_it_goes() {
    let test = bought_at("2027-03-01T10:00:00Z").await;
    let refund = |amount: i64, at: &str, payment: &str, status: &str| {
        format!(
            "insert into refund (id, payment_id, order_id, amount, adjustment, status, created_at, updated_at)
             select gen_random_uuid(), {payment}, o.id, {amount}, {amount}, '{status}', '{at}', '{at}' from \"order\" o"
        )
    };
    let kept = "(select id from payment where status = 'succeeded')";
    let other = "(select id from payment where status = 'returned')";
    let returned = "insert into payment (id, order_id, status, amount, currency, request, expires_at, created_at)
                    select gen_random_uuid(), id, 'returned', total, 'GBP', '{}', now(), now() from \"order\"";
    for sql in [
        returned.to_owned(),
        refund(650, "2027-03-03T10:00:00Z", kept, "succeeded"),
        refund(111, "2027-03-03T10:00:00Z", kept, "failed"),
        refund(222, "2027-03-03T10:00:00Z", kept, "pending"),
        // A second payment that the order did not keep never was a sale.
        refund(2_650, "2027-03-03T10:00:00Z", other, "succeeded"),
    ] {
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(test.shop.db())
            .await
            .unwrap();
    }
    move_to(&test, "2027-03-03T12:00:00Z");
    let week = sales(&test, Period::Week).await;
    let nets: Vec<i64> = week.pieces.iter().map(|piece| piece.net.now).collect();
    assert_eq!(nets, [0, 0, 0, 0, 2_650, 0, -650]);
    assert_eq!((week.net.now, week.average.now), (2_000, 2_650));
}

#[tokio::test]
async fn things_to_do_are_counted_and_gone_when_done() {
    let test = TestShop::selling(20).await;
    Product::named("bowl")
        .stock(4)
        .put_on_shelf(&test.shop)
        .await;
    Product::named("vase")
        .stock(0)
        .put_on_shelf(&test.shop)
        .await;
    let begun = home(&test, Period::Month).await;
    assert!(begun.to_do.is_done());

    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.add(None, "mug", 1).await;
    let waiting = home(&test, Period::Month).await.to_do;
    assert_eq!((waiting.unpaid, waiting.to_send), (Some(1), Some(0)));
    test.pay(&session).await;
    let bowls = test.add(None, "bowl", 2).await;
    let session = test.place(&bowls).await;
    test.pay(&session).await;

    let home = home(&test, Period::Month).await;
    assert_eq!(
        (home.to_do.unpaid, home.to_do.to_send, home.orders_today),
        (Some(0), Some(2), Some(2))
    );
    assert_eq!(home.sales.unwrap().conversion.now, 6_666);
    let low: Vec<(String, i32, String)> = home
        .low
        .unwrap()
        .iter()
        .map(|low| (low.sku.clone(), low.available, low.lasts()))
        .collect();
    assert_eq!(
        low,
        [
            ("bowl".to_owned(), 2, "4 weeks".to_owned()),
            ("vase".to_owned(), 0, "Sold out".to_owned())
        ]
    );
    attention_ends_with_a_note(&test).await;
}

async fn attention_ends_with_a_note(test: &TestShop) {
    let event = |kind: &str, who: &str| {
        sqlx::AssertSqlSafe(format!(
            "insert into order_event (order_id, kind, at, staff_name) select id, '{kind}', now(), '{who}' from \"order\" where number = 1001"
        ))
    };
    let open = async || home(test, Period::Month).await.to_do.attention;
    for (kind, who, left) in [
        ("needs_attention", "", Some(1)),
        ("needs_attention", "", Some(1)),
        ("mail_sent", "", Some(1)),
        ("noted", "Wren Calder", Some(0)),
        ("needs_attention", "", Some(1)),
    ] {
        sqlx::raw_sql(event(kind, who))
            .execute(test.shop.db())
            .await
            .unwrap();
        assert_eq!(open().await, left, "{kind}");
    }
}

#[tokio::test]
async fn everybody_sees_what_they_may_see_elsewhere() {
    let test = TestShop::selling(3).await;
    let seen = async |words: &[&str]| {
        let actor = Actor {
            permissions: Permissions::from_words(words),
            ..Actor::operator(test.clock.now())
        };
        let home = test.shop.admin_home(&actor, Period::Month).await.unwrap();
        (
            home.sales.is_some(),
            home.low.is_some(),
            home.to_do.to_send.is_some(),
            home.to_do.dead_jobs.is_some(),
        )
    };
    assert_eq!(seen(&[]).await, (false, false, false, false));
    assert_eq!(seen(&["reports.view"]).await, (true, false, false, false));
    assert_eq!(
        seen(&["orders.view", "products.view"]).await,
        (false, true, true, false)
    );
    assert_eq!(seen(&["jobs.manage"]).await, (false, false, false, true));
}
