//! Orders, addresses, devices.

use super::{MARIAN, PASSWORD, browser, refusal, with_cart};
use crate::support::{Product, TestShop, british, item};
use domain::{
    accounts::{AccountError, AddressForm, MAX_ADDRESSES, OrderBadge},
    checkout::{CheckoutForm, Field},
};

fn kendal() -> AddressForm {
    AddressForm {
        country: "GB".into(),
        name: "Marian Teasdale".into(),
        line1: "14 Stramongate".into(),
        city: "Kendal".into(),
        postcode: "la94bh".into(),
        ..AddressForm::default()
    }
}

fn berlin(is_default: &str) -> AddressForm {
    AddressForm {
        country: "DE".into(),
        name: "Marian Teasdale".into(),
        line1: "Lindenstr. 1".into(),
        city: "Berlin".into(),
        postcode: "10115".into(),
        is_default: is_default.into(),
        ..AddressForm::default()
    }
}

#[tokio::test]
async fn orders_of_a_guest_join_once_the_address_is_known_to_be_theirs() {
    let test = TestShop::selling(10).await;
    let guest = test.add(None, "mug", 1).await;
    let session = test.place(&guest).await;
    test.pay(&session).await;
    test.sign_up("Marian", MARIAN, PASSWORD).await;
    let joined = "select count(*) from \"order\" where customer_id is not null";
    assert_eq!(test.number(joined).await, 0, "not before");
    let link = test.link_to(MARIAN, "confirm").await;
    let entered = test.confirm(&link, PASSWORD, browser()).await.unwrap();
    assert_eq!(test.number(joined).await, 1);
    let marian = test.customer_of(&entered.token).await.unwrap();
    let page = test.shop.customer_orders(&marian, "").await.unwrap();
    assert_eq!(page.orders[0].badge, OrderBadge::Packing);
    assert_eq!(page.orders[0].titles, ["mug"]);
    // And from then on without being signed in.
    let later = test.add(None, "mug", 1).await;
    test.place(&later).await;
    assert_eq!(test.number(joined).await, 2);
    // Nobody else sees them.
    let eve = test.customer("eve@example.com").await;
    assert!(
        test.shop
            .customer_orders(&eve, "")
            .await
            .unwrap()
            .orders
            .is_empty()
    );
    let number = page.orders[0].number;
    assert!(
        test.shop
            .customer_order(&eve, number)
            .await
            .unwrap()
            .is_none()
    );
    assert!(test.shop.order_again(&eve, number).await.unwrap().is_none());
    assert!(
        test.shop
            .customer_order(&marian, number)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn the_history_goes_back_page_by_page() {
    let test = TestShop::selling(50).await;
    let marian = test.customer(MARIAN).await;
    for _ in 0..12 {
        test.clock.advance(jiff::SignedDuration::from_secs(1));
        let guest = test.add(None, "mug", 1).await;
        test.place(&guest).await;
    }
    let first = test.shop.customer_orders(&marian, "").await.unwrap();
    assert_eq!((first.orders.len(), first.is_first), (10, true));
    let second = test
        .shop
        .customer_orders(&marian, first.next.as_ref().unwrap())
        .await
        .unwrap();
    assert_eq!(
        (second.orders.len(), second.is_first, second.next),
        (2, false, None)
    );
    let mut numbers: Vec<i64> = first
        .orders
        .iter()
        .chain(&second.orders)
        .map(|order| order.number)
        .collect();
    assert!(numbers.is_sorted_by(|a, b| a > b), "the latest first");
    numbers.dedup();
    assert_eq!(numbers.len(), 12);
}

#[tokio::test]
async fn what_is_ordered_again_is_what_is_still_to_be_had() {
    let test = TestShop::selling(10).await;
    for name in ["jug", "bowl"] {
        Product::named(name).put_on_shelf(&test.shop).await;
    }
    let marian = test.customer(MARIAN).await;
    let cart = marian.cart();
    for (sku, quantity) in [("mug", 2), ("jug", 3), ("bowl", 1)] {
        test.shop
            .add_to_cart(Some(&cart), &item(sku, quantity))
            .await
            .unwrap();
    }
    let session = test.place(&cart).await;
    test.pay(&session).await;
    test.shop
        .adjust_stock(&test.operator(), "jug", -6, "Broken")
        .await
        .unwrap();
    sqlx::query("update product set status = 'archived' where handle = 'bowl'")
        .execute(test.shop.db())
        .await
        .unwrap();
    let number = test.number("select number from \"order\"").await;
    let again = test
        .shop
        .order_again(&marian, number)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(again.left, [2, 3], "one jug of three, and no bowl");
    assert_eq!(again.count, 3);
}

#[tokio::test]
async fn the_checkout_begins_with_what_is_known() {
    let test = TestShop::selling(10).await;
    let marian = test.customer(MARIAN).await;
    let cart = marian.cart();
    test.shop
        .add_to_cart(Some(&cart), &item("mug", 1))
        .await
        .unwrap();
    test.shop
        .save_address(&marian, None, &kendal())
        .await
        .unwrap();
    test.shop
        .save_address(&marian, None, &berlin(""))
        .await
        .unwrap();
    let page = test
        .shop
        .checkout(Some(&cart), CheckoutForm::default())
        .await
        .unwrap();
    assert!(page.is_signed_in && page.saved.len() == 2);
    assert_eq!(
        (page.form.email.as_str(), page.form.postcode.as_str()),
        (MARIAN, "LA9 4BH")
    );
    // Another one takes its place, and nothing else of what was typed.
    let mut typed = page.form.clone();
    typed.email = "other@example.com".into();
    typed.saved = page.saved[1].id.to_string();
    let page = test
        .shop
        .checkout_to_saved(Some(&cart), typed)
        .await
        .unwrap();
    assert_eq!(
        (
            page.form.country.as_str(),
            page.form.city.as_str(),
            page.form.email.as_str()
        ),
        ("DE", "Berlin", "other@example.com")
    );
    assert_eq!(page.form.method, "eu", "the ways to send follow");
    // A stranger who names the address gets nothing of it.
    let stranger = test.add(None, "mug", 1).await;
    let mut form = british();
    form.saved = page.saved[0].id.to_string();
    let page = test
        .shop
        .checkout_to_saved(Some(&stranger), form.clone())
        .await
        .unwrap();
    assert!(!page.is_signed_in && page.saved.is_empty() && page.form.line1 == form.line1);
}

#[tokio::test]
async fn the_address_book_has_one_default_and_an_end() {
    let test = TestShop::open().await;
    let marian = test.customer(MARIAN).await;
    let book = async || test.shop.customer_addresses(&marian).await.unwrap();
    let wrong = AddressForm {
        postcode: "1".into(),
        ..kendal()
    };
    let error = refusal(test.shop.save_address(&marian, None, &wrong).await);
    assert!(error.fields.of(Field::Postcode).is_some());
    test.shop
        .save_address(&marian, None, &kendal())
        .await
        .unwrap();
    assert!(book().await[0].is_default, "the first is the default");
    test.shop
        .save_address(&marian, None, &berlin("on"))
        .await
        .unwrap();
    let both = book().await;
    assert_eq!(
        (
            both[0].address.city.as_str(),
            both[0].is_default,
            both[1].is_default
        ),
        ("Berlin", true, false)
    );
    let eve = test.customer("eve@example.com").await;
    test.shop.delete_address(&eve, both[0].id).await.unwrap();
    test.shop
        .make_default_address(&eve, both[1].id)
        .await
        .unwrap();
    let stolen = test
        .shop
        .save_address(&eve, Some(both[0].id), &kendal())
        .await;
    assert_eq!(refusal(stolen).form, Some(AccountError::Gone));
    assert_eq!(book().await, both, "another one's book cannot be written");
    test.shop.delete_address(&marian, both[0].id).await.unwrap();
    assert!(
        book().await[0].is_default,
        "one of the others is the default"
    );
    for _ in 1..MAX_ADDRESSES {
        test.shop
            .save_address(&marian, None, &kendal())
            .await
            .unwrap();
    }
    let full = test.shop.save_address(&marian, None, &kendal()).await;
    assert_eq!(refusal(full).form, Some(AccountError::TooManyAddresses));
}

#[tokio::test]
async fn devices_are_signed_out_one_by_one_or_all() {
    let test = TestShop::open().await;
    let this = test.customer(MARIAN).await;
    let nothing = shop::CartToken::generate();
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(
            test.sign_in(MARIAN, PASSWORD, with_cart(&nothing))
                .await
                .unwrap()
                .token,
        );
    }
    let listed = test.shop.customer_sessions(&this).await.unwrap();
    assert_eq!(listed.len(), 4);
    assert_eq!(listed.iter().filter(|row| row.is_this).count(), 1);
    assert_eq!(listed[0].agent, "Firefox on Linux");
    let eve = test.customer("eve@example.com").await;
    let one = test.customer_of(&others[0]).await.unwrap();
    test.shop
        .end_customer_sessions(&eve, Some(one.session))
        .await
        .unwrap();
    assert!(
        test.customer_of(&others[0]).await.is_some(),
        "not by somebody else"
    );
    test.shop
        .end_customer_sessions(&this, Some(one.session))
        .await
        .unwrap();
    assert!(test.customer_of(&others[0]).await.is_none());
    test.shop.end_customer_sessions(&this, None).await.unwrap();
    assert!(test.customer_of(&others[2]).await.is_none());
    assert_eq!(test.shop.customer_sessions(&this).await.unwrap().len(), 1);
}
