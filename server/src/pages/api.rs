//! `/api/…`: what islands ask.

use super::{respond, visitor::Buyer};
use crate::{failure::Failure, state::State};
use axum::{
    extract::{Request, State as Shared},
    response::{IntoResponse, Response},
};
use http::{
    HeaderValue, StatusCode,
    header::{ACCEPT, CACHE_CONTROL},
};

pub(crate) async fn call(
    Shared(state): Shared<State>,
    Buyer(visitor): Buyer,
    mut request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    if server_fn::axum::get_server_fn_service(&path, request.method().clone()).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    // A browser that asks for HTML would be sent to the page it names as its own: forms have routes of their own.
    request.headers_mut().remove(ACCEPT);
    let work = server_fn::axum::handle_server_fn(request);
    let mut response = app::context::answer(state.shop.clone(), visitor.clone(), work).await;
    let outcome = visitor.take_outcome();
    if let Some(status) = outcome
        .status
        .and_then(|status| StatusCode::from_u16(status).ok())
    {
        *response.status_mut() = status;
    }
    if let Some(failure) = outcome.failure.map(Failure::from) {
        if failure.is_unwritable_text() {
            *response.status_mut() = StatusCode::BAD_REQUEST;
        } else {
            response.extensions_mut().insert(failure);
        }
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    respond::with_cookies(response, visitor.take_cookies())
}
