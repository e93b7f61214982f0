//! What a shop is made of.

use super::samples;
use crate::{
    islands::BuyBox,
    screens::cart::{Place, Refusal, cart_line, delivery_nudge},
    ui::{
        Icon, Step, Sums, Tone, breadcrumbs, empty, notice, pages, price, product_grid,
        receipt_row, tiles, timeline,
    },
};
use domain::{
    cart::{Adjustment, FreeDelivery},
    catalog::Crumb,
};
use leptos::prelude::*;
use samples::pounds;

pub(super) fn notices() -> impl IntoView {
    let titled = |tone, title: &str| {
        notice(
            tone,
            Some(title.to_owned()),
            view! { <p>"What to do next."</p> },
        )
    };
    view! {
        {titled(Tone::Calm, "To know")}
        {titled(Tone::Positive, "It went well")}
        {titled(Tone::Caution, "To look at")}
        {titled(Tone::Critical, "It went wrong")}
    }
}

pub(super) fn words() -> impl IntoView {
    view! {
        <div class="row">
            {price(pounds(2_800), false, None)} {price(pounds(2_200), true, None)}
            {price(pounds(2_200), false, Some(pounds(2_800)))} {price(pounds(0), false, None)}
        </div>
        <div class="row">
            <span class="badge badge--positive">"Paid"</span>
            <span class="badge badge--caution badge--half">"Part sent"</span>
            <span class="badge badge--critical">"Disputed"</span>
            <span class="badge badge--open">"Not sent"</span>
            <a class="chip" href="#main">"A chip " <span class="soft num">"12"</span></a>
        </div>
        <p class="stock stock--plenty">"In stock"</p>
        <p class="stock">"Only 3 left"</p>
        <p class="stock stock--none">"Sold out at the moment"</p>
    }
}

/// With values that are sold out, values that are not made, and a refusal.
pub(super) fn picker() -> impl IntoView {
    view! {
        <BuyBox
            product="styleguide".to_owned()
            choices=samples::choices()
            chosen=1
            quantity="99".to_owned()
            error=Some("We have only 3 left.".to_owned())
            tax_note="VAT included".to_owned()
        >
            <h3 class="display display--2xl">"Ridge Mug"</h3>
        </BuyBox>
    }
}

pub(super) fn products() -> impl IntoView {
    product_grid(&samples::cards(), true, 0)
}

pub(super) fn categories() -> impl IntoView {
    tiles(&samples::categories())
}

/// As it should be, and with everything that can be told of one.
pub(super) fn rows() -> impl IntoView {
    let told = [
        None,
        Some(Adjustment::PriceWas(pounds(2_800))),
        Some(Adjustment::Only(2)),
        Some(Adjustment::SoldOut),
        Some(Adjustment::Withdrawn),
    ];
    let rows = told
        .into_iter()
        .enumerate()
        .map(|(number, told)| cart_line(&samples::line(number, told), Place::Page, None))
        .collect_view();
    let refusal = Refusal {
        reason: "We have only 3 left.",
        typed: Some("99"),
    };
    let refused = cart_line(&samples::line(9, None), Place::Page, Some(refusal));
    view! { <ul>{rows} {refused}</ul> }
}

pub(super) fn sums() -> impl IntoView {
    let nudge = |missing| {
        delivery_nudge(FreeDelivery {
            from: pounds(7_500),
            missing: pounds(missing),
        })
    };
    let sums = Sums::of("£48.10")
        .row("2 things", "£44.00")
        .row("Code TENTH", "−£4.40")
        .row("Delivery, tracked", "£8.50")
        .note(Some("Includes £8.02 VAT".to_owned()));
    let bought = samples::line(0, None);
    view! {
        <div class="panel stack">
            {nudge(3_100)} {nudge(0)} <ul class="mini-lines">{receipt_row(&(&bought).into())}</ul>
            {sums.view("")}
        </div>
    }
}

pub(super) fn way() -> impl IntoView {
    let steps = vec![
        Step::new("Paid", "", "Saturday 21 November, 10:24"),
        Step::new("Being packed", "In paper and straw.", ""),
        Step::new("On its way", "", ""),
        Step::new("At your door in Kendal", "", "By Wednesday 25 November"),
    ];
    timeline(steps, 1)
}

pub(super) fn ways() -> impl IntoView {
    let crumbs = [Crumb {
        name: "Kitchen".into(),
        href: "#main".into(),
    }];
    view! {
        {breadcrumbs(&crumbs, "Mugs and cups")} {pages(None, Some("#main".into()))}
    }
}

pub(super) fn nothing() -> impl IntoView {
    let on = view! { <a class="btn btn--quiet" href="/">"Go on"</a> };
    empty(
        Icon::Bag,
        "Nothing here yet",
        "What to do next stands here.",
        on,
    )
}
