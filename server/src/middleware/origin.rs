//! Writes come from the shop's own pages. Another site may make a browser send a form; the browser says where it came from.

use crate::{pages, state::State};
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, Method, header::HOST, header::ORIGIN};

pub(crate) async fn check(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let is_read = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    // Webhooks are signed instead.
    let is_webhook = request.uri().path().starts_with("/webhooks/");
    if is_read || is_webhook || is_own(request.headers(), &state.config.shop.public_url) {
        return next.run(request).await;
    }
    pages::lost::forbidden(&state).await
}

fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match text(ORIGIN.as_str()) {
            None => true,
            Some(origin) => {
                let host = origin.split_once("://").map(|(_, host)| host);
                origin == public_url || (host.is_some() && host == text(HOST.as_str()))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn allowed(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| {
            (
                http::HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        is_own(&headers.collect(), "https://shop.example")
    }

    #[test]
    fn only_the_shops_own_pages_may_write() {
        assert!(allowed(&[("sec-fetch-site", "same-origin")]));
        assert!(allowed(&[("sec-fetch-site", "none")]));
        assert!(!allowed(&[("sec-fetch-site", "cross-site")]));
        assert!(!allowed(&[("sec-fetch-site", "same-site")]));
        assert!(!allowed(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://shop.example")
        ]));
        assert!(allowed(&[]));
        assert!(allowed(&[("origin", "https://shop.example")]));
        assert!(allowed(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(!allowed(&[
            ("origin", "https://evil.example"),
            ("host", "shop.example")
        ]));
        assert!(!allowed(&[("origin", "null"), ("host", "shop.example")]));
    }
}
