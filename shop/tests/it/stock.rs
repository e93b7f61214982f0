//! Stock, when many want the same.

use crate::support::{Product, TestShop};
use futures::future::join_all;
use shop::{Fault, Placed, inventory::AdjustError};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_one_is_sold_once() {
    let test = TestShop::selling(3).await;
    let mut tokens = Vec::new();
    for _ in 0..12 {
        tokens.push(test.add(None, "mug", 1).await);
    }
    let mut forms = Vec::new();
    for token in &tokens {
        forms.push(test.form(token).await);
    }
    let placed = join_all(
        tokens
            .iter()
            .zip(forms)
            .map(|(token, form)| test.shop.place_order(Some(token), form)),
    )
    .await;
    let sold = placed
        .iter()
        .filter(|placed| matches!(placed, Ok(Placed::Pay { .. })))
        .count();
    let refused = placed
        .iter()
        .filter(|placed| matches!(placed, Err(Fault::Refused(_))))
        .count();
    assert_eq!((sold, refused), (3, 9));
    assert_eq!(
        test.number("select sum(reserved)::bigint from stock_level")
            .await,
        3
    );
    test.expect_books_to_balance().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn orders_of_the_same_things_in_another_order_wait_and_do_not_fail() {
    let test = TestShop::open().await;
    Product::named("cup")
        .stock(50)
        .put_on_shelf(&test.shop)
        .await;
    Product::named("plate")
        .stock(50)
        .put_on_shelf(&test.shop)
        .await;
    let mut carts = Vec::new();
    for at in 0..16 {
        let (first, second) = if at % 2 == 0 {
            ("cup", "plate")
        } else {
            ("plate", "cup")
        };
        let token = test.add(None, first, 1).await;
        carts.push(test.add(Some(&token), second, 1).await);
    }
    let placed = join_all(carts.iter().map(|token| test.place(token))).await;
    assert_eq!(placed.len(), 16);
    assert_eq!(
        test.number("select sum(reserved)::bigint from stock_level")
            .await,
        32
    );
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_figure_is_explained_by_its_movements() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    let session = test.place(&token).await;
    test.pay(&session).await;
    let history = test.shop.stock_history("mug").await.unwrap();
    let told: Vec<(&str, i32, bool)> = history
        .iter()
        .map(|row| (row.kind.as_str(), row.quantity, row.order_number.is_some()))
        .collect();
    assert_eq!(
        told,
        [
            ("allocated", 2, true),
            ("reserved", 2, true),
            ("adjusted", 5, false)
        ]
    );
    assert_eq!(
        test.number("select (on_hand - allocated - reserved)::bigint from stock_level")
            .await,
        3
    );
}

#[tokio::test]
async fn an_adjustment_that_cannot_be_is_refused_in_words() {
    let test = TestShop::selling(5).await;
    let token = test.add(None, "mug", 2).await;
    test.place(&token).await;
    let refused = async |sku: &str, difference| match test
        .shop
        .adjust_stock(&test.operator(), sku, difference, "Broken")
        .await
    {
        Err(Fault::Refused(reason)) => reason,
        other => panic!("{sku} {difference}: {other:?}"),
    };
    assert_eq!(
        refused("mug", -4).await.to_string(),
        "of `mug` only 3 can be taken away: the others are promised to orders or not there"
    );
    assert_eq!(refused("cup", 1).await.to_string(), "there is no SKU `cup`");
    assert_eq!(refused("mug", i32::MIN).await, refused("mug", -4).await);
    assert_eq!(
        refused("mug", i32::MAX).await,
        AdjustError::TooMany("mug".to_owned())
    );
    test.shop
        .adjust_stock(&test.operator(), "mug", -3, "Broken")
        .await
        .unwrap();
    assert_eq!(
        test.number("select on_hand::bigint from stock_level").await,
        2
    );
    test.expect_books_to_balance().await;
}
