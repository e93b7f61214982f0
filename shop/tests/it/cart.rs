//! Putting in, changing, taking out.

use crate::support::{Product, TestShop, item};
use domain::cart::{Adjustment, CartError};
use futures::future::join_all;
use shop::{AddItem, CartToken, Fault, Wanted};

fn refusal<T: std::fmt::Debug>(result: Result<T, Fault<CartError>>) -> CartError {
    match result {
        Err(Fault::Refused(error)) => error,
        other => panic!("it was to be refused: {other:?}"),
    }
}

#[tokio::test]
async fn the_same_thing_twice_is_one_row() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 2).await;
    let added = test
        .shop
        .add_to_cart(Some(&token), &item("mug", 3))
        .await
        .unwrap();
    assert_eq!((added.count, &added.token), (5, &token));
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert_eq!(
        (cart.lines.len(), cart.count, cart.total.minor),
        (1, 5, 11_000)
    );
    assert_eq!(cart.tax_included.minor, 1_833);
    assert_eq!(cart.free_delivery.unwrap().missing.minor, 0);
}

#[tokio::test]
async fn nobody_gets_more_than_there_is_and_everybody_is_told() {
    let test = TestShop::selling(3).await;
    assert_eq!(
        refusal(test.shop.add_to_cart(None, &item("mug", 4)).await),
        CartError::Only {
            left: 3,
            in_cart: 0
        }
    );
    let token = test.add(None, "mug", 2).await;
    let more = test.shop.add_to_cart(Some(&token), &item("mug", 2)).await;
    assert_eq!(
        refusal(more),
        CartError::Only {
            left: 3,
            in_cart: 2
        }
    );
    let line = test.shop.cart(Some(&token)).await.unwrap().lines[0].id;
    assert_eq!(
        refusal(test.shop.set_quantity(Some(&token), line, 4).await),
        CartError::Only {
            left: 3,
            in_cart: 0
        }
    );
    assert_eq!(
        refusal(test.shop.set_quantity(Some(&token), line, 100).await),
        CartError::Quantity
    );
    assert_eq!(
        test.shop.set_quantity(Some(&token), line, 3).await.unwrap(),
        3
    );
    test.shop
        .adjust_stock(&test.operator(), "mug", -3, "Broken")
        .await
        .unwrap();
    assert_eq!(
        refusal(test.shop.add_to_cart(None, &item("mug", 1)).await),
        CartError::SoldOut
    );
}

#[tokio::test]
async fn the_limit_of_a_basket_is_not_told_as_the_stock() {
    let test = TestShop::selling(500).await;
    let token = test.add(None, "mug", 60).await;
    let more = test.shop.add_to_cart(Some(&token), &item("mug", 40)).await;
    assert_eq!(refusal(more), CartError::TooMany { in_cart: 60 });
    test.shop
        .adjust_stock(&test.operator(), "mug", -403, "Broken")
        .await
        .unwrap();
    let more = test.shop.add_to_cart(Some(&token), &item("mug", 40)).await;
    assert_eq!(
        refusal(more),
        CartError::Only {
            left: 97,
            in_cart: 60
        }
    );
}

#[tokio::test]
async fn what_is_held_for_a_shopper_who_came_back_is_theirs_to_change() {
    let test = TestShop::selling(3).await;
    let token = test.add(None, "mug", 3).await;
    test.place(&token).await;
    let line = test.shop.cart(Some(&token)).await.unwrap().lines[0].id;
    let more = test.shop.add_to_cart(Some(&token), &item("mug", 1)).await;
    assert_eq!(
        refusal(more),
        CartError::Only {
            left: 3,
            in_cart: 3
        }
    );
    for quantity in [2, 3] {
        let set = test.shop.set_quantity(Some(&token), line, quantity).await;
        assert_eq!(set.unwrap(), quantity);
    }
    assert_eq!(
        refusal(test.shop.set_quantity(Some(&token), line, 4).await),
        CartError::Only {
            left: 3,
            in_cart: 0
        }
    );
}

