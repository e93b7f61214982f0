//! Health and metrics, on a listener of their own.

use crate::{process, state::State, telemetry};
use axum::{
    Json, Router,
    extract::State as Shared,
    response::{IntoResponse, Response},
    routing::get,
};
use http::{StatusCode, header::CONTENT_TYPE};
use serde_json::json;
use shop::ops;
use std::time::Duration;
use tokio::time::timeout;

/// How long it may take to look at the schema: as long as at any dependency.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn router(state: &State) -> Router {
    Router::new()
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .route("/health/startup", get(startup))
        .route("/metrics", get(metrics))
        .with_state(state.clone())
}

/// The process turns: nothing else is looked at, so that no dependency gets it restarted.
async fn live() -> Response {
    Json(json!({ "status": "ok" })).into_response()
}

/// Whether visitors may be sent here. A dependency that is away makes it `degraded`, still 200: it is away for every
/// replica, and pages that need it say so themselves.
async fn ready(Shared(state): Shared<State>) -> Response {
    if state.is_draining() {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({ "status": "draining" })),
        )
            .into_response();
    }
    let (dependencies, migrated) = tokio::join!(
        state.shop.health(),
        timeout(PATIENCE, ops::migrations_current(state.shop.db()))
    );
    let all_up = dependencies.iter().all(|dependency| dependency.up);
    let (code, status) = match (migrated, all_up) {
        (Ok(Ok(false)), _) => (StatusCode::SERVICE_UNAVAILABLE, "not migrated"),
        (Ok(Ok(true)), true) => (StatusCode::OK, "ok"),
        _ => (StatusCode::OK, "degraded"),
    };
    (
        code,
        Json(json!({ "status": status, "dependencies": dependencies })),
    )
        .into_response()
}

/// Whether the process has come up: the schema is there and the frame of pages was read.
async fn startup(Shared(state): Shared<State>) -> Response {
    let migrated = ops::migrations_current(state.shop.db())
        .await
        .unwrap_or(false);
    if migrated && state.shop.chrome().await.is_ok() {
        Json(json!({ "status": "ok" })).into_response()
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            Json(json!({ "status": "starting" })),
        )
            .into_response()
    }
}

async fn metrics(Shared(state): Shared<State>) -> Response {
    let Some(handle) = telemetry::metrics::handle() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    gauges(&state).await;
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        handle.render(),
    )
        .into_response()
}

/// What is looked up when somebody asks.
#[expect(
    clippy::cast_precision_loss,
    reason = "gauges are floats; none of these is near 2^52"
)]
async fn gauges(state: &State) {
    let pool = state.shop.db();
    let idle = pool.num_idle();
    metrics::gauge!("mercer_pool_connections", "state" => "idle").set(idle as f64);
    let most = pool.options().get_max_connections();
    metrics::gauge!("mercer_pool_connections_max").set(f64::from(most));
    metrics::gauge!("mercer_pool_connections", "state" => "busy")
        .set((pool.size() as usize).saturating_sub(idle) as f64);
    let (dependencies, queue, webhook, short) = tokio::join!(
        state.shop.health(),
        state.shop.queue(),
        state.shop.oldest_webhook(),
        state.shop.short_variants()
    );
    for dependency in dependencies {
        metrics::gauge!("mercer_dependency_up", "dependency" => dependency.name)
            .set(if dependency.up { 1.0 } else { 0.0 });
    }
    if let Ok(waited) = webhook {
        metrics::gauge!("mercer_webhooks_oldest_seconds").set(waited.as_secs_f64());
    }
    if let Ok(short) = short {
        metrics::gauge!("mercer_stock_short_variants").set(short as f64);
    }
    if let Ok(queue) = queue {
        for (name, count) in [
            ("ready", queue.ready),
            ("scheduled", queue.scheduled),
            ("running", queue.running),
            ("dead", queue.dead),
        ] {
            metrics::gauge!("mercer_jobs", "state" => name).set(count as f64);
        }
        metrics::gauge!("mercer_jobs_oldest_seconds").set(queue.oldest_seconds as f64);
    }
    if let Some(bytes) = process::resident_memory() {
        metrics::gauge!("mercer_process_memory_bytes").set(bytes as f64);
    }
    if let Some(ticks) = process::cpu_ticks() {
        metrics::gauge!("mercer_process_cpu_seconds").set(ticks as f64 / 100.0);
    }
    metrics::gauge!("mercer_process_start_time_seconds").set(state.begun as f64);
    metrics::gauge!("mercer_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}
