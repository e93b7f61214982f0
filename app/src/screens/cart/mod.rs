//! The basket: its page, and what the drawer shows of it.

mod drawer;
mod line;
mod sums;

pub(crate) use drawer::drawer;

use crate::{
    Frame,
    document::{Head, render},
    ui::{Icon, Tone, icon, notice, things},
};
use domain::{
    CartLineId,
    cart::{CartError, CartView},
    content::{Chrome, NavItem},
};
use leptos::prelude::*;
pub(crate) use line::{Place, Refusal, cart_line};
pub(crate) use sums::{delivery_nudge, sums};

/// What was typed on the basket's page, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CartState {
    /// Why something was refused, and at which row.
    pub error: Option<(Option<CartLineId>, String)>,
    /// What was typed as that row's quantity.
    pub typed_quantity: Option<String>,
    /// What was typed as a code.
    pub code: String,
    /// Why the code was refused.
    pub code_error: Option<String>,
}

/// The page of the basket.
pub fn cart(frame: &Frame, cart: &CartView, state: &CartState) -> String {
    render(frame, Head::private("Your basket"), || {
        if cart.lines.is_empty() {
            empty(&frame.chrome.nav, state).into_any()
        } else {
            filled(&frame.chrome, cart, state).into_any()
        }
    })
}

/// Above everything: a refusal that belongs to no row that is still there.
fn refusal_at_top(state: &CartState, cart: Option<&CartView>) -> impl IntoView + use<> {
    let (line, reason) = state.error.clone()?;
    let at_row = line
        .is_some_and(|line| cart.is_some_and(|cart| cart.lines.iter().any(|kept| kept.id == line)));
    (!at_row).then(|| notice(Tone::Critical, None, reason))
}

fn filled(chrome: &Chrome, cart: &CartView, state: &CartState) -> impl IntoView + use<> {
    let rows: Vec<_> = cart
        .lines
        .iter()
        .map(|line| {
            let refusal = state.error.as_ref().filter(|(at, _)| *at == Some(line.id));
            let refusal = refusal.map(|(_, reason)| Refusal {
                reason,
                typed: state.typed_quantity.as_deref(),
            });
            cart_line(line, Place::Page, refusal).into_any()
        })
        .collect();
    view! {
        <div class="wrap section--tight cart">
            <header class="cart__head">
                <h1 class="display display--3xl">"Your basket"</h1>
                <p class="soft">{things(cart.count)}</p>
            </header>
            {refusal_at_top(state, Some(cart))}
            <div class="split mt-6">
                <ul>{rows}</ul>
                {summary(chrome, cart, state).into_any()}
            </div>
        </div>
    }
}

fn summary(chrome: &Chrome, cart: &CartView, state: &CartState) -> impl IntoView + use<> {
    let tax = chrome.tax_name.as_deref().unwrap_or("tax");
    let way_on = if cart.can_check_out() {
        view! {
            <a class="btn btn--large btn--wide" href="/checkout">
                "Check out"
            </a>
        }
        .into_any()
    } else {
        let words =
            "Something here has changed. Please put the marked things right, then check out.";
        notice(Tone::Caution, None, words).into_any()
    };
    view! {
        <aside class="panel split__side" aria-labelledby="summary-title">
            <h2 class="display display--xl" id="summary-title">
                "Summary"
            </h2>
            {cart.free_delivery.map(delivery_nudge)}
            {sums(cart, tax).into_any()}
            {way_on}
            {code(cart, state).into_any()}
        </aside>
    }
}

/// The code that takes something off: the one that is used, or one that no longer can be, or a field for one.
fn code(cart: &CartView, state: &CartState) -> impl IntoView + use<> {
    if state.code_error.is_some() {
        return code_field(state).into_any();
    }
    match (&cart.discount, &cart.ended_code) {
        (Some((code, _)), _) => {
            let words = view! { <p>"Code " <b class="strong">{code.clone()}</b> " is used."</p> };
            entered_code(Icon::Check, words, Some("code")).into_any()
        }
        (None, Some(code)) => {
            let words = CartError::ExpiredCode(code.clone()).to_string();
            let words = view! { <p role="status">{words}</p> };
            let ended = entered_code(Icon::Alert, words, None).into_any();
            view! {
                {ended}
                {code_field(state).into_any()}
            }
            .into_any()
        }
        (None, None) => code_field(state).into_any(),
    }
}

fn entered_code(
    of: Icon,
    words: impl IntoView + 'static,
    id: Option<&'static str>,
) -> impl IntoView {
    view! {
        <form class="coupon" method="post" action="/cart/coupon" id=id>
            {icon(of)}
            {words.into_any()}
            <button class="text-btn" type="submit" name="remove" value="1">
                "Remove"
                <span class="sr">" the code"</span>
            </button>
        </form>
    }
}

fn code_field(state: &CartState) -> impl IntoView + use<> {
    let wrong = state.code_error.is_some();
    let error = state.code_error.clone().map(|reason| {
        view! {
            <p class="field__error" id="code-error" role="alert">
                {icon(Icon::Alert)}
                <span>{reason}</span>
            </p>
        }
    });
    view! {
        <details class="disclosure disclosure--bare" id="code" open=wrong>
            <summary class="small">"Add a code" {icon(Icon::Down)}</summary>
            <form class="stack" method="post" action="/cart/coupon">
                <div class="code-row">
                    <label class="sr" for="code-field">
                        "Discount code"
                    </label>
                    <input
                        class="input"
                        id="code-field"
                        name="code"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        required
                        aria-invalid=wrong.then_some("true")
                        aria-describedby=wrong.then_some("code-error")
                        value=state.code.clone()
                    />
                    <button class="btn btn--quiet" type="submit">
                        "Apply"
                    </button>
                </div>
                {error}
            </form>
        </details>
    }
}

/// Nothing in it: the ways on.
fn empty(nav: &[NavItem], state: &CartState) -> impl IntoView + use<> {
    let ways: Vec<_> = nav
        .iter()
        .map(|item| {
            let (href, label) = (item.href.clone(), item.label.clone());
            view! {
                <li>
                    <a class="btn btn--quiet" href=href>
                        {label}
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <div class="wrap section--tight">
            {refusal_at_top(state, None)}
            <div class="empty cart__empty">
                {icon(Icon::Bag)} <h1 class="display display--2xl">"Your basket is empty"</h1>
                <p>"Nothing is waiting here yet. What you put in stays for sixty days."</p>
                <ul class="row">{ways}</ul>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests;
