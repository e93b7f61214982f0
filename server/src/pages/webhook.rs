//! `POST /webhooks/stripe`

use super::Page;
use crate::state::State;
use axum::{body::Bytes, extract::State as Shared, response::IntoResponse};
use http::{HeaderMap, StatusCode};
use shop::Fault;

/// Stored first, answered then; a job does the rest.
pub(crate) async fn receive(Shared(state): Shared<State>, headers: HeaderMap, body: Bytes) -> Page {
    let signature = headers
        .get("stripe-signature")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let Ok(body) = std::str::from_utf8(&body) else {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    };
    match state.shop.receive_webhook(body, signature).await {
        Ok(()) => Ok(StatusCode::OK.into_response()),
        Err(Fault::Refused(reason)) => {
            Ok((StatusCode::BAD_REQUEST, reason.to_string()).into_response())
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
