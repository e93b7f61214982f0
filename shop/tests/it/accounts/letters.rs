//! Another password, another address.

use super::{MARIAN, PASSWORD, browser, refusal};
use crate::support::TestShop;
use domain::accounts::{
    AccountError, EmailForm, ForgotForm, PasswordError, PasswordForm, ResetForm,
};
use jiff::SignedDuration;

const OTHER: &str = "teapot-ladder-moss";
const NEW: &str = "new@example.com";

async fn ask_for_reset(test: &TestShop, email: &str) {
    let form = ForgotForm {
        email: email.into(),
    };
    test.shop.forgot_password(&form, "1.2.3.4").await.unwrap();
}

fn reset_to(password: &str) -> ResetForm {
    ResetForm {
        password: password.into(),
    }
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_and_everybody_is_signed_out() {
    let test = TestShop::open().await;
    test.customer(MARIAN).await;
    let session = test
        .sign_in(MARIAN, PASSWORD, browser())
        .await
        .unwrap()
        .token;
    ask_for_reset(&test, "nobody@example.com").await;
    assert!(test.mails_to("nobody@example.com").await.is_empty());
    ask_for_reset(&test, MARIAN).await;
    let link = test.link_to(MARIAN, "reset").await;
    let short = test.shop.reset_password(&link, &reset_to("short")).await;
    assert_eq!(
        refusal(short),
        AccountError::Password(PasswordError::TooShort)
    );
    test.shop
        .reset_password(&link, &reset_to(OTHER))
        .await
        .unwrap();
    assert!(test.customer_of(&session).await.is_none());
    let old = test.sign_in(MARIAN, PASSWORD, browser()).await;
    assert_eq!(refusal(old), AccountError::Wrong);
    assert!(test.sign_in(MARIAN, OTHER, browser()).await.is_ok());
    let twice = test.shop.reset_password(&link, &reset_to(PASSWORD)).await;
    assert_eq!(refusal(twice), AccountError::LinkOver);
    let told = test.mails_to(MARIAN).await;
    assert_eq!(told.last().unwrap().subject, "Your password was changed");
}

#[tokio::test]
async fn the_link_to_another_password_holds_for_an_hour() {
    let test = TestShop::open().await;
    test.customer(MARIAN).await;
    ask_for_reset(&test, MARIAN).await;
    let link = test.link_to(MARIAN, "reset").await;
    test.clock.advance(SignedDuration::from_mins(61));
    let late = test.shop.reset_password(&link, &reset_to(OTHER)).await;
    assert_eq!(refusal(late), AccountError::LinkOver);
}

#[tokio::test]
async fn changing_the_password_signs_out_the_other_browsers() {
    let test = TestShop::open().await;
    let this = test.customer(MARIAN).await;
    let other = test
        .sign_in(MARIAN, PASSWORD, browser())
        .await
        .unwrap()
        .token;
    let form = |present: &str| PasswordForm {
        present: present.into(),
        password: OTHER.into(),
    };
    let wrong = test.shop.change_password(&this, &form("wrong")).await;
    assert_eq!(refusal(wrong), AccountError::WrongPassword);
    test.shop
        .change_password(&this, &form(PASSWORD))
        .await
        .unwrap();
    assert!(test.customer_of(&other).await.is_none());
    assert_eq!(test.shop.customer_sessions(&this).await.unwrap().len(), 1);
}

fn to_email(email: &str) -> EmailForm {
    EmailForm {
        email: email.into(),
        password: PASSWORD.into(),
    }
}

#[tokio::test]
async fn another_address_is_taken_once_its_mail_was_read() {
    let test = TestShop::open().await;
    let marian = test.customer(MARIAN).await;
    test.shop
        .change_email(&marian, &to_email(NEW))
        .await
        .unwrap();
    let link = test.link_to(NEW, "email").await;
    let told = test.mails_to(MARIAN).await;
    assert!(told.last().unwrap().subject.contains("another address"));
    assert!(test.sign_in(NEW, PASSWORD, browser()).await.is_err());
    // A link that is followed in another account's browser makes nothing theirs.
    let eve = test.customer("eve@example.com").await;
    let foreign = test.shop.confirm_email(&eve, &link).await;
    assert_eq!(refusal(foreign), AccountError::LinkOver);
    test.shop.confirm_email(&marian, &link).await.unwrap();
    assert!(test.sign_in(NEW, PASSWORD, browser()).await.is_ok());
    assert!(test.sign_in(MARIAN, PASSWORD, browser()).await.is_err());
}

#[tokio::test]
async fn a_link_to_one_address_does_not_confirm_another() {
    let test = TestShop::open().await;
    let marian = test.customer(MARIAN).await;
    test.shop
        .change_email(&marian, &to_email(NEW))
        .await
        .unwrap();
    let link = test.link_to(NEW, "email").await;
    let third = "third@example.com";
    test.shop
        .change_email(&marian, &to_email(third))
        .await
        .unwrap();
    let old = test.shop.confirm_email(&marian, &link).await;
    assert_eq!(refusal(old), AccountError::LinkOver);
    // Choosing another password takes the wish back.
    let link = test.link_to(third, "email").await;
    ask_for_reset(&test, MARIAN).await;
    let reset = test.link_to(MARIAN, "reset").await;
    test.shop
        .reset_password(&reset, &reset_to(OTHER))
        .await
        .unwrap();
    let undone = test.shop.confirm_email(&marian, &link).await;
    assert_eq!(refusal(undone), AccountError::LinkOver);
}

#[tokio::test]
async fn an_address_of_somebody_elses_answers_the_same_and_tells_them() {
    let test = TestShop::open().await;
    let marian = test.customer(MARIAN).await;
    test.customer("eve@example.com").await;
    test.shop
        .change_email(&marian, &to_email("eve@example.com"))
        .await
        .unwrap();
    let told = test.mails_to("eve@example.com").await;
    assert!(told.last().unwrap().subject.contains("have an account"));
    let waits = test
        .number("select count(*) from customer where new_email is not null")
        .await;
    assert_eq!(waits, 0);
}
