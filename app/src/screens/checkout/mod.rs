//! The checkout: one page, at most eight fields, and payment on the payment service's own page.

mod billing;
mod book;
mod delivery;
mod field;
mod parts;
mod summary;

pub(crate) use parts::parts;

use crate::{
    Frame,
    document::{Around, Head, render_around},
    islands::CheckoutTotals,
    ui::{Icon, Tone, icon, notice},
};
use billing::billing;
use book::book;
use delivery::{methods, where_to};
use domain::{
    checkout::{CheckoutError, CheckoutView, Field},
    content::Chrome,
};
use leptos::prelude::*;
use summary::{pay_label, pay_note, summary};

/// The page of the checkout.
pub fn checkout(frame: &Frame, view: &CheckoutView) -> String {
    let wrong = !view.errors.is_empty() || view.problem.is_some();
    let title = if wrong {
        "Something to put right: checkout"
    } else {
        "Checkout"
    };
    render_around(frame, Head::private(title), Around::Checkout, || {
        if view.cart.lines.is_empty() {
            nothing_to_buy().into_any()
        } else {
            let inside = inside(&frame.chrome, view).into_any();
            view! { <CheckoutTotals>{inside}</CheckoutTotals> }.into_any()
        }
    })
}

fn inside(chrome: &Chrome, view: &CheckoutView) -> impl IntoView + use<> {
    view! {
        <div class="checkout">
            <form
                class="checkout__form"
                id="checkout"
                method="post"
                action="/checkout"
                novalidate
                autocomplete="on"
            >
                <h1 class="display display--2xl">"Checkout"</h1>
                {problem(view).into_any()}
                {error_summary(view).into_any()}
                {book(view).into_any()}
                {where_to(view).into_any()}
                {methods(view).into_any()}
                {billing(view).into_any()}
                {pay(chrome, view).into_any()}
            </form>
            {summary(view).into_any()}
        </div>
    }
}

/// Why the order was not placed.
fn problem(view: &CheckoutView) -> impl IntoView + use<> {
    let problem = view.problem.as_ref()?;
    let way_on = match problem {
        CheckoutError::CartChanged
        | CheckoutError::Empty
        | CheckoutError::BelowMinimum { .. }
        | CheckoutError::AboveMaximum { .. } => Some(view! {
            <p>
                <a href="/cart">"See your basket"</a>
            </p>
        }),
        _ => None,
    };
    let words = problem.to_string();
    Some(notice(
        Tone::Critical,
        None,
        view! {
            <p>{words}</p>
            {way_on}
        },
    ))
}

/// What is wrong with the fields, with a link to each.
fn error_summary(view: &CheckoutView) -> impl IntoView + use<> {
    let errors = &view.errors.0;
    if errors.is_empty() {
        return None;
    }
    let title = if errors.len() == 1 {
        "One thing to put right before you pay".to_owned()
    } else {
        format!("{} things to put right before you pay", errors.len())
    };
    let links: Vec<_> = errors
        .iter()
        .map(|(field, words)| {
            let href = format!("#{}", anchor(*field, view));
            let is_bill = field.as_str().starts_with("billing");
            let words = if is_bill {
                format!("The bill: {words}")
            } else {
                words.clone()
            };
            view! {
                <li>
                    <a href=href>{words}</a>
                </li>
            }
        })
        .collect();
    Some(notice(
        Tone::Critical,
        Some(title),
        view! { <ul>{links}</ul> },
    ))
}

/// The id to go to for a field: the first delivery method stands for all.
fn anchor(field: Field, view: &CheckoutView) -> String {
    match (field, view.offers.first()) {
        (Field::Method, Some(first)) => delivery::method_id(&first.code),
        (Field::Method, None) => Field::Country.to_string(),
        _ => field.to_string(),
    }
}

fn pay(chrome: &Chrome, view: &CheckoutView) -> impl IntoView + use<> {
    let terms: Vec<_> = chrome
        .legal
        .iter()
        .map(|link| {
            let (href, label) = (link.href.clone(), link.label.clone());
            view! {
                " "
                <a href=href>{label}</a>
            }
        })
        .collect();
    view! {
        <fieldset>
            <legend class="display display--xl">"Payment"</legend>
            <p class="pay-note">
                {icon(Icon::Lock)} <span data-part="pay-note">{pay_note(view)}</span>
            </p>
            <div data-part="total">{parts::hidden_total(view)}</div>
            <button
                class="btn btn--large btn--wide"
                id="pay"
                type="submit"
                name="action"
                value="pay"
                data-part="pay-label"
            >
                {pay_label(view)}
            </button>
            <p class="small soft center">
                "You can cancel until we pack it. By ordering you agree to:" {terms}
            </p>
        </fieldset>
    }
}

fn nothing_to_buy() -> impl IntoView {
    view! {
        <div class="wrap section--tight">
            <div class="empty">
                {icon(Icon::Bag)} <h1 class="display display--2xl">"Your basket is empty"</h1>
                <p>"There is nothing to pay for yet."</p> <a class="btn" href="/">
                    "Look around the shop"
                </a>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests;
