//! The checkout as HTML.

use super::{checkout, parts};
use crate::screens::{
    fixtures::{self, HOSTILE, checkout_of, frame, keeps_to_policy},
    reading::Read,
};
use domain::{
    Currency,
    cart::CartView,
    checkout::{CheckoutError, CheckoutForm, CheckoutView, Field},
};

fn page(view: &CheckoutView) -> String {
    checkout(&frame("/checkout"), view)
}

/// A form with hostile text in every field that is typed into.
fn hostile() -> CheckoutForm {
    let text = || HOSTILE.to_owned();
    CheckoutForm {
        email: text(),
        country: "US".into(),
        name: text(),
        line1: text(),
        line2: text(),
        city: text(),
        region: text(),
        postcode: text(),
        method: "uk-tracked".into(),
        billing_other: "on".into(),
        billing_country: "US".into(),
        billing_name: text(),
        billing_line1: text(),
        billing_line2: text(),
        billing_city: text(),
        billing_region: text(),
        billing_postcode: text(),
        total: String::new(),
        saved: text(),
    }
}

#[test]
fn the_fields_have_the_names_that_the_form_is_read_by() {
    let html = page(&checkout_of(hostile()));
    for field in Field::ALL {
        assert!(html.contains(&format!("name=\"{field}\"")), "{field}");
    }
    for name in ["billing_other", "total", "action"] {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
    }
    assert!(html.contains("<input type=\"hidden\" name=\"total\" value=\"21800\">"));
}

#[test]
fn what_was_typed_comes_back_escaped() {
    let html = page(&checkout_of(hostile()));
    let escaped = "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;'\"";
    // E-mail, and name, two lines, town and postcode of both addresses.
    assert_eq!(html.matches(escaped).count(), 11);
    assert!(!html.contains("<script>alert"));
    assert!(!html.contains("<textarea"));
}

#[test]
fn errors_are_told_above_and_beside_their_fields() {
    let form = CheckoutForm {
        country: "GB".into(),
        postcode: "LA9 4B".into(),
        ..CheckoutForm::default()
    };
    let errors = form.check().unwrap_err();
    let count = errors.0.len();
    let html = page(&CheckoutView {
        errors,
        ..checkout_of(form)
    });
    assert!(html.contains(&format!("{count} things to put right before you pay")));
    for field in ["email", "name", "line1", "city", "postcode"] {
        assert!(html.contains(&format!("href=\"#{field}\"")), "{field}");
        assert!(html.contains(&format!("id=\"{field}-error\"")), "{field}");
        assert!(
            html.contains(&format!("aria-describedby=\"{field}-error\"")),
            "{field}"
        );
    }
    assert!(html.contains("href=\"#method-uk-tracked\""));
    assert_eq!(html.matches("aria-invalid=\"true\"").count(), 5);
    assert!(html.contains("<title>Something to put right: checkout"));
}

#[test]
fn a_state_is_asked_for_where_there_are_states() {
    let view = |country: &str| {
        page(&checkout_of(CheckoutForm {
            country: country.into(),
            region: "ca".into(),
            ..CheckoutForm::default()
        }))
    };
    assert!(!view("GB").contains("id=\"region\""));
    let us = view("US");
    assert!(us.contains("id=\"region\"") && us.contains("<option value=\"CA\" selected>"));
    assert!(us.contains("ZIP code") && us.contains("Such as 94110"));
}

#[test]
fn at_most_eight_fields_are_seen() {
    let html = page(&checkout_of(CheckoutForm {
        country: "US".into(),
        ..CheckoutForm::default()
    }));
    let form = html.split("<form").nth(1).unwrap();
    let shown = form
        .split("<details")
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part
            } else {
                part.split("</details>").nth(1).unwrap()
            }
        })
        .collect::<String>();
    // What is folded away, and what the ticked box unfolds, is not seen.
    let shown = shown.split("billing__fields").next().unwrap();
    let fields = shown.matches("class=\"field").count() - shown.matches("class=\"field__").count();
    assert_eq!(fields, 7);
}

#[test]
fn a_free_order_is_placed_and_not_paid() {
    let mut view = fixtures::checkout();
    assert!(page(&view).contains("Pay £218.00"));
    view.totals.total = 0;
    let html = page(&view);
    assert!(html.contains("Place order") && html.contains("There is nothing to pay."));
    assert!(html.contains("name=\"total\" value=\"0\""));
}

#[test]
fn why_an_order_was_not_placed_stands_above() {
    let html = page(&CheckoutView {
        problem: Some(CheckoutError::CartChanged),
        ..fixtures::checkout()
    });
    assert!(html.contains("Something in your basket has changed."));
    assert!(html.contains("See your basket"));
    let empty = page(&CheckoutView {
        cart: CartView::empty(Currency::GBP),
        ..fixtures::checkout()
    });
    assert!(empty.contains("Your basket is empty") && !empty.contains("name=\"total\""));
}

#[test]
fn the_parts_are_those_of_the_page() {
    let view = checkout_of(hostile());
    let html = page(&view);
    for (name, part) in parts(&view).parts {
        assert!(html.contains(&format!("data-part=\"{name}\"")), "{name}");
        assert!(html.contains(&part), "{name}: {part}");
        assert!(
            !part.contains("type=\"text\""),
            "{name} holds what is typed"
        );
    }
}

#[test]
fn the_policy_of_the_page_is_kept() {
    keeps_to_policy(&page(&fixtures::checkout()));
    keeps_to_policy(&page(&checkout_of(hostile())));
}

#[test]
fn a_customer_chooses_among_their_addresses_and_a_stranger_is_shown_the_door() {
    let stranger = Read::page(&page(&fixtures::checkout()));
    assert_eq!(stranger.count("#saved"), 0);
    assert_eq!(stranger.count("a[href='/account/sign-in?to=/checkout']"), 1);
    let id = "019ab000-0000-7000-8000-000000000001";
    let address = fixtures::order().shipping_address;
    let html = page(&CheckoutView {
        is_signed_in: true,
        saved: vec![domain::accounts::SavedAddress {
            id: id.parse().expect("an id"),
            address,
            is_default: true,
        }],
        ..fixtures::checkout()
    });
    let read = Read::page(&html);
    assert_eq!(read.attribute("#saved option", "value"), id);
    assert!(read.text("#saved option").contains("14 Stramongate"));
    // The Enter key presses the first button: it shows the total anew, and neither pays nor writes over what was typed.
    let first = read.all("#checkout button[name='action']")[0].attr("value");
    assert_eq!(first, Some("update"));
    assert_eq!(read.count("#checkout button[value='use']"), 1);
}
