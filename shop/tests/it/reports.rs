//! The figures of the admin's home page, against plain SQL over the orders.

use crate::support::TestShop;
use domain::{
    reports::{Figures, Period, TodoKind},
    staff::{Permission, Permissions},
};
use jiff::{Timestamp, tz::TimeZone};
use shop::Actor;

/// The net sales and the number of orders from one moment to another, in minor units.
async fn plain(test: &TestShop, from: &str, to: &str) -> (i64, i64) {
    let paid: (i64, i64) = sqlx::query_as(
        r#"select coalesce(sum(total), 0)::bigint, count(*) from "order"
           where paid_at >= $1::text::timestamptz and paid_at < $2::text::timestamptz"#,
    )
    .bind(from)
    .bind(to)
    .fetch_one(test.shop.db())
    .await
    .unwrap();
    let refunded: i64 = sqlx::query_scalar(
        "select coalesce(sum(amount), 0)::bigint from refund where status <> 'failed'
         and created_at >= $1::text::timestamptz and created_at < $2::text::timestamptz
         and payment_id in (select id from payment where status = 'succeeded')",
    )
    .bind(from)
    .bind(to)
    .fetch_one(test.shop.db())
    .await
    .unwrap();
    (paid.0 - refunded, paid.1)
}

impl TestShop {
    /// Moves the shop's clock to this moment.
    fn at(&self, moment: &str) {
        let to: Timestamp = moment.parse().unwrap();
        self.clock.advance(to.duration_since(self.clock.now()));
    }

    /// An order that was paid at this moment, with one refund for each amount and state.
    async fn sold(&self, total: i64, paid_at: &str, refunds: &[(i64, &str, &str)]) {
        let order: sqlx::types::Uuid = sqlx::query_scalar(
            r#"insert into "order" (id, token, fingerprint, status, payment_status, email, currency, subtotal, total,
                   tax_name, tax_rate, shipping_code, shipping_name, arrival, shipping_address, placed_at, paid_at)
               values (gen_random_uuid(), gen_random_uuid()::text, '\x00', 'completed', 'paid', 'a@example.com', 'GBP', $1, $1,
                   'VAT', 2000, 'uk', 'Tracked', '{}', '{"country": "GB"}', $2::text::timestamptz, $2::text::timestamptz)
               returning id"#,
        )
        .bind(total)
        .bind(paid_at)
        .fetch_one(self.shop.db())
        .await
        .unwrap();
        for (amount, status, at) in refunds {
            let (payment, status) = match *status {
                "twice" => ("returned", "succeeded"),
                status => ("succeeded", status),
            };
            sqlx::query(
                "with one as (insert into payment (id, order_id, status, amount, currency, request, expires_at, created_at)
                              values (gen_random_uuid(), $1, $2, $3, 'GBP', '{}', now(), now()) returning id)
                 insert into refund (id, payment_id, order_id, amount, status, created_at, updated_at)
                 select gen_random_uuid(), id, $1, $3, $4, $5::text::timestamptz, now() from one",
            )
            .bind(order)
            .bind(payment)
            .bind(amount)
            .bind(status)
            .bind(at)
            .execute(self.shop.db())
            .await
            .unwrap();
        }
    }

    async fn figures(&self, period: Period) -> Figures {
        let actor = self.operator();
        let home = self.shop.admin_home(&actor, period).await.unwrap();
        home.figures.unwrap()
    }
}

fn somebody(words: &[&str]) -> Actor {
    Actor {
        permissions: Permissions::from_words(words),
        ..Actor::operator(Timestamp::UNIX_EPOCH)
    }
}

