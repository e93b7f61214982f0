//! The same over HTTP, for this machine only.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRef, Path, Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answers::{Paid, PayError};
use super::handle::Control;
use crate::faults::FaultRule;
use crate::mail::MailFault;
use crate::sim::Sim;
use crate::webhooks::{Endpoint, WebhookRule};

impl FromRef<Arc<Sim>> for Control {
    fn from_ref(sim: &Arc<Sim>) -> Self {
        Self::new(sim.clone())
    }
}

/// What an action answers.
type Answer = Result<Json<Value>, Refusal>;

/// A refusal with its reason.
struct Refusal(StatusCode, Value);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

/// The routes under `/_control`.
pub(crate) fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/sessions/{id}/pay", post(pay))
        .route("/sessions/{id}/expire", post(expire))
        .route("/sessions/{id}/pay-later", post(pay_later))
        .route("/sessions/{id}/money", post(money))
        .route("/intents/{id}/authenticate", post(authenticate))
        .route("/intents/{id}/dispute", post(dispute))
        .route("/disputes/{id}/close", post(close_dispute))
        .route("/refunds/next", post(next_refund))
        .route("/refunds/{id}/finish", post(finish_refund))
        .route("/clock", post(clock))
        .route("/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/events", get(events))
        .route("/events/{id}/resend", post(resend))
        .route("/webhooks/endpoint", post(set_webhook))
        .route(
            "/webhooks/rules",
            get(rules).post(add_rule).delete(clear_rules),
        )
        .route("/webhooks/pause", post(pause))
        .route("/webhooks/resume", post(resume))
        .route("/webhooks/hurry", post(hurry))
        .route("/webhooks/skew", post(skew))
        .route("/webhooks/send", post(send_raw))
        .route(
            "/mail/faults",
            post(add_mail_fault).delete(clear_mail_faults),
        )
        .layer(middleware::from_fn(only_this_machine))
}

