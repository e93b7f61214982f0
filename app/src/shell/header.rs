//! The header: where one can go, search, and the basket.

use super::wordmark;
use crate::{
    Frame,
    ui::{Icon, icon},
};
use domain::content::NavItem;
use leptos::prelude::*;

pub(super) fn header(frame: &Frame) -> impl IntoView + use<> {
    let chrome = &frame.chrome;
    let links = chrome.nav.iter().map(|item| {
        view! { <li>{nav_link(frame, item)}</li> }
    });
    let announcement = (!chrome.announcement.is_empty()).then(|| {
        view! { <aside class="announcement" aria-label="From the shop">{chrome.announcement.clone()}</aside> }
    });
    // Without the database nothing is known of where one can go: the places stay free.
    let ways = !chrome.nav.is_empty();
    let menu = ways.then(|| menu(frame).into_any());
    let nav = ways.then(|| {
        view! {
            <nav class="site-nav" aria-label="Shop">
                <ul>{links.collect_view()}</ul>
            </nav>
        }
        .into_any()
    });
    view! {
        {announcement}
        <header class="site-header">
            <div class="wrap site-header__bar">
                <div class="site-ways">{menu} {nav}</div>
                {wordmark(&chrome.name)}
                <div class="site-tools">
                    <a class="site-tools__wide" href="/search">
                        {icon(Icon::Search)}
                        "Search"
                    </a>
                    <a class="site-tools__wide" href="/account">
                        {icon(Icon::Person)}
                        "Account"
                    </a>
                    <a class="site-tools__phone" href="/search" aria-label="Search">
                        {icon(Icon::Search)}
                    </a>
                    <a href="/cart" data-cart-link="">
                        {icon(Icon::Bag)} <span class="sr">"Basket "</span>
                        <span class="bag-count num" data-cart-count="" hidden=true></span>
                    </a>
                </div>
            </div>
        </header>
    }
}

fn nav_link(frame: &Frame, item: &NavItem) -> impl IntoView + use<> {
    let current = frame.current(&item.href);
    view! {
        <a href=item.href.clone() aria-current=current>
            {item.label.clone()}
        </a>
    }
}

/// The navigation of a phone: it unfolds without script.
fn menu(frame: &Frame) -> impl IntoView + use<> {
    let groups = frame.chrome.nav.iter().map(|item| {
        let children = item.children.iter().map(|link| {
            view! {
                <li>
                    <a href=link.href.clone()>{link.label.clone()}</a>
                </li>
            }
        });
        view! {
            <li>
                <a class="site-menu__head" href=item.href.clone()>
                    {item.label.clone()}
                </a>
                <ul>{children.collect_view()}</ul>
            </li>
        }
    });
    view! {
        <details class="site-menu-fold">
            <summary class="site-menu" aria-label="Menu">
                {icon(Icon::Menu)}
            </summary>
            <nav class="site-menu__panel" aria-label="Menu">
                <ul>
                    {groups.collect_view()} <li>
                        <a class="site-menu__head" href="/account">
                            "Your account"
                        </a>
                    </li>
                </ul>
            </nav>
        </details>
    }
}

/// The header of the checkout.
pub(super) fn slim(frame: &Frame) -> impl IntoView + use<> {
    view! {
        <header class="site-header site-header--slim">
            <div class="wrap site-header__bar">
                <a class="link small" href="/cart">
                    {icon(Icon::Back)}
                    "Basket"
                </a>
                {wordmark(&frame.chrome.name)}
                <p class="site-tools small soft">
                    {icon(Icon::Lock)} <span class="wide-only">"Secure checkout"</span>
                </p>
            </div>
        </header>
    }
}
