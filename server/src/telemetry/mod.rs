//! Logs, the count of queries behind each request, and what is measured.

pub(crate) mod metrics;

use crate::config::{Config, LogFormat};
use std::cell::Cell;
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
