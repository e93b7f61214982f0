//! Options, values and variants: what is renamed, moved, made no more.

use super::{change, id_of, manager, open, refused};
use crate::support::{Product, TestShop};

/// SKU, id, and whether it is made, of every variant that there is.
async fn variants(test: &TestShop) -> Vec<(String, uuid::Uuid, bool)> {
    sqlx::query_as(
        "select sku, id, archived_at is null from variant order by created_at, position, sku",
    )
    .fetch_all(test.shop.db())
    .await
    .unwrap()
}

/// A mug in two sizes, ten of each.
async fn selling_mugs() -> TestShop {
    let test = TestShop::open().await;
    Product::mug()
        .in_sizes(&["S", "L"])
        .put_on_shelf(&test.shop)
        .await;
    test
}

#[tokio::test]
async fn renaming_and_moving_keeps_every_variant_with_its_stock() {
    let test = selling_mugs().await;
    let before = variants(&test).await;
    change(&test, "mug", |form| {
        form.options[0].name = "Measure".into();
        form.options[0].values[0].name = "Small".into();
        form.options[0].values[1].name = "S".into();
        form.step("up-value-0-1");
    })
    .await;
    let mug = test.shop.product("mug").await.unwrap().unwrap();
    let names: Vec<&str> = mug.choices.options[0]
        .values
        .iter()
        .map(|value| value.name.as_str())
        .collect();
    assert_eq!(names, ["S", "Small"]);
    assert_eq!(mug.choices.find_by_names(&["S"]).unwrap().sku, "mug/L");
    assert_eq!(mug.choices.find_by_names(&["Small"]).unwrap().sku, "mug/S");
    assert_eq!(variants(&test).await, before);
    // SKUs may be swapped.
    change(&test, "mug", |form| {
        form.variants[0].sku = "mug/S".into();
        form.variants[1].sku = "mug/L".into();
    })
    .await;
    let (small, large) = (before[1].1, before[0].1);
    let after = variants(&test).await;
    assert!(
        after.contains(&("mug/S".into(), large, true))
            || after.contains(&("mug/S".into(), small, true))
    );
    let mug = test.shop.product("mug").await.unwrap().unwrap();
    assert_eq!(mug.choices.find_by_names(&["S"]).unwrap().sku, "mug/S");
    assert_eq!(test.number("select count(*) from variant").await, 2);
    assert_eq!(
        test.number("select sum(on_hand)::bigint from stock_level")
            .await,
        20
    );
}

#[tokio::test]
async fn a_second_option_keeps_what_there_is_and_makes_what_is_ticked() {
    let test = selling_mugs().await;
    let before = variants(&test).await;
    change(&test, "mug", |form| {
        form.step("add-option");
        form.options[1].name = "Glaze".into();
        form.options[1].values[0].name = "Sage".into();
        form.options[1].values[0].swatch = "#8A9678".into();
        form.step("add-value-1");
        form.options[1].values[1].name = "Bone".into();
        let row = form.variants.iter_mut().find(|row| !row.made).unwrap();
        row.made = true;
        row.sku = "mug/S/BON".into();
        row.stock = "4".into();
    })
    .await;
    let mug = test.shop.product("mug").await.unwrap().unwrap();
    let skus: Vec<&str> = mug
        .choices
        .variants
        .iter()
        .map(|variant| variant.sku.as_str())
        .collect();
    assert_eq!(skus, ["mug/S", "mug/S/BON", "mug/L"]);
    assert_eq!(
        mug.choices.find_by_names(&["S", "Sage"]).unwrap().id.0,
        before[0].1
    );
    assert_eq!(
        mug.choices.options[1].values[0].swatch.as_deref(),
        Some("#8a9678")
    );
    assert!(mug.choices.find_by_names(&["L", "Bone"]).is_none());
    assert_eq!(
        test.number("select sum(on_hand)::bigint from stock_level")
            .await,
        24
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn what_is_made_no_more_is_archived_and_can_come_back() {
    let test = selling_mugs().await;
    let cart = test.add(None, "mug/L", 1).await;
    let session = test.place(&cart).await;
    test.pay(&session).await;
    let before = variants(&test).await;
    change(&test, "mug", |form| {
        form.step("remove-value-0-1");
    })
    .await;
    let archived: Vec<bool> = variants(&test).await.iter().map(|row| !row.2).collect();
    assert_eq!(archived.iter().filter(|archived| **archived).count(), 1);
    assert_eq!(
        test.number("select count(*) from order_line l join variant v on v.id = l.variant_id")
            .await,
        1
    );
    // What comes back under its SKU is the same thing, and what is left of it was not received again.
    change(&test, "mug", |form| {
        form.step("add-value-0");
        form.options[0].values[1].name = "Large".into();
        form.variants[1].made = true;
        form.variants[1].sku = "mug/L".into();
        form.variants[1].stock = "50".into();
    })
    .await;
    assert_eq!(variants(&test).await, before);
    assert_eq!(
        test.number("select sum(on_hand)::bigint from stock_level")
            .await,
        20
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_sku_of_the_past_is_not_given_to_another_variant() {
    let test = selling_mugs().await;
    change(&test, "mug", |form| form.step("remove-value-0-1")).await;
    let id = id_of(&test, "mug").await;
    let mut form = open(&test, id).await.form;
    form.variants[0].sku = "mug/L".into();
    let edit = refused(
        test.shop
            .save_product(&manager(&test), Some(id), form)
            .await,
    );
    assert_eq!(edit.errors.of("variant-0-sku"), Some("mug has this SKU."));
}

#[tokio::test]
async fn a_variant_has_its_picture() {
    let test = TestShop::seeded().await;
    let id = id_of(&test, "ridge-mug").await;
    let last = open(&test, id).await.pictures.last().unwrap().clone();
    change(&test, "ridge-mug", |form| {
        form.variants[0].picture = last.id.to_string()
    })
    .await;
    let mug = test.shop.product("ridge-mug").await.unwrap().unwrap();
    let picture = mug.choices.variants[0].picture.unwrap();
    assert_eq!(mug.pictures[picture].hash, last.picture.hash);
}
