//! What the process measures: every name once, with what it means. `docs/metrics.md` is printed from here.

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{fmt::Write, sync::OnceLock, time::Duration};

/// Requests, by route, method and status.
pub(crate) const REQUESTS: &str = "mercer_http_requests_total";
/// How long they took, by route.
pub(crate) const REQUEST_SECONDS: &str = "mercer_http_request_seconds";
/// How many statements they sent to Postgres, by route.
pub(crate) const REQUEST_QUERIES: &str = "mercer_http_request_queries";

/// Upper bounds of the buckets of times, in seconds.
const SECONDS: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Upper bounds of the buckets of counted statements.
const QUERIES: [f64; 9] = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0, 50.0];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Counter,
    Gauge,
    Histogram,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// One name in `/metrics`.
struct Measured {
    name: &'static str,
    kind: Kind,
    /// Each label, with its values where they are few.
    labels: &'static str,
    meaning: &'static str,
}

const fn counter(name: &'static str, labels: &'static str, meaning: &'static str) -> Measured {
    let kind = Kind::Counter;
    Measured {
        name,
        kind,
        labels,
        meaning,
    }
}

const fn gauge(name: &'static str, labels: &'static str, meaning: &'static str) -> Measured {
    let kind = Kind::Gauge;
    Measured {
        name,
        kind,
        labels,
        meaning,
    }
}

const fn histogram(name: &'static str, labels: &'static str, meaning: &'static str) -> Measured {
    let kind = Kind::Histogram;
    Measured {
        name,
        kind,
        labels,
        meaning,
    }
}

#[rustfmt::skip]
const MEASURED: &[Measured] = &[
    counter(REQUESTS, "`route`, `method`, `status`", "Requests"),
    histogram(REQUEST_SECONDS, "`route`", "Time from a request to its answer"),
    histogram(REQUEST_QUERIES, "`route`", "Statements sent to Postgres for a request"),
    counter("mercer_cart_additions_total", "", "Things put into carts"),
    counter("mercer_checkouts_refused_total", "", "Orders refused with a reason for the shopper"),
    counter("mercer_orders_placed_total", "", "Orders placed, those placed again included"),
    counter("mercer_orders_paid_total", "", "Orders paid"),
    counter("mercer_payments_total", "`outcome`: `succeeded`, `returned`, `expired`, `mismatch`, `unavailable`", "What became of payments; `returned` is money that went back because what it was for was sold meanwhile, or had been paid already"),
    counter("mercer_refunds_total", "", "Refunds sent to Stripe"),
    counter("mercer_parcels_total", "", "Parcels sent"),
    counter("mercer_webhooks_total", "`outcome`: `stored`, `known`, `refused`, `missed`", "Webhooks taken in; `missed` are events that the reconciler found at Stripe and no webhook brought"),
    gauge("mercer_webhooks_oldest_seconds", "", "How long the oldest stored webhook has waited to be handled"),
    counter("mercer_jobs_total", "`kind`, `outcome`: `done`, `failed`, `dead`", "Attempts at jobs"),
    gauge("mercer_jobs", "`state`: `ready`, `scheduled`, `running`, `dead`", "Jobs"),
    gauge("mercer_jobs_oldest_seconds", "", "How long the oldest job that is due has waited"),
    counter("mercer_mails_total", "`kind`", "Mails handed over"),
    counter("mercer_limited_total", "`limit`", "Requests refused because one client asked too often"),
    counter("mercer_sign_ins_refused_total", "`who`: `staff`, `customer`", "Attempts to sign in with a wrong name, password or code"),
    counter("mercer_customers_deleted_total", "", "Customers who left and were taken out of everything but the books"),
    gauge("mercer_stock_short_variants", "", "Variants of which more is owed to paid orders than is set aside for them; anything above 0 is a fault"),
    gauge("mercer_dependency_up", "`dependency`: `postgres`, `queue`, `storage`, `redis`", "1 where it answers, 0 where it does not"),
    gauge("mercer_pool_connections", "`state`: `idle`, `busy`", "Connections to Postgres"),
    gauge("mercer_pool_connections_max", "", "The most of them that the process may open"),
    gauge("mercer_process_memory_bytes", "", "Resident memory"),
    gauge("mercer_process_cpu_seconds", "", "Time that the process has worked, over all of its threads"),
    gauge("mercer_process_start_time_seconds", "", "When the process began, in seconds since 1970"),
    gauge("mercer_build_info", "`version`", "1, with the version that runs"),
];

/// Counters that alerts look at for the first of its kind: they begin at 0, since a first event that makes a name is no rise.
const FROM_ZERO: [(&str, &[&str]); 2] = [
    (
        "mercer_payments_total",
        &[
            "succeeded",
            "returned",
            "expired",
            "mismatch",
            "unavailable",
        ],
    ),
    (
        "mercer_webhooks_total",
        &["stored", "known", "refused", "missed"],
    ),
];

/// What was measured so far, once somebody measures.
pub(crate) fn handle() -> Option<&'static PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let build = || {
        let handle = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
            .and_then(|builder| {
                builder.set_buckets_for_metric(Matcher::Full(REQUEST_QUERIES.to_owned()), &QUERIES)
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
    let Some(handle) = handle() else { return };
    let mut turn = tokio::time::interval(Duration::from_secs(5));
    loop {
        turn.tick().await;
        handle.run_upkeep();
    }
}

fn describe() {
    for Measured {
        name,
        kind,
        meaning,
        ..
    } in MEASURED
    {
        match kind {
            Kind::Counter => metrics::describe_counter!(*name, *meaning),
            Kind::Gauge => metrics::describe_gauge!(*name, *meaning),
            Kind::Histogram => metrics::describe_histogram!(*name, *meaning),
        }
    }
    for (name, outcomes) in FROM_ZERO {
        for outcome in outcomes {
            metrics::counter!(name, "outcome" => *outcome).increment(0);
        }
    }
}

/// `docs/metrics.md`.
pub(crate) fn document() -> String {
    let mut page = "# What is measured\n\nPrinted by `mercer metrics` from `server/src/telemetry/metrics.rs`. `/metrics` on the internal \
        listener answers with these, in Prometheus' text\nformat. Counters and histograms begin with the process; a name appears once \
        something was counted under it. Gauges are looked up when somebody asks.\n\n| name | kind | labels | meaning |\n| --- | --- | --- | --- |\n"
        .to_owned();
    for row in MEASURED {
        // Writing into a text cannot fail.
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            row.name,
            row.kind.as_str(),
            row.labels,
            row.meaning
        );
    }
    let bounds = |bounds: &[f64]| bounds.iter().map(f64::to_string).collect::<Vec<_>>();
    let _ = write!(
        page,
        "\nBuckets of `{REQUEST_SECONDS}` end at {} seconds, those of `{REQUEST_QUERIES}` at {} statements.\n",
        bounds(&SECONDS).join(", "),
        bounds(&QUERIES).join(", ")
    );
    page
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_document_is_what_the_code_says() {
        let page = include_str!("../../../docs/metrics.md");
        assert!(
            page == super::document(),
            "docs/metrics.md is not what `mercer metrics` prints"
        );
    }
}
