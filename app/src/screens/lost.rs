//! Pages that are not there, or not now.

use crate::{
    Frame,
    document::{Head, render},
    ui::{Icon, icon},
};
use leptos::prelude::*;

const SHELF: &str = concat!(
    r#"<path d="M20 230h440v10H20zM76 240v44M76 284c17-8 27-23 29-44M404 240v44M404 284c-17-8-27-23-29-44"/>"#,
    r#"<path d="M83 90h22M85 90v22c0 16-7 26-15 38-17 27-12 61 10 80h28c22-19 27-53 10-80-8-12-15-22-15-38V90"/>"#,
    r#"<path d="M148 196h84c-2 20-16 34-34 34h-16c-18 0-32-14-34-34zM156 182h68c0 5-1 10-3 14M156 182c0 5 1 10 3 14"/>"#,
    r#"<path class="lost__gone" d="M266 162h58v60q0 8-8 8h-42q-8 0-8-8zM324 176c24-3 28 38 0 40"/>"#,
    r#"<path d="M374 230h44M396 230v-12M384 218h24l-4-11h-16zM391 207v-86h10v86M396 121v-8"/>"#,
);

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
        {(!frame.chrome.nav.is_empty()).then(|| view! { <ul class="listing__chips">{categories}</ul> })}
    };
    page(
        frame,
        "Not found",
        "This page is not on the shelf",
        "It may have sold out for good, or the address lost a letter on its way here.",
        way_on.into_any(),
        Some(shelf().into_any()),
    )
}

/// Something of ours failed. The reference finds it in the log.
pub fn fault(frame: &Frame, reference: &str) -> String {
    let email = &frame.chrome.email;
    let write = (!email.is_empty()).then(|| {
        view! {
            <a class="link" href=format!("mailto:{email}?subject=Reference%20{reference}")>
                "Write to us"
            </a>
        }
    });
    let way_on = view! {
        <div class="row">
            <a class="btn" href="/">
                "To the home page"
            </a>
            {write}
        </div>
        <p class="small soft">"Reference " <span class="num">{reference.to_owned()}</span></p>
    };
    page(
        frame,
        "Something broke",
        "Something broke on our side",
        "It is noted, and somebody will look at it. Nothing that you did is lost; please try again in a minute.",
        way_on.into_any(),
        None,
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
        None,
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
        None,
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
        None,
    )
}

/// A request that cannot be answered as it came, by its HTTP status.
pub fn refused(frame: &Frame, status: u16) -> String {
    let (heading, text) = match status {
        405 => (
            "There is nothing to look at here",
            "This address only takes what one of our forms sends. Please go back to the page that you came from.",
        ),
        408 => (
            "That did not reach us in time",
            "Your connection was too slow, or it broke off. Nothing was changed. Please go back and try again.",
        ),
        413 => (
            "That is more than we can take",
            "What you sent is too long. Nothing was changed. Please go back and make it shorter.",
        ),
        _ => (
            "We could not read that",
            "What was sent did not arrive as it should. Nothing was changed. Please go back and try again.",
        ),
    };
    page(frame, heading, heading, text, home_link(), None)
}

/// A shelf, and the place where something stood.
fn shelf() -> impl IntoView {
    view! { <svg class="lost__shelf" viewBox="0 0 480 300" aria-hidden="true" inner_html=SHELF /> }
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
    beside: Option<AnyView>,
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
                    {beside}
                </div>
            </div>
        }
    })
}
