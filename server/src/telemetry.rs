//! Logs, and the count of queries behind each request.

use crate::config::{Config, LogFormat};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{cell::Cell, sync::OnceLock, time::Duration};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::{Context, SubscriberExt},
    util::SubscriberInitExt,
};

tokio::task_local! {
    /// How many statements the request at hand has sent to Postgres.
    pub(crate) static QUERIES: Cell<u32>;
}

/// sqlx tells of every statement here.
const STATEMENTS: &str = "sqlx::query";

/// Counts statements without writing them anywhere.
struct CountQueries;

impl<S: Subscriber> Layer<S> for CountQueries {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        // Outside of a request nobody counts.
        let _ = QUERIES.try_with(|count| count.set(count.get() + 1));
    }
}

fn is_statement(metadata: &Metadata<'_>) -> bool {
    metadata.target() == STATEMENTS
}

/// Begins to log, to standard error.
pub(crate) fn init(config: &Config) {
    let filter = EnvFilter::new(&config.log_filter).and(filter_fn(|metadata| {
        !is_statement(metadata) || *metadata.level() <= tracing::Level::WARN
    }));
    let lines = match config.log_format {
        LogFormat::Text => fmt::layer()
            .with_writer(std::io::stderr)
            .with_target(false)
            .boxed(),
        LogFormat::Json => fmt::layer()
            .json()
            .flatten_event(true)
            .with_writer(std::io::stderr)
            .boxed(),
    };
    // Fails where somebody logs already, as in a test.
    let _ = tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(CountQueries.with_filter(filter_fn(is_statement)))
        .try_init();
}

/// What the process measures, once.
pub(crate) fn metrics() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let build = || {
        let seconds = [
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
        ];
        let queries = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0, 50.0];
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &seconds)
            .and_then(|builder| {
                builder.set_buckets_for_metric(Matcher::Full(REQUEST_QUERIES.to_owned()), &queries)
            })
            .ok()?
            .install_recorder()
            .ok()?;
        describe();
        Some(handle)
    };
    HANDLE.get_or_init(build).as_ref()
}

/// Sums up what was measured, again and again: between two readings every single measurement is kept, and nobody may read.
pub(crate) async fn keep_up() {
    let Some(handle) = metrics() else { return };
    let mut turn = tokio::time::interval(Duration::from_secs(5));
    loop {
        turn.tick().await;
        handle.run_upkeep();
    }
}

/// Requests, by route, method and status.
pub(crate) const REQUESTS: &str = "mercer_http_requests_total";
/// How long they took, by route.
pub(crate) const REQUEST_SECONDS: &str = "mercer_http_request_seconds";
/// How many statements they sent to Postgres, by route.
pub(crate) const REQUEST_QUERIES: &str = "mercer_http_request_queries";

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!(REQUESTS, "Requests, by route, method and status");
    describe_histogram!(
        REQUEST_SECONDS,
        "Time from a request to its answer, by route"
    );
    describe_histogram!(
        REQUEST_QUERIES,
        "Statements sent to Postgres for a request, by route"
    );
    describe_counter!("mercer_cart_additions_total", "Things put into carts");
    describe_counter!(
        "mercer_orders_placed_total",
        "Orders placed, those placed again included"
    );
    describe_counter!("mercer_orders_paid_total", "Orders paid");
    describe_counter!(
        "mercer_checkouts_refused_total",
        "Orders refused with a reason for the shopper"
    );
    describe_counter!(
        "mercer_payments_total",
        "What became of payments, by outcome"
    );
    describe_counter!("mercer_refunds_total", "Refunds sent to Stripe");
    describe_counter!("mercer_webhooks_total", "Webhooks taken in, by outcome");
    describe_counter!("mercer_jobs_total", "Attempts at jobs, by kind and outcome");
    describe_counter!("mercer_mails_total", "Mails handed over, by kind");
    describe_counter!(
        "mercer_limited_total",
        "Requests refused because one client asked too often, by limit"
    );
    describe_gauge!("mercer_jobs", "Jobs, by state");
    describe_gauge!(
        "mercer_jobs_oldest_seconds",
        "How long the oldest job that is due has waited"
    );
    describe_gauge!(
        "mercer_pool_connections",
        "Connections to Postgres, by state"
    );
    describe_gauge!("mercer_process_memory_bytes", "Resident memory");
    describe_gauge!(
        "mercer_process_cpu_seconds",
        "Time that the process has worked, over all of its threads"
    );
    describe_gauge!(
        "mercer_process_start_time_seconds",
        "When the process began, in seconds since 1970"
    );
    describe_gauge!("mercer_build_info", "1, with the version that runs");
}
