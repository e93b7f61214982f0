//! The demo shop, and a merchant's table.

use crate::support::{TestShop, demo};
use domain::catalog::{Format, Sort};
use std::{collections::HashSet, fs::File};

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

    every_page_of_a_category_is_walked_once(&test).await;
    awkward_products_have_their_pages(&test).await;
    everything_is_found(&test).await;
    pictures_are_kept(&test).await;
    home_is_furnished(&test).await;
}

async fn every_page_of_a_category_is_walked_once(test: &TestShop) {
    for sort in Sort::ALL {
        let (mut seen, mut cursor) = (Vec::new(), None);
        let backwards = loop {
            let page = test
                .shop
                .category("kitchen", *sort, cursor.as_ref())
                .await
                .unwrap()
                .unwrap();
            seen.push(
                page.listing
                    .cards
                    .iter()
                    .map(|card| card.handle.clone())
                    .collect::<Vec<_>>(),
            );
            match page
                .listing
                .next
                .as_deref()
                .and_then(domain::catalog::Cursor::decode)
            {
                Some(next) => cursor = Some(next),
                None => break page.listing.previous,
            }
        };
        let all: Vec<&String> = seen.iter().flatten().collect();
        assert_eq!(
            all.len(),
            all.iter().collect::<HashSet<_>>().len(),
            "{sort}: a product twice"
        );
        if let Some(previous) = backwards
            .as_deref()
            .and_then(domain::catalog::Cursor::decode)
        {
            let page = test
                .shop
                .category("kitchen", *sort, Some(&previous))
                .await
                .unwrap()
                .unwrap();
            let back: Vec<String> = page
                .listing
                .cards
                .iter()
                .map(|card| card.handle.clone())
                .collect();
            assert_eq!(back, seen[seen.len() - 2], "{sort}: the page before");
        }
    }
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
    for odd in [
        "'",
        "a & b | !",
        ":*",
        "%",
        "\\",
        "mug'); drop table product; --",
    ] {
        test.shop.search(odd, Sort::Featured, None).await.unwrap();
    }
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

#[tokio::test]
async fn a_table_with_faults_changes_nothing_and_names_each() {
    let test = TestShop::open().await;
    let csv = "Handle,Title,Vendor,Product Category,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status,Image Src\n\
               mug,Mug,Nobody,Nowhere,Size,S,M-S,22.00,active,pictures/none.webp\n\
               mug,,,,,L,M-L,twenty,,../secret.png\n";
    let report = test
        .shop
        .import_products(csv.as_bytes(), &demo(), false)
        .await
        .unwrap();
    let faults: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "row 3, Variant Price: `twenty` is not an amount of GBP",
            "row 2, Vendor: there is no brand `Nobody`",
            "row 2, Product Category: there is no category `Nowhere`",
            "row 2, Image Src: there is no file `pictures/none.webp` beside the table",
            "row 3, Image Src: there is no file `../secret.png` beside the table",
        ]
    );
    assert_eq!(test.number("select count(*) from product").await, 0);
}

#[tokio::test]
async fn a_dry_run_tells_and_does_nothing() {
    let test = TestShop::open().await;
    let csv = "Handle,Title,Variant SKU,Variant Price,Status\nmug,Mug,M,22.00,active\n";
    let report = test
        .shop
        .import_products(csv.as_bytes(), &demo(), true)
        .await
        .unwrap();
    assert_eq!(
        (report.created, report.variants, report.errors.len()),
        (1, 1, 0)
    );
    assert_eq!(test.number("select count(*) from product").await, 0);
    let file = demo().join("products.csv");
    let report = test
        .shop
        .import_products(File::open(file).unwrap(), &demo(), true)
        .await
        .unwrap();
    assert!(
        report
            .errors
            .iter()
            .all(|error| error.column == "Vendor" || error.column == "Product Category")
    );
}

#[tokio::test]
async fn importing_again_keeps_what_was_sold() {
    let test = TestShop::open().await;
    let csv = |price: &str| {
        format!(
            "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Status\nmug,Mug,mug,{price},5,active\n"
        )
    };
    test.shop
        .import_products(csv("22.00").as_bytes(), &demo(), false)
        .await
        .unwrap();
    test.shop.adjust_stock("mug", -2, "Broken").await.unwrap();
    let report = test
        .shop
        .import_products(csv("25.00").as_bytes(), &demo(), false)
        .await
        .unwrap();
    assert_eq!((report.created, report.updated), (0, 1));
    let mug = test.shop.product("mug").await.unwrap().unwrap();
    assert_eq!(mug.choices.variants[0].price.minor, 2_500);
    assert_eq!(
        test.number("select on_hand::bigint from stock_level").await,
        3
    );
    let history = test.shop.stock_history("mug").await.unwrap();
    let moves: Vec<(&str, i32, &str)> = history
        .iter()
        .map(|row| (row.kind.as_str(), row.quantity, row.reason.as_str()))
        .collect();
    assert_eq!(
        moves,
        [("adjusted", -2, "Broken"), ("received", 5, "Imported")]
    );
    test.expect_books_to_balance().await;
}
