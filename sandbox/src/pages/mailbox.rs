//! The mailbox.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use maud::{Markup, html};
use serde_json::json;

use super::layout;
use crate::mail::Mail;
use crate::sim::Sim;

/// A mail's own page may show pictures and styles, and nothing else. Links open beside it.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src http: https: data:; font-src http: https: data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

pub(super) async fn list(State(sim): State<Arc<Sim>>) -> Markup {
    let mails = sim.mail.list();
    layout::room(
        "Mailbox",
        "/mail",
        &html! {
            header.head.head--row {
                div {
                    h1 { "Mailbox" }
                    p.quiet { @match mails.len() { 0 => "Empty", 1 => "1 mail", count => { (count) " mails" } } }
                }
                @if !mails.is_empty() {
                    form method="post" action="/mail/delete" { button.button.button--quiet type="submit" { "Delete all" } }
                }
            }
            @if mails.is_empty() { p.empty { "Nothing has come yet. Every mail that the shop sends ends here, whoever it is for." } }
            ul.mails {
                @for mail in mails.iter().rev() {
                    li {
                        a.mail href=(format!("/mail/{}", mail.id)) {
                            span.mail__subject { (subject(mail)) }
                            span.mail__to { "to " (mail.to.join(", ")) }
                            span.mail__time { (when(mail)) }
                            span.mail__from { (mail.from) }
                        }
                    }
                }
            }
        },
    )
}

/// `/mail/3` is a page, `/mail/3.json` the same as JSON.
pub(super) async fn show(State(sim): State<Arc<Sim>>, Path(name): Path<String>) -> Response {
    let (id, wants_json) = name
        .strip_suffix(".json")
        .map_or((name.as_str(), false), |id| (id, true));
    match find(&sim, id) {
        Some(mail) if wants_json => Json(mail).into_response(),
        Some(mail) => page(&mail).into_response(),
        None => gone(),
    }
}

fn page(mail: &Mail) -> Markup {
    layout::room(
        subject(mail),
        "/mail",
        &html! {
            p { a.back href="/mail" { (layout::arrow()) "All mails" } }
            header.head { h1 { (subject(mail)) } }
            dl.facts {
                div { dt { "From" } dd { (mail.from) } }
                div { dt { "To" } dd { (mail.to.join(", ")) } }
                div { dt { "Came" } dd { (when(mail)) " UTC" } }
                @if !mail.attachments.is_empty() { div { dt { "Attached" } dd { (mail.attachments.join(", ")) } } }
            }
            @if mail.html.is_some() {
                section aria-labelledby="html" {
                    h2 #html { "HTML" }
                    iframe.letter src=(format!("/mail/{}/html", mail.id)) title="The mail as its reader sees it"
                        sandbox="allow-popups allow-popups-to-escape-sandbox" {}
                }
            }
            @if let Some(text) = &mail.text {
                section aria-labelledby="text" {
                    h2 #text { "Text" }
                    pre.plain tabindex="0" { (text.trim_end()) }
                }
            }
            section aria-labelledby="headers" {
                h2 #headers { "Headers" }
                details {
                    summary { (mail.headers.len()) " headers" }
                    dl.facts.facts--wide { @for (name, value) in &mail.headers { div { dt { (name) } dd { (value) } } } }
                }
                p { a href=(format!("/mail/{}/source", mail.id)) { "Source" } " · " a href=(format!("/mail/{}.json", mail.id)) { "JSON" } }
            }
        },
    )
}

/// The HTML part, for the frame.
pub(super) async fn html(State(sim): State<Arc<Sim>>, Path(id): Path<String>) -> Response {
    let Some(html) = find(&sim, &id).and_then(|mail| mail.html) else {
        return gone();
    };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, MAIL_POLICY),
    ];
    (headers, with_links_outside(&html)).into_response()
}

pub(super) async fn source(State(sim): State<Arc<Sim>>, Path(id): Path<String>) -> Response {
    match find(&sim, &id) {
        Some(mail) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], mail.source).into_response(),
        None => gone(),
    }
}

pub(super) async fn list_json(State(sim): State<Arc<Sim>>) -> Json<Vec<Mail>> {
    Json(sim.mail.list())
}

pub(super) async fn clear_json(State(sim): State<Arc<Sim>>) -> Response {
    sim.mail.clear();
    Json(json!({ "ok": true })).into_response()
}

pub(super) async fn clear(State(sim): State<Arc<Sim>>) -> Redirect {
    sim.mail.clear();
    Redirect::to("/mail")
}

fn find(sim: &Sim, id: &str) -> Option<Mail> {
    sim.mail.get(id.parse().ok()?)
}

fn gone() -> Response {
    layout::missing("There is no such mail.")
}

fn subject(mail: &Mail) -> &str {
    if mail.subject.is_empty() {
        "(no subject)"
    } else {
        &mail.subject
    }
}

fn when(mail: &Mail) -> String {
    mail.received_at
        .parse::<jiff::Timestamp>()
        .map(|at| layout::moment(at.as_second()))
        .unwrap_or_default()
}

/// Links of a mail open in a tab of their own: the shop's pages refuse to be framed.
fn with_links_outside(html: &str) -> String {
    let base = "<base target=\"_blank\">";
    let lower = html.to_ascii_lowercase();
    match lower
        .find("<head")
        .and_then(|start| lower.get(start..)?.find('>').map(|end| start + end + 1))
    {
        Some(at) => format!("{}{base}{}", &html[..at], &html[at..]),
        None => format!("{base}{html}"),
    }
}

#[cfg(test)]
mod tests {
    use super::with_links_outside;

    #[test]
    fn links_open_outside_whatever_the_mail_looks_like() {
        assert_eq!(
            with_links_outside("<!doctype html><HTML><Head lang=x><title>x</title>"),
            "<!doctype html><HTML><Head lang=x><base target=\"_blank\"><title>x</title>"
        );
        assert_eq!(with_links_outside("<p>x"), "<base target=\"_blank\"><p>x");
    }
}
