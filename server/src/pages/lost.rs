//! Pages for what is not there, not allowed, or broken.

use super::{Page, respond};
use crate::state::State;
use axum::{extract::State as Shared, response::Response};
use http::{HeaderValue, StatusCode, Uri, header::RETRY_AFTER};

/// What nobody else answers.
pub(crate) async fn not_found(Shared(state): Shared<State>) -> Response {
    let frame = state.frame("/").await;
    respond::private(StatusCode::NOT_FOUND, app::screens::not_found(&frame))
}

/// The same from within a page.
pub(super) async fn page(state: &State) -> Page {
    Ok(not_found(Shared(state.clone())).await)
}

/// An address that leads somewhere without the slash at its end.
pub(crate) async fn too_long(address: Uri) -> Response {
    respond::without_slash(&address)
}

/// A request that cannot be answered as it came: what it is, in words.
pub(crate) async fn refused(state: &State, status: StatusCode) -> Response {
    let frame = state.frame("/").await;
    respond::private(status, app::screens::refused(&frame, status.as_u16()))
}

/// A write that did not come from the shop's own pages.
pub(crate) async fn forbidden(state: &State) -> Response {
    let frame = state.frame("/").await;
    respond::private(StatusCode::FORBIDDEN, app::screens::forbidden(&frame))
}

pub(super) async fn too_often(state: &State) -> Page {
    let frame = state.frame("/").await;
    Ok(respond::not_before_a_minute(respond::private(
        StatusCode::TOO_MANY_REQUESTS,
        app::screens::too_often(&frame),
    )))
}

/// A fault of the shop's, or (`away`) of something that it cannot reach just now.
pub(crate) async fn failed(state: &State, reference: &str, away: bool) -> Response {
    let frame = state.frame("/").await;
    if !away {
        return respond::private(
            StatusCode::INTERNAL_SERVER_ERROR,
            app::screens::fault(&frame, reference),
        );
    }
    let html = app::screens::unavailable(&frame, reference);
    let mut response = respond::private(StatusCode::SERVICE_UNAVAILABLE, html);
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}
