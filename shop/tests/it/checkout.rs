//! What it costs, and why an order is not placed.

use crate::support::{Product, TestShop, british};
use domain::checkout::{CheckoutError, CheckoutForm, CheckoutView, Field};
use shop::{Fault, Placed};

fn refused(placed: Result<Placed, Fault<Box<CheckoutView>>>) -> Box<CheckoutView> {
    match placed {
        Err(Fault::Refused(view)) => view,
        other => panic!("the order was to be refused: {other:?}"),
    }
}

fn abroad(country: &str, region: &str, postcode: &str) -> CheckoutForm {
    CheckoutForm {
        country: country.into(),
        region: region.into(),
        postcode: postcode.into(),
        ..british()
    }
}

#[tokio::test]
async fn each_country_has_its_delivery_and_its_tax() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 2).await;
    let at = async |form| test.shop.checkout(Some(&token), form).await.unwrap();
    let home = at(british()).await;
    assert_eq!(
        (
            home.totals.total,
            home.totals.tax_included,
            home.totals.tax_added
        ),
        (4_850, 808, 0)
    );
    assert_eq!(home.offers.len(), 2);
    let germany = at(abroad("DE", "", "10115")).await;
    assert_eq!(
        (germany.totals.total, germany.totals.tax_included),
        (5_600, 703 + 192)
    );
    let america = at(abroad("US", "CA", "94110")).await;
    assert_eq!(
        (america.totals.lines[0].unit, america.totals.total),
        (1_833, 3_666 + 2_200)
    );
    assert_eq!(
        (america.totals.tax_included, america.totals.tax_added),
        (0, 0)
    );
    let faster = at(CheckoutForm {
        method: "uk-fast".into(),
        ..british()
    })
    .await;
    assert_eq!(faster.totals.shipping, 800);
    let nowhere = at(abroad("AQ", "", "")).await;
    assert_eq!(nowhere.form.country, "GB");
}

#[tokio::test]
async fn delivery_is_free_from_its_threshold_after_the_discount() {
    let test = TestShop::open().await;
    Product::mug().price(8_000).put_on_shelf(&test.shop).await;
    let token = test.add(None, "mug", 1).await;
    let shipping = async || {
        test.shop
            .checkout(Some(&token), british())
            .await
            .unwrap()
            .totals
            .shipping
    };
    assert_eq!(shipping().await, 0);
    test.shop.apply_coupon(Some(&token), "TENTH").await.unwrap();
    assert_eq!(shipping().await, 450);
}

#[tokio::test]
async fn what_was_typed_comes_back_with_every_fault() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 1).await;
    let form = CheckoutForm {
        email: "not an address".into(),
        postcode: "LA9".into(),
        ..test.form(&token).await
    };
    let view = refused(test.shop.place_order(Some(&token), form).await);
    assert_eq!(
        (view.form.email.as_str(), view.form.name.as_str()),
        ("not an address", "Marian Teasdale")
    );
    assert!(view.errors.of(Field::Email).is_some() && view.errors.of(Field::Postcode).is_some());
    assert_eq!(test.number("select count(*) from \"order\"").await, 0);
}

#[tokio::test]
async fn another_total_than_the_one_shown_asks_again() {
    let test = TestShop::selling(10).await;
    let token = test.add(None, "mug", 1).await;
    let form = test.form(&token).await;
    Product::mug()
        .price(3_000)
        .stock(0)
        .put_on_shelf(&test.shop)
        .await;
    let view = refused(test.shop.place_order(Some(&token), form).await);
    assert!(
        matches!(view.problem, Some(CheckoutError::TotalChanged { now }) if now.minor == 3_450)
    );
    assert!(matches!(
        test.shop.place_order(Some(&token), view.form).await,
        Ok(Placed::Pay { .. })
    ));
}

#[tokio::test]
async fn what_cannot_be_sold_is_not() {
    let test = TestShop::selling(2).await;
    let token = test.add(None, "mug", 2).await;
    let form = test.form(&token).await;
    test.shop
        .adjust_stock(&test.operator(), "mug", -1, "Broken")
        .await
        .unwrap();
    let view = refused(test.shop.place_order(Some(&token), form.clone()).await);
    assert_eq!(view.problem, Some(CheckoutError::CartChanged));
    let empty = refused(test.shop.place_order(None, form).await);
    assert_eq!(empty.problem, Some(CheckoutError::Empty));
    test.expect_books_to_balance().await;
}

#[tokio::test]
async fn a_method_of_another_country_is_refused_beside_its_field() {
    let test = TestShop::selling(2).await;
    let token = test.add(None, "mug", 1).await;
    let form = CheckoutForm {
        method: "us".into(),
        ..test.form(&token).await
    };
    let view = refused(test.shop.place_order(Some(&token), form).await);
    assert!(view.errors.of(Field::Method).is_some());
}

#[tokio::test]
async fn less_than_a_card_can_be_charged_is_refused() {
    let test = TestShop::open().await;
    Product::mug().price(20).put_on_shelf(&test.shop).await;
    sqlx::query("update shipping_method set price = 0")
        .execute(test.shop.db())
        .await
        .unwrap();
    let token = test.add(None, "mug", 1).await;
    let form = test.form(&token).await;
    let view = refused(test.shop.place_order(Some(&token), form).await);
    assert!(
        matches!(view.problem, Some(CheckoutError::BelowMinimum { minimum }) if minimum.minor == 30)
    );
}

#[tokio::test]
async fn an_order_is_found_by_number_and_address_together() {
    use domain::orders::{FindOrderError, FindOrderForm};
    let test = TestShop::selling(2).await;
    let token = test.add(None, "mug", 1).await;
    test.place(&token).await;
    let find = async |number: &str, email: &str| {
        test.shop
            .find_order(&FindOrderForm {
                number: number.into(),
                email: email.into(),
            })
            .await
    };
    let order = find(" #1001", "Marian@Example.com ").await.unwrap();
    assert_eq!(
        test.shop.order(&order).await.unwrap().unwrap().number,
        1_001
    );
    for (number, email) in [
        ("1001", "other@example.com"),
        ("1002", "marian@example.com"),
        ("x", ""),
        ("1001", ""),
    ] {
        assert!(matches!(
            find(number, email).await,
            Err(Fault::Refused(FindOrderError::NotFound))
        ));
    }
    assert!(test.shop.order("a").await.unwrap().is_none());
}