#[tokio::test]
async fn what_is_no_longer_for_sale_can_only_be_taken_out() {
    for withdrawn in [
        "update product set status = 'archived'",
        "update variant set archived_at = now()",
    ] {
        let test = TestShop::selling(10).await;
        let token = test.add(None, "mug", 2).await;
        let line = test.shop.cart(Some(&token)).await.unwrap().lines[0].id;
        sqlx::query(withdrawn)
            .execute(test.shop.db())
            .await
            .unwrap();
        for quantity in [1, 3] {
            assert_eq!(
                refusal(test.shop.set_quantity(Some(&token), line, quantity).await),
                CartError::Withdrawn
            );
        }
        let left = test.shop.set_quantity(Some(&token), line, 0).await;
        assert_eq!(left.unwrap(), 0);
    }
}

#[tokio::test]
async fn what_changed_since_is_told_and_stops_the_sale_where_it_must() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 4).await;
    Product::mug()
        .price(2_500)
        .stock(0)
        .put_on_shelf(&test.shop)
        .await;
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert!(
        matches!(cart.lines[0].adjustment, Some(Adjustment::PriceWas(was)) if was.minor == 2_200)
    );
    assert!(cart.can_check_out() && cart.total.minor == 10_000);
    test.shop
        .adjust_stock(&test.operator(), "mug", -8, "Broken")
        .await
        .unwrap();
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert_eq!(cart.lines[0].adjustment, Some(Adjustment::Only(2)));
    assert!(!cart.can_check_out());
    sqlx::query("update product set status = 'archived'")
        .execute(test.shop.db())
        .await
        .unwrap();
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert_eq!(cart.lines[0].adjustment, Some(Adjustment::Withdrawn));
}

#[tokio::test]
async fn a_combination_that_is_not_made_is_refused_by_its_name() {
    let test = TestShop::open().await;
    Product::named("jug")
        .in_sizes(&["S", "L"])
        .put_on_shelf(&test.shop)
        .await;
    let wanted = |values: &[&str]| AddItem {
        wanted: Wanted::Values(values.iter().map(|value| (*value).to_owned()).collect()),
        ..item("jug", 1)
    };
    assert_eq!(
        test.shop
            .add_to_cart(None, &wanted(&["L"]))
            .await
            .unwrap()
            .count,
        1
    );
    assert_eq!(
        refusal(test.shop.add_to_cart(None, &wanted(&["XL"])).await),
        CartError::NotMade("jug in XL".to_owned())
    );
    assert_eq!(
        refusal(test.shop.add_to_cart(None, &item("nothing", 1)).await),
        CartError::Withdrawn
    );
}

#[tokio::test]
async fn a_cart_holds_ninety_nine_rows() {
    let test = TestShop::open().await;
    let sizes: Vec<String> = (0..100).map(|number| format!("{number}")).collect();
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    Product::named("bead")
        .in_sizes(&sizes)
        .put_on_shelf(&test.shop)
        .await;
    let mut token = None;
    for size in &sizes[..99] {
        token = Some(test.add(token.as_ref(), &format!("bead/{size}"), 1).await);
    }
    let full = test
        .shop
        .add_to_cart(token.as_ref(), &item("bead/99", 1))
        .await;
    assert_eq!(refusal(full), CartError::Full);
    assert_eq!(
        test.shop
            .add_to_cart(token.as_ref(), &item("bead/5", 1))
            .await
            .unwrap()
            .count,
        100
    );
}

