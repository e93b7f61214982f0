//! Pages for people: paying, the bank's question, the dashboard, the mailbox.

mod authenticate;
mod dashboard;
mod layout;
mod mailbox;
mod pay;
mod pay_form;
mod pay_view;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderName, HeaderValue};

use crate::sim::Sim;

const STYLE: &str = include_str!("../../assets/sandbox.css");
const SCRIPT: &str = include_str!("../../assets/pay.js");

/// No `form-action`: browsers hold it against the redirect back to the shop.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src http: https: data:; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Every page.
pub(crate) fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/", get(dashboard::show))
        .route("/c/pay/{id}", get(pay::show).post(pay::submit))
        .route(
            "/c/authenticate/{id}",
            get(authenticate::show).post(authenticate::answer),
        )
        .route("/mail", get(mailbox::list))
        .route(
            "/mail.json",
            get(mailbox::list_json).delete(mailbox::clear_json),
        )
        .route("/mail/delete", post(mailbox::clear))
        .route("/mail/{id}", get(mailbox::show))
        .route("/mail/{id}/html", get(mailbox::html))
        .route("/mail/{id}/source", get(mailbox::source))
        .route(
            "/assets/sandbox.css",
            get(|| async { asset("text/css; charset=utf-8", STYLE) }),
        )
        .route(
            "/assets/pay.js",
            get(|| async { asset("text/javascript; charset=utf-8", SCRIPT) }),
        )
        .fallback(layout::not_found)
        .layer(middleware::from_fn(headers))
}

fn asset(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(CONTENT_TYPE, kind)], text)
}

/// Headers of every page; one that sets its own policy keeps it.
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    default(CONTENT_SECURITY_POLICY, POLICY);
    default(CACHE_CONTROL, "no-store");
    default(REFERRER_POLICY, "no-referrer");
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}
