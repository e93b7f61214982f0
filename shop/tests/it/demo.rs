//! The demo shop.

use crate::support::{DemoFolder, TestShop, draw};
use domain::catalog::{Format, Sort};
use std::fs;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_demo_shop_comes_in_whole_and_only_once() {
    let test = TestShop::open().await;
    let report = test
        .shop
        .seed_demo()
        .await
        .unwrap()
        .expect("it was not there");
    assert_eq!(
        (report.created, report.variants, report.errors.len()),
        (66, 257, 0)
    );
    assert!(test.shop.seed_demo().await.unwrap().is_none());
    test.expect_books_to_balance().await;

    categories_hang_together(&test).await;
    awkward_products_have_their_pages(&test).await;
    everything_is_found(&test).await;
    pictures_are_kept(&test).await;
    home_is_furnished(&test).await;
}

async fn categories_hang_together(test: &TestShop) {
    let kitchen = test
        .shop
        .category("kitchen", Sort::Featured, None)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kitchen.links.len(), 3);
    let mugs = test
        .shop
        .category("kitchen/mugs-cups", Sort::PriceRising, None)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(mugs.breadcrumbs[0].name, "Kitchen");
    let prices: Vec<i64> = mugs
        .listing
        .cards
        .iter()
        .map(|card| card.price.minor)
        .collect();
    assert!(prices.is_sorted() && prices.len() > 2);
    assert!(
        test.shop
            .category("nothing", Sort::Featured, None)
            .await
            .unwrap()
            .is_none()
    );
}

async fn awkward_products_have_their_pages(test: &TestShop) {
    let product = async |handle| test.shop.product(handle).await.unwrap().unwrap();
    assert_eq!(product("leather-notebook").await.choices.options.len(), 3);
    assert_eq!(product("paper-lantern-lamp").await.pictures.len(), 1);
    assert!(product("striped-tea-towels").await.title.len() > 100);
    assert!(product("pen-cup").await.description_html.is_empty());
    assert!(
        product("card-set")
            .await
            .choices
            .variants
            .iter()
            .any(|variant| variant.price.is_zero())
    );
    let gone = product("salt-cellar").await;
    assert!(
        gone.choices
            .variants
            .iter()
            .all(|variant| !variant.stock.can_buy())
    );
    assert!(!gone.related.is_empty());
    let mug = product("ridge-mug").await;
    assert_eq!(
        mug.choices.find_by_names(&["Bone", "L"]),
        None,
        "large bone is not made"
    );
    assert!(
        mug.choices
            .find_by_names(&["Sage", "S"])
            .is_some_and(|variant| variant.picture.is_some())
    );
    assert!(
        test.shop.product("bead-garland").await.unwrap().is_none(),
        "a draft is not shown"
    );
}

async fn everything_is_found(test: &TestShop) {
    let titles: Vec<(String, String)> =
        sqlx::query_as("select title, handle from product where status = 'active'")
            .fetch_all(test.shop.db())
            .await
            .unwrap();
    for (title, handle) in titles {
        let found = test
            .shop
            .search(&title, Sort::Featured, None)
            .await
            .unwrap();
        assert!(
            found
                .listing
                .cards
                .iter()
                .take(3)
                .any(|card| card.handle == handle),
            "{title}"
        );
    }
    let misspelt = test
        .shop
        .search("kettel", Sort::Featured, None)
        .await
        .unwrap();
    assert!(
        misspelt.instead.is_some()
            && misspelt
                .listing
                .cards
                .iter()
                .any(|card| card.handle.contains("kettle"))
    );
    let nothing = test
        .shop
        .search("xylophone zzz", Sort::Featured, None)
        .await
        .unwrap();
    assert!(nothing.listing.cards.is_empty() && !nothing.categories.is_empty());
}

async fn pictures_are_kept(test: &TestShop) {
    let mug = test.shop.product("ridge-mug").await.unwrap().unwrap();
    let picture = &mug.pictures[0];
    for width in &picture.widths {
        for format in [Format::Webp, Format::Jpeg] {
            assert!(
                test.shop
                    .media_file(&picture.hash, *width, format)
                    .await
                    .unwrap()
                    .is_some()
            );
        }
    }
    assert!(
        test.shop
            .media_file(&picture.hash, 7, Format::Webp)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        test.shop
            .media_file("../../etc/passwd", 160, Format::Webp)
            .await
            .unwrap()
            .is_none()
    );
}

async fn home_is_furnished(test: &TestShop) {
    let home = test.shop.home().await.unwrap();
    assert_eq!(
        (
            home.new_in.len(),
            home.categories.len(),
            home.materials.len()
        ),
        (8, 5, 4)
    );
    assert!(home.hero.picture.is_some() && home.hero.aside.is_some() && home.maker.is_some());
    assert_eq!(test.shop.chrome().await.unwrap().nav.len(), 5);
    assert!(test.shop.content_page("returns").await.unwrap().is_some());
    assert!(test.shop.content_page("nothing").await.unwrap().is_none());
    assert!(test.shop.sitemap().await.unwrap().len() > 80);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_to_a_page_or_a_picture_is_taken_up() {
    let folder = DemoFolder::copy();
    let test = TestShop::with(|settings| settings.demo_dir = folder.path()).await;
    test.shop.seed_demo().await.unwrap().unwrap();
    assert!(test.shop.seed_demo().await.unwrap().is_none());

    let page = folder.path().join("pages/returns.html");
    fs::write(&page, "<p>Bring it back.</p>").unwrap();
    test.shop.seed_demo().await.unwrap().expect("a page is new");
    let returns = test.shop.content_page("returns").await.unwrap().unwrap();
    assert_eq!(returns.body_html, "<p>Bring it back.</p>");

    let before = test.shop.product("ridge-mug").await.unwrap().unwrap();
    let file: String = sqlx::query_scalar("select a.file_name from asset a where a.hash = $1")
        .bind(&before.pictures[0].hash)
        .fetch_one(test.shop.db())
        .await
        .unwrap();
    draw(&folder.path().join("pictures").join(file), 0x00ff_ffff);
    let report = test
        .shop
        .seed_demo()
        .await
        .unwrap()
        .expect("a picture is new");
    assert_eq!(
        (report.created, report.updated, report.unchanged),
        (0, 1, 65)
    );
    let after = test.shop.product("ridge-mug").await.unwrap().unwrap();
    assert_eq!(after.pictures[0].tone, "#ffffff");
    assert_eq!(after.pictures[1..], before.pictures[1..]);
    assert_eq!(after.choices, before.choices);
    assert!(test.shop.seed_demo().await.unwrap().is_none());
    test.expect_books_to_balance().await;
}
