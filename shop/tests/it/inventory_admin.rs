//! The inventory as the staff see it, and how they change it.

use crate::support::{Product, TestShop};
use domain::{
    inventory::{Adjustment, InventoryFilter, MovementKind, StockFilter, StockForm, StockPage},
    staff::{AuditFilter, Permissions},
};
use jiff::Timestamp;
use shop::{Actor, Error, Fault, inventory::AdjustError};

fn somebody(words: &[&str]) -> Actor {
    Actor {
        name: "Jo Tyson".into(),
        permissions: Permissions::from_words(words),
        ..Actor::operator(Timestamp::UNIX_EPOCH)
    }
}

fn form(how: &str, number: &str, reason: &str) -> StockForm {
    StockForm {
        how: how.into(),
        number: number.into(),
        reason: reason.into(),
    }
}

impl TestShop {
    async fn listed(&self, filter: InventoryFilter) -> Vec<String> {
        let actor = self.operator();
        let page = self.shop.admin_inventory(&actor, &filter).await.unwrap();
        page.rows.into_iter().map(|row| row.sku).collect()
    }

    async fn stock_page(&self, sku: &str, filter: &StockFilter) -> StockPage {
        let actor = self.operator();
        let page = self.shop.admin_stock(&actor, sku, filter).await.unwrap();
        page.unwrap()
    }
}

#[tokio::test]
async fn levels_are_found_filtered_and_sorted() {
    let test = TestShop::open().await;
    for (handle, stock) in [("red-bowl", 0), ("blue-mug", 3), ("green-mug", 40)] {
        Product::named(handle)
            .stock(stock)
            .put_on_shelf(&test.shop)
            .await;
    }
    let asked = |q: &str, tab: &str, sort: &str| InventoryFilter {
        q: q.into(),
        tab: tab.into(),
        sort: sort.into(),
        at: String::new(),
    };
    for (filter, skus) in [
        (
            asked("", "", ""),
            &["blue-mug", "green-mug", "red-bowl"][..],
        ),
        (asked("MÜG", "", ""), &["blue-mug", "green-mug"]),
        (asked("mug gre", "", ""), &["green-mug"]),
        (asked("%", "", ""), &[]),
        (asked("", "low", ""), &["blue-mug"]),
        (asked("", "out", ""), &["red-bowl"]),
        (
            asked("", "", "fewest"),
            &["red-bowl", "blue-mug", "green-mug"],
        ),
        (
            asked("", "", "most"),
            &["green-mug", "blue-mug", "red-bowl"],
        ),
    ] {
        assert_eq!(test.listed(filter.clone()).await, skus, "{filter:?}");
    }
}

#[tokio::test]
async fn paging_on_and_back_shows_every_row_once() {
    let test = TestShop::open().await;
    let sizes: Vec<String> = (0..110).map(|at| format!("s{at:03}")).collect();
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    Product::mug()
        .stock(7)
        .in_sizes(&sizes)
        .put_on_shelf(&test.shop)
        .await;
    for sort in ["title", "fewest", "most"] {
        let mut filter = InventoryFilter {
            sort: sort.into(),
            ..InventoryFilter::default()
        };
        let mut pages = Vec::new();
        loop {
            let page = test
                .shop
                .admin_inventory(&test.operator(), &filter)
                .await
                .unwrap();
            let next = page.next.clone();
            pages.push(page);
            let Some(next) = next else { break };
            filter.at = next;
        }
        let mut skus: Vec<_> = pages
            .iter()
            .flat_map(|page| &page.rows)
            .map(|row| &row.sku)
            .collect();
        assert_eq!((pages.len(), skus.len()), (3, 110), "{sort}");
        skus.sort();
        skus.dedup();
        assert_eq!(skus.len(), 110, "{sort}");
        filter.at = pages[2].previous.clone().unwrap();
        let back = test
            .shop
            .admin_inventory(&test.operator(), &filter)
            .await
            .unwrap();
        assert_eq!(back.rows, pages[1].rows, "{sort}");
    }
}

