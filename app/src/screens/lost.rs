//! Pages that are not there, or not now.

use crate::{
    Frame,
    document::{Head, render},
    ui::{Icon, icon},
};
use leptos::prelude::*;

/// There is no such page.
pub fn not_found(frame: &Frame) -> String {
    let links = frame.chrome.nav.iter().map(|item| {
        view! {
            <li>
                <a class="chip" href=item.href.clone()>
                    {item.label.clone()}
                </a>
            </li>
        }
    });
    let categories = links.collect_view();
    let way_on = view! {
        <form class="lost__search" action="/search" role="search">
            <label class="sr" for="q">
                "Search the shop"
            </label>
            <input class="input" id="q" name="q" r#type="search" placeholder="Search the shop" maxlength="200" />
            <button class="btn" r#type="submit">
                {icon(Icon::Search)}
                "Search"
            </button>
        </form>
        <ul class="listing__chips">{categories}</ul>
    };
    page(
        frame,
        "Not found",
        "This page is not on the shelf",
        "It may have sold out for good, or the address lost a letter on its way here.",
        way_on.into_any(),
    )
}

/// Something of ours failed. The reference finds it in the log.
pub fn fault(frame: &Frame, reference: &str) -> String {
    let way_on = view! {
        <div class="row">
            <a class="btn" href="/">
                "To the home page"
            </a>
            <a class="link" href=format!("mailto:{}?subject=Reference {reference}", frame.chrome.email)>
                "Write to us"
            </a>
        </div>
        <p class="small soft">"Reference " <span class="num">{reference.to_owned()}</span></p>
    };
    page(
        frame,
        "Something broke",
        "Something broke on our side",
        "It is noted, and somebody will look at it. Nothing that you did is lost; please try again in a minute.",
        way_on.into_any(),
    )
}

/// What the page needs cannot be reached.
pub fn unavailable(frame: &Frame, reference: &str) -> String {
    let way_on = view! { <p class="small soft">"Reference " <span class="num">{reference.to_owned()}</span></p> };
    page(
        frame,
        "Back in a minute",
        "We are back in a minute",
        "The shop cannot be reached just now. Your basket is safe. Please load this page again shortly.",
        way_on.into_any(),
    )
}

/// Too many requests from one place.
pub fn too_often(frame: &Frame) -> String {
    page(
        frame,
        "One moment",
        "One moment, please",
        "That was a lot at once. Wait a minute, then go on where you were.",
        home_link(),
    )
}

/// A request that did not come from the shop's own pages.
pub fn forbidden(frame: &Frame) -> String {
    page(
        frame,
        "Not from here",
        "This did not come from our pages",
        "Another site tried to do something in your name, or your browser hides where it came from. Nothing was changed.",
        home_link(),
    )
}

fn home_link() -> AnyView {
    view! {
        <div class="row">
            <a class="btn" href="/">
                "To the home page"
            </a>
        </div>
    }
    .into_any()
}

fn page(
    frame: &Frame,
    title: &str,
    heading: &'static str,
    text: &'static str,
    way_on: AnyView,
) -> String {
    render(frame, Head::private(title), || {
        view! {
            <div class="wrap section">
                <div class="lost">
                    <div class="stack stack--wide">
                        <h1 class="display display--3xl">{heading}</h1>
                        <p class="lede">{text}</p>
                        {way_on}
                    </div>
                </div>
            </div>
        }
    })
}