async fn only_this_machine(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if peer.ip().is_loopback() {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn done() -> Json<Value> {
    Json(json!({ "ok": true }))
}

fn found(found: bool) -> Answer {
    if found {
        Ok(done())
    } else {
        Err(Refusal(StatusCode::CONFLICT, json!({ "ok": false })))
    }
}

#[derive(Deserialize)]
struct PayBody {
    card: String,
    /// The answer to the bank, should it ask; left open when there is none.
    authenticate: Option<bool>,
}

async fn pay(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(body): Json<PayBody>,
) -> Answer {
    let mut paid = control
        .pay(&id, &body.card)
        .map_err(|error| refusal(&error))?;
    if let (Paid::NeedsAuthentication { intent }, Some(passed)) = (&paid, body.authenticate) {
        control
            .authenticate(intent, passed)
            .map_err(|error| refusal(&error))?;
        let url = control.success_url(&id).unwrap_or_default();
        paid = Paid::Complete { success_url: url };
    }
    Ok(Json(json!(paid)))
}

fn refusal(error: &PayError) -> Refusal {
    let status = match error {
        PayError::Declined(_) => StatusCode::PAYMENT_REQUIRED,
        PayError::NotFound => StatusCode::NOT_FOUND,
        PayError::NotACard => StatusCode::UNPROCESSABLE_ENTITY,
        PayError::Expired | PayError::AlreadyComplete | PayError::NothingToAuthenticate => {
            StatusCode::CONFLICT
        }
    };
    let decline = match error {
        PayError::Declined(decline) => decline.decline_code.or(Some(decline.code)),
        _ => None,
    };
    Refusal(
        status,
        json!({ "error": error.to_string(), "decline_code": decline }),
    )
}

async fn expire(State(control): State<Control>, Path(id): Path<String>) -> Answer {
    found(control.expire(&id))
}

#[derive(Deserialize)]
struct AuthenticateBody {
    passed: bool,
}

async fn authenticate(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(body): Json<AuthenticateBody>,
) -> Answer {
    control
        .authenticate(&id, body.passed)
        .map_err(|error| refusal(&error))?;
    Ok(done())
}

async fn pay_later(State(control): State<Control>, Path(id): Path<String>) -> Answer {
    let paid = control.pay_later(&id).map_err(|error| refusal(&error))?;
    Ok(Json(json!(paid)))
}

#[derive(Deserialize)]
struct MoneyBody {
    came: bool,
}

async fn money(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(body): Json<MoneyBody>,
) -> Answer {
    found(control.money_came(&id, body.came))
}

async fn dispute(State(control): State<Control>, Path(id): Path<String>) -> Answer {
    match control.dispute(&id) {
        Some(dispute) => Ok(Json(json!({ "id": dispute }))),
        None => found(false),
    }
}

#[derive(Deserialize)]
struct CloseBody {
    won: bool,
}

async fn close_dispute(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(body): Json<CloseBody>,
) -> Answer {
    found(control.close_dispute(&id, body.won))
}

#[derive(Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum RefundBody {
    Pending,
    Failed,
    Succeeded,
}

async fn next_refund(State(control): State<Control>, Json(body): Json<RefundBody>) -> Json<Value> {
    match body {
        RefundBody::Pending => control.next_refund_pends(),
        RefundBody::Failed => control.next_refund_fails(),
        RefundBody::Succeeded => {}
    }
    done()
}

async fn finish_refund(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(body): Json<RefundBody>,
) -> Answer {
    found(control.finish_refund(&id, matches!(body, RefundBody::Succeeded)))
}

#[derive(Deserialize)]
struct ClockBody {
    #[serde(default)]
    advance_seconds: u64,
    #[serde(default)]
    reset: bool,
}

async fn clock(State(control): State<Control>, Json(body): Json<ClockBody>) -> Json<Value> {
    if body.reset {
        control.reset_clock();
    }
    control.advance(Duration::from_secs(body.advance_seconds));
    Json(json!({ "now": control.now() }))
}

async fn faults(State(control): State<Control>) -> Json<Value> {
    Json(json!(control.faults()))
}

async fn add_fault(State(control): State<Control>, Json(rule): Json<FaultRule>) -> Json<Value> {
    control.fault(rule);
    done()
}

async fn clear_faults(State(control): State<Control>) -> Json<Value> {
    control.clear_faults();
    done()
}

async fn requests(State(control): State<Control>) -> Json<Value> {
    Json(json!(control.requests()))
}

async fn clear_requests(State(control): State<Control>) -> Json<Value> {
    control.clear_requests();
    done()
}

async fn events(State(control): State<Control>) -> Json<Value> {
    Json(json!(control.events()))
}

#[derive(Deserialize)]
struct ResendBody {
    #[serde(default = "once")]
    copies: u32,
}

fn once() -> u32 {
    1
}

async fn resend(
    State(control): State<Control>,
    Path(id): Path<String>,
    Json(body): Json<ResendBody>,
) -> Answer {
    found(control.resend(&id, body.copies))
}

#[derive(Deserialize)]
struct EndpointBody {
    url: Option<String>,
    #[serde(default)]
    secret: String,
}

async fn set_webhook(
    State(control): State<Control>,
    Json(body): Json<EndpointBody>,
) -> Json<Value> {
    let secret = body.secret;
    control.set_webhook(body.url.map(|url| Endpoint { url, secret }));
    done()
}

async fn rules(State(control): State<Control>) -> Json<Value> {
    Json(json!(control.webhook_rules()))
}

async fn add_rule(State(control): State<Control>, Json(rule): Json<WebhookRule>) -> Json<Value> {
    control.webhook_rule(rule);
    done()
}

async fn clear_rules(State(control): State<Control>) -> Json<Value> {
    control.clear_webhook_rules();
    done()
}

async fn pause(State(control): State<Control>) -> Json<Value> {
    control.pause_webhooks();
    done()
}

async fn resume(State(control): State<Control>) -> Json<Value> {
    control.resume_webhooks();
    done()
}

async fn hurry(State(control): State<Control>) -> Json<Value> {
    control.hurry_webhooks();
    done()
}

#[derive(Deserialize)]
struct SkewBody {
    seconds: i64,
}

async fn skew(State(control): State<Control>, Json(body): Json<SkewBody>) -> Json<Value> {
    control.skew_signatures(body.seconds);
    done()
}

#[derive(Deserialize)]
struct RawBody {
    body: String,
}

async fn send_raw(State(control): State<Control>, Json(body): Json<RawBody>) -> Json<Value> {
    control.send_raw_webhook(&body.body);
    done()
}

#[derive(Deserialize)]
struct MailFaultBody {
    #[serde(flatten)]
    fault: MailFault,
    #[serde(default = "once")]
    times: u32,
}

async fn add_mail_fault(
    State(control): State<Control>,
    Json(body): Json<MailFaultBody>,
) -> Json<Value> {
    control.mail_fault(body.fault, body.times);
    done()
}

async fn clear_mail_faults(State(control): State<Control>) -> Json<Value> {
    control.clear_mail_faults();
    done()
}
