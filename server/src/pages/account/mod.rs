//! `/account`: one file for each part of it, with the addresses of that part.

mod addresses;
mod cookie;
mod details;
mod door;
mod gate;
mod leave;
mod links;
mod orders;
mod sessions;

pub(super) use cookie::session;

use super::respond;
use crate::state::State;
use axum::{Router, middleware::from_fn_with_state, response::Response};
use domain::accounts::AccountError;
use http::StatusCode;

/// Every address of the account. Whoever is signed in is known to all of them, and none of their answers is kept.
pub(crate) fn router(state: &State) -> Router<State> {
    Router::new()
        .merge(door::routes())
        .merge(links::routes())
        .merge(orders::routes())
        .merge(addresses::routes())
        .merge(details::routes())
        .merge(sessions::routes())
        .merge(leave::routes())
        .route_layer(from_fn_with_state(state.clone(), gate::know))
}

/// A page.
fn page(html: String) -> Response {
    respond::private(StatusCode::OK, html)
}

/// A form that was refused, with everything that was typed but passwords.
fn refused(html: String) -> Response {
    respond::private(StatusCode::UNPROCESSABLE_ENTITY, html)
}

/// The same, with the status of the reason.
fn refused_for(error: AccountError, html: String) -> Response {
    if error == AccountError::TooOften {
        return respond::not_before_a_minute(respond::private(StatusCode::TOO_MANY_REQUESTS, html));
    }
    refused(html)
}
