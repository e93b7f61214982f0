//! The basket as HTML.

use super::{CartState, cart, drawer};
use crate::screens::fixtures::{self, HOSTILE, frame, keeps_to_policy, line_id, pounds};
use domain::{
    Currency, VariantId,
    cart::{Adjustment, CartView},
};

fn page(view: &CartView, state: &CartState) -> String {
    cart(&frame("/cart"), view, state)
}

#[test]
fn every_button_of_a_row_is_a_form_that_works_without_script() {
    let html = page(&fixtures::cart(), &CartState::default());
    let action = format!("action=\"/cart/lines/{}\"", line_id(1));
    // One fewer, the number, one more, remove.
    assert_eq!(html.matches(&action).count(), 4);
    assert!(html.contains("name=\"quantity\" value=\"3\""));
    assert!(html.contains("name=\"remove\" value=\"1\""));
    assert!(html.contains("href=\"/checkout\""));
}

#[test]
fn a_refusal_stands_at_its_row_with_what_was_typed() {
    let state = CartState {
        error: Some((Some(line_id(2)), "We have only 3 left.".into())),
        typed_quantity: Some(HOSTILE.into()),
        ..CartState::default()
    };
    let html = page(&fixtures::cart(), &state);
    let described = format!("aria-describedby=\"basket-{}-error\"", line_id(2));
    assert!(html.contains(&described));
    assert!(html.contains(&format!("id=\"basket-{}-error\"", line_id(2))));
    assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;'\""));
    assert!(!html.contains("<script>alert"));
}

#[test]
fn a_refusal_of_a_row_that_is_gone_stands_above() {
    let state = CartState {
        error: Some((Some(line_id(9)), "This is no longer in your basket.".into())),
        ..CartState::default()
    };
    for view in [fixtures::cart(), CartView::empty(Currency::GBP)] {
        assert!(page(&view, &state).contains("This is no longer in your basket."));
    }
}

#[test]
fn what_has_changed_has_to_be_put_right_before_the_checkout() {
    let mut view = fixtures::cart();
    view.lines[2].adjustment = Some(Adjustment::Only(2));
    let html = page(&view, &CartState::default());
    assert!(html.contains("We have only 2 left."));
    assert!(html.contains("Change to 2"));
    assert!(!html.contains("href=\"/checkout\""));
    // A new price is told and blocks nothing.
    view.lines[2].adjustment = Some(Adjustment::PriceWas(pounds(2_400)));
    let html = page(&view, &CartState::default());
    assert!(html.contains("The price was £24.00") && html.contains("href=\"/checkout\""));
}

#[test]
fn a_code_that_was_refused_stays_typed() {
    let state = CartState {
        code: HOSTILE.into(),
        code_error: Some("We do not know this code.".into()),
        ..CartState::default()
    };
    let html = page(&fixtures::cart(), &state);
    assert!(html.contains("<details id=\"code\" open"));
    assert!(html.contains("aria-describedby=\"code-error\""));
    assert!(!html.contains("<script>alert"));
}

#[test]
fn a_code_that_has_ended_is_told_and_can_be_taken_out_or_replaced() {
    let mut view = fixtures::cart();
    view.discount = None;
    view.ended_code = Some(HOSTILE.into());
    let html = page(&view, &CartState::default());
    assert!(html.contains("cannot be used any more."));
    assert!(html.contains("name=\"remove\" value=\"1\""));
    assert!(html.contains("<details id=\"code\""));
    keeps_to_policy(&html);
}

#[test]
fn the_policy_of_the_page_is_kept() {
    let mut view = fixtures::cart();
    view.lines[0].title = HOSTILE.into();
    view.lines[0].label = HOSTILE.into();
    view.lines[1].adjustment = Some(Adjustment::SoldOut);
    view.discount = Some((HOSTILE.into(), pounds(100)));
    keeps_to_policy(&page(&view, &CartState::default()));
    let parts = drawer(&view, None);
    assert!(!parts.parts.iter().any(|(_, html)| html.contains("<script")));
}

#[test]
fn an_empty_basket_leads_on() {
    let html = page(&CartView::empty(Currency::GBP), &CartState::default());
    assert!(html.contains("Your basket is empty"));
    assert!(html.contains("href=\"/categories/kitchen\""));
}

#[test]
fn the_drawer_tells_what_came_in() {
    let view = fixtures::cart();
    let parts = drawer(&view, Some(VariantId(line_id(1).0)));
    let names: Vec<&str> = parts.parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["basket-count", "basket-body", "basket-foot"]);
    assert_eq!(
        parts.told,
        "Added: Ridge Mug, Sage, Medium. 6 things in your basket, £218.00."
    );
    assert!(parts.parts[1].1.contains("Added: "));
    assert!(
        parts.parts[2]
            .1
            .contains("Delivery is free. You have passed £75.00.")
    );
    let parts = drawer(&CartView::empty(Currency::GBP), None);
    assert_eq!(parts.told, "Your basket is empty.");
    assert_eq!(
        (parts.parts[0].1.as_str(), parts.parts[2].1.as_str()),
        ("", "")
    );
}
