//! The account's pages as HTML.

use super::*;
use crate::screens::{
    fixtures::{self, HOSTILE, frame, keeps_to_policy, pounds},
    reading::Read,
};
use domain::{
    accounts::{
        AccountError, AddressError, AddressForm, CustomerSessionRow, DetailsForm, EmailForm,
        ForgotForm, HistoryPage, HistoryRow, OrderBadge, PasswordError, Profile, SavedAddress,
        SignInForm, SignUpError, SignUpForm,
    },
    checkout::{Address, FieldErrors},
};

const ID: &str = "019ab000-0000-7000-8000-000000000001";

fn hostile_address() -> Address {
    Address {
        name: HOSTILE.into(),
        line1: HOSTILE.into(),
        line2: HOSTILE.into(),
        city: HOSTILE.into(),
        region: String::new(),
        postcode: HOSTILE.into(),
        country: "GB".into(),
    }
}

fn saved(is_default: bool, number: u8) -> SavedAddress {
    SavedAddress {
        id: format!("019ab000-0000-7000-8000-0000000000{number:02}")
            .parse()
            .expect("an id"),
        address: hostile_address(),
        is_default,
    }
}

fn row(number: i64, badge: OrderBadge) -> HistoryRow {
    HistoryRow {
        number,
        placed_on: "21 November 2026".into(),
        total: pounds(19_620),
        badge,
        pictures: fixtures::order()
            .lines
            .into_iter()
            .filter_map(|line| line.picture)
            .collect(),
        titles: vec![HOSTILE.into(), "Round Teapot".into()],
        more: 2,
        arrival: "by Wednesday 25 November".into(),
    }
}

fn history(is_first: bool, next: Option<&str>) -> HistoryPage {
    HistoryPage {
        orders: vec![
            row(1047, OrderBadge::Packing),
            row(1012, OrderBadge::Unpaid),
        ],
        next: next.map(str::to_owned),
        is_first,
    }
}

#[test]
fn orders_are_told_by_number_and_standing() {
    let html = orders(
        &frame("/account"),
        &history(true, Some("1012")),
        "confirmed",
    );
    let page = Read::page(&html);
    assert_eq!(page.count(".order-card"), 2);
    assert!(html.contains("Being packed") && html.contains("and 2 more"));
    assert!(html.contains("Your address is confirmed."));
    assert_eq!(page.text(".account-nav [aria-current='page']"), "Orders");
    // What was not paid cannot be bought again.
    assert_eq!(page.count("form[action$='/again']"), 1);
    assert_eq!(
        page.attribute("a[rel='next']", "href"),
        "/account?after=1012"
    );
    let last = Read::page(&orders(&frame("/account"), &history(false, None), "<b>"));
    assert_eq!((last.count("a[rel='next']"), last.count(".notice")), (0, 0));
    let nothing = HistoryPage {
        is_first: true,
        ..HistoryPage::default()
    };
    assert!(orders(&frame("/account"), &nothing, "").contains("Nothing ordered yet"));
}

#[test]
fn what_cannot_be_had_again_is_named() {
    let view = fixtures::order();
    let left = |rows: &[usize]| order(&frame("/account/orders/1047"), &view, rows);
    let html = left(&[1, 99, 0]);
    let page = Read::page(&html);
    let told = page.text("[role='status'] ul");
    assert_eq!(
        told,
        format!("{}, {}", view.lines[0].title, view.lines[0].label)
    );
    assert!(left(&[]).contains("Buy again") && !left(&[]).contains("Not all of it"));
}

#[test]
fn passwords_never_come_back() {
    let secret = "kettle-window-otter";
    let sign_in_form = SignInForm {
        email: "marian@example.com".into(),
        password: secret.into(),
        to: "/checkout".into(),
    };
    let sign_up_form = SignUpForm {
        name: "Marian".into(),
        email: "marian@example.com".into(),
        password: secret.into(),
    };
    let email_form = EmailForm {
        email: "marian@example.com".into(),
        password: secret.into(),
    };
    let refused = SignUpError {
        password: Some(PasswordError::Common),
        ..SignUpError::default()
    };
    for html in [
        sign_in(
            &frame("/account/sign-in"),
            &sign_in_form,
            Some(AccountError::Wrong),
            "",
        ),
        sign_up(&frame("/account/sign-up"), &sign_up_form, &refused),
        email(
            &frame("/account/details"),
            &email_form,
            Some(AccountError::WrongPassword),
        ),
    ] {
        Read::page(&html);
        assert!(!html.contains(secret) && html.contains("marian@example.com"));
    }
}

