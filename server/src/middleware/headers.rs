//! The headers that tell a browser what pages may do. They are the same on every page, so that pages can be kept.

use crate::config::Config;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use http::{
    HeaderName, HeaderValue,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The headers of every answer.
#[derive(Clone)]
pub(crate) struct Policy(Arc<[(HeaderName, HeaderValue)]>);

impl Policy {
    pub(crate) fn new(config: &Config) -> Self {
        let mut headers = vec![
            (CONTENT_SECURITY_POLICY, value(&content_policy(config))),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
            (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            (
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static(
                    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
                ),
            ),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                HeaderValue::from_static("same-origin"),
            ),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                HeaderValue::from_static("same-origin"),
            ),
            (
                HeaderName::from_static("speculation-rules"),
                HeaderValue::from_static("\"/speculation.json\""),
            ),
        ];
        if config.is_secure() {
            let year = HeaderValue::from_static("max-age=63072000; includeSubDomains; preload");
            headers.push((STRICT_TRANSPORT_SECURITY, year));
        }
        Self(headers.into())
    }
}

/// The page's one inline script is allowed by its hash.
fn content_policy(config: &Config) -> String {
    let boot = STANDARD.encode(Sha256::digest(app::BOOT_SCRIPT));
    let upgrade = if config.is_secure() {
        "; upgrade-insecure-requests"
    } else {
        ""
    };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{boot}'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
         form-action 'self' {}{upgrade}",
        config.pay_origin()
    )
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

pub(crate) async fn add(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let kept = cache_of(request.uri().path());
    let mut response = next.run(request).await;
    let is_there =
        response.status().is_success() || response.status() == http::StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    for (name, value) in policy.0.iter() {
        headers.insert(name, value.clone());
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(
            CACHE_CONTROL,
            HeaderValue::from_static(if is_there { kept } else { "no-store" }),
        );
    }
    response
}

/// How long a file may be kept: for ever where its name changes with its content.
fn cache_of(path: &str) -> &'static str {
    if path.starts_with("/pkg/") || path.starts_with("/fonts/") {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=3600"
    }
}
