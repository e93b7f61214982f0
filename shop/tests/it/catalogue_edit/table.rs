//! Tables out and in again.

use super::{audit, change, manager, visitor};
use crate::support::{TestShop, demo};
use domain::catalog::edit::BulkForm;
use shop::{Actor, import::ImportReport};

async fn export(test: &TestShop) -> String {
    let table = test.shop.export_products(&manager(test)).await.unwrap();
    String::from_utf8(table).unwrap()
}

async fn import(test: &TestShop, table: &str, dry_run: bool) -> ImportReport {
    let report = test
        .shop
        .admin_import(&manager(test), table.as_bytes(), None, dry_run)
        .await;
    report.unwrap()
}

fn counts(report: &ImportReport) -> (usize, usize, usize, usize) {
    (
        report.created,
        report.updated,
        report.unchanged,
        report.errors.len(),
    )
}

#[tokio::test]
async fn what_goes_out_comes_back_the_same() {
    let test = TestShop::seeded().await;
    // What only the editor makes: values in an order of their own, colours, a time to come, archived variants.
    change(&test, "ridge-mug", |form| {
        form.options[1].name = "Measure".into();
        form.step("up-value-1-2");
        form.options[0].values[0].swatch = "#123456".into();
        form.variants[0].made = false;
        form.description_html = "<p>Two\nlines, \"quoted\", &amp; an ampersand</p>".into();
    })
    .await;
    change(&test, "dip-tumbler", |form| {
        form.published_at = "2050-01-01T09:00".into()
    })
    .await;
    let table = export(&test).await;
    let report = import(&test, &table, true).await;
    assert_eq!(counts(&report), (0, 0, 66, 0), "{:?}", report.errors);
    assert_eq!(counts(&import(&test, &table, false).await), (0, 0, 66, 0));
    assert_eq!(export(&test).await, table);
}

#[tokio::test]
async fn a_table_brings_everything_back() {
    let test = TestShop::seeded().await;
    let table = export(&test).await;
    let report = import(&test, &table.replace("Ridge Mug,", "Tall Mug,"), true).await;
    assert_eq!(counts(&report), (0, 1, 65, 0));
    // Everything is changed, and then as it was.
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar("select id from product")
        .fetch_all(test.shop.db())
        .await
        .unwrap();
    let form = |action: &str, by: &str| BulkForm {
        ids: ids.iter().map(ToString::to_string).collect(),
        action: action.into(),
        by: by.into(),
    };
    test.shop
        .change_products(&manager(&test), &form("percent", "7"))
        .await
        .unwrap();
    test.shop
        .change_products(&manager(&test), &form("archived", ""))
        .await
        .unwrap();
    change(&test, "ridge-mug", |form| {
        form.step("remove-option-1");
        form.title = "Another".into();
    })
    .await;
    assert_ne!(export(&test).await, table);
    let report = import(&test, &table, false).await;
    assert_eq!(
        (report.updated + report.unchanged, report.errors.len()),
        (66, 0)
    );
    assert_eq!(export(&test).await, table);
    assert!(
        audit(&test)
            .await
            .contains(&"Wren Calder imported Ridge Mug from a table.".to_owned())
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_shop_without_products_becomes_the_same() {
    let test = TestShop::seeded().await;
    let table = export(&test).await;
    sqlx::raw_sql("truncate product, product_option, option_value, product_media, variant, stock_level, stock_movement cascade")
        .execute(test.shop.db())
        .await
        .unwrap();
    let report = import(&test, &table, false).await;
    assert_eq!(counts(&report), (66, 0, 0, 0), "{:?}", report.errors);
    assert_eq!(export(&test).await, table);
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn faults_are_told_by_row() {
    let test = TestShop::open().await;
    let table = "Handle,Title,Option1 Name,Option1 Value,Option1 Value Swatch,Variant SKU,Variant Price,Status,Published At,Image Src\n\
                 mug,Mug,Size,S,red,M-S,22.00,scheduled,soon,mug.png\n\
                 mug,,,L,,M-L,22.00,,,https://elsewhere.example/media/0123456789abcdef0123/800.jpg\n";
    let report = import(&test, table, false).await;
    let faults: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "row 2, Status: `scheduled` is none of active, draft, archived",
            "row 2, Published At: `soon` is not a time such as 2026-11-21T09:00:00Z",
            "row 2, Option1 Value Swatch: `red` is not a colour such as #8a9678",
            "row 2, Image Src: `mug.png` is not here: only pictures that the shop has can be named",
            "row 3, Image Src: this shop does not have the picture `https://elsewhere.example/media/0123456789abcdef0123/800.jpg`",
        ]
    );
    assert_eq!(test.number("select count(*) from product").await, 0);
}

#[tokio::test]
async fn a_table_leaves_the_way_from_former_addresses_to_those_that_it_takes() {
    let test = TestShop::selling(3).await;
    change(&test, "mug", |form| form.handle = "cup".into()).await;
    let table = "Handle,Title,Variant SKU,Variant Price,Status\nmug,New mug,new,22.00,active\n";
    assert_eq!(counts(&import(&test, table, false).await), (1, 0, 0, 0));
    assert_eq!(test.shop.moved_product("mug").await.unwrap(), None);
    assert_eq!(
        test.shop.product("mug").await.unwrap().unwrap().title,
        "New mug"
    );
    assert_eq!(
        test.shop.product("cup").await.unwrap().unwrap().title,
        "mug"
    );
}

#[tokio::test]
async fn who_may_not_does_neither() {
    let test = TestShop::selling(3).await;
    let actor: Actor = visitor(&test);
    let denied = test.shop.export_products(&actor).await;
    assert!(matches!(denied, Err(shop::Error::Denied(_))));
    let denied = test
        .shop
        .admin_import(&actor, &b""[..], Some(&demo()), true)
        .await;
    assert!(matches!(denied, Err(shop::Error::Denied(_))));
}
