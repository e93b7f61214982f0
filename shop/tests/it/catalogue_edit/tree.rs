//! Makers and categories.

use super::{audit, is_denied, manager, visitor};
use crate::support::TestShop;
use domain::{
    BrandId, CategoryId,
    catalog::{
        Sort,
        edit::{BrandForm, CategoryForm, FormErrors},
    },
};
use shop::Fault;

fn category(name: &str, parent: Option<CategoryId>) -> CategoryForm {
    CategoryForm {
        name: name.into(),
        parent: parent.map(|id| id.to_string()).unwrap_or_default(),
        ..CategoryForm::default()
    }
}

async fn add(test: &TestShop, name: &str, parent: Option<CategoryId>) -> CategoryId {
    let saved = test
        .shop
        .save_category(&manager(test), None, &category(name, parent))
        .await;
    saved.unwrap().unwrap()
}

/// Changes a category's form and saves it.
async fn change(
    test: &TestShop,
    id: CategoryId,
    change: impl FnOnce(&mut CategoryForm),
) -> Result<Option<CategoryId>, Fault<FormErrors>> {
    let edit = test
        .shop
        .admin_category(&manager(test), Some(id))
        .await
        .unwrap()
        .unwrap();
    let mut form = edit.form;
    change(&mut form);
    test.shop
        .save_category(&manager(test), Some(id), &form)
        .await
}

async fn id_of(test: &TestShop, path: &str) -> CategoryId {
    let id = sqlx::query_scalar("select id from category where path = $1").bind(path);
    CategoryId(id.fetch_one(test.shop.db()).await.unwrap())
}

/// What a save was refused for.
fn fault<T: std::fmt::Debug>(saved: Result<T, Fault<FormErrors>>) -> String {
    match saved {
        Err(Fault::Refused(errors)) => errors.to_string(),
        other => panic!("it was to be refused: {other:?}"),
    }
}

async fn paths(test: &TestShop) -> Vec<String> {
    let rows = test.shop.admin_categories(&visitor(test)).await.unwrap();
    rows.into_iter().map(|row| row.path).collect()
}

#[tokio::test]
async fn what_moves_takes_along_what_is_below_it_and_leaves_the_way() {
    let test = TestShop::open().await;
    let kitchen = add(&test, "Kitchen", None).await;
    let mugs = add(&test, "Mugs & Cups", Some(kitchen)).await;
    let tall = add(&test, "Tall", Some(mugs)).await;
    let table = add(&test, "Table", None).await;
    // A name that begins alike is not below.
    add(&test, "Kitchen garden", None).await;
    let expected = [
        "kitchen",
        "kitchen/mugs-cups",
        "kitchen/mugs-cups/tall",
        "table",
        "kitchen-garden",
    ];
    assert_eq!(paths(&test).await, expected);

    change(&test, mugs, |form| form.parent = table.to_string())
        .await
        .unwrap();
    change(&test, table, |form| form.handle = "dining".into())
        .await
        .unwrap();
    let expected = [
        "kitchen",
        "dining",
        "dining/mugs-cups",
        "dining/mugs-cups/tall",
        "kitchen-garden",
    ];
    assert_eq!(paths(&test).await, expected);
    let moved = async |path: &str| test.shop.moved_category(path).await.unwrap();
    for (from, to) in [
        ("kitchen/mugs-cups", "/categories/dining/mugs-cups"),
        (
            "kitchen/mugs-cups/tall",
            "/categories/dining/mugs-cups/tall",
        ),
        ("table/mugs-cups/tall", "/categories/dining/mugs-cups/tall"),
        ("table", "/categories/dining"),
    ] {
        assert_eq!(moved(from).await.as_deref(), Some(to), "{from}");
    }
    assert_eq!(moved("kitchen").await, None);
    // Back again: nothing leads away from where it is.
    change(&test, mugs, |form| form.parent = kitchen.to_string())
        .await
        .unwrap();
    assert_eq!(moved("kitchen/mugs-cups/tall").await, None);
    assert_eq!(
        moved("dining/mugs-cups").await.as_deref(),
        Some("/categories/kitchen/mugs-cups")
    );

    let ring = change(&test, kitchen, |form| form.parent = tall.to_string()).await;
    assert_eq!(
        fault(ring),
        "parent: A category cannot lie in itself or in what is below it."
    );
    let ring = change(&test, kitchen, |form| form.parent = kitchen.to_string()).await;
    assert!(fault(ring).starts_with("parent"));
    let edit = test
        .shop
        .admin_category(&manager(&test), Some(kitchen))
        .await
        .unwrap()
        .unwrap();
    let names: Vec<&str> = edit
        .parents
        .iter()
        .map(|(_, names)| names.as_str())
        .collect();
    assert_eq!(names, ["Table", "Kitchen garden"]);
}

#[tokio::test]
async fn two_that_move_into_each_other_at_once_do_not_close_a_ring() {
    let test = TestShop::open().await;
    let (one, two) = (add(&test, "One", None).await, add(&test, "Two", None).await);
    let (first, second) = tokio::join!(
        change(&test, one, |form| form.parent = two.to_string()),
        change(&test, two, |form| form.parent = one.to_string()),
    );
    assert_ne!(first.is_ok(), second.is_ok());
    assert_eq!(paths(&test).await.len(), 2);
}

