//! More requests than can be worked on are refused at once, instead of all of them becoming slow.

use crate::state::State;
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use std::sync::atomic::{AtomicUsize, Ordering};

static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// Counts a request for as long as it lives.
struct Place;

impl Drop for Place {
    fn drop(&mut self) {
        AT_WORK.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(crate) async fn limit(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let before = AT_WORK.fetch_add(1, Ordering::Relaxed);
    let _place = Place;
    if before >= state.config.max_requests {
        let mut response = StatusCode::SERVICE_UNAVAILABLE.into_response();
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("2"));
        return response;
    }
    next.run(request).await
}
