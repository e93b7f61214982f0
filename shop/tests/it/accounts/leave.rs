//! Taking everything along, leaving, and what the staff does with customers.

use super::{MARIAN, PASSWORD, refusal};
use crate::support::{TestShop, item};
use domain::accounts::{AccountError, AddressForm, CustomerForm, DeleteForm};
use shop::{Actor, Customer, Error, Fault};

fn with_password(password: &str) -> DeleteForm {
    DeleteForm {
        password: password.into(),
    }
}

/// Somebody with an address, a paid order, one that was never paid, and something in the basket.
async fn with_a_past(test: &TestShop) -> Customer {
    let marian = test.customer(MARIAN).await;
    let cart = marian.cart();
    let address = AddressForm {
        country: "GB".into(),
        name: "Marian Teasdale".into(),
        line1: "1 Quiet Lane".into(),
        city: "Kendal".into(),
        postcode: "LA9 4BH".into(),
        ..AddressForm::default()
    };
    test.shop
        .save_address(&marian, None, &address)
        .await
        .unwrap();
    test.shop
        .add_to_cart(Some(&cart), &item("mug", 1))
        .await
        .unwrap();
    let session = test.place(&cart).await;
    test.pay(&session).await;
    test.shop
        .add_to_cart(Some(&cart), &item("mug", 2))
        .await
        .unwrap();
    test.place(&cart).await;
    marian
}

/// Lets the pay page of the order that waits run out.
async fn let_it_expire(test: &TestShop) {
    test.advance(40);
    test.shop.run_jobs().await.unwrap();
    let waiting = test
        .number("select count(*) from \"order\" where status = 'pending'")
        .await;
    assert_eq!(waiting, 0);
}

#[tokio::test]
async fn the_data_holds_everything_and_nobody_elses() {
    let test = TestShop::selling(10).await;
    let marian = with_a_past(&test).await;
    let eve = test.customer("eve@example.com").await;
    let data = test.shop.customer_data(&marian).await.unwrap();
    assert_eq!(data["account"]["email"], MARIAN);
    assert_eq!(data["addresses"][0]["line1"], "1 Quiet Lane");
    assert_eq!(data["orders"].as_array().unwrap().len(), 2);
    assert_eq!(data["orders"][0]["lines"][0]["sku"], "mug");
    assert_eq!(data["orders"][0]["payments"][0]["card_ends_in"], "4242");
    assert_eq!(data["basket"][0]["quantity"], 2);
    assert_eq!(data["mails"].as_array().unwrap().len(), 1);
    assert!(
        data["sessions"][0]["browser"]
            .as_str()
            .unwrap()
            .contains("Firefox")
    );
    assert!(!data.to_string().contains("argon2"));
    let eves = test.shop.customer_data(&eve).await.unwrap().to_string();
    assert!(!eves.contains(MARIAN) && !eves.contains("Quiet Lane"));
}

#[tokio::test]
async fn an_account_is_left_with_the_password_and_not_while_an_order_waits() {
    let test = TestShop::selling(10).await;
    let marian = with_a_past(&test).await;
    let wrong = test
        .shop
        .delete_account(&marian, &with_password("wrong"))
        .await;
    assert_eq!(refusal(wrong), AccountError::WrongPassword);
    let early = test
        .shop
        .delete_account(&marian, &with_password(PASSWORD))
        .await;
    assert_eq!(refusal(early), AccountError::OrderWaiting);
}

#[tokio::test]
async fn what_is_left_are_the_books() {
    let test = TestShop::selling(10).await;
    let marian = with_a_past(&test).await;
    let_it_expire(&test).await;
    test.shop
        .delete_account(&marian, &with_password(PASSWORD))
        .await
        .unwrap();
    for table in ["address", "customer_session", "customer_link"] {
        let left: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
                .fetch_one(test.shop.db())
                .await
                .unwrap();
        assert_eq!(left, 0, "{table}");
    }
    // The paid order keeps what its invoice says; the other keeps its sums.
    let paid =
        "select count(*) from \"order\" where paid_at is not null and customer_id is not null
                and shipping_address ->> 'name' = 'Marian Teasdale' and total > 0";
    assert_eq!(test.number(paid).await, 1);
    let unpaid = "select count(*) from \"order\" where paid_at is null and email = '' and total > 0
                  and shipping_address ->> 'name' = '' and shipping_country = 'GB'";
    assert_eq!(test.number(unpaid).await, 1);
    let named = "select (select count(*) from mail m where m::text ilike '%marian%')
                      + (select count(*) from customer c where c::text ilike '%marian%')
                      + (select count(*) from cart where completed_at is null or customer_id is not null)
                      + (select count(*) from payment p join \"order\" o on o.id = p.order_id
                         where o.paid_at is null and p.request::text ilike '%marian%')";
    assert_eq!(test.number(named).await, 0);
    test.expect_books_to_balance().await;
    // The address is free again, and what was ordered with it stays where it is.
    let anew = test.customer(MARIAN).await;
    assert_ne!(anew.id, marian.id);
    assert!(
        test.shop
            .customer_orders(&anew, "")
            .await
            .unwrap()
            .orders
            .is_empty()
    );
    assert!(
        test.sign_in(MARIAN, PASSWORD, super::browser())
            .await
            .is_ok()
    );
}

