//! What somebody ordered.

use super::parts::{behind, done};
use crate::{
    Frame,
    screens::order::body,
    ui::{Icon, Tone, empty, icon, notice, thumbnail},
};
use domain::{
    accounts::{HistoryPage, HistoryRow, OrderBadge},
    orders::{OrderStatus, OrderView},
};
use leptos::prelude::*;

/// The orders, the latest first. `word` says what was just done.
pub fn orders(frame: &Frame, page: &HistoryPage, word: &str) -> String {
    let done = done(word).into_any();
    behind(frame, "Your orders", || {
        if page.orders.is_empty() && page.is_first {
            return view! { {done} {nothing()} }.into_any();
        }
        let cards: Vec<_> = page.orders.iter().map(card).collect();
        let first = (!page.is_first).then(|| {
            view! { <a href="/account">{icon(Icon::Back)} "Latest"</a> }
        });
        let next = page.next.as_ref().map(|after| {
            let href = format!("/account?after={after}");
            view! { <a href=href rel="next">"Older" {icon(Icon::Forward)}</a> }
        });
        let pages = (first.is_some() || next.is_some())
            .then(|| view! { <nav class="pagination" aria-label="Pages">{first} {next}</nav> });
        view! {
            {done}
            <ul class="stack order-cards">{cards}</ul>
            {pages}
        }
        .into_any()
    })
}

fn nothing() -> impl IntoView {
    empty(
        Icon::Bag,
        "Nothing ordered yet",
        "What you order with this account, or with its e-mail address, is shown here.",
        view! {
            <a class="btn" href="/">
                "Look around the shop"
            </a>
        },
    )
}

const fn badge_class(badge: OrderBadge) -> &'static str {
    match badge {
        OrderBadge::Unpaid => "badge badge--caution badge--open",
        OrderBadge::Packing | OrderBadge::PartlySent => "badge badge--accent badge--half",
        OrderBadge::Sent => "badge badge--positive",
        OrderBadge::PartlyRefunded => "badge badge--caution badge--half",
        OrderBadge::Refunded => "badge badge--caution",
        OrderBadge::Cancelled => "badge badge--open",
    }
}

fn card(order: &HistoryRow) -> impl IntoView + use<> {
    let thumbs: Vec<_> = order
        .pictures
        .iter()
        .map(|picture| thumbnail(Some(picture)))
        .collect();
    let titles = if order.more > 0 {
        format!("{} and {} more", order.titles.join(", "), order.more)
    } else {
        order.titles.join(", ")
    };
    let arrival = (!order.arrival.is_empty() && order.badge == OrderBadge::Packing)
        .then(|| view! { <p class="small soft">"With you " {order.arrival.clone()}</p> });
    let number = order.number;
    let follow = if order.badge == OrderBadge::Packing {
        "Follow it"
    } else {
        "See it"
    };
    let again = (order.badge != OrderBadge::Unpaid).then(|| again(number));
    view! {
        <li class="order-card">
            <div class="order-card__head">
                <h2 class="strong">"Order " {number}</h2>
                <p class="soft">{order.placed_on.clone()}</p>
                <p class="num">{order.total.to_string()}</p>
                <span class=badge_class(order.badge)>{order.badge.words()}</span>
            </div>
            <div class="order-card__body">
                <div class="order-card__thumbs">{thumbs}</div>
                <div class="order-card__text">
                    <p class="strong">{titles}</p>
                    {arrival}
                </div>
                <div class="row">
                    {again} <a class="btn btn--quiet" href=order.href()>
                        {follow}
                        <span class="sr">": order " {number}</span>
                    </a>
                </div>
            </div>
        </li>
    }
}

/// Puts the same into the basket.
fn again(number: i64) -> impl IntoView {
    view! {
        <form method="post" action=format!("/account/orders/{number}/again")>
            <button class="btn btn--quiet" type="submit">
                "Buy again"
                <span class="sr">": order " {number}</span>
            </button>
        </form>
    }
}

/// The page of one order, as everybody who has its link sees it, with the way to order the same again. `left` are the rows,
/// from 1, that could not be had again.
pub fn order(frame: &Frame, order: &OrderView, left: &[usize]) -> String {
    let title = format!("Order {}", order.number);
    let beside = view! {
        {missing(order, left)}
        <div class="row">
            {(order.status != OrderStatus::Pending).then(|| again(order.number))}
            <a class="link" href="/account">
                "All your orders"
            </a>
        </div>
    };
    body(frame, title, order, Some(beside.into_any()))
}

/// What is not to be had any more, or not as many of it.
fn missing(order: &OrderView, left: &[usize]) -> impl IntoView + use<> {
    let titles: Vec<_> = left
        .iter()
        .filter_map(|row| order.lines.get(row.checked_sub(1)?))
        .map(|line| {
            let words = if line.label.is_empty() {
                line.title.clone()
            } else {
                format!("{}, {}", line.title, line.label)
            };
            view! { <li>{words}</li> }
        })
        .collect();
    if titles.is_empty() {
        return None;
    }
    Some(notice(
        Tone::Caution,
        Some("Not all of it is to be had again".to_owned()),
        view! {
            <p>
                "What there is, is in " <a href="/cart">"your basket"</a>
                ". Of these there are none, or fewer than you had:"
            </p>
            <ul>{titles}</ul>
        },
    ))
}
