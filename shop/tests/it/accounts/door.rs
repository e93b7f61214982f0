//! Opening an account and coming in.

use super::{MARIAN, PASSWORD, browser, refusal};
use crate::support::TestShop;
use domain::accounts::{AccountError, ForgotForm};
use jiff::SignedDuration;
use shop::{Browser, CustomerLink, settings::LimitSettings};

#[tokio::test]
async fn nobody_learns_whether_an_address_is_taken_but_its_owner() {
    let test = TestShop::open().await;
    test.customer(MARIAN).await;
    // Both answers are the same nothing.
    test.sign_up("Eve", MARIAN, "another-long-word").await;
    test.sign_up("Eve", "free@example.com", "another-long-word")
        .await;
    let owner = test.mails_to(MARIAN).await;
    let told = owner.last().unwrap();
    assert!(
        told.subject.contains("have an account")
            && !told.text.as_ref().unwrap().contains("/confirm/")
    );
    let free = test.mails_to("free@example.com").await;
    assert!(free[0].text.as_ref().unwrap().contains("/account/confirm/"));
    // Nothing of the owner's changed.
    assert!(test.sign_in(MARIAN, PASSWORD, browser()).await.is_ok());
    assert_eq!(
        test.text("select name from customer where confirmed_at is not null")
            .await,
        "Marian Teasdale"
    );
}

#[tokio::test]
async fn the_door_refuses_in_the_same_words() {
    let test = TestShop::open().await;
    test.customer(MARIAN).await;
    for (email, password) in [
        (MARIAN, "wrong"),
        ("nobody@example.com", PASSWORD),
        ("", ""),
    ] {
        let answer = test.sign_in(email, password, browser()).await;
        assert_eq!(refusal(answer), AccountError::Wrong, "{email}");
    }
    let entered = test
        .sign_in(" Marian@EXAMPLE.com ", PASSWORD, browser())
        .await;
    assert!(entered.is_ok(), "an address is written in many ways");
}

#[tokio::test]
async fn nobody_comes_in_before_the_address_is_confirmed() {
    let test = TestShop::open().await;
    test.sign_up("Marian", MARIAN, PASSWORD).await;
    let wrong = test.sign_in(MARIAN, "wrong", browser()).await;
    assert_eq!(refusal(wrong), AccountError::Wrong);
    assert_eq!(test.mails_to(MARIAN).await.len(), 1);
    let right = test.sign_in(MARIAN, PASSWORD, browser()).await;
    assert_eq!(refusal(right), AccountError::Unconfirmed);
    assert_eq!(
        test.mails_to(MARIAN).await.len(),
        2,
        "the link is sent again"
    );
}

#[tokio::test]
async fn an_account_that_somebody_else_began_is_not_theirs_when_it_is_confirmed() {
    let test = TestShop::open().await;
    // Eve knows Marian's address and takes it first.
    test.sign_up("Eve", MARIAN, "the-word-of-eve").await;
    let link = test.link_to(MARIAN, "confirm").await;
    let blind = test.confirm(&link, PASSWORD, browser()).await;
    assert_eq!(refusal(blind), AccountError::WrongPassword);
    // Marian's own form counts, being the latest.
    test.sign_up("Marian", MARIAN, PASSWORD).await;
    assert!(test.confirm(&link, PASSWORD, browser()).await.is_ok());
    let eve = test.sign_in(MARIAN, "the-word-of-eve", browser()).await;
    assert_eq!(refusal(eve), AccountError::Wrong);
}

