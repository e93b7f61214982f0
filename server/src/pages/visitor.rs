//! Who asks: their cart, and their address for limits.

use super::account;
use crate::{failure::Failure, state::State};
use app::context::{Visitor, cart_cookie_name};
use axum::extract::{ConnectInfo, FromRequestParts};
use http::{HeaderMap, header::COOKIE, request::Parts};
use shop::CartToken;
use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

/// Who asks.
pub(crate) struct Who(pub(crate) Visitor);

/// Who asks, where it matters whether somebody is signed in: their cart is the same on every device then.
pub(crate) struct Buyer(pub(crate) Visitor);

impl FromRequestParts<State> for Buyer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Failure> {
        let Ok(Who(mut visitor)) = Who::from_request_parts(parts, state).await;
        let session = account::session(&parts.headers, visitor.secure);
        if let Some(customer) = state.shop.customer(session.as_ref()).await? {
            visitor.cart = Some(customer.cart());
        }
        Ok(Self(visitor))
    }
}

impl FromRequestParts<State> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Self::Rejection> {
        let secure = state.config.is_secure();
        let cart = cookie(&parts.headers, cart_cookie_name(secure)).and_then(CartToken::parse);
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(address)| address.ip().to_canonical().to_string());
        let client = client(
            &parts.headers,
            peer.unwrap_or_default(),
            state.config.trusted_proxies,
        );
        Ok(Self(Visitor::new(cart, client, secure)))
    }
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

/// The address that the outermost trusted proxy saw. What a visitor writes into the header stands further left; what is no
/// address counts as if nothing had been said.
fn client(headers: &HeaderMap, peer: String, proxies: usize) -> String {
    if proxies == 0 {
        return peer;
    }
    let named: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let at = named.len().checked_sub(proxies);
    at.and_then(|at| named.get(at))
        .and_then(|text| address(text))
        .map_or(peer, |address| address.to_canonical().to_string())
}

/// Some proxies add the port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().map(|address: SocketAddr| address.ip());
    text.parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn an_address_that_a_visitor_made_up_is_not_believed() {
        let mut headers = HeaderMap::new();
        headers.append(
            "x-forwarded-for",
            HeaderValue::from_static("6.6.6.6, 198.51.100.7"),
        );
        headers.append("x-forwarded-for", HeaderValue::from_static("10.0.0.1"));
        assert_eq!(client(&headers, "10.0.0.2".into(), 0), "10.0.0.2");
        assert_eq!(client(&headers, "10.0.0.2".into(), 2), "198.51.100.7");
        assert_eq!(client(&headers, "10.0.0.2".into(), 9), "10.0.0.2");
    }

    #[test]
    fn what_is_no_address_is_nobodys() {
        for (said, understood) in [
            ("2001:DB8::0:7", "2001:db8::7"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("unknown", "10.0.0.2"),
            ("", "10.0.0.2"),
            ("1.2.3.4 or 1=1", "10.0.0.2"),
        ] {
            let mut headers = HeaderMap::new();
            headers.append("x-forwarded-for", HeaderValue::from_static(said));
            assert_eq!(client(&headers, "10.0.0.2".into(), 1), understood, "{said}");
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("cart_count=3; cart=abc"));
        assert_eq!(cookie(&headers, "cart"), Some("abc"));
        assert_eq!(cookie(&headers, "car"), None);
    }
}
