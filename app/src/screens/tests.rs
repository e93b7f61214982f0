//! The screens of the catalogue as a browser reads them.

use super::{
    category, content, fault, fixtures,
    fixtures::{HOSTILE, catalogue, frame},
    forbidden, home, not_found, product,
    product::ProductState,
    reading::{Read, tag, words},
    search, too_often, unavailable,
};
use crate::Frame;
use domain::{
    catalog::{ProductCard, Sort},
    content::Chrome,
};
use std::sync::Arc;

#[test]
fn a_public_page_says_what_it_is() {
    let page = Read::page(&category(
        &frame("/categories/kitchen/mugs"),
        &catalogue::category(3),
    ));
    let address = "https://shop.example/categories/kitchen/mugs";
    assert_eq!(page.text("title"), "Mugs and cups — Tarn & Tallow");
    assert_eq!(page.attribute("link[rel='canonical']", "href"), address);
    assert_eq!(
        page.attribute("meta[property='og:url']", "content"),
        address
    );
    assert_eq!(
        page.attribute("meta[name='description']", "content"),
        "What stands beside the kettle."
    );
    assert_eq!(
        page.attribute("meta[property='og:image']", "content"),
        "https://shop.example/media/0123456789abcdef0123/800.jpg"
    );
    assert_eq!(page.count("meta[name='robots']"), 0);
    let about = page.about();
    assert_eq!(about[0]["@type"], "BreadcrumbList");
    assert_eq!(about[0]["itemListElement"][2]["item"], address);
}

#[test]
fn what_is_no_page_of_its_own_is_kept_out_of_search_engines() {
    let frame = frame("/search");
    let pages = [
        search(&frame, &catalogue::found("mug", 3)),
        not_found(&frame),
        fault(&frame, "0123abcd"),
        unavailable(&frame, "0123abcd"),
        too_often(&frame),
        forbidden(&frame),
    ];
    for html in pages {
        let page = Read::page(&html);
        assert_eq!(page.attribute("meta[name='robots']", "content"), "noindex");
        assert_eq!(page.count("link[rel='canonical']"), 0);
    }
}

#[test]
fn the_home_page_stands_with_and_without_its_parts() {
    let page = Read::page(&home(&frame("/"), &catalogue::home()));
    assert_eq!(page.text("title"), "Tarn & Tallow");
    assert_eq!(page.count(".product-card"), 8);
    assert_eq!(page.count("img[fetchpriority='high']"), 1);
    let kinds: Vec<_> = page
        .about()
        .iter()
        .map(|thing| thing["@type"].clone())
        .collect();
    assert_eq!(kinds, ["Organization", "WebSite"]);

    let page = Read::page(&home(&frame("/"), &catalogue::bare_home()));
    assert_eq!(page.count("section"), 1);
    assert_eq!(page.count("img"), 0);
}

#[test]
fn a_listing_says_how_many_there_are_and_where_it_goes_on() {
    let mut kitchen = catalogue::category(24);
    kitchen.listing.total = 60;
    kitchen.listing.sort = Sort::PriceRising;
    kitchen.listing.previous = Some("b1".into());
    kitchen.listing.next = Some("a2".into());
    let page = Read::page(&category(&frame(&kitchen.href), &kitchen));
    assert_eq!(page.text(".listing__bar h2"), "60 things");
    assert_eq!(page.text(".sort option[selected]"), "Price, low to high");
    assert_eq!(page.attribute(".sort", "action"), kitchen.href);
    for selector in ["link[rel='next']", ".pagination a[rel='next']"] {
        assert_eq!(
            page.attribute(selector, "href"),
            "/categories/kitchen/mugs?sort=price-asc&after=a2"
        );
    }
    assert_eq!(page.count(".pagination a[rel='prev']"), 1);
    // Only what is seen at once is loaded at once.
    assert_eq!(page.count(".product-card img:not([loading='lazy'])"), 2);
}

#[test]
fn a_listing_of_one_or_none_has_nothing_to_sort() {
    for count in [0, 1] {
        let page = Read::page(&category(&frame("/"), &catalogue::category(count)));
        assert_eq!(page.count(".product-card"), count);
        assert_eq!(page.count(".sort, .pagination"), 0);
        assert_eq!(page.count(".empty"), 1 - count);
    }
}

fn first_card(change: impl FnOnce(&mut ProductCard)) -> String {
    let mut page = catalogue::category(1);
    change(&mut page.listing.cards[0]);
    let page = Read::page(&category(&frame("/"), &page));
    words(page.all(".product-card")[0])
}

#[test]
fn a_card_says_what_matters() {
    let sale = first_card(|card| card.compare_at = Some(fixtures::pounds(2_800)));
    assert!(
        sale.starts_with("Save £6 Ridge Mug 1 Now £22.00 Was £28.00"),
        "{sale}"
    );
    // What is sold out is not advertised as cheap.
    let gone = first_card(|card| {
        card.sold_out = true;
        card.compare_at = Some(fixtures::pounds(2_800));
    });
    assert!(gone.starts_with("Sold out Ridge Mug 1"), "{gone}");
    let free = first_card(|card| card.price = fixtures::pounds(0));
    assert!(free.contains("Ridge Mug 1 Free"), "{free}");
    let from = first_card(|card| {
        card.price = fixtures::pounds(0);
        card.is_from = true;
    });
    assert!(from.contains("from £0.00"), "{from}");
    let plain = first_card(|card| {
        card.picture = None;
        card.subtitle = String::new();
        card.swatches.truncate(1);
    });
    assert_eq!(plain, "Ridge Mug 1 £22.00");
}

