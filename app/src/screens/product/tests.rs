//! A product's page as a browser reads it.

use super::{ProductState, product};
use crate::screens::{
    fixtures::{
        catalogue::{bare_product, product as mug, variant_id},
        frame, pounds,
    },
    reading::{Read, words},
};
use domain::{catalog::ProductPage, inventory::Stock};

fn read(page: &ProductPage, state: ProductState) -> Read {
    Read::page(&product(&frame(&page.href()), page, state))
}

fn with_variant(number: usize) -> ProductState {
    ProductState {
        variant: Some(variant_id(number)),
        ..ProductState::default()
    }
}

#[test]
fn it_can_be_bought_without_script() {
    let page = read(&mug(), ProductState::default());
    assert_eq!(page.attribute("#buy", "method"), "post");
    assert_eq!(page.attribute("#buy", "action"), "/cart/lines");
    assert_eq!(
        page.attribute("#buy input[name='product']", "value"),
        "ridge-mug"
    );
    for (name, values) in [
        ("option1", ["Sage", "Bone"]),
        ("option2", ["Small", "Large"]),
        ("option3", ["Round", "Square"]),
    ] {
        let radios = page.all(&format!("#buy input[type='radio'][name='{name}']"));
        assert_eq!(
            radios
                .iter()
                .filter_map(|radio| radio.attr("value"))
                .collect::<Vec<_>>(),
            values
        );
        // Without script every combination can be asked for; the answer says what is not made.
        assert!(radios.iter().all(|radio| radio.attr("disabled").is_none()));
    }
    assert_eq!(page.count("#buy input[type='radio'][checked]"), 3);
    assert_eq!(page.attribute("#buy input[name='quantity']", "value"), "1");
    assert_eq!(page.count("#buy button[type='submit']:not([disabled])"), 1);
    // On a phone there is a way back to the form.
    assert_eq!(page.attribute(".buy-bar a", "href"), "#buy");
}

#[test]
fn the_address_chooses_the_variant_and_its_picture() {
    let page = read(&mug(), with_variant(2));
    assert_eq!(
        page.attribute("input[name='option1'][checked]", "value"),
        "Bone"
    );
    assert_eq!(page.text(".stock"), "Only 3 left");
    let shown = page.attribute(".gallery__strip .is-lead", "id");
    assert_eq!(shown, "picture-1");
    assert_eq!(
        read(&mug(), with_variant(3)).attribute(".is-lead", "id"),
        "picture-2"
    );
    // The picture in front is the one that is loaded first.
    let page = read(&mug(), with_variant(3));
    assert!(
        page.attribute(".gallery__strip .is-lead source", "srcset")
            .contains("fedcba98765432100123")
    );
    assert_eq!(page.count(".gallery__strip img[fetchpriority='high']"), 1);
    assert_eq!(
        page.count(".gallery__strip .is-lead img[fetchpriority='high']"),
        1
    );
    // It is one page to search engines.
    assert_eq!(
        page.attribute("link[rel='canonical']", "href"),
        "https://shop.example/products/ridge-mug"
    );
}

#[test]
fn a_refusal_stands_beside_the_form_with_what_was_typed() {
    let page = read(
        &mug(),
        ProductState {
            quantity: "99".into(),
            error: Some("We have only 3 left.".into()),
            ..with_variant(2)
        },
    );
    assert_eq!(page.text("#buy-error"), "We have only 3 left.");
    assert_eq!(page.attribute("#buy input[name='quantity']", "value"), "99");
    assert_eq!(
        page.attribute("input[name='option1'][checked]", "value"),
        "Bone"
    );
}

#[test]
fn machines_are_told_of_every_variant() {
    let about = read(&mug(), ProductState::default()).about();
    let group = &about[0];
    assert_eq!(group["@type"], "ProductGroup");
    assert_eq!(group["brand"]["name"], "Harrow Pottery");
    assert_eq!(
        group["variesBy"],
        serde_json::json!(["Glaze", "Size", "Handle"])
    );
    let variants = group["hasVariant"].as_array().unwrap();
    assert_eq!(variants.len(), 5);
    assert_eq!(variants[4]["name"], "Ridge Mug, Bone, Large, Square");
    assert_eq!(
        variants[4]["offers"]["availability"],
        "https://schema.org/OutOfStock"
    );
    assert_eq!(variants[0]["offers"]["price"], "22.00");
    assert_eq!(variants[0]["offers"]["priceCurrency"], "GBP");
    assert_eq!(about[1]["@type"], "BreadcrumbList");
}

#[test]
fn it_stands_without_options_pictures_and_words() {
    let page = read(&bare_product(), ProductState::default());
    assert_eq!(
        page.count("main img[src], .disclosure, .gallery__thumbs, .product-card"),
        0
    );
    assert_eq!(page.count("#buy input[type='radio']"), 0);
    assert_eq!(
        page.attribute("#buy input[name='variant']", "value"),
        variant_id(1).to_string()
    );
    assert!(page.text(".buy__price").starts_with("Free"));
    assert_eq!(
        page.count("meta[name='description'], meta[property='og:image']"),
        0
    );
    let thing = &page.about()[0];
    assert_eq!(thing["@type"], "Product");
    assert!(thing.get("gtin").is_none() && thing.get("description").is_none());
}

#[test]
fn what_is_sold_out_cannot_be_bought_and_says_so() {
    let mut gone = mug();
    for variant in &mut gone.choices.variants {
        variant.stock = Stock::SoldOut;
    }
    let page = read(&gone, ProductState::default());
    assert_eq!(
        page.text("#buy button[type='submit'][disabled]"),
        "Sold out"
    );
    assert_eq!(page.text(".stock"), "Sold out at the moment");
    assert_eq!(page.count(".buy-bar"), 0);
}

#[test]
fn a_price_that_came_down_shows_what_it_was() {
    let mut sale = mug();
    sale.choices.variants[0].compare_at = Some(pounds(2_800));
    let page = read(&sale, ProductState::default());
    assert_eq!(page.text(".buy__price"), "£22.00 Was £28.00 VAT included");
}

#[test]
fn what_the_shop_promises_stands_beside_it() {
    let page = read(&mug(), ProductState::default());
    assert_eq!(
        words(page.all(".assure li")[0]),
        "Sixty days to return it. Used or not. How it works"
    );
    assert_eq!(page.count(".disclosure"), 3);
    assert_eq!(page.count(".disclosure[open]"), 1);
}
