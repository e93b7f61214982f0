//! The parts of the drawer, which its island puts in place.

use super::{
    line::{Place, cart_line},
    sums::delivery_nudge,
};
use crate::{
    api::Parts,
    document::render_part,
    ui::{Icon, empty, icon, things},
};
use domain::{
    VariantId,
    cart::{CartLine, CartView},
};
use leptos::prelude::*;

/// The drawer with this basket; `added` is the variant that just came in.
pub(crate) fn drawer(cart: &CartView, added: Option<VariantId>) -> Parts {
    let added = added.and_then(|variant| cart.lines.iter().find(|line| line.variant == variant));
    let count = (cart.count > 0).then(|| cart.count.to_string());
    let foot = (!cart.lines.is_empty()).then(|| render_part(|| foot(cart)));
    Parts {
        parts: vec![
            ("basket-count".to_owned(), count.unwrap_or_default()),
            ("basket-body".to_owned(), render_part(|| body(cart, added))),
            ("basket-foot".to_owned(), foot.unwrap_or_default()),
        ],
        told: told(cart, added),
    }
}

fn told(cart: &CartView, added: Option<&CartLine>) -> String {
    let added = added.map(|line| format!("Added: {}. ", name(line)));
    let basket = if cart.lines.is_empty() {
        "Your basket is empty.".to_owned()
    } else {
        format!("{} in your basket, {}.", things(cart.count), cart.total)
    };
    added.unwrap_or_default() + &basket
}

fn name(line: &CartLine) -> String {
    if line.label.is_empty() {
        line.title.clone()
    } else {
        format!("{}, {}", line.title, line.label)
    }
}

fn body(cart: &CartView, added: Option<&CartLine>) -> impl IntoView + use<> {
    let added = added.map(|line| {
        view! { <p class="added">{icon(Icon::Check)} <span>"Added: " {name(line)}</span></p> }
    });
    let lines: Vec<_> = cart
        .lines
        .iter()
        .map(|line| cart_line(line, Place::Drawer, None).into_any())
        .collect();
    let is_empty = lines.is_empty();
    view! {
        <p class="field__error" role="alert" data-problem></p>
        {added}
        <ul>{lines}</ul>
        {is_empty.then(nothing)}
    }
}

fn nothing() -> impl IntoView {
    let way_on = view! {
        <a class="btn btn--quiet" href="/">
            "Look around"
        </a>
    };
    empty(
        Icon::Bag,
        "Nothing in it yet",
        "What you put in stays here for sixty days.",
        way_on,
    )
}

fn foot(cart: &CartView) -> impl IntoView + use<> {
    let discount = cart.discount.as_ref().map(|(code, off)| {
        view! {
            <div>
                <dt>{format!("Code {code}")}</dt>
                <dd>{format!("−{off}")}</dd>
            </div>
        }
    });
    let way_on = if cart.can_check_out() {
        view! {
            <a class="btn btn--large btn--wide" href="/checkout">
                "Check out"
            </a>
        }
        .into_any()
    } else {
        view! { <p class="small">"Please put the marked things right before you check out."</p> }
            .into_any()
    };
    view! {
        {cart.free_delivery.map(delivery_nudge)}
        <dl class="sums">
            {discount}
            <div class="sums__total sums__total--bare">
                <dt>"Total"</dt>
                <dd>{cart.total.to_string()}</dd>
            </div>
        </dl>
        {way_on}
        <a class="link small drawer__more" href="/cart">
            "See the whole basket"
        </a>
    }
}