#[test]
fn the_door_tells_what_is_wrong_beside_its_field() {
    let wrong = Read::page(&sign_in(
        &frame("/account/sign-in"),
        &SignInForm::default(),
        Some(AccountError::Wrong),
        "",
    ));
    assert_eq!(
        wrong.text("#refusal [role='alert']"),
        AccountError::Wrong.to_string()
    );
    assert_eq!(wrong.count("input[name='to']"), 0);
    let error = SignUpError {
        name: Some(AccountError::Name),
        email: Some(AccountError::Email),
        password: Some(PasswordError::TooShort),
        form: None,
    };
    let page = Read::page(&sign_up(
        &frame("/account/sign-up"),
        &SignUpForm::default(),
        &error,
    ));
    for field in ["name", "email", "password"] {
        assert_eq!(page.attribute(&format!("#{field}"), "aria-invalid"), "true");
        assert_eq!(
            page.attribute(&format!("#{field}"), "aria-describedby"),
            format!("{field}-error")
        );
    }
}

#[test]
fn no_page_of_the_account_runs_what_was_typed() {
    let text = || HOSTILE.to_owned();
    let profile = Profile {
        name: text(),
        email: text(),
        new_email: Some(text()),
    };
    let form = AddressForm::of(&hostile_address(), true);
    let wrong = AddressError {
        fields: form.check().err().unwrap_or_default(),
        form: Some(AccountError::TooManyAddresses),
    };
    let session = |is_this| CustomerSessionRow {
        id: ID.parse().expect("an id"),
        agent: text(),
        client: text(),
        since: "1 May 2026, 10:00".into(),
        seen: "1 May 2026, 10:00".into(),
        is_this,
    };
    let at = |path: &str| frame(path);
    let sign_in_form = SignInForm {
        email: text(),
        password: text(),
        to: text(),
    };
    let sign_up_form = SignUpForm {
        name: text(),
        email: text(),
        password: text(),
    };
    let mut order_view = fixtures::order();
    order_view.lines[0].title = text();
    for html in [
        sign_in(&at("/account/sign-in"), &sign_in_form, None, HOSTILE),
        sign_up(
            &at("/account/sign-up"),
            &sign_up_form,
            &SignUpError::default(),
        ),
        sent(&at("/account/sent")),
        confirm(
            &at("/account/confirm"),
            "t",
            Some(AccountError::WrongPassword),
        ),
        forgot(&at("/account/forgot"), &ForgotForm { email: text() }, None),
        reset(
            &at("/account/reset"),
            "t",
            Some(AccountError::Password(PasswordError::TooLong)),
        ),
        take_email(&at("/account/email"), "t"),
        link_over(&at("/account/sign-in")),
        orders(&at("/account"), &history(false, Some("1")), HOSTILE),
        order(&at("/account/orders/1"), &order_view, &[1]),
        addresses(
            &at("/account/addresses"),
            &[saved(true, 1), saved(false, 2)],
        ),
        addresses(&at("/account/addresses"), &[]),
        address(&at("/account/addresses"), None, &form, &wrong),
        details(
            &at("/account/details"),
            &profile,
            &DetailsForm { name: text() },
            Some(AccountError::Name),
            HOSTILE,
        ),
        email(
            &at("/account/details"),
            &EmailForm {
                email: text(),
                password: text(),
            },
            Some(AccountError::Email),
        ),
        password(
            &at("/account/details"),
            HOSTILE,
            Some(AccountError::WrongPassword),
        ),
        sessions(&at("/account/sessions"), &[session(true), session(false)]),
        delete(&at("/account/details"), Some(AccountError::OrderWaiting)),
    ] {
        keeps_to_policy(&html);
        Read::page(&html);
    }
}

#[test]
fn the_address_book_says_which_one_the_checkout_takes() {
    let book = [saved(true, 1), saved(false, 2)];
    let page = Read::page(&addresses(&frame("/account/addresses"), &book));
    assert_eq!(page.count(".address-card .badge"), 1);
    assert_eq!(page.count("form[action$='/default']"), 1);
    assert_eq!(page.count("form[action$='/delete']"), 2);
}
