//! Pages of products: turned forwards and backwards, in every order.

use crate::support::TestShop;
use domain::catalog::{Cursor, Listing, Sort};
use std::collections::HashSet;

/// A path that all categories lie below.
const ALL: &str = "all";

/// The demo shop with everything that it has in one category.
async fn shop_with_one_category() -> TestShop {
    let test = TestShop::seeded().await;
    sqlx::raw_sql(
        "update product set status = 'active', published_at = coalesce(published_at, now());
         update category set path = 'all/' || path;
         insert into category (id, handle, path, name) values (gen_random_uuid(), 'all', 'all', 'All');",
    )
    .execute(test.shop.db())
    .await
    .unwrap();
    test
}

/// Where a listing is found.
#[derive(Clone, Copy, Debug)]
enum Place {
    Category(&'static str),
    Search(&'static str),
}

impl Place {
    async fn page(self, test: &TestShop, sort: Sort, cursor: Option<&str>) -> Listing {
        let cursor =
            cursor.map(|word| Cursor::decode(word).expect("what the shop wrote can be read"));
        let cursor = cursor.as_ref();
        match self {
            Self::Category(path) => {
                let page = test.shop.category(path, sort, cursor).await.unwrap();
                page.unwrap().listing
            }
            Self::Search(query) => test.shop.search(query, sort, cursor).await.unwrap().listing,
        }
    }
}

fn handles(listing: &Listing) -> Vec<&str> {
    listing
        .cards
        .iter()
        .map(|card| card.handle.as_str())
        .collect()
}

/// Turns every page to the last and back to the first, and returns them.
async fn walk(test: &TestShop, place: Place, sort: Sort) -> Vec<Listing> {
    let mut pages = vec![place.page(test, sort, None).await];
    assert_eq!(pages[0].previous, None, "{place:?} {sort}");
    while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
        pages.push(place.page(test, sort, Some(&next)).await);
        assert!(pages.len() < 20, "{place:?} {sort}: no end");
    }
    let total = usize::try_from(pages[0].total).unwrap();
    let all: Vec<&str> = pages.iter().flat_map(handles).collect();
    assert_eq!(all.len(), total, "{place:?} {sort}: as many as it says");
    assert_eq!(
        all.iter().collect::<HashSet<_>>().len(),
        total,
        "{place:?} {sort}: one twice"
    );
    assert!(pages.iter().all(|page| page.total == pages[0].total));

    let mut at = pages.len() - 1;
    let mut previous = pages[at].previous.clone();
    while let Some(cursor) = previous {
        let back = place.page(test, sort, Some(&cursor)).await;
        at -= 1;
        assert_eq!(
            handles(&back),
            handles(&pages[at]),
            "{place:?} {sort}: back to page {at}"
        );
        previous = back.previous;
    }
    assert_eq!(at, 0, "{place:?} {sort}: back to the first page");
    pages
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_product_is_on_one_page_in_every_order() {
    let test = shop_with_one_category().await;
    for sort in Sort::ALL {
        let pages = walk(&test, Place::Category(ALL), *sort).await;
        let lengths: Vec<usize> = pages.iter().map(|page| page.cards.len()).collect();
        assert_eq!(lengths, [24, 24, 18], "{sort}");
        let cards = || pages.iter().flat_map(|page| &page.cards);
        match sort {
            Sort::PriceRising => assert!(cards().map(|card| card.price.minor).is_sorted()),
            Sort::PriceFalling => assert!(cards().map(|card| -card.price.minor).is_sorted()),
            Sort::Title => assert!(cards().map(|card| &card.title).is_sorted()),
            Sort::Featured => assert_eq!(pages[0].cards[0].handle, "ridge-mug", "as in the table"),
            Sort::Newest => {}
        }
        for query in ["stoneware", "stonewear", "skillet stoneware cushion"] {
            let pages = walk(&test, Place::Search(query), *sort).await;
            assert!(pages.len() > 1, "{query} has pages to turn");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn long_titles_do_not_keep_pages_from_being_turned() {
    let test = shop_with_one_category().await;
    sqlx::query("update product set title = repeat('é', 600) || title")
        .execute(test.shop.db())
        .await
        .unwrap();
    assert_eq!(
        walk(&test, Place::Category(ALL), Sort::Title).await.len(),
        3
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cursor_of_another_order_begins_anew() {
    let test = shop_with_one_category().await;
    let place = Place::Category(ALL);
    for (written, read) in Sort::ALL.iter().zip(Sort::ALL.iter().cycle().skip(1)) {
        let first = place.page(&test, *written, None).await;
        let page = place.page(&test, *read, first.next.as_deref()).await;
        assert_eq!(page.total, 66, "{written} read as {read}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_be_bought_stands_first_beside_a_product() {
    let test = shop_with_one_category().await;
    sqlx::query(
        "update stock_level s set on_hand = s.allocated + s.reserved from variant v join product p on p.id = v.product_id
         where s.variant_id = v.id and p.handle in ('dip-tumbler', 'belly-mug')",
    )
    .execute(test.shop.db())
    .await
    .unwrap();
    let mug = test.shop.product("ridge-mug").await.unwrap().unwrap();
    let shown: Vec<&str> = mug
        .related
        .iter()
        .map(|card| card.handle.as_str())
        .collect();
    // Mugs and cups that are there, then something else of the same maker that is there.
    assert_eq!(
        shown,
        [
            "espresso-cup",
            "yunomi-tea-bowl",
            "enamel-camp-mug",
            "utensil-crock"
        ]
    );
}
