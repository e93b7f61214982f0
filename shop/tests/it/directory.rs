//! Finding customers, and anything at all, in the admin.

use crate::support::{Product, TestShop};
use domain::{
    accounts::{CustomerFilter, CustomerList},
    staff::Permissions,
};
use shop::{Actor, Error};

/// A shop with customers who bought before.
async fn with_customers() -> TestShop {
    let test = TestShop::open().await;
    for name in ["mug", "kettle", "tea-towel"] {
        let product = Product::named(name).in_sizes(&["S", "L"]);
        product.put_on_shelf(&test.shop).await;
    }
    test.shop.seed_history(400).await.unwrap().unwrap();
    test
}

fn reader(words: &[&str]) -> Actor {
    Actor {
        permissions: Permissions::from_words(words),
        ..Actor::operator(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl TestShop {
    async fn customers(&self, filter: &CustomerFilter) -> CustomerList {
        let actor = self.operator();
        self.shop.admin_customers(&actor, filter).await.unwrap()
    }

    /// Every row of every page, as `e-mail orders spent`.
    async fn all_customers(&self, sort: &str) -> Vec<String> {
        let mut filter = CustomerFilter {
            sort: sort.into(),
            ..CustomerFilter::default()
        };
        let mut all = Vec::new();
        loop {
            let page = self.customers(&filter).await;
            let rows = page.rows.iter();
            all.extend(rows.map(|row| format!("{} {} {}", row.email, row.orders, row.spent.minor)));
            let Some(next) = page.next else {
                return all;
            };
            filter.after = next;
        }
    }
}

#[tokio::test]
async fn every_customer_stands_once_in_the_list_with_what_they_paid() {
    let test = with_customers().await;
    for (sort, order) in [
        ("", "c.created_at desc, c.id desc"),
        ("date", "c.created_at, c.id"),
        ("-orders", "orders desc, c.id desc"),
        ("-spent", "spent desc, c.id desc"),
        ("spent", "spent, c.id"),
    ] {
        let sql = format!(
            "select c.email || ' ' || count(o.id) || ' ' || coalesce(sum(o.total - coalesce(back.amount, 0)), 0)
             from (select c.*, (select count(*) from \"order\" where customer_id = c.id and paid_at is not null) as orders,
                          (select coalesce(sum(total), 0) from \"order\" where customer_id = c.id and paid_at is not null)
                          - (select coalesce(sum(amount), 0) from refund join \"order\" on \"order\".id = order_id
                             where customer_id = c.id and refund.status = 'succeeded') as spent
                   from customer c) c
             left join \"order\" o on o.customer_id = c.id and o.paid_at is not null
             left join lateral (select sum(amount) as amount from refund
                                where order_id = o.id and status = 'succeeded') back on true
             group by c.id, c.email, c.created_at, orders, spent order by {order}"
        );
        let expected: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_all(test.shop.db())
            .await
            .unwrap();
        assert!(expected.len() > 60, "several pages");
        assert_eq!(test.all_customers(sort).await, expected, "{sort}");
    }
}

#[tokio::test]
async fn a_page_leads_back_to_the_one_before() {
    let test = with_customers().await;
    let first = test.customers(&CustomerFilter::default()).await;
    let second = test
        .customers(&CustomerFilter {
            after: first.next.clone().unwrap(),
            ..CustomerFilter::default()
        })
        .await;
    let back = test
        .customers(&CustomerFilter {
            after: second.previous.clone().unwrap(),
            ..CustomerFilter::default()
        })
        .await;
    assert_eq!(back, first);
    // A cursor of a list in another order begins it anew.
    let strange = test
        .customers(&CustomerFilter {
            sort: "-spent".into(),
            after: first.next.unwrap(),
            ..CustomerFilter::default()
        })
        .await;
    assert_eq!(strange.rows.len(), 50);
}

#[tokio::test]
async fn a_search_finds_orders_products_and_customers() {
    let test = with_customers().await;
    let actor = test.operator();
    let search = async |text: &str| test.shop.admin_search(&actor, text).await.unwrap();
    let number = test.number("select max(number) from \"order\"").await;
    for typed in [number.to_string(), format!("#{number}")] {
        assert_eq!(
            search(&typed).await.orders[0].title,
            format!("Order {number}")
        );
    }
    let email = test
        .text("select email::text from customer order by created_at limit 1")
        .await;
    let hits = search(&email).await;
    assert_eq!(hits.customers.len(), 1);
    assert_eq!(hits.customers[0].beside, email);
    assert!(!hits.orders.is_empty() && hits.products.is_empty());
    let hits = search("mug/l").await;
    assert_eq!(
        (hits.products.len(), hits.products[0].beside.as_str()),
        (1, "mug/L")
    );
    for nothing in ["", "  ", "zzqq", "100%", "\\", "'"] {
        let hits = search(nothing).await;
        assert!(
            hits.customers.is_empty() && hits.products.is_empty(),
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_see() {
    let test = with_customers().await;
    let email = test
        .text("select email::text from customer order by created_at limit 1")
        .await;
    let packer = reader(&["orders.view"]);
    let hits = test.shop.admin_search(&packer, &email).await.unwrap();
    assert!(!hits.orders.is_empty() && hits.customers.is_empty());
    let refused = test
        .shop
        .admin_customers(&packer, &CustomerFilter::default())
        .await;
    assert!(matches!(refused, Err(Error::Denied(_))));
}
