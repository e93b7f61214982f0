//! Answers: public pages that may be kept, personal ones that may not, and redirects.

use axum::{
    Json,
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode, Uri,
    header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, RETRY_AFTER, SET_COOKIE},
};
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
/// A browser asks each time whether its copy still holds; what stands between may give an older one while it asks itself.
const PUBLIC: HeaderValue = HeaderValue::from_static(
    "public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400",
);
/// The same for caches that take what is said to them alone: shared caches may not show what is older than `s-maxage`, however
/// the rest of `Cache-Control` reads.
const CDN: HeaderName = HeaderName::from_static("cdn-cache-control");
const CDN_PUBLIC: HeaderValue =
    HeaderValue::from_static("max-age=60, stale-while-revalidate=600, stale-if-error=86400");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// A page that is the same for everybody; 304 where the browser has it.
pub(super) fn public(request: &HeaderMap, html: String) -> Response {
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    // Weak: the same page may come in several encodings.
    let tag = format!("W/\"{:016x}\"", hasher.finish());
    let response = if has(request, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        page(StatusCode::OK, html, PUBLIC)
    };
    let mut response = tagged(response, &tag, PUBLIC);
    response.headers_mut().insert(CDN, CDN_PUBLIC);
    response
}

/// Whether the browser has what this tag names: strong or weak, its copy will do.
pub(super) fn has(request: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| opaque(known) == opaque(tag))
}

/// Says what an answer is called, and how long it may be kept.
pub(super) fn tagged(mut response: Response, tag: &str, cache: HeaderValue) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, cache);
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// A page that is one visitor's own, or that may be another in a moment.
pub(super) fn private(status: StatusCode, html: String) -> Response {
    page(status, html, PRIVATE)
}

/// The same as data, for a script.
pub(super) fn data(status: StatusCode, data: &impl Serialize) -> Response {
    let mut response = (status, Json(data)).into_response();
    response.headers_mut().insert(CACHE_CONTROL, PRIVATE);
    response
}

fn page(status: StatusCode, html: String, cache: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HTML);
    response.headers_mut().insert(CACHE_CONTROL, cache);
    response
}

/// After a write: the browser goes on by itself, and reloading does not write again.
pub(super) fn see_other(to: &str) -> Response {
    redirect(StatusCode::SEE_OTHER, to, PRIVATE)
}

/// The page is always to be found there.
fn moved(to: &str) -> Response {
    redirect(
        StatusCode::PERMANENT_REDIRECT,
        to,
        HeaderValue::from_static("public, max-age=3600"),
    )
}

/// The page has another address now, and may get yet another: nobody keeps this for long.
pub(super) fn moved_to(path: &str, query: Option<&str>) -> Response {
    let to = query.map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"));
    let cache = HeaderValue::from_static("public, max-age=0, s-maxage=60");
    redirect(StatusCode::MOVED_PERMANENTLY, &to, cache)
}

/// The same address, its query included, without the slashes at the end of its path.
pub(super) fn without_slash(address: &Uri) -> Response {
    let path = address.path().trim_end_matches('/');
    match address.query() {
        Some(query) => moved(&format!("{path}?{query}")),
        None => moved(path),
    }
}

fn redirect(status: StatusCode, to: &str, cache: HeaderValue) -> Response {
    let mut response = status.into_response();
    // An address may hold bytes beyond ASCII.
    if let Ok(to) = HeaderValue::from_bytes(to.as_bytes()) {
        response.headers_mut().insert(LOCATION, to);
    }
    response.headers_mut().insert(CACHE_CONTROL, cache);
    response
}

/// Asks for a pause: limits are counted by the minute.
pub(super) fn not_before_a_minute(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// Adds cookies.
pub(super) fn with_cookies(
    mut response: Response,
    cookies: impl IntoIterator<Item = String>,
) -> Response {
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}
