//! Pictures: uploaded, refused, put in order.

use super::{audit, id_of, is_denied, manager, open, visitor};
use crate::support::{TestShop, draw};
use bytes::Bytes;
use domain::{ProductId, catalog::edit::PicturesForm};
use shop::{Fault, catalog::AddPictureError, media::PictureError};
use std::{fs, path::Path};
use tempfile::TempDir;

/// A picture of a few pixels in one colour.
fn picture(colour: u32) -> Bytes {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("picture.png");
    draw(&file, colour);
    fs::read(file).unwrap().into()
}

async fn add(test: &TestShop, product: ProductId, bytes: Bytes) -> Result<String, AddPictureError> {
    let added = test
        .shop
        .add_picture(&manager(test), product, "mug.png", bytes)
        .await;
    match added {
        Ok(id) => Ok(id.to_string()),
        Err(Fault::Refused(reason)) => Err(reason),
        Err(Fault::Failed(error)) => panic!("{error}"),
    }
}

/// How many files lie in a folder and below it.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[tokio::test]
async fn a_picture_is_taken_in_shown_and_told_of() {
    let test = TestShop::selling(1).await;
    let mug = id_of(&test, "mug").await;
    add(&test, mug, picture(0x00ff_0000)).await.unwrap();
    add(&test, mug, picture(0x0000_ff00)).await.unwrap();
    let page = test.shop.product("mug").await.unwrap().unwrap();
    let tones: Vec<&str> = page
        .pictures
        .iter()
        .map(|picture| picture.tone.as_str())
        .collect();
    assert_eq!(tones, ["#ff0000", "#00ff00"]);
    assert_eq!(
        audit(&test).await[0],
        "Wren Calder added the picture mug.png to mug."
    );
    assert_eq!(files(&test.media()), 4);
    assert_eq!(
        add(&test, mug, picture(0x00ff_0000)).await,
        Err(AddPictureError::Here)
    );
    assert_eq!(files(&test.media()), 4);
}

#[tokio::test]
async fn what_is_refused_leaves_nothing() {
    let test = TestShop::selling(1).await;
    let mug = id_of(&test, "mug").await;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"#;
    let whole = picture(1);
    // The head of a PNG that says that it is 60,000 by 60,000 pixels.
    let mut bomb = whole.to_vec();
    bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let unreadable = Err(AddPictureError::Picture(PictureError::Unreadable));
    for (bytes, reason) in [
        (Bytes::from_static(svg), &unreadable),
        (Bytes::from_static(b"GIF89a no picture"), &unreadable),
        (whole.slice(..whole.len() / 2), &unreadable),
        (Bytes::new(), &unreadable),
        (
            vec![0; (25 << 20) + 1].into(),
            &Err(AddPictureError::Picture(PictureError::TooLarge)),
        ),
    ] {
        assert_eq!(&add(&test, mug, bytes).await, reason);
    }
    assert!(add(&test, mug, bomb.into()).await.is_err());
    let nobody = ProductId(uuid::Uuid::nil());
    assert_eq!(
        add(&test, nobody, whole.clone()).await,
        Err(AddPictureError::NoProduct)
    );
    let denied = test
        .shop
        .add_picture(&visitor(&test), mug, "mug.png", whole)
        .await;
    assert!(is_denied(denied));
    for table in [
        "select count(*) from asset",
        "select count(*) from product_media",
        "select count(*) from audit_entry",
    ] {
        assert_eq!(test.number(table).await, 0, "{table}");
    }
    assert_eq!(files(&test.media()), 0);
}

#[tokio::test]
async fn an_upload_that_fails_half_way_leaves_nothing() {
    let test = TestShop::selling(1).await;
    let mug = id_of(&test, "mug").await;
    // The audit log cannot be written: nothing that was to be told of there stays.
    sqlx::raw_sql("alter table audit_entry add constraint no check (action <> 'product.picture')")
        .execute(test.shop.db())
        .await
        .unwrap();
    let added = test
        .shop
        .add_picture(&manager(&test), mug, "mug.png", picture(1))
        .await;
    assert!(matches!(added, Err(Fault::Failed(_))), "{added:?}");
    assert_eq!(test.number("select count(*) from asset").await, 0);
    assert_eq!(files(&test.media()), 0);
    // Nor does it where the picture's row cannot be written.
    sqlx::raw_sql("alter table asset add constraint no check (bytes < 0)")
        .execute(test.shop.db())
        .await
        .unwrap();
    let added = test
        .shop
        .add_picture(&manager(&test), mug, "mug.png", picture(2))
        .await;
    assert!(matches!(added, Err(Fault::Failed(_))), "{added:?}");
    assert_eq!(files(&test.media()), 0);
}

#[tokio::test]
async fn pictures_are_put_in_order_described_and_taken_away() {
    let test = TestShop::selling(1).await;
    let mug = id_of(&test, "mug").await;
    let mut ids = Vec::new();
    for colour in [0x00ff_0000, 0x0000_ff00, 0x0000_00ff] {
        ids.push(add(&test, mug, picture(colour)).await.unwrap());
    }
    let save = async |fields: Vec<(String, String)>| {
        let form = PicturesForm::read(fields);
        assert!(
            test.shop
                .save_pictures(&manager(&test), mug, &form)
                .await
                .unwrap()
        );
    };
    let shown = async || -> Vec<(String, String)> {
        let page = test.shop.product("mug").await.unwrap().unwrap();
        page.pictures
            .into_iter()
            .map(|picture| (picture.tone, picture.alt))
            .collect()
    };
    let field = |id: &String, part: &str, value: &str| (format!("{id}-{part}"), value.to_owned());
    save(vec![
        field(&ids[0], "place", "3"),
        field(&ids[1], "place", "2"),
        field(&ids[2], "place", "1"),
        field(&ids[2], "alt", " A blue\nmug "),
    ])
    .await;
    let expected = [("#0000ff", "A blue mug"), ("#00ff00", ""), ("#ff0000", "")];
    assert_eq!(
        shown().await,
        expected.map(|(tone, alt)| (tone.to_owned(), alt.to_owned()))
    );
    let before = audit(&test).await.len();
    save(Vec::new()).await;
    assert_eq!(audit(&test).await.len(), before, "nothing changed");
    // A form that is older than a picture leaves it alone.
    save(vec![
        field(&ids[0], "place", "1"),
        field(&ids[2], "remove", "on"),
    ])
    .await;
    let tones: Vec<String> = shown().await.into_iter().map(|(tone, _)| tone).collect();
    assert_eq!(tones, ["#ff0000", "#00ff00"]);
    assert_eq!(
        audit(&test).await[0],
        "Wren Calder took a picture away from mug."
    );
    assert_eq!(open(&test, mug).await.pictures.len(), 2);
    let denied = test
        .shop
        .save_pictures(&visitor(&test), mug, &PicturesForm::default())
        .await;
    assert!(matches!(denied, Err(shop::Error::Denied(_))));
}
