//! Who is signed in, for the pages of the account.

use super::cookie;
use crate::{
    failure::Failure,
    pages::{respond, visitor::Who},
    state::State,
};
use app::context::Visitor;
use axum::{
    extract::{FromRequestParts, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, header::USER_AGENT, request::Parts};
use shop::{Browser, Customer, Token};

/// Somebody at the account's door, or behind it.
#[derive(Clone)]
pub(super) struct Outside {
    /// Their cart, and their address for limits.
    pub(super) visitor: Visitor,
    /// Who is signed in.
    pub(super) customer: Option<Customer>,
    /// The session's cookie, of whatever it is.
    session: Option<Token>,
    /// What the browser calls itself.
    agent: String,
}

impl Outside {
    /// The browser that somebody comes in with.
    pub(super) fn browser(&self) -> Browser<'_> {
        Browser {
            client: &self.visitor.client,
            agent: &self.agent,
            session: self.session.as_ref(),
            cart: self.visitor.cart.as_ref(),
        }
    }
}

/// Finds out who is signed in, once for a request. A session that was used lives on, and its cookie with it.
pub(super) async fn know(
    Shared(state): Shared<State>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let Ok(Who(visitor)) = Who::from_request_parts(&mut parts, &state).await;
    let session = cookie::session(&parts.headers, visitor.secure);
    let customer = state.shop.customer(session.as_ref()).await?;
    let agent = parts.headers.get(USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    let secure = visitor.secure;
    let renewed = session.clone().filter(|_| {
        customer
            .as_ref()
            .is_some_and(|customer| customer.is_renewed)
    });
    let outside = Outside {
        visitor,
        customer,
        session,
        agent: agent.unwrap_or_default().to_owned(),
    };
    parts.extensions.insert(outside);
    let response = next.run(Request::from_parts(parts, body)).await;
    // What the page itself says about the cookie stands behind this, and counts.
    match renewed {
        Some(token) if !response.headers().contains_key(http::header::SET_COOKIE) => Ok(
            respond::with_cookies(response, [cookie::keep(&token, secure)]),
        ),
        _ => Ok(response),
    }
}

impl FromRequestParts<State> for Outside {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Failure> {
        let known = parts.extensions.get::<Self>().cloned();
        known.ok_or_else(|| Failure::from(anyhow::anyhow!("a page of the account before its gate")))
    }
}

/// A customer who is signed in. Everybody else is sent to the door, and comes back from there.
pub(super) struct Member {
    pub(super) customer: Customer,
    pub(super) visitor: Visitor,
}

impl FromRequestParts<State> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Response> {
        let outside = Outside::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let Some(customer) = outside.customer else {
            // A form cannot be sent again from the door.
            let to = if parts.method == Method::GET {
                parts.uri.path()
            } else {
                "/account"
            };
            let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
            return Err(respond::see_other(&format!("/account/sign-in?to={to}")));
        };
        Ok(Self {
            customer,
            visitor: outside.visitor,
        })
    }
}
