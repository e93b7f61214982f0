//! The year of orders that is made up for the demo.

use crate::support::{Product, TestShop};
use domain::orders::{CancelError, CancelForm, RefundError, RefundForm};
use shop::{Actor, Fault, Placed};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_is_made_up_once_and_leaves_the_stock_as_it_was() {
    let test = TestShop::seeded().await;
    let available = "select coalesce(sum(on_hand - allocated - reserved), 0)::bigint * 1000000
                            + coalesce(sum((on_hand - allocated - reserved) * ('x' || left(md5(variant_id::text), 4))::bit(16)::int), 0)::bigint
                     from stock_level";
    let before = test.number(available).await;
    let made = test.shop.seed_history(2_500).await.unwrap().unwrap();
    assert_eq!((made.orders, made.numbers), (2_500, (1_001, 3_500)));
    assert!(made.customers > 300);
    assert_eq!(test.number(available).await, before);
    assert_eq!(test.shop.seed_history(2_500).await.unwrap(), None);

    a_year_has_everything(&test).await;
    numbers_rise_with_time(&test).await;
    nobody_asks_stripe(&test).await;
    nothing_goes_back(&test).await;
    the_shop_goes_on(&test).await;
}

/// All that a merchant meets in a year is in it.
async fn a_year_has_everything(test: &TestShop) {
    for (what, sql) in [
        ("days with orders", r#"select count(distinct placed_at::date) > 330 from "order""#),
        ("to send", r#"select count(*) between 3 and 80 from "order" where status = 'open' and fulfilment_status <> 'fulfilled'"#),
        ("not paid", r#"select count(*) > 40 from "order" where payment_status = 'unpaid' and status = 'cancelled'"#),
        ("cancelled", r#"select count(*) > 5 from "order" where payment_status = 'refunded' and fulfilment_status = 'unfulfilled'"#),
        ("returned", r#"select count(*) > 5 from "order" where payment_status in ('refunded', 'partially_refunded') and status = 'completed'"#),
        ("sent in two", "select count(*) > 20 from fulfilment where position = 2"),
        ("notes", "select count(*) > 20 from order_event where kind = 'noted' and note <> ''"),
        ("codes", r#"select count(*) > 50 from "order" where coupon_code is not null and discount > 0"#),
        ("used", r#"select bool_and(c.used = (select count(*) from "order" o where o.coupon_code = c.code and o.paid_at is not null))
                    from coupon c"#),
        ("countries", r#"select count(distinct shipping_country) > 5 from "order""#),
        ("tax", r#"select bool_and(tax_rate = 1900 and tax_included > 0) from "order" where shipping_country = 'DE' and total > 0"#),
        ("no tax", r#"select bool_and(tax_included = 0 and tax_added = 0) from "order" where shipping_country = 'US'"#),
        ("regulars", r#"select max(n) > 3 from (select count(*) as n from "order" where customer_id is not null group by customer_id) o"#),
        ("accounts before orders", r#"select bool_and(c.created_at < o.placed_at) from "order" o join customer c on c.id = o.customer_id"#),
        ("growth", r#"select (select count(*) from "order" where placed_at > now() - interval '60 days')
                           > (select count(*) from "order" where placed_at < now() - interval '305 days')"#),
        ("the past", r#"select max(placed_at) < now() and min(placed_at) > now() - interval '366 days' from "order""#),
        ("working days", "select not bool_or(extract(isodow from created_at at time zone 'Europe/London') > 5) from fulfilment"),
        ("carts", "select count(*) filter (where completed_at is not null) * 4 between count(*) and 3 * count(*) from cart"),
        ("events in order", "select count(*) = 0 from (select at, lag(at) over (partition by order_id order by id) as before
                             from order_event) e where e.at < e.before"),
    ] {
        let holds: bool = sqlx::query_scalar(sql)
            .fetch_one(test.shop.db())
            .await
            .unwrap();
        assert!(holds, "{what}");
    }
}

async fn numbers_rise_with_time(test: &TestShop) {
    let wrong = r#"select count(*) from (select number, lag(number) over (order by placed_at, id) as before from "order") o
                   where o.number <> o.before + 1"#;
    assert_eq!(test.number(wrong).await, 0);
}

/// Nothing that was made up has a name at Stripe, and the reconciler leaves it alone.
async fn nobody_asks_stripe(test: &TestShop) {
    let named = "select count(*) from payment where payment_intent is not null or session_id is not null or status = 'open'";
    assert_eq!(test.number(named).await, 0);
    test.shop.schedule().await.unwrap();
    test.advance(5);
    test.shop.run_jobs().await.unwrap();
    assert_eq!(test.stripe.taken().1, 0);
    let changed =
        r#"select count(*) from order_event where at > (select max(updated_at) from "order")"#;
    assert_eq!(test.number(changed).await, 0);
    assert_eq!(
        test.number("select count(*) from job where died_at is not null")
            .await,
        0
    );
}

/// What was not paid at Stripe cannot go back there: this is told, and no job finds it out.
async fn nothing_goes_back(test: &TestShop) {
    let actor = Actor::operator(test.clock.now());
    let (number, version): (i64, i32) = sqlx::query_as(
        r#"select number, version from "order" where status = 'open' and fulfilment_status = 'unfulfilled' limit 1"#,
    )
    .fetch_one(test.shop.db())
    .await
    .unwrap();
    let form = RefundForm {
        version: version.to_string(),
        amount: "1.00".into(),
        reason: "Sorry".into(),
        ..RefundForm::default()
    };
    let refused = test.shop.refund_order(&actor, number, &form).await;
    assert!(matches!(refused, Err(Fault::Refused(RefundError::MadeUp))));
    let form = CancelForm {
        version: version.to_string(),
        reason: "Sorry".into(),
        ..CancelForm::default()
    };
    let refused = test.shop.cancel_order(&actor, number, &form).await;
    assert!(matches!(
        refused,
        Err(Fault::Refused(CancelError::Reason(RefundError::MadeUp)))
    ));
    assert_eq!(
        test.number("select count(*) from job where kind = 'refund'")
            .await,
        0
    );
}

/// What is sold next has the next number, and takes from what there is.
async fn the_shop_goes_on(test: &TestShop) {
    Product::named("new-mug")
        .stock(3)
        .put_on_shelf(&test.shop)
        .await;
    let token = test.add(None, "new-mug", 2).await;
    let form = test.form(&token).await;
    let placed = test.shop.place_order(Some(&token), form).await.unwrap();
    assert!(matches!(placed, Placed::Pay { .. }));
    assert_eq!(
        test.number("select max(number) from \"order\"").await,
        3_501
    );
}

#[tokio::test]
async fn a_shop_that_sold_something_gets_no_past() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    assert_eq!(test.shop.seed_history(100).await.unwrap(), None);
    assert_eq!(test.number("select count(*) from \"order\"").await, 1);
}

#[tokio::test]
async fn a_shop_with_next_to_nothing_cannot_have_one() {
    let test = TestShop::selling(5).await;
    let error = test.shop.seed_history(100).await.unwrap_err();
    assert!(error.to_string().contains("five things"), "{error}");
    assert_eq!(test.number("select count(*) from cart").await, 0);
}
