//! The list of products, and what is done to many of them.

use super::{audit, id_of, is_denied, manager, open, stranger, visitor};
use crate::support::{Product, TestShop};
use domain::catalog::edit::{BulkForm, ProductFilter};
use shop::Error;

/// The handles of a page of the list, with how many there are on all pages.
async fn listed(test: &TestShop, filter: ProductFilter) -> (Vec<String>, i64) {
    let list = test
        .shop
        .admin_products(&visitor(test), &filter)
        .await
        .unwrap();
    (
        list.rows.into_iter().map(|row| row.handle).collect(),
        list.total,
    )
}

fn bulk(ids: &[domain::ProductId], action: &str, by: &str) -> BulkForm {
    BulkForm {
        ids: ids.iter().map(ToString::to_string).collect(),
        action: action.into(),
        by: by.into(),
    }
}

#[tokio::test]
async fn products_are_found_by_what_they_are_called_made_by_and_coded_with() {
    let test = TestShop::seeded().await;
    let of = async |q: &str| {
        let filter = ProductFilter {
            q: q.into(),
            ..ProductFilter::default()
        };
        listed(&test, filter).await.0
    };
    assert_eq!(of("ridge mu").await, ["ridge-mug"]);
    assert_eq!(of("RDG-SAG-S").await, ["ridge-mug"]);
    assert_eq!(of("rdg-").await, ["ridge-mug"]);
    let harrow = of("Harrow Pottery").await;
    assert!(harrow.len() > 3 && harrow.contains(&"ridge-mug".to_owned()));
    assert_eq!(of("100%_nothing\\").await, Vec::<String>::new());
    assert_eq!(of("%").await, Vec::<String>::new());
    assert_eq!(of("  ").await.len(), 50);
}

#[tokio::test]
async fn filters_go_together() {
    let test = TestShop::seeded().await;
    let filter = |status: &str, category: &str, stock: &str| ProductFilter {
        status: status.into(),
        category: category.into(),
        stock: stock.into(),
        ..ProductFilter::default()
    };
    let (all, total) = listed(&test, filter("", "", "")).await;
    assert_eq!((all.len(), total), (50, 66));
    let drafts = test
        .number("select count(*) from product where status = 'draft'")
        .await;
    let (found, total) = listed(&test, filter("draft", "", "")).await;
    assert_eq!(total, drafts);
    assert!(found.contains(&"bead-garland".to_owned()));
    let (mugs, total) = listed(&test, filter("", "kitchen/mugs-cups", "")).await;
    let (kitchen, of_kitchen) = listed(&test, filter("", "kitchen", "")).await;
    assert!(total > 2 && of_kitchen > total && mugs.iter().all(|mug| kitchen.contains(mug)));
    let out = test
        .number(
            "select count(*) from product p where not exists (select 1 from variant v join stock_level s on s.variant_id = v.id
             where v.product_id = p.id and v.archived_at is null and s.on_hand > s.allocated + s.reserved)",
        )
        .await;
    let (gone, total) = listed(&test, filter("", "", "out")).await;
    assert!(gone.contains(&"salt-cellar".to_owned()));
    assert_eq!(total, out);
    let (low, _) = listed(&test, filter("active", "kitchen/mugs-cups", "low")).await;
    assert!(low.contains(&"ridge-mug".to_owned()) && low.iter().all(|mug| mugs.contains(mug)));
}

#[tokio::test]
async fn every_order_leads_through_all_products_once_and_back() {
    let test = TestShop::seeded().await;
    // Stock and dates that are alike are told apart.
    for sort in domain::catalog::edit::ProductSort::ALL {
        let mut filter = ProductFilter {
            sort: sort.to_string(),
            ..ProductFilter::default()
        };
        let first = test
            .shop
            .admin_products(&manager(&test), &filter)
            .await
            .unwrap();
        assert!(first.previous.is_none());
        filter.after = first.next.clone().unwrap();
        let second = test
            .shop
            .admin_products(&manager(&test), &filter)
            .await
            .unwrap();
        assert!(second.next.is_none());
        let rows: Vec<_> = first.rows.iter().chain(&second.rows).collect();
        let mut handles: Vec<&str> = rows.iter().map(|row| row.handle.as_str()).collect();
        handles.sort_unstable();
        handles.dedup();
        assert_eq!(handles.len(), 66, "{sort}");
        filter.after = second.previous.unwrap();
        let back = test
            .shop
            .admin_products(&manager(&test), &filter)
            .await
            .unwrap();
        assert_eq!(back.rows, first.rows, "{sort}");
        let is_sorted = match sort.as_str() {
            "price" => rows.is_sorted_by_key(|row| row.price_from.minor),
            "stock" => rows.is_sorted_by_key(|row| row.available),
            "stock-desc" => rows.is_sorted_by_key(|row| std::cmp::Reverse(row.available)),
            "title" => rows.is_sorted_by_key(|row| row.title.clone()),
            _ => true,
        };
        assert!(is_sorted, "{sort}");
        // A cursor of another order begins anew.
        let other = ProductFilter {
            sort: "price".into(),
            after: filter.after,
            ..ProductFilter::default()
        };
        assert!(
            !test
                .shop
                .admin_products(&manager(&test), &other)
                .await
                .unwrap()
                .rows
                .is_empty()
        );
    }
}