#[tokio::test]
async fn the_figures_are_those_of_plain_sql_to_the_penny_and_on_the_edge_of_a_day() {
    let test = TestShop::selling(5).await;
    // In July London is an hour ahead: its day begins at 23:00 UTC.
    test.at("2031-07-10T12:00:00Z");
    for (total, paid_at) in [
        (1_001, "2031-07-09T22:59:59.999999Z"),
        (2_003, "2031-07-09T23:00:00Z"),
        (4_007, "2031-07-10T11:00:00Z"),
        (8_011, "2031-07-10T22:59:59.999999Z"),
        (16_033, "2031-07-10T23:00:00Z"),
        (32_003, "2031-06-10T22:59:59.999999Z"),
        (64_007, "2031-06-10T23:00:00Z"),
        (128_021, "2030-07-10T23:00:00Z"),
        (256_019, "2030-07-10T22:59:59.999999Z"),
    ] {
        test.sold(total, paid_at, &[]).await;
    }
    test.sold(
        900,
        "2031-07-01T10:00:00Z",
        &[(300, "succeeded", "2031-07-10T01:00:00Z")],
    )
    .await;
    test.sold(
        900,
        "2031-07-01T10:00:00Z",
        &[(50, "pending", "2031-07-10T02:00:00Z")],
    )
    .await;
    test.sold(
        900,
        "2031-07-01T10:00:00Z",
        &[(70, "failed", "2031-07-10T03:00:00Z")],
    )
    .await;
    // What was paid twice and went back was never sold twice.
    test.sold(
        900,
        "2031-07-01T10:00:00Z",
        &[(900, "twice", "2031-07-10T04:00:00Z")],
    )
    .await;
    let today = test.figures(Period::Today).await;
    assert_eq!(today.now.sales(), 2_003 + 4_007 + 8_011 - 350);
    assert_eq!((today.now.orders, today.before.orders), (3, 1));
    assert_eq!(today.orders_today, 3);
    assert_eq!(today.sales.points.len(), 24);
    assert_eq!(today.sales.points[0].sales, 2_003);

    let zone = TimeZone::get("Europe/London").unwrap();
    let now = test.clock.now().to_zoned(zone.clone()).date();
    for period in Period::ALL {
        let figures = test.figures(*period).await;
        let edge = |day: jiff::civil::Date| {
            let start = day.to_zoned(zone.clone()).unwrap();
            start.timestamp().to_string()
        };
        for ((from, to), totals, series) in [
            (period.dates(now), figures.now, &figures.sales),
            (
                period.dates_before(now),
                figures.before,
                &figures.sales_before,
            ),
        ] {
            let expected = plain(&test, &edge(from), &edge(to)).await;
            assert_eq!((totals.sales(), totals.orders), expected, "{period} {from}");
            let points: i64 = series.points.iter().map(|point| point.sales).sum();
            assert_eq!(points, expected.0, "{period} {from}: the chart");
        }
    }
    let year = test.figures(Period::Year).await;
    assert_eq!(
        year.before.sales(),
        256_019,
        "the year before ends a moment earlier"
    );
    assert_eq!(year.sales.points.len(), 12);
}

#[tokio::test]
async fn a_day_on_which_the_clocks_change_has_the_hours_that_it_has() {
    let test = TestShop::selling(5).await;
    test.at("2031-03-30T12:00:00Z");
    test.sold(500, "2031-03-30T01:00:00Z", &[]).await;
    let figures = test.figures(Period::Today).await;
    assert_eq!(
        (
            figures.sales.points.len(),
            figures.sales_before.points.len()
        ),
        (23, 24)
    );
    assert_eq!(
        (
            figures.sales.points[1].sales,
            &*figures.sales.points[1].short
        ),
        (500, "02:00")
    );
}

#[tokio::test]
async fn a_sale_shows_in_every_figure() {
    let test = TestShop::selling(8).await;
    test.add(None, "mug", 1).await;
    let token = test.add(None, "mug", 4).await;
    let session = test.place(&token).await;
    let waiting = test
        .shop
        .admin_home(&test.operator(), Period::Month)
        .await
        .unwrap();
    assert_eq!(waiting.todo.len(), 1);
    assert_eq!(waiting.todo[0].kind, TodoKind::Unpaid);
    test.pay(&session).await;
    let home = test
        .shop
        .admin_home(&test.operator(), Period::Month)
        .await
        .unwrap();
    let figures = home.figures.unwrap();
    assert_eq!((home.todo[0].kind, home.todo[0].count), (TodoKind::Send, 1));
    assert_eq!((figures.now.carts, figures.now.bought), (2, 1));
    assert_eq!(figures.now.conversion(), Some(500));
    assert_eq!(figures.now.average(), Some(figures.now.paid));
    assert_eq!((figures.top[0].quantity, figures.top[0].sales), (4, 8_800));
    assert_eq!(figures.low[0].available, 4);
    // Four in thirty days: four more last thirty.
    assert_eq!(figures.low[0].days_left, Some(30));
    assert_eq!(figures.before, domain::reports::Totals::default());
}

#[tokio::test]
async fn who_may_not_see_figures_sees_what_they_may_do() {
    let test = TestShop::selling(8).await;
    let token = test.add(None, "mug", 1).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    sqlx::query("insert into job (id, kind, payload, run_at, died_at, created_at) values (gen_random_uuid(), 'x', '{}', now(), now(), now())")
        .execute(test.shop.db())
        .await
        .unwrap();
    for (words, kinds, sees) in [
        (&["orders.view"][..], &[TodoKind::Send][..], false),
        (&["jobs.manage"], &[TodoKind::DeadJobs], false),
        (&[Permission::ViewReports.as_str()], &[], true),
    ] {
        let home = test
            .shop
            .admin_home(&somebody(words), Period::Month)
            .await
            .unwrap();
        let told: Vec<_> = home.todo.iter().map(|todo| todo.kind).collect();
        assert_eq!(
            (&told[..], home.figures.is_some()),
            (kinds, sees),
            "{words:?}"
        );
    }
}

#[tokio::test]
async fn a_new_shop_is_told_what_to_do_first() {
    let test = TestShop::open().await;
    let home = test
        .shop
        .admin_home(&test.operator(), Period::Month)
        .await
        .unwrap();
    assert!(home.figures.is_none() && !home.first.unwrap().has_products);
    let test = TestShop::selling(1).await;
    let home = test
        .shop
        .admin_home(&test.operator(), Period::Month)
        .await
        .unwrap();
    assert!(home.figures.is_none() && home.first.unwrap().has_products);
}
