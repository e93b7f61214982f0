//! A request that takes too long is given up. One that brings files has longer: how fast they come is not in our hands.

use crate::state::State;
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header::CONTENT_TYPE};
use tokio::time::timeout;

pub(crate) async fn limit(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let config = &state.config;
    let patience = if brings_files(&request) {
        config.upload_timeout
    } else {
        config.request_timeout
    };
    timeout(patience, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::GATEWAY_TIMEOUT.into_response())
}

/// Only the admin takes files, and its gate lets nobody else begin.
fn brings_files(request: &Request) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    request.uri().path().starts_with("/admin/")
        && kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"))
}