fn edited(name: &str, note: &str, version: i32) -> CustomerForm {
    CustomerForm {
        name: name.into(),
        note: note.into(),
        version: version.to_string(),
    }
}

#[tokio::test]
async fn the_staff_sees_and_changes_customers_and_the_log_says_so() {
    let test = TestShop::selling(10).await;
    let marian = with_a_past(&test).await;
    let actor = Actor::operator(test.clock.now());
    let card = async || {
        test.shop
            .admin_customer(&actor, marian.id)
            .await
            .unwrap()
            .unwrap()
    };
    let before = card().await;
    assert_eq!(
        (before.order_count, before.spent.minor, before.orders.len()),
        (1, 2_650, 2)
    );
    assert_eq!((before.email.as_str(), before.addresses.len()), (MARIAN, 1));
    let form = edited("Marian T.", "Likes blue", before.version);
    test.shop
        .edit_customer(&actor, marian.id, &form)
        .await
        .unwrap();
    let stale = test.shop.edit_customer(&actor, marian.id, &form).await;
    assert_eq!(refusal(stale), AccountError::Stale);
    let after = card().await;
    assert_eq!(
        (after.name.as_str(), after.note.as_str()),
        ("Marian T.", "Likes blue")
    );
    let told = test
        .text("select sentence || ' ' || before::text || after::text from audit_entry")
        .await;
    assert!(
        told.contains("changed customer Marian T.") && told.contains("Marian Teasdale"),
        "{told}"
    );
    // Whoever only looks changes nothing.
    let looks = Actor {
        permissions: domain::staff::Permissions::from_words(["customers.view"]),
        ..Actor::operator(test.clock.now())
    };
    assert!(test.shop.admin_customer(&looks, marian.id).await.is_ok());
    let form = edited("X", "", after.version);
    for denied in [
        test.shop.edit_customer(&looks, marian.id, &form).await,
        test.shop.delete_customer(&looks, marian.id).await,
    ] {
        assert!(
            matches!(denied, Err(Fault::Failed(Error::Denied(_)))),
            "{denied:?}"
        );
    }
}

#[tokio::test]
async fn who_is_deleted_is_named_in_the_log_no_more() {
    let test = TestShop::selling(10).await;
    let marian = with_a_past(&test).await;
    let_it_expire(&test).await;
    let actor = Actor::operator(test.clock.now());
    let card = test
        .shop
        .admin_customer(&actor, marian.id)
        .await
        .unwrap()
        .unwrap();
    let form = edited("Marian Renamed", "A note", card.version);
    test.shop
        .edit_customer(&actor, marian.id, &form)
        .await
        .unwrap();
    test.shop.delete_customer(&actor, marian.id).await.unwrap();
    let entries = "select count(*) from audit_entry where subject_kind = 'customer'";
    assert_eq!(test.number(entries).await, 2, "what was done stays");
    let named = "select count(*) from audit_entry e where e::text ilike '%marian%' or e::text ilike '%a note%'";
    assert_eq!(test.number(named).await, 0);
    let gone = test
        .shop
        .admin_customer(&actor, marian.id)
        .await
        .unwrap()
        .unwrap();
    assert!(gone.is_deleted && gone.name.is_empty() && gone.addresses.is_empty());
    assert_eq!(gone.order_count, 1);
    let twice = test.shop.delete_customer(&actor, marian.id).await;
    assert_eq!(refusal(twice), AccountError::Gone);
    // Nobody else may touch what was written.
    let touched = sqlx::query("update audit_entry set sentence = ''")
        .execute(test.shop.db())
        .await;
    assert!(touched.is_err());
}
