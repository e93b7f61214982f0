//! The way of a request: key, fault, address, form, idempotency, work, answer.

use std::sync::Arc;
use std::time::Duration;

use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Value, json};

use super::error::ApiError;
use super::expand;
use super::idempotency::{Answer, Claim};
use super::log::SeenRequest;
use super::schema::{self, Param};
use super::{Call, Endpoint, find, form, list};
use crate::faults::Fault;
use crate::ids;
use crate::sim::Sim;
use crate::world::event::RequestRef;

/// On a response, it says what happens to the connection instead of an answer.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NoAnswer {
    /// It is closed.
    Close,
    /// It stays open until the client goes.
    Hang,
}

/// A request as far as the API is concerned.
#[derive(Debug)]
struct Request {
    id: String,
    method: Method,
    path: String,
    params: Value,
    key: Option<String>,
}

/// What is sent back.
struct Reply {
    status: StatusCode,
    body: Value,
    replayed_from: Option<String>,
}

impl Reply {
    fn error(error: &ApiError) -> Self {
        Self {
            status: error.status,
            body: error.body(),
            replayed_from: None,
        }
    }
}

/// Answers an API request. The work goes on when the client goes away, as it does at Stripe.
pub(crate) async fn handle(
    sim: Arc<Sim>,
    method: Method,
    uri: http::Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = tokio::spawn(async move { respond(&sim, method, &uri, &headers, &body).await });
    work.await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn respond(
    sim: &Sim,
    method: Method,
    uri: &http::Uri,
    headers: &HeaderMap,
    body: &Bytes,
) -> Response {
    let text = if method == Method::GET {
        uri.query().unwrap_or_default()
    } else {
        std::str::from_utf8(body).unwrap_or_default()
    };
    let parsed = form::parse(text);
    let request = Request {
        id: ids::random("req_", 14),
        path: uri.path().to_owned(),
        params: parsed.as_ref().map_or(Value::Null, Clone::clone),
        key: header(headers, "idempotency-key").filter(|_| method == Method::POST),
        method,
    };
    see(sim, &request);
    let readable = check_content_type(headers, body).and(parsed.map(drop));
    if let Err(error) = authenticate(sim, headers).and(readable) {
        return finish(sim, &request, Reply::error(&error), headers);
    }
    match sim.faults.take(request.method.as_str(), &request.path) {
        None => finish(sim, &request, work(sim, &request, false), headers),
        Some(fault) => with_fault(sim, &request, fault, headers).await,
    }
}

async fn with_fault(sim: &Sim, request: &Request, fault: Fault, headers: &HeaderMap) -> Response {
    if matches!(
        fault,
        Fault::CommitThenBadGateway | Fault::CommitThenHang | Fault::CommitThenDrop
    ) {
        work(sim, request, false);
    }
    match fault {
        Fault::RateLimit => finish(sim, request, Reply::error(&ApiError::rate_limit()), headers),
        Fault::ServerError => finish(sim, request, work(sim, request, true), headers),
        Fault::Slow { ms } => finish(sim, request, slow_work(sim, request, ms).await, headers),
        Fault::BadGateway | Fault::CommitThenBadGateway => bad_gateway(),
        Fault::Hang | Fault::CommitThenHang => no_answer(NoAnswer::Hang),
        Fault::Drop | Fault::CommitThenDrop => no_answer(NoAnswer::Close),
    }
}

fn no_answer(how: NoAnswer) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(how);
    response
}

/// Does the work at once.
fn work(sim: &Sim, request: &Request, fail: bool) -> Reply {
    let claim = match claim(sim, request) {
        Ok(claim) => claim,
        Err(error) => return Reply::error(&error),
    };
    carry_out(sim, request, claim, fail)
}

/// Does the work after a while; its key is taken meanwhile.
async fn slow_work(sim: &Sim, request: &Request, ms: u32) -> Reply {
    let claim = match claim(sim, request) {
        Ok(claim) => claim,
        Err(error) => return Reply::error(&error),
    };
    tokio::time::sleep(Duration::from_millis(ms.into())).await;
    carry_out(sim, request, claim, false)
}

fn claim<'a>(sim: &'a Sim, request: &Request) -> Result<Option<Claim<'a>>, ApiError> {
    let Some(key) = &request.key else {
        return Ok(None);
    };
    sim.idempotency
        .claim(key, &request.path, &request.params, sim.clock.now_ms())
        .map(Some)
}

fn carry_out(sim: &Sim, request: &Request, claim: Option<Claim<'_>>, fail: bool) -> Reply {
    let guard = match claim {
        Some(Claim::Replay(answer)) => {
            return Reply {
                status: answer.status,
                body: answer.body,
                replayed_from: Some(answer.request_id),
            };
        }
        Some(Claim::Fresh(guard)) => Some(guard),
        None => None,
    };
    let (reply, saved) = match run(sim, request, fail) {
        Ok(body) => (
            Reply {
                status: StatusCode::OK,
                body,
                replayed_from: None,
            },
            true,
        ),
        Err(error) => (Reply::error(&error), error.saved),
    };
    if let Some(guard) = guard.filter(|_| saved) {
        guard.save(Answer {
            status: reply.status,
            body: reply.body.clone(),
            request_id: request.id.clone(),
        });
    }
    reply
}

