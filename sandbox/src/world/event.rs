//! An Event, and the tries at delivering it.

use serde::Serialize;
use serde_json::Value;

use super::Row;

/// The API request that made an event happen.
#[derive(Clone, Debug)]
pub(crate) struct RequestRef {
    pub(crate) id: String,
    pub(crate) idempotency_key: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) kind: &'static str,
    /// The object as it was then.
    pub(crate) object: Value,
    pub(crate) previous: Option<Value>,
    pub(crate) request: Option<RequestRef>,
    pub(crate) api_version: String,
    pub(crate) delivery: Delivery,
    pub(crate) attempts: Vec<Attempt>,
}

/// Whether an event has reached the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// There is nobody to send it to.
    NoEndpoint,
    /// It waits for its first or next attempt.
    Pending,
    /// The shop answered 2xx.
    Delivered,
    /// A fault took it: it is never sent.
    Dropped,
    /// Every attempt failed.
    GivenUp,
}

/// One attempt at delivering an event.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// When, in milliseconds since 1970 by the sandbox's clock.
    pub at_ms: i64,
    /// The status that the shop answered with.
    pub status: Option<u16>,
    /// What went wrong, or which fault was at work.
    pub note: Option<String>,
}

impl Row for Event {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
