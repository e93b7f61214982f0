//! The frame around every page, and what several of them need.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// A whole page of the pay flow: a ribbon that says what this is, then the page itself.
pub(super) fn checkout(title: &str, body: &Markup) -> Markup {
    document(
        title,
        "checkout",
        &html! {
            (ribbon())
            (body)
            script src="/assets/pay.js" defer {}
        },
    )
}

/// A whole page of the sandbox's own rooms, with the way between them.
pub(super) fn room(title: &str, here: &str, body: &Markup) -> Markup {
    let link = |path: &str, name: &str| {
        html! {
            a href=(path) aria-current=[(path == here).then_some("page")] { (name) }
        }
    };
    document(
        title,
        "room",
        &html! {
            (ribbon())
            header.bar {
                div.bar__inner {
                    a.bar__brand href="/" { span.bar__mark aria-hidden="true" { "S" } "Sandbox" }
                    nav aria-label="Rooms" { (link("/", "Payments")) (link("/mail", "Mailbox")) }
                }
            }
            main.wide { (body) }
        },
    )
}

/// A short page with one thing to say.
pub(super) fn notice(title: &str, text: &str, action: Option<(&str, &str)>) -> Markup {
    checkout(
        title,
        &html! {
            main.notice {
                h1 { (title) }
                p { (text) }
                @if let Some((label, href)) = action {
                    p { a.button href=(href) { (label) } }
                }
            }
        },
    )
}

pub(super) async fn not_found() -> Response {
    missing("There is nothing at this address.")
}

pub(super) fn missing(text: &str) -> Response {
    let page = notice("Not found", text, Some(("To the sandbox", "/")));
    (StatusCode::NOT_FOUND, page).into_response()
}

fn ribbon() -> Markup {
    html! {
        aside.ribbon aria-label="About this page" { strong { "Sandbox" } " — no real money moves" }
    }
}

fn document(title: &str, class: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · Sandbox" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/assets/sandbox.css";
            }
            body class=(class) { (body) }
        }
    }
}

/// A moment, to the second, in UTC.
pub(super) fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map(|at| at.strftime("%-d %b %Y, %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// The arrow of a link that leads back.
pub(super) fn arrow() -> Markup {
    PreEscaped(
        r#"<svg aria-hidden="true" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M13 8H3m4-4L3 8l4 4"/></svg>"#
            .to_owned(),
    )
}
