//! A merchant's table.

use crate::support::{TestShop, demo, draw};
use shop::{Fault, catalog::WriteError};
use std::{
    fs::{self, File},
    path::Path,
};
use tempfile::TempDir;

/// A mug with these pictures, and a jug with one that can be read.
fn table(pictures: &[&str]) -> String {
    let mut csv = String::from(
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status,Image Src,Variant Image\n",
    );
    for (at, picture) in pictures.iter().enumerate() {
        let status = if at == 0 { "active" } else { "" };
        let line = format!("mug,Mug,Size,{at},mug-{at},22.00,5,{status},{picture},{picture}\n");
        csv.push_str(&line);
    }
    csv.push_str("jug,Jug,,,jug,30.00,5,active,good.png,\n");
    csv
}

/// A folder with two pictures of the same bytes, another, and three that cannot be taken in.
fn pictures() -> TempDir {
    let folder = TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    draw(&file("good.png"), 1);
    draw(&file("copy.png"), 1);
    draw(&file("other.png"), 2);
    fs::write(file("text.png"), "no picture").unwrap();
    let whole = fs::read(file("good.png")).unwrap();
    fs::write(file("torn.png"), &whole[..whole.len() / 2]).unwrap();
    // Larger than what is taken in, without the bytes.
    File::create(file("huge.png"))
        .unwrap()
        .set_len(26 << 20)
        .unwrap();
    folder
}

async fn import(test: &TestShop, csv: &str, folder: &Path) -> shop::import::ImportReport {
    test.shop
        .import_products(csv.as_bytes(), folder, false)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_picture_that_comes_twice_is_kept_once() {
    let test = TestShop::open().await;
    let folder = pictures();
    let csv = table(&["good.png", "other.png", "good.png", "copy.png"]);
    for _ in 0..2 {
        let report = import(&test, &csv, folder.path()).await;
        assert_eq!(report.errors, []);
        let mug = test.shop.product("mug").await.unwrap().unwrap();
        let tones: Vec<&str> = mug
            .pictures
            .iter()
            .map(|picture| picture.tone.as_str())
            .collect();
        assert_eq!(tones, ["#000001", "#000002"]);
        let of_variants: Vec<Option<usize>> = mug
            .choices
            .variants
            .iter()
            .map(|variant| variant.picture)
            .collect();
        assert_eq!(of_variants, [Some(0), Some(1), Some(0), Some(0)]);
    }
}

#[tokio::test]
async fn a_picture_that_cannot_be_taken_in_keeps_its_product_out_and_no_other() {
    let test = TestShop::open().await;
    let folder = pictures();
    import(&test, &table(&["good.png"]), folder.path()).await;
    let before = test.shop.product("mug").await.unwrap().unwrap();

    let csv = table(&["other.png", "text.png", "torn.png", "huge.png"]).replace("30.00", "31.00");
    let report = import(&test, &csv, folder.path()).await;
    let faults: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "row 3, Image Src: `text.png`: This is not a picture that we can read. JPEG, PNG and WebP are.",
            "row 4, Image Src: `torn.png`: This is not a picture that we can read. JPEG, PNG and WebP are.",
            "row 5, Image Src: `huge.png`: This file is larger than 25 MB.",
        ]
    );
    assert_eq!(
        (
            report.created,
            report.updated,
            report.variants,
            report.pictures
        ),
        (0, 1, 1, 1)
    );
    let mug = test.shop.product("mug").await.unwrap().unwrap();
    assert_eq!(
        (mug.pictures, mug.choices),
        (before.pictures, before.choices)
    );
    let jug = test.shop.product("jug").await.unwrap().unwrap();
    assert_eq!(jug.choices.variants[0].price.minor, 3_100);

    let fresh = TestShop::open().await;
    import(&fresh, &csv, folder.path()).await;
    assert_eq!(fresh.number("select count(*) from product").await, 1);
    assert_eq!(fresh.number("select count(*) from variant").await, 1);
}

#[tokio::test]
async fn a_sku_stays_with_its_product() {
    let test = TestShop::open().await;
    let folder = pictures();
    import(&test, &table(&["good.png"]), folder.path()).await;
    let taken = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\n\
                 cup,Cup,Size,S,cup-s,9.00,active\n\
                 cup,,Size,L,mug-0,9.00,\n";
    let report = import(&test, taken, folder.path()).await;
    let faults: Vec<String> = report.errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        ["row 3, Variant SKU: `mug-0` is a SKU of the product `mug`"]
    );
    assert_eq!(report.created, 0);

    // Nor does it move where nobody looked before.
    let mut cup = crate::support::Product::named("cup").product();
    cup.variants[0].sku = "mug-0".to_owned();
    let refused = test.shop.write_product(&cup).await;
    assert!(
        matches!(&refused, Err(Fault::Refused(WriteError::SkuTaken(sku))) if sku == "mug-0"),
        "{refused:?}"
    );
    let owner = test
        .text("select string_agg(p.handle, ' ') from variant v join product p on p.id = v.product_id where v.sku = 'mug-0'")
        .await;
    assert_eq!(owner, "mug");
    assert!(test.shop.product("cup").await.unwrap().is_none());
}

#[tokio::test]
async fn positions_count_from_one() {
    let test = TestShop::open().await;
    let folder = pictures();
    import(&test, &table(&["good.png", "other.png"]), folder.path()).await;
    let positions = test
        .text(
            "select concat_ws(' / ',
                 (select string_agg(position::text, ' ' order by position) from product),
                 (select string_agg(v.position::text, ' ' order by v.sku desc) from variant v where v.sku <> 'jug'),
                 (select string_agg(o.position::text || v.position, ' ' order by v.name)
                  from product_option o join option_value v on v.option_id = o.id),
                 (select string_agg(m.position::text, ' ' order by m.position) from product_media m
                  join product p on p.id = m.product_id where p.handle = 'mug'))",
        )
        .await;
    assert_eq!(positions, "1 2 / 2 1 / 11 12 / 1 2");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_imported_twice_at_once_is_received_once() {
    let test = TestShop::open().await;
    let folder = pictures();
    let csv = table(&["good.png", "other.png"]);
    let reports =
        futures::future::join_all((0..8).map(|_| import(&test, &csv, folder.path()))).await;
    let created: usize = reports.iter().map(|report| report.created).sum();
    assert_eq!(created, 2);
    assert_eq!(
        test.number("select sum(on_hand)::bigint from stock_level")
            .await,
        15
    );
    assert_eq!(test.number("select count(*) from stock_movement").await, 3);
    test.expect_books_to_balance().await;
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
    test.shop
        .adjust_stock(&test.operator(), "mug", -2, "Broken")
        .await
        .unwrap();
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