#[test]
fn a_search_that_finds_nothing_leads_on() {
    let page = Read::page(&search(&frame("/search"), &catalogue::found("zzzz", 0)));
    assert_eq!(page.attribute("#q", "value"), "zzzz");
    assert_eq!(page.text(".empty h2"), "Nothing found");
    assert_eq!(page.count(".tile a"), 2);

    let page = Read::page(&search(&frame("/search"), &catalogue::found("", 0)));
    assert_eq!(page.count(".empty"), 0);
    assert_eq!(page.count(".tile a"), 2);
}

#[test]
fn a_search_for_a_misspelt_word_says_what_it_shows() {
    let mut found = catalogue::found("mgu", 2);
    found.instead = Some("mug".into());
    let page = Read::page(&search(&frame("/search"), &found));
    assert!(page.text(".notice").contains("Nothing is called “mgu”."));
    assert_eq!(page.text(".sort option[selected]"), "Best match");
    assert_eq!(page.attribute(".sort input[name='q']", "value"), "mgu");
}

#[test]
fn a_page_of_text_has_its_neighbours_beside_it() {
    let page = Read::page(&content(&frame("/pages/privacy"), &catalogue::content()));
    assert_eq!(page.text(".article h1"), "Privacy");
    assert_eq!(
        page.text(".text-page__beside [aria-current='page']"),
        "Privacy"
    );
    assert_eq!(page.count(".text-page__beside a"), 2);
}

#[test]
fn links_say_where_one_is() {
    let page = Read::page(&category(
        &frame("/categories/kitchen"),
        &catalogue::category(1),
    ));
    assert_eq!(page.text(".site-nav [aria-current='page']"), "Kitchen");
    let page = Read::page(&category(
        &frame("/categories/kitchen/mugs?after=a1"),
        &catalogue::category(1),
    ));
    assert_eq!(page.text(".site-nav [aria-current='true']"), "Kitchen");
    let page = Read::page(&category(
        &frame("/categories/kitchenware"),
        &catalogue::category(1),
    ));
    assert_eq!(page.count(".site-nav [aria-current]"), 0);
}

#[test]
fn without_the_database_a_page_names_nothing_that_is_not_known() {
    let bare = Frame {
        chrome: Arc::new(Chrome::bare()),
        ..frame("/")
    };
    for html in [
        unavailable(&bare, "0123abcd"),
        fault(&bare, "0123abcd"),
        not_found(&bare),
    ] {
        let page = Read::page(&html);
        assert_eq!(page.count("a[href^='mailto:']"), 0);
        let empty = page.all("ul:empty, nav:empty, p:empty:not([role])");
        let empty: Vec<_> = empty.into_iter().map(tag).collect();
        assert_eq!(empty, Vec::<String>::new());
    }
    assert!(words(Read::page(&fault(&bare, "0123abcd")).all("main")[0]).contains("0123abcd"));
}

#[test]
fn text_is_text_wherever_it_stands() {
    let hostile = || HOSTILE.to_owned();
    let mut front = catalogue::home();
    front.hero.title = hostile();
    front.hero.eyebrow = hostile();
    front.new_in[0].title = hostile();
    front.new_in[0].swatches[0].name = hostile();
    front.categories[0].name = hostile();
    let page = Read::page(&home(&frame("/"), &front));
    assert_eq!(page.text("h1"), HOSTILE);

    let mut kitchen = catalogue::category(2);
    kitchen.name = hostile();
    kitchen.title = hostile();
    kitchen.description = hostile();
    kitchen.breadcrumbs[0].name = hostile();
    kitchen.listing.cards[0].subtitle = hostile();
    let picture = kitchen.listing.cards[0].picture.as_mut();
    picture.expect("a picture").alt = hostile();
    let page = Read::page(&category(&frame("/"), &kitchen));
    assert_eq!(page.text("title"), format!("{HOSTILE} — Tarn & Tallow"));
    assert_eq!(
        page.attribute("meta[property='og:description']", "content"),
        HOSTILE
    );
    assert_eq!(page.about()[0]["itemListElement"][1]["name"], HOSTILE);

    let page = Read::page(&search(&frame("/search"), &catalogue::found(HOSTILE, 2)));
    assert_eq!(page.attribute("#q", "value"), HOSTILE);
    let page = Read::page(&search(
        &frame("/search"),
        &catalogue::found("</textarea></title>", 0),
    ));
    assert_eq!(
        page.text("title"),
        "Search: </textarea></title> — Tarn & Tallow"
    );

    let mut mug = catalogue::product();
    mug.title = hostile();
    mug.subtitle = hostile();
    mug.materials = hostile();
    mug.seo.title = hostile();
    mug.choices.options[0].name = hostile();
    mug.choices.options[0].values[1].name = hostile();
    let brand = mug.brand.as_mut().expect("a brand");
    brand.name = hostile();
    let state = ProductState {
        quantity: hostile(),
        error: Some(hostile()),
        ..ProductState::default()
    };
    let page = Read::page(&product(&frame("/products/ridge-mug"), &mug, state));
    assert_eq!(page.text("h1"), HOSTILE);
    assert_eq!(page.text("#buy-error"), HOSTILE);
    assert_eq!(page.attribute("input[name='quantity']", "value"), HOSTILE);
    assert_eq!(page.about()[0]["name"], HOSTILE);
}