#[tokio::test]
async fn the_movements_explain_the_figure() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 3).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    test.shop
        .adjust_stock(&somebody(&["stock.edit"]), "mug", -2, "Chipped rims")
        .await
        .unwrap();
    let page = test.stock_page("mug", &StockFilter::default()).await;
    let level = page.row.level;
    assert_eq!(
        (
            level.on_hand,
            level.allocated,
            level.available(),
            page.orders
        ),
        (8, 3, 5, 1)
    );
    let told: Vec<_> = page
        .days
        .iter()
        .flat_map(|day| &day.rows)
        .map(|row| (row.kind, row.after, row.order.is_some(), &*row.staff))
        .collect();
    assert_eq!(
        told,
        [
            (MovementKind::Adjusted, 5, false, "Jo Tyson"),
            (MovementKind::Allocated, 7, true, ""),
            (MovementKind::Reserved, 7, true, ""),
            (MovementKind::Adjusted, 10, false, "the operator"),
        ]
    );
    let only = StockFilter {
        kind: "allocated".into(),
        ..StockFilter::default()
    };
    let page = test.stock_page("mug", &only).await;
    assert_eq!(page.days[0].rows.len(), 1);
    assert_eq!(page.days[0].rows[0].after, 7);
    test.expect_books_to_balance().await;
    let none = test.shop.admin_stock(&test.operator(), "cup", &only).await;
    assert!(none.unwrap().is_none());
}

#[tokio::test]
async fn older_movements_go_on_where_the_page_ended() {
    let test = TestShop::selling(0).await;
    for count in 1..=60 {
        let reason = format!("{count}");
        test.shop
            .adjust_stock(&test.operator(), "mug", 1, &reason)
            .await
            .unwrap();
    }
    let first = test.stock_page("mug", &StockFilter::default()).await;
    let older = StockFilter {
        after: first.next.clone().unwrap(),
        ..StockFilter::default()
    };
    let second = test.stock_page("mug", &older).await;
    assert_eq!(second.next, None);
    let after: Vec<i64> = [first, second]
        .iter()
        .flat_map(|page| &page.days)
        .flat_map(|day| &day.rows)
        .map(|row| row.after)
        .collect();
    assert_eq!(after, (1..=60).rev().collect::<Vec<i64>>());
}

#[tokio::test]
async fn stock_is_adjusted_by_a_difference_or_to_a_count_and_written_down() {
    let test = TestShop::selling(10).await;
    let actor = somebody(&["stock.edit"]);
    let adjust = async |form: StockForm| test.shop.admin_adjust_stock(&actor, "mug", &form).await;
    assert_eq!(adjust(form("", "-2", " Broken ")).await.unwrap(), 8);
    assert_eq!(adjust(form("count", "7", "Counted")).await.unwrap(), 7);
    assert_eq!(
        adjust(form("count", "7", "Counted again")).await.unwrap(),
        7
    );
    for (typed, expected) in [
        (form("", "many", "Broken"), AdjustError::NotANumber),
        (form("", "-1", "  "), AdjustError::NoReason),
        (
            form("", "-8", "Broken"),
            AdjustError::TooFew {
                sku: "mug".into(),
                available: 7,
            },
        ),
    ] {
        match adjust(typed).await {
            Err(Fault::Refused(error)) => assert_eq!(error, expected),
            other => panic!("{other:?}"),
        }
    }
    let log = test
        .shop
        .audit_log(&test.operator(), &AuditFilter::default())
        .await
        .unwrap();
    let said: Vec<_> = log.rows.iter().map(|row| &*row.sentence).collect();
    assert_eq!(
        said[..2],
        [
            "Jo Tyson adjusted the stock of mug from 8 to 7: Counted.",
            "Jo Tyson adjusted the stock of mug from 10 to 8: Broken."
        ]
    );
    assert_eq!(log.rows[0].href.as_deref(), Some("/admin/inventory/mug"));
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn nobody_sees_or_moves_stock_who_may_not() {
    let test = TestShop::selling(10).await;
    let actor = somebody(&["orders.view"]);
    let denied = |error: &Error| matches!(error, Error::Denied(_));
    let list = test
        .shop
        .admin_inventory(&actor, &InventoryFilter::default())
        .await;
    assert!(denied(&list.unwrap_err()));
    let page = test
        .shop
        .admin_stock(&actor, "mug", &StockFilter::default())
        .await;
    assert!(denied(&page.unwrap_err()));
    let viewer = somebody(&["products.view"]);
    for refused in [
        test.shop
            .adjust_stock(&viewer, "mug", Adjustment::To(1), "Theft")
            .await,
        test.shop
            .admin_adjust_stock(&viewer, "mug", &form("", "1", "Gift"))
            .await,
    ] {
        assert!(matches!(refused, Err(Fault::Failed(Error::Denied(_)))));
    }
}