#[tokio::test]
async fn a_link_holds_once_and_not_for_ever() {
    let test = TestShop::open().await;
    test.sign_up("Marian", MARIAN, PASSWORD).await;
    let old = test.link_to(MARIAN, "confirm").await;
    test.clock.advance(SignedDuration::from_hours(25));
    let late = test.confirm(&old, PASSWORD, browser()).await;
    assert_eq!(refusal(late), AccountError::LinkOver);
    test.sign_up("Marian", MARIAN, PASSWORD).await;
    let link = test.link_to(MARIAN, "confirm").await;
    let holds = |kind| test.shop.customer_link_holds(kind, &link);
    assert!(holds(CustomerLink::Confirm).await.unwrap());
    assert!(
        !holds(CustomerLink::Reset).await.unwrap(),
        "a link is of one kind"
    );
    test.confirm(&link, PASSWORD, browser()).await.unwrap();
    let twice = test.confirm(&link, PASSWORD, browser()).await;
    assert_eq!(refusal(twice), AccountError::LinkOver);
    let kept = test
        .number("select count(*) from customer_link where token_hash = ''")
        .await;
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn trying_is_limited_by_client_and_by_account() {
    let three = |limits: &mut LimitSettings| limits.sign_in = 3;
    let test = TestShop::with(|settings| three(&mut settings.limits)).await;
    let from = |client| Browser {
        client,
        ..browser()
    };
    for email in ["a@example.com", "b@example.com", "c@example.com"] {
        let answer = test.sign_in(email, "x", from("1.1.1.1")).await;
        assert_eq!(refusal(answer), AccountError::Wrong);
    }
    let answer = test.sign_in("d@example.com", "x", from("1.1.1.1")).await;
    assert_eq!(refusal(answer), AccountError::TooOften);
    for client in ["2.2.2.2", "3.3.3.3", "4.4.4.4"] {
        let answer = test.sign_in(MARIAN, "x", from(client)).await;
        assert_eq!(refusal(answer), AccountError::Wrong);
    }
    let answer = test.sign_in(MARIAN, "x", from("5.5.5.5")).await;
    assert_eq!(refusal(answer), AccountError::TooOften);
    let form = ForgotForm {
        email: MARIAN.into(),
    };
    let mails = test.shop.forgot_password(&form, "6.6.6.6").await;
    assert_eq!(
        refusal(mails),
        AccountError::TooOften,
        "nobody's mailbox is filled"
    );
}

#[tokio::test]
async fn a_session_lives_while_it_is_used_and_another_takes_its_place() {
    let test = TestShop::open().await;
    test.customer(MARIAN).await;
    let first = test.sign_in(MARIAN, PASSWORD, browser()).await.unwrap();
    let days = |days: i64| test.clock.advance(SignedDuration::from_hours(24 * days));
    days(20);
    assert!(test.customer_of(&first.token).await.unwrap().is_renewed);
    assert!(!test.customer_of(&first.token).await.unwrap().is_renewed);
    days(20);
    assert!(
        test.customer_of(&first.token).await.is_some(),
        "used 20 days ago"
    );
    let again = Browser {
        session: Some(&first.token),
        ..browser()
    };
    let second = test.sign_in(MARIAN, PASSWORD, again).await.unwrap();
    assert!(
        test.customer_of(&first.token).await.is_none(),
        "it was rotated"
    );
    days(31);
    assert!(
        test.customer_of(&second.token).await.is_none(),
        "idle for a month"
    );
}

#[tokio::test]
async fn what_the_database_keeps_opens_nothing() {
    let test = TestShop::open().await;
    test.sign_up("Marian", MARIAN, PASSWORD).await;
    let link = test.link_to(MARIAN, "confirm").await;
    let entered = test.confirm(&link, PASSWORD, browser()).await.unwrap();
    for word in [PASSWORD, link.expose(), entered.token.expose()] {
        let found: i64 = sqlx::query_scalar(
            "select (select count(*) from customer c where c::text like $1)
                  + (select count(*) from customer_link l where l::text like $1)
                  + (select count(*) from customer_session s where s::text like $1)
                  + (select count(*) from job j where j::text like $1)
                  + (select count(*) from mail m where m::text like $1)",
        )
        .bind(format!("%{word}%"))
        .fetch_one(test.shop.db())
        .await
        .unwrap();
        assert_eq!(found, 0);
    }
    assert!(
        test.text("select password_hash from customer")
            .await
            .starts_with("$argon2id$")
    );
}