#[tokio::test]
async fn products_show_what_their_category_and_their_maker_are_called_now() {
    let test = TestShop::seeded().await;
    let kitchen = id_of(&test, "kitchen").await;
    change(&test, kitchen, |form| {
        form.name = "The Kitchen".into();
        form.handle = "the-kitchen".into();
    })
    .await
    .unwrap();
    let mug = test.shop.product("ridge-mug").await.unwrap().unwrap();
    assert_eq!(mug.breadcrumbs[0].name, "The Kitchen");
    assert_eq!(mug.breadcrumbs[1].href, "/categories/the-kitchen/mugs-cups");
    let page = test
        .shop
        .category("the-kitchen/mugs-cups", Sort::Featured, None)
        .await
        .unwrap();
    assert!(page.unwrap().listing.total > 2);

    let brands = test.shop.admin_brands(&visitor(&test)).await.unwrap();
    let harrow = brands
        .iter()
        .find(|brand| brand.name == "Harrow Pottery")
        .unwrap();
    assert!(harrow.products > 3);
    let edit = test
        .shop
        .admin_brand(&manager(&test), Some(harrow.id))
        .await
        .unwrap()
        .unwrap();
    let form = BrandForm {
        name: "Harrow & Daughter".into(),
        story_html: "<p>Two<script>1</script></p>".into(),
        ..edit.form.clone()
    };
    test.shop
        .save_brand(&manager(&test), Some(harrow.id), &form)
        .await
        .unwrap();
    let mug = test.shop.product("ridge-mug").await.unwrap().unwrap();
    let brand = mug.brand.unwrap();
    assert_eq!(
        (brand.name.as_str(), brand.story_html.as_str()),
        ("Harrow & Daughter", "<p>Two</p>")
    );
    let found = test
        .shop
        .search("daughter", Sort::Featured, None)
        .await
        .unwrap();
    assert!(found.listing.total > 3 && found.instead.is_none());
    // The form that was opened before is stale now.
    let stale = test
        .shop
        .save_brand(&manager(&test), Some(harrow.id), &edit.form)
        .await;
    assert!(fault(stale).starts_with("version: Somebody else saved this maker meanwhile"));
    let told = audit(&test).await;
    assert_eq!(
        told,
        [
            "Wren Calder changed the maker Harrow & Daughter.",
            "Wren Calder changed the category The Kitchen."
        ]
    );
}

#[tokio::test]
async fn categories_are_put_in_order_and_deleted_when_nothing_is_in_them() {
    let test = TestShop::seeded().await;
    let before = paths(&test).await;
    let top: Vec<String> = before
        .iter()
        .filter(|path| !path.contains('/'))
        .cloned()
        .collect();
    let second = id_of(&test, "living").await;
    let at = top.iter().position(|path| path == "living").unwrap();
    assert!(at > 0);
    test.shop
        .raise_category(&manager(&test), second)
        .await
        .unwrap();
    let nav = test.shop.admin_categories(&manager(&test)).await.unwrap();
    let after: Vec<String> = nav
        .iter()
        .filter(|row| row.depth == 0)
        .map(|row| row.path.clone())
        .collect();
    let mut expected = top.clone();
    expected.swap(at - 1, at);
    assert_eq!(after, expected);
    let full = test.shop.delete_category(&manager(&test), second).await;
    assert!(fault(full).starts_with("delete: There are products or categories in this one."));
    let empty = add(&test, "Empty", Some(second)).await;
    let twin = test
        .shop
        .save_category(&manager(&test), None, &category("empty", Some(second)))
        .await;
    assert_eq!(
        fault(twin),
        "name: Another category beside this one is called so."
    );
    test.shop
        .delete_category(&manager(&test), empty)
        .await
        .unwrap();
    assert_eq!(paths(&test).await.len(), before.len());
    assert_eq!(
        audit(&test).await[0],
        "Wren Calder deleted the category Empty."
    );
}

#[tokio::test]
async fn makers_are_added_and_deleted_when_nothing_is_of_them() {
    let test = TestShop::seeded().await;
    let form = |name: &str| BrandForm {
        name: name.into(),
        ..BrandForm::default()
    };
    let id = test
        .shop
        .save_brand(&manager(&test), None, &form("Nib & Co"))
        .await
        .unwrap()
        .unwrap();
    let twin = test
        .shop
        .save_brand(&manager(&test), None, &form("Nib & Co"))
        .await;
    assert_eq!(fault(twin), "name: Another maker is called so.");
    test.shop.delete_brand(&manager(&test), id).await.unwrap();
    let brands = test.shop.admin_brands(&manager(&test)).await.unwrap();
    assert!(brands.iter().all(|brand| brand.id != id));
    let busy = test.shop.delete_brand(&manager(&test), brands[0].id).await;
    assert!(fault(busy).starts_with("delete"));
    let told = audit(&test).await;
    assert_eq!(
        told,
        [
            "Wren Calder deleted the maker Nib & Co.",
            "Wren Calder added the maker Nib & Co."
        ]
    );
}

#[tokio::test]
async fn who_may_not_changes_neither() {
    let test = TestShop::open().await;
    let kitchen = add(&test, "Kitchen", None).await;
    let (shop, actor) = (&test.shop, visitor(&test));
    let form = BrandForm {
        name: "A".into(),
        ..BrandForm::default()
    };
    assert!(is_denied(shop.save_brand(&actor, None, &form).await));
    assert!(is_denied(
        shop.delete_brand(&actor, BrandId(uuid::Uuid::nil())).await
    ));
    assert!(is_denied(
        shop.save_category(&actor, None, &category("A", None)).await
    ));
    assert!(is_denied(shop.delete_category(&actor, kitchen).await));
    let raised = shop.raise_category(&actor, kitchen).await;
    assert!(matches!(raised, Err(shop::Error::Denied(_))));
}
