//! The basket of a customer: merged, the same on every device, left behind.

use super::{MARIAN, PASSWORD, browser, with_cart};
use crate::support::{Product, TestShop, british, item};
use shop::CartToken;

#[tokio::test]
async fn a_basket_becomes_the_customers_and_is_the_same_on_every_device() {
    let test = TestShop::selling(200).await;
    Product::named("jug").put_on_shelf(&test.shop).await;
    let marian = test.customer(MARIAN).await;
    let phone = test.add(None, "mug", 2).await;
    let entered = test
        .sign_in(MARIAN, PASSWORD, with_cart(&phone))
        .await
        .unwrap();
    assert_eq!(entered.count, 2);
    let left = test.shop.cart(Some(&phone)).await.unwrap();
    assert_eq!(left.count, 0, "the cookie of before leads nowhere");
    // On the desk there is something, too: nothing is lost, and 99 of a thing are the most.
    let desk = test.add(None, "mug", 98).await;
    test.add(Some(&desk), "jug", 1).await;
    let entered = test
        .sign_in(MARIAN, PASSWORD, with_cart(&desk))
        .await
        .unwrap();
    assert_eq!(entered.count, 100);
    let cart = test.shop.cart(Some(&marian.cart())).await.unwrap();
    let lines: Vec<_> = cart
        .lines
        .iter()
        .map(|line| (line.sku.as_str(), line.quantity))
        .collect();
    assert_eq!(lines, [("mug", 99), ("jug", 1)]);
    assert_eq!(test.number("select count(*) from cart").await, 1);
    // Out, and in from a browser with nothing: it waited.
    test.shop.sign_out_customer(&marian).await.unwrap();
    let back = test.sign_in(MARIAN, PASSWORD, browser()).await.unwrap();
    assert_eq!(back.count, 100);
}

#[tokio::test]
async fn somebody_elses_cookie_does_not_take_a_customers_basket() {
    let test = TestShop::selling(10).await;
    let marian = test.customer(MARIAN).await;
    test.shop
        .add_to_cart(Some(&marian.cart()), &item("mug", 2))
        .await
        .unwrap();
    let eve = test.customer("eve@example.com").await;
    let hers = marian.cart();
    let entered = test
        .sign_in("eve@example.com", PASSWORD, with_cart(&hers))
        .await
        .unwrap();
    assert_eq!(entered.count, 0);
    assert_eq!(test.shop.cart(Some(&marian.cart())).await.unwrap().count, 2);
    assert_eq!(test.shop.cart(Some(&eve.cart())).await.unwrap().count, 0);
}

#[tokio::test]
async fn an_order_that_is_being_paid_comes_along_and_its_things_leave_the_basket_once_they_are_paid()
 {
    for own in [0, 1] {
        let test = TestShop::selling(10).await;
        let marian = test.customer(MARIAN).await;
        if own > 0 {
            test.shop
                .add_to_cart(Some(&marian.cart()), &item("mug", own))
                .await
                .unwrap();
        }
        let guest = test.add(None, "mug", 2).await;
        let session = test.place(&guest).await;
        test.sign_in(MARIAN, PASSWORD, with_cart(&guest))
            .await
            .unwrap();
        test.pay(&session).await;
        let cart = test.shop.cart(Some(&marian.cart())).await.unwrap();
        assert_eq!(cart.count, own, "what was not bought stays");
        test.expect_books_to_balance().await;
    }
}

#[tokio::test]
async fn an_order_is_whose_account_it_was_placed_with() {
    let test = TestShop::selling(10).await;
    let marian = test.customer(MARIAN).await;
    let cart = marian.cart();
    test.shop
        .add_to_cart(Some(&cart), &item("mug", 1))
        .await
        .unwrap();
    let mut form = british();
    form.email = "elsewhere@example.com".into();
    let form = test.form_for(&cart, form).await;
    test.shop.place_order(Some(&cart), form).await.unwrap();
    let page = test.shop.customer_orders(&marian, "").await.unwrap();
    assert_eq!(page.orders.len(), 1);
}

#[tokio::test]
async fn two_browsers_that_come_in_at_once_end_in_one_basket() {
    let test = TestShop::selling(200).await;
    let marian = test.customer(MARIAN).await;
    let carts: Vec<CartToken> = {
        let mut carts = Vec::new();
        for _ in 0..4 {
            carts.push(test.add(None, "mug", 3).await);
        }
        carts
    };
    let all = carts
        .iter()
        .map(|cart| test.sign_in(MARIAN, PASSWORD, with_cart(cart)));
    for entered in futures::future::join_all(all).await {
        entered.unwrap();
    }
    assert_eq!(
        test.shop.cart(Some(&marian.cart())).await.unwrap().count,
        12
    );
    assert_eq!(test.number("select count(*) from cart").await, 1);
}