#[tokio::test]
async fn prices_change_by_the_penny_and_never_below_nothing() {
    let test = TestShop::open().await;
    Product::named("mug")
        .price(2_205)
        .in_sizes(&["S", "L"])
        .put_on_shelf(&test.shop)
        .await;
    Product::named("jug")
        .price(150)
        .put_on_shelf(&test.shop)
        .await;
    Product::named("cup")
        .price(1_000)
        .put_on_shelf(&test.shop)
        .await;
    let ids = [id_of(&test, "mug").await, id_of(&test, "jug").await];
    let price = async |handle: &str| {
        let page = test.shop.product(handle).await.unwrap().unwrap();
        page.choices.variants[0].price.minor
    };
    let changed = test
        .shop
        .change_products(&manager(&test), &bulk(&ids, "percent", "-10"))
        .await;
    assert_eq!(changed.unwrap().changed, 2);
    assert_eq!(
        (price("mug").await, price("jug").await, price("cup").await),
        (1_985, 135, 1_000)
    );
    test.shop
        .change_products(&manager(&test), &bulk(&ids, "amount", "-2"))
        .await
        .unwrap();
    assert_eq!((price("mug").await, price("jug").await), (1_785, 0));
    let listing = test
        .shop
        .search("mug", domain::catalog::Sort::Featured, None)
        .await
        .unwrap();
    assert_eq!(
        listing.listing.cards[0].price.minor, 1_785,
        "cards are written anew"
    );
    assert_eq!(open(&test, ids[0]).await.form.version, "3");
    let mut told = audit(&test).await;
    told.sort();
    told.dedup();
    assert_eq!(
        told,
        [
            "Wren Calder changed the prices of jug by -10.00%.",
            "Wren Calder changed the prices of jug by −£2.00.",
            "Wren Calder changed the prices of mug by -10.00%.",
            "Wren Calder changed the prices of mug by −£2.00.",
        ]
    );
    let sides = test
        .text("select before::text || after::text from audit_entry where subject_name = 'jug' order by id limit 1")
        .await;
    assert_eq!(
        sides,
        r#"{"price of jug": "£1.50"}{"price of jug": "£1.35"}"#
    );
}

#[tokio::test]
async fn many_are_put_on_sale_and_taken_off_at_once() {
    let test = TestShop::open().await;
    for handle in ["mug", "jug"] {
        Product::named(handle).put_on_shelf(&test.shop).await;
    }
    let ids = [id_of(&test, "mug").await, id_of(&test, "jug").await];
    let set = async |status: &str| {
        let changed = test
            .shop
            .change_products(&manager(&test), &bulk(&ids, status, ""))
            .await;
        changed.unwrap().changed
    };
    assert_eq!(set("archived").await, 2);
    assert!(test.shop.product("mug").await.unwrap().is_none());
    assert_eq!(set("archived").await, 0, "they are so already");
    assert_eq!(set("active").await, 2);
    assert!(test.shop.product("jug").await.unwrap().is_some());
    assert_eq!(audit(&test).await.len(), 4);
    assert!(
        audit(&test)
            .await
            .contains(&"Wren Calder archived mug.".to_owned())
    );
}

#[tokio::test]
async fn who_may_not_sees_and_changes_no_products() {
    let test = TestShop::selling(1).await;
    let form = bulk(&[id_of(&test, "mug").await], "archived", "");
    for actor in [visitor(&test), stranger(&test)] {
        assert!(is_denied(test.shop.change_products(&actor, &form).await));
    }
    let list = test
        .shop
        .admin_products(&stranger(&test), &ProductFilter::default())
        .await;
    assert!(matches!(list, Err(Error::Denied(_))));
    assert!(test.shop.product("mug").await.unwrap().is_some());
}