fn run(sim: &Sim, request: &Request, fail: bool) -> Result<Value, ApiError> {
    let (endpoint, id) = find(&request.method, &request.path)
        .ok_or_else(|| ApiError::unknown_url(request.method.as_str(), &request.path))?;
    let (params, expands) = check(endpoint, &request.params)?;
    if fail {
        return Err(ApiError::server());
    }
    let cause = RequestRef {
        id: request.id.clone(),
        idempotency_key: request.key.clone(),
    };
    let cause = (request.method == Method::POST).then_some(cause);
    sim.with_request(cause, |world, now| {
        let mut body = (endpoint.run)(&mut Call {
            world,
            now,
            id,
            params,
        })?;
        for path in &expands {
            expand::expand(world, &mut body, path)?;
        }
        Ok(body)
    })
}

/// Checks the form; `expand[]` and the parameters of lists are taken by many endpoints.
fn check(endpoint: &Endpoint, form: &Value) -> Result<(Value, Vec<String>), ApiError> {
    let mut params: Vec<Param> = endpoint.params.to_vec();
    params.push(schema::optional(
        "expand",
        schema::Shape::List(&schema::Shape::Text),
    ));
    if endpoint.paged {
        params.extend_from_slice(list::PARAMS);
    }
    let mut typed = schema::check(form, &params)?;
    let expands = typed
        .as_object_mut()
        .and_then(|fields| fields.remove("expand"));
    let expands = expands
        .and_then(|list| serde_json::from_value(list).ok())
        .unwrap_or_default();
    Ok((typed, expands))
}

/// Bodies are forms and nothing else.
fn check_content_type(headers: &HeaderMap, body: &Bytes) -> Result<(), ApiError> {
    let kind = header(headers, CONTENT_TYPE.as_str()).unwrap_or_default();
    if body.is_empty() || kind.starts_with("application/x-www-form-urlencoded") {
        return Ok(());
    }
    Err(ApiError::invalid(
        "Invalid request (check that your POST content type is application/x-www-form-urlencoded).",
    ))
}

/// The secret key, as a bearer token or as the user of basic authentication.
fn authenticate(sim: &Sim, headers: &HeaderMap) -> Result<(), ApiError> {
    let given = header(headers, AUTHORIZATION.as_str()).and_then(|value| {
        let (scheme, rest) = value.split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(rest.trim().to_owned());
        }
        let decoded = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
        decoded.split(':').next().map(str::to_owned)
    });
    match given {
        Some(key) if key == sim.account.key => Ok(()),
        Some(key) if !key.is_empty() => Err(ApiError::unauthorized(format!(
            "Invalid API Key provided: {}",
            masked(&key)
        ))),
        _ => Err(ApiError::unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        )),
    }
}

/// The start and end of a key.
fn masked(key: &str) -> String {
    let chars: Vec<char> = key.chars().collect();
    if chars.len() < 12 {
        return "*".repeat(chars.len());
    }
    let (start, rest) = chars.split_at(8);
    let (middle, end) = rest.split_at(rest.len() - 4);
    format!(
        "{}{}{}",
        start.iter().collect::<String>(),
        "*".repeat(middle.len()),
        end.iter().collect::<String>()
    )
}

fn see(sim: &Sim, request: &Request) {
    sim.requests.push(SeenRequest {
        id: request.id.clone(),
        at_ms: sim.clock.now_ms(),
        method: request.method.to_string(),
        path: request.path.clone(),
        params: request.params.clone(),
        idempotency_key: request.key.clone(),
        status: None,
        replayed: false,
    });
}

fn finish(sim: &Sim, request: &Request, mut reply: Reply, headers: &HeaderMap) -> Response {
    sim.requests.answered(
        &request.id,
        reply.status.as_u16(),
        reply.replayed_from.is_some(),
    );
    if let Some(error) = reply.body.get_mut("error").and_then(Value::as_object_mut) {
        let url = format!("{}/#{}", sim.account.base_url, request.id);
        error.insert("request_log_url".to_owned(), json!(url));
    }
    let text = serde_json::to_string_pretty(&reply.body).unwrap_or_default();
    let mut response = (reply.status, [(CONTENT_TYPE, "application/json")], text).into_response();
    let mut put = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response
                .headers_mut()
                .insert(HeaderName::from_static(name), value);
        }
    };
    put("request-id", &request.id);
    if let Some(key) = &request.key {
        put("idempotency-key", key);
    }
    if let Some(version) = header(headers, "stripe-version") {
        put("stripe-version", &version);
    }
    if let Some(first) = &reply.replayed_from {
        put("idempotent-replayed", "true");
        put("original-request", first);
    }
    if reply.status == StatusCode::CONFLICT {
        put("stripe-should-retry", "true");
    }
    response
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn bad_gateway() -> Response {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
    (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page).into_response()
}
