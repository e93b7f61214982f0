//! The list of orders: what plain SQL finds, in its order, page by page, on and back.

use crate::support::{Product, TestShop};
use domain::{
    Money,
    orders::{OrderFilter, OrderKey, OrderList, OrderTab},
    staff::{Permission, Permissions},
};
use futures::TryStreamExt;
use shop::{Actor, Error};
use sqlx::AssertSqlSafe;

/// A shop with a past of so many orders.
async fn with_a_past(orders: usize) -> TestShop {
    let test = TestShop::open().await;
    for (name, price) in [("mug", 2_200), ("kettle", 8_900), ("tea-towel", 1_100)] {
        let product = Product::named(name).price(price).in_sizes(&["S", "L"]);
        product.put_on_shelf(&test.shop).await;
    }
    test.shop.seed_history(orders).await.unwrap().unwrap();
    test
}

fn operator(test: &TestShop) -> Actor {
    Actor::operator(test.clock.now())
}

async fn page(test: &TestShop, filter: &OrderFilter) -> OrderList {
    test.shop
        .admin_orders(&operator(test), filter)
        .await
        .unwrap()
}

fn numbers(list: &OrderList) -> Vec<i64> {
    list.rows.iter().map(|row| row.number).collect()
}

/// The numbers of all pages, on to the last and back to the first.
async fn walk(test: &TestShop, filter: &OrderFilter) -> Vec<i64> {
    let mut pages = vec![page(test, filter).await];
    while let Some(next) = pages.last().unwrap().next.clone() {
        let filter = OrderFilter {
            at: next,
            ..filter.clone()
        };
        pages.push(page(test, &filter).await);
    }
    let mut back = pages.last().unwrap().clone();
    for expected in pages.iter().rev().skip(1) {
        let filter = OrderFilter {
            at: back.previous.clone().unwrap(),
            ..filter.clone()
        };
        back = page(test, &filter).await;
        assert_eq!(numbers(&back), numbers(expected), "{filter:?}");
        assert!(back.next.is_some());
    }
    assert_eq!(back.previous, None);
    pages.iter().flat_map(numbers).collect()
}