#[tokio::test]
async fn many_at_once_put_in_no_more_than_a_cart_holds() {
    let test = TestShop::open().await;
    let sizes: Vec<String> = (0..110).map(|number| format!("{number}")).collect();
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    Product::named("bead")
        .in_sizes(&sizes)
        .stock(5)
        .put_on_shelf(&test.shop)
        .await;
    // The cookie of a cart that is no more.
    let token = CartToken::generate();
    let add = async |size: &str| {
        let item = item(&format!("bead/{size}"), 1);
        test.shop.add_to_cart(Some(&token), &item).await
    };
    let added = join_all(sizes.iter().map(|size| add(size))).await;
    assert_eq!(added.iter().filter(|added| added.is_ok()).count(), 99);
    for refused in added.into_iter().filter(Result::is_err) {
        assert_eq!(refusal(refused), CartError::Full);
    }
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    assert_eq!((cart.lines.len(), cart.count), (99, 99));
    // Nor more of a thing than there is.
    let one_more = item(&cart.lines[0].sku, 1);
    let again = (0..9).map(|_| test.shop.add_to_cart(Some(&token), &one_more));
    let again = join_all(again).await;
    assert_eq!(again.iter().filter(|added| added.is_ok()).count(), 4);
    assert_eq!(test.shop.cart(Some(&token)).await.unwrap().count, 103);
}

#[tokio::test]
async fn a_code_that_ends_is_told_and_not_just_gone() {
    let test = TestShop::selling(10).await;
    for ends in [
        "update coupon set ends_at = now()",
        "update coupon set ends_at = null, archived_at = now()",
        "update coupon set archived_at = null, usage_limit = 1, used = 1",
    ] {
        let token = test.add(None, "mug", 1).await;
        let restored = "update coupon set ends_at = null, archived_at = null, usage_limit = null";
        sqlx::query(restored).execute(test.shop.db()).await.unwrap();
        test.shop.apply_coupon(Some(&token), "TENTH").await.unwrap();
        let cart = test.shop.cart(Some(&token)).await.unwrap();
        assert!(cart.discount.is_some() && cart.ended_code.is_none());
        sqlx::query(ends).execute(test.shop.db()).await.unwrap();
        let cart = test.shop.cart(Some(&token)).await.unwrap();
        assert_eq!(cart.ended_code.as_deref(), Some("TENTH"), "{ends}");
        assert!(cart.discount.is_none() && cart.total.minor == 2_200);
        test.shop.remove_coupon(Some(&token)).await.unwrap();
        let cart = test.shop.cart(Some(&token)).await.unwrap();
        assert!(cart.ended_code.is_none());
    }
}

#[tokio::test]
async fn a_code_is_taken_or_refused_in_words() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 1).await;
    test.shop
        .apply_coupon(Some(&token), " tenth ")
        .await
        .unwrap();
    let cart = test.shop.cart(Some(&token)).await.unwrap();
    let (code, off) = cart.discount.unwrap();
    assert_eq!(
        (code.as_str(), off.minor, cart.total.minor),
        ("TENTH", 220, 1_980)
    );
    let unknown = test.shop.apply_coupon(Some(&token), "nope").await;
    assert_eq!(refusal(unknown), CartError::UnknownCode("NOPE".into()));
    let gone = test.shop.apply_coupon(Some(&token), "GONE").await;
    assert_eq!(refusal(gone), CartError::ExpiredCode("GONE".into()));
    test.shop.remove_coupon(Some(&token)).await.unwrap();
    assert!(
        test.shop
            .cart(Some(&token))
            .await
            .unwrap()
            .discount
            .is_none()
    );
}

#[tokio::test]
async fn another_ones_row_cannot_be_changed() {
    let test = TestShop::selling(10).await;
    let mine = test.add(None, "mug", 1).await;
    let other = test.add(None, "mug", 1).await;
    let line = test.shop.cart(Some(&mine)).await.unwrap().lines[0].id;
    for quantity in [0, 5] {
        assert_eq!(
            refusal(test.shop.set_quantity(Some(&other), line, quantity).await),
            CartError::NoLine
        );
    }
    assert_eq!(test.shop.cart(Some(&mine)).await.unwrap().count, 1);
}
