//! The editor of one product.

use super::{audit, change, id_of, is_denied, manager, open, refused, stranger, visitor};
use crate::support::{Product, TestShop, item};
use domain::{
    ProductId,
    catalog::{Sort, edit::ProductForm},
};
use jiff::SignedDuration;
use shop::Error;

/// A form of a product with one variant.
fn lamp() -> ProductForm {
    let mut form = ProductForm::empty();
    form.title = "Lamp".into();
    form.status = "active".into();
    form.variants[0].sku = "LAMP".into();
    form.variants[0].price = "40".into();
    form.variants[0].stock = "7".into();
    form
}

#[tokio::test]
async fn a_product_is_made_and_can_be_bought() {
    let test = TestShop::open().await;
    let mut form = lamp();
    form.description_html = "<p onclick=x>Bright<script>alert(1)</script></p>".into();
    form.tags = "light, oak".into();
    let id = test.shop.save_product(&manager(&test), None, form).await;
    let id = id.unwrap().unwrap();
    let page = test.shop.product("lamp").await.unwrap().unwrap();
    assert_eq!(page.description_html, "<p>Bright</p>");
    assert_eq!(page.choices.variants[0].price.minor, 4_000);
    assert!(page.choices.variants[0].stock.can_buy());
    let mut wanted = item("LAMP", 1);
    wanted.product = "lamp".into();
    assert!(test.shop.add_to_cart(None, &wanted).await.is_ok());
    let history = test.shop.stock_history("LAMP").await.unwrap();
    assert_eq!(
        (history[0].kind.as_str(), history[0].quantity),
        ("received", 7)
    );
    assert_eq!(audit(&test).await, ["Wren Calder made the product Lamp."]);
    assert_eq!(open(&test, id).await.form.tags, "light, oak");
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn opening_and_saving_changes_nothing() {
    let test = TestShop::seeded().await;
    let ids: Vec<uuid::Uuid> = sqlx::query_scalar("select id from product order by position")
        .fetch_all(test.shop.db())
        .await
        .unwrap();
    assert_eq!(ids.len(), 66);
    for id in ids {
        let id = ProductId(id);
        let before = open(&test, id).await;
        let saved = test
            .shop
            .save_product(&manager(&test), Some(id), before.form.clone())
            .await;
        assert_eq!(saved.unwrap(), Some(id));
        assert_eq!(open(&test, id).await, before);
    }
    assert!(audit(&test).await.is_empty());
}

#[tokio::test]
async fn a_change_is_told_field_by_field() {
    let test = TestShop::selling(5).await;
    change(&test, "mug", |form| {
        form.title = "Ridge Mug".into();
        form.variants[0].price = "24".into();
        form.variants[0].compare_at = "30".into();
    })
    .await;
    let sides = test
        .text("select before::text || ' ' || after::text from audit_entry")
        .await;
    assert_eq!(
        sides,
        r#"{"Title": "mug", "Price of mug": "22.00", "Price before of mug": ""} {"Title": "Ridge Mug", "Price of mug": "24.00", "Price before of mug": "30.00"}"#
    );
    assert_eq!(audit(&test).await, ["Wren Calder changed Ridge Mug."]);
    let found = test
        .shop
        .search("ridge", Sort::Featured, None)
        .await
        .unwrap();
    assert_eq!(found.listing.cards[0].price.minor, 2_400);
}

#[tokio::test]
async fn a_stale_save_is_refused_with_both_sides() {
    let test = TestShop::selling(5).await;
    let id = id_of(&test, "mug").await;
    let mut mine = open(&test, id).await.form;
    change(&test, "mug", |form| {
        form.title = "Theirs".into();
        form.variants[0].price = "25.00".into();
    })
    .await;
    mine.title = "Mine".into();
    mine.subtitle = "A line".into();
    let edit = refused(
        test.shop
            .save_product(&manager(&test), Some(id), mine.clone())
            .await,
    );
    let sides: Vec<(String, String, String)> = edit
        .stale
        .unwrap()
        .into_iter()
        .map(|side| (side.what, side.yours, side.theirs))
        .collect();
    let expected = [
        ("Title", "Mine", "Theirs"),
        ("Subtitle", "A line", ""),
        ("Price of mug", "22.00", "25.00"),
    ];
    assert_eq!(
        sides,
        expected.map(|(what, yours, theirs)| (what.into(), yours.into(), theirs.into()))
    );
    assert_eq!(open(&test, id).await.title, "Theirs");
    // Everything that was typed is still there, and sent once more it counts.
    assert_eq!(edit.form.title, "Mine");
    let saved = test
        .shop
        .save_product(&manager(&test), Some(id), edit.form)
        .await;
    assert_eq!(saved.unwrap(), Some(id));
    assert_eq!(open(&test, id).await.title, "Mine");
}

#[tokio::test]
async fn faults_stand_beside_their_fields_and_change_nothing() {
    let test = TestShop::selling(5).await;
    Product::named("jug").put_on_shelf(&test.shop).await;
    let id = id_of(&test, "mug").await;
    let mut form = open(&test, id).await.form;
    form.handle = "jug".into();
    form.variants[0].sku = "jug".into();
    form.category = "01900000-0000-7000-8000-000000000009".into();
    let edit = refused(
        test.shop
            .save_product(&manager(&test), Some(id), form)
            .await,
    );
    let errors: Vec<(&str, &str)> = edit.errors.iter().collect();
    let expected = [
        ("handle", "jug has this address."),
        ("category", "This category is not there any more."),
        ("variant-0-sku", "jug has this SKU."),
    ];
    assert_eq!(errors, expected);
    let mut form = lamp();
    form.handle = "mug".into();
    form.variants[0].price = "cheap".into();
    let edit = refused(test.shop.save_product(&manager(&test), None, form).await);
    assert_eq!(edit.form.variants[0].price, "cheap");
    assert!(edit.errors.of("variant-0-price").is_some());
    assert_eq!(test.number("select count(*) from product").await, 2);
    assert!(audit(&test).await.is_empty());
}

#[tokio::test]
async fn former_addresses_lead_to_the_product_however_often_it_moved() {
    let test = TestShop::selling(5).await;
    for (from, to) in [
        ("mug", "cup"),
        ("cup", "beaker"),
        ("beaker", "mug"),
        ("mug", "tankard"),
    ] {
        change(&test, from, |form| form.handle = to.into()).await;
    }
    let moved = async |handle| test.shop.moved_product(handle).await.unwrap();
    for handle in ["mug", "cup", "beaker"] {
        assert_eq!(
            moved(handle).await.as_deref(),
            Some("/products/tankard"),
            "{handle}"
        );
        assert!(test.shop.product(handle).await.unwrap().is_none());
    }
    assert_eq!(moved("tankard").await, None);
    // An address that somebody else takes is theirs.
    Product::named("cup").put_on_shelf(&test.shop).await;
    assert_eq!(moved("cup").await, None);
    // What cannot be seen is not told of.
    change(&test, "tankard", |form| form.status = "draft".into()).await;
    assert_eq!(moved("mug").await, None);
}

#[tokio::test]
async fn a_product_goes_on_sale_at_its_time() {
    let test = TestShop::open().await;
    let id = test.shop.save_product(&manager(&test), None, lamp()).await;
    let id = id.unwrap().unwrap();
    let in_an_hour = (test.clock.now() + SignedDuration::from_mins(60))
        .to_zoned(jiff::tz::TimeZone::get("Europe/London").unwrap());
    let typed = in_an_hour.strftime("%Y-%m-%dT%H:%M").to_string();
    change(&test, "lamp", |form| form.published_at.clone_from(&typed)).await;
    let edit = open(&test, id).await;
    assert_eq!(
        (edit.status.as_str(), edit.form.status.as_str()),
        ("scheduled", "active")
    );
    assert_eq!(edit.form.published_at, typed);
    assert!(!is_public(&test).await);
    test.advance(58);
    test.shop.run_jobs().await.unwrap();
    assert!(!is_public(&test).await);
    test.advance(3);
    test.shop.run_jobs().await.unwrap();
    assert!(is_public(&test).await);
    assert_eq!(open(&test, id).await.status.as_str(), "active");
}

#[tokio::test]
async fn a_time_that_was_moved_counts_as_it_is_now() {
    let test = TestShop::open().await;
    test.shop
        .save_product(&manager(&test), None, lamp())
        .await
        .unwrap();
    change(&test, "lamp", |form| {
        form.published_at = "2050-01-01T09:00".into()
    })
    .await;
    change(&test, "lamp", |form| {
        form.published_at = "2051-01-01T09:00".into()
    })
    .await;
    assert!(!is_public(&test).await);
    change(&test, "lamp", |form| form.published_at = String::new()).await;
    assert!(is_public(&test).await, "without a time it is on sale now");
    change(&test, "lamp", |form| {
        form.published_at = "2050-01-01T09:00".into()
    })
    .await;
    change(&test, "lamp", |form| form.status = "draft".into()).await;
    test.advance(60);
    test.shop.run_jobs().await.unwrap();
    assert!(
        !is_public(&test).await,
        "a draft does not go on sale by itself"
    );
}

/// Whether shoppers come upon the lamp, by any way; it is all of them or none.
async fn is_public(test: &TestShop) -> bool {
    let page = test.shop.product("lamp").await.unwrap().is_some();
    let search = test
        .shop
        .search("lamp", Sort::Featured, None)
        .await
        .unwrap();
    let sitemap = test.shop.sitemap().await.unwrap();
    let known = sitemap.iter().any(|(path, _)| path == "/products/lamp");
    let mut wanted = item("LAMP", 1);
    wanted.product = "lamp".into();
    let bought = test.shop.add_to_cart(None, &wanted).await.is_ok();
    let ways = [!search.listing.cards.is_empty(), known, bought];
    assert_eq!(ways, [page; 3]);
    page
}

#[tokio::test]
async fn a_copy_is_a_draft_of_its_own() {
    let test = TestShop::open().await;
    Product::mug()
        .in_sizes(&["S", "L"])
        .put_on_shelf(&test.shop)
        .await;
    let id = id_of(&test, "mug").await;
    for (handle, skus) in [
        ("mug-copy", "mug/S-COPY mug/L-COPY"),
        ("mug-copy-2", "mug/S-COPY-2 mug/L-COPY-2"),
    ] {
        let copy = test
            .shop
            .duplicate_product(&manager(&test), id)
            .await
            .unwrap()
            .unwrap();
        let edit = open(&test, copy).await;
        assert_eq!(
            (edit.handle.as_str(), edit.status.as_str()),
            (handle, "draft")
        );
        let copied: Vec<&str> = edit
            .form
            .variants
            .iter()
            .map(|row| row.sku.as_str())
            .collect();
        assert_eq!(copied.join(" "), skus);
        assert!(edit.stock.iter().all(|stock| stock.available == 0));
        let preview = test
            .shop
            .preview_product(&visitor(&test), copy)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(preview.title, "mug (copy)");
        assert!(test.shop.product(handle).await.unwrap().is_none());
    }
    assert_eq!(
        audit(&test).await[0],
        "Wren Calder made mug (copy) as a copy of mug."
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn who_may_not_does_not() {
    let test = TestShop::selling(5).await;
    let id = id_of(&test, "mug").await;
    let form = open(&test, id).await.form;
    let shop = &test.shop;
    for actor in [visitor(&test), stranger(&test)] {
        assert!(is_denied(
            shop.save_product(&actor, Some(id), form.clone()).await
        ));
        assert!(is_denied(shop.duplicate_product(&actor, id).await));
    }
    assert!(shop.admin_product(&visitor(&test), Some(id)).await.is_ok());
    let denied = shop.admin_product(&stranger(&test), Some(id)).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    let denied = shop.preview_product(&stranger(&test), id).await;
    assert!(matches!(denied, Err(Error::Denied(_))));
    let nobody = ProductId(uuid::Uuid::nil());
    assert!(
        shop.admin_product(&manager(&test), Some(nobody))
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        shop.save_product(&manager(&test), Some(nobody), form)
            .await
            .unwrap()
            .is_none()
    );
}