async fn plainly(test: &TestShop, rest: &str) -> Vec<i64> {
    sqlx::query_scalar(AssertSqlSafe(format!(
        r#"select number from "order" o {rest}"#
    )))
    .fetch_all(test.shop.db())
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_order_of_the_list_is_walked_on_and_back() {
    let test = with_a_past(230).await;
    for key in OrderKey::ALL {
        let column = match key {
            OrderKey::Number => "number",
            OrderKey::Date => "placed_at",
            OrderKey::Amount => "total",
            OrderKey::Customer => "recipient",
            OrderKey::Country => "shipping_country",
            OrderKey::Payment => "payment_status",
            OrderKey::Fulfilment => "fulfilment_status",
        };
        for (sign, direction) in [("", "asc"), ("-", "desc")] {
            let filter = OrderFilter {
                sort: format!("{sign}{key}"),
                ..OrderFilter::default()
            };
            let order = format!("order by {column} {direction}, id {direction}");
            let walked = walk(&test, &filter).await;
            assert_eq!(walked.len(), 230);
            assert_eq!(walked, plainly(&test, &order).await, "{filter:?}");
        }
    }
    let first = page(&test, &OrderFilter::default()).await;
    assert_eq!((first.rows.len(), first.count.known), (50, 230));
    // A cursor of another order is as if it were not there.
    let turned = OrderFilter {
        sort: "amount".into(),
        at: first.next.unwrap(),
        ..OrderFilter::default()
    };
    assert_eq!(page(&test, &turned).await.previous, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_for_is_what_plain_sql_finds() {
    let test = with_a_past(400).await;
    let customer: String = sqlx::query_scalar(
        r#"select customer_id::text from "order" where customer_id is not null group by 1 order by count(*) desc limit 1"#,
    )
    .fetch_one(test.shop.db())
    .await
    .unwrap();
    let filter = |change: &dyn Fn(&mut OrderFilter)| {
        let mut filter = OrderFilter::default();
        change(&mut filter);
        filter
    };
    let of_customer = format!("customer_id = '{customer}'");
    let asked: Vec<(OrderFilter, &str)> = vec![
        (
            filter(&|f| f.payment = "paid".into()),
            "payment_status = 'paid'",
        ),
        (
            filter(&|f| f.fulfilment = "unfulfilled".into()),
            "fulfilment_status = 'unfulfilled'",
        ),
        (
            filter(&|f| f.status = "completed".into()),
            "status = 'completed'",
        ),
        (
            filter(&|f| f.country = "DE".into()),
            "shipping_country = 'DE'",
        ),
        (filter(&|f| f.customer.clone_from(&customer)), &of_customer),
        (filter(&|f| f.min = "50".into()), "total >= 5000"),
        (
            filter(&|f| {
                f.min = "10.50".into();
                f.max = "26.50".into();
            }),
            "total between 1050 and 2650",
        ),
        (
            filter(&|f| f.tab = "to-send".into()),
            "status = 'open' and fulfilment_status in ('unfulfilled', 'partial')",
        ),
        (
            filter(&|f| f.tab = "refunded".into()),
            "payment_status in ('partially_refunded', 'refunded')",
        ),
        (
            filter(&|f| f.tab = "cancelled".into()),
            "status = 'cancelled'",
        ),
        (
            filter(&|f| {
                f.q = "KETTLE/s".into();
                f.payment = "paid".into();
            }),
            "skus like '%kettle/S%' and payment_status = 'paid'",
        ),
        (
            filter(&|f| f.q = "post.example towel".into()),
            "skus like '%tea-towel%'",
        ),
        (filter(&|f| f.payment = "nonsense".into()), "true"),
        (
            filter(&|f| {
                f.from = "2020-02-31".into();
                f.min = "much".into();
            }),
            "true",
        ),
        (filter(&|f| f.q = "100%".into()), "false"),
    ];
    for (filter, condition) in asked {
        let found = walk(&test, &filter).await;
        let plain = format!("where {condition} order by placed_at desc, id desc");
        assert_eq!(found, plainly(&test, &plain).await, "{filter:?}");
        let counted = page(&test, &filter).await.count;
        assert_eq!(usize::try_from(counted.known), Ok(found.len()));
    }
    tabs_count_whatever_is_asked(&test, &customer).await;
}

async fn tabs_count_whatever_is_asked(test: &TestShop, customer: &str) {
    let filter = OrderFilter {
        customer: customer.to_owned(),
        ..OrderFilter::default()
    };
    let list = page(test, &filter).await;
    assert!(list.customer.is_some_and(|name| name.contains(' ')));
    assert_eq!(list.tabs[0].1.known, 400);
    for (tab, count) in list.tabs {
        let filter = OrderFilter {
            tab: tab.to_string(),
            ..OrderFilter::default()
        };
        assert_eq!(page(test, &filter).await.count, count, "{tab}");
    }
    assert_eq!(
        list.countries,
        [
            ("DE", "Germany"),
            ("GB", "United Kingdom"),
            ("US", "United States")
        ]
        .map(|(letters, name)| (letters.to_owned(), name.to_owned()))
    );
}

#[tokio::test]
async fn days_are_those_of_the_shop() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    // Half past midnight in London, and the day before in Greenwich.
    sqlx::query(r#"update "order" set placed_at = '2026-07-01T23:30:00Z'"#)
        .execute(test.shop.db())
        .await
        .unwrap();
    for (from, to, found) in [
        ("2026-07-02", "2026-07-02", 1),
        ("2026-07-01", "2026-07-01", 0),
        ("2026-07-02", "", 1),
        ("", "2026-07-01", 0),
    ] {
        let filter = OrderFilter {
            from: from.into(),
            to: to.into(),
            ..OrderFilter::default()
        };
        assert_eq!(page(&test, &filter).await.rows.len(), found, "{from} {to}");
    }
}

#[tokio::test]
async fn an_order_is_found_by_what_people_know_of_it() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    let mut form = crate::support::british();
    "Zoë Müller".clone_into(&mut form.name);
    let form = test.form_for(&token, form).await;
    test.shop.place_order(Some(&token), form).await.unwrap();
    let found = async |q: &str| {
        let filter = OrderFilter {
            q: q.to_owned(),
            ..OrderFilter::default()
        };
        page(&test, &filter).await.rows.len()
    };
    for q in [
        "#1001",
        "1001",
        "marian@example.com",
        "MARIAN",
        "zoe muller",
        "Müller",
        "LA9 4BH",
        "la94bh",
        "mug",
        "zo",
        "Z",
    ] {
        assert_eq!(found(q).await, 1, "{q}");
    }
    for q in ["1002", "ug", "%", "_arian", "marian owen", "LA94BX", "\\"] {
        assert_eq!(found(q).await, 0, "{q}");
    }
    let list = page(&test, &OrderFilter::default()).await;
    let row = &list.rows[0];
    assert_eq!((row.items, row.name.as_str()), (2, "Zoë Müller"));
    assert_eq!(row.total, Money::new(4_850, row.total.currency));
    assert_eq!(row.href(), "/admin/orders/1001");
    assert_eq!(list.tabs[2], (OrderTab::Unpaid, domain::list::Count::of(1)));
}

#[tokio::test]
async fn a_file_has_every_order_and_no_formula() {
    let test = with_a_past(60).await;
    sqlx::query(
        r#"update "order" set shipping_address = jsonb_set(shipping_address, '{name}', '"=HYPERLINK(1)"')
           where number = 1030"#,
    )
    .execute(test.shop.db())
    .await
    .unwrap();
    let filter = OrderFilter {
        sort: "number".into(),
        ..OrderFilter::default()
    };
    let stream = test
        .shop
        .admin_orders_csv(&operator(&test), &filter)
        .await
        .unwrap();
    let pieces: Vec<_> = stream.try_collect().await.unwrap();
    let csv = String::from_utf8(pieces.concat()).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 61);
    assert!(lines[0].starts_with("Number,Placed,Status,Payment"));
    assert!(lines[1].starts_with("1001,") && lines[60].starts_with("1060,"));
    assert!(lines[30].contains(",'=HYPERLINK(1),"), "{}", lines[30]);
    let kept: f64 = lines[1..]
        .iter()
        .map(|line| line.rsplit(',').next().unwrap().parse::<f64>().unwrap())
        .sum();
    let plain = test
        .number(
            r#"select (select sum(total) from "order" where paid_at is not null)::bigint
                      - (select coalesce(sum(amount), 0) from refund where status = 'succeeded')::bigint"#,
        )
        .await;
    assert_eq!(format!("{:.0}", kept * 100.0), plain.to_string());
}

#[tokio::test]
async fn who_may_not_see_orders_sees_none() {
    let test = TestShop::open().await;
    let actor = Actor {
        permissions: Permissions::from_words(["products.view", "reports.view"]),
        ..operator(&test)
    };
    let filter = OrderFilter::default();
    let refused = test.shop.admin_orders(&actor, &filter).await;
    assert!(matches!(
        refused,
        Err(Error::Denied(Permission::ViewOrders))
    ));
    let refused = test.shop.admin_orders_csv(&actor, &filter).await;
    assert!(matches!(
        refused.err(),
        Some(Error::Denied(Permission::ViewOrders))
    ));
}
