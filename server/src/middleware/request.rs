//! Around everything: the request's id, what it cost, and the page for what went wrong.

use crate::{
    failure::Failure,
    pages,
    state::State,
    telemetry::{
        QUERIES,
        metrics::{REQUEST_QUERIES, REQUEST_SECONDS, REQUESTS},
    },
};
use axum::{
    extract::{MatchedPath, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{
    HeaderName, HeaderValue, Method, StatusCode,
    header::{ALLOW, CONNECTION, CONTENT_TYPE},
};
use std::{any::Any, cell::Cell, time::Instant};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(crate) async fn answer(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request_id(&state, &request);
    let method = method_name(request.method());
    // The template and not the address: there are as many of them as routes.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let path = request.uri().path().to_owned();
    let span = tracing::info_span!("request", id = %id, method, route = %route);
    let (mut response, queries) = QUERIES
        .scope(Cell::new(0), async {
            let response = shop::for_request(Some(id.clone()), next.run(request)).await;
            let response = with_page(&state, response, &id, &path).await;
            (response, QUERIES.with(Cell::get))
        })
        .instrument(span.clone())
        .await;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    // The next request of this visitor shall not meet a door that is being closed.
    if state.is_draining() {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    let elapsed = begun.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    tracing::debug!(parent: &span, status, seconds = elapsed, queries, "answered");
    metrics::counter!(REQUESTS, "route" => route.clone(), "method" => method, "status" => status.to_string()).increment(1);
    metrics::histogram!(REQUEST_SECONDS, "route" => route.clone()).record(elapsed);
    metrics::histogram!(REQUEST_QUERIES, "route" => route).record(f64::from(queries));
    response
}

/// The id that a proxy gave, where it looks like one; else a new one.
fn request_id(state: &State, request: &Request) -> String {
    let given = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    let fits = |id: &&str| {
        (8..=64).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    given.filter(fits).map_or_else(
        || crate::new_reference(state.shop.clock()).to_string(),
        str::to_owned,
    )
}

const fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Faults are logged here, once, and become a page with the reference.
async fn with_page(state: &State, mut response: Response, id: &str, path: &str) -> Response {
    if let Some(failure) = response.extensions_mut().remove::<Failure>() {
        tracing::error!(
            error = format!("{:#}", failure.cause()),
            "the request failed"
        );
        if is_for_machines(path) {
            return response;
        }
        let away = response.status() == StatusCode::SERVICE_UNAVAILABLE;
        return pages::lost::failed(state, id, away).await;
    }
    match response.status() {
        StatusCode::GATEWAY_TIMEOUT => {
            tracing::error!("the request took too long");
            pages::lost::failed(state, id, true).await
        }
        StatusCode::SERVICE_UNAVAILABLE if is_bare(&response) => {
            pages::lost::failed(state, id, true).await
        }
        StatusCode::FORBIDDEN if path.starts_with("/admin") && is_bare(&response) => {
            pages::admin::denied(state).await
        }
        status if status.is_client_error() && is_bare(&response) && !is_for_machines(path) => {
            let mut page = pages::lost::refused(state, status).await;
            if let Some(methods) = response.headers_mut().remove(ALLOW) {
                page.headers_mut().insert(ALLOW, methods);
            }
            page
        }
        _ => response,
    }
}

/// Islands and Stripe read a status and no page.
fn is_for_machines(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/webhooks/")
}

/// Whether it is no page yet, but a status with at most a line on it, as the libraries below give it.
fn is_bare(response: &Response) -> bool {
    response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// A panic is a fault of this request and of nothing else.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words");
    Failure::from(anyhow::anyhow!("panicked: {message}")).into_response()
}
