//! The requests that were seen, for tests to look at.

use std::sync::Mutex;

use serde::Serialize;
use serde_json::Value;

use crate::sim::lock;

/// An API request as it came in, and what it got.
#[derive(Clone, Debug, Serialize)]
pub struct SeenRequest {
    /// `req_…`.
    pub id: String,
    /// When, in milliseconds since 1970 by the sandbox's clock.
    pub at_ms: i64,
    /// `GET` or `POST`.
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Form or query as nested objects of text; card numbers are left out.
    pub params: Value,
    /// The `Idempotency-Key` header.
    pub idempotency_key: Option<String>,
    /// The status of the answer; none where a fault left the request without one.
    pub status: Option<u16>,
    /// Whether a saved answer was repeated.
    pub replayed: bool,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<Vec<SeenRequest>>);

impl RequestLog {
    pub(crate) fn push(&self, mut request: SeenRequest) {
        hide_cards(&mut request.params);
        lock(&self.0).push(request);
    }

    pub(crate) fn list(&self) -> Vec<SeenRequest> {
        lock(&self.0).clone()
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    /// Notes the answer of a request.
    pub(crate) fn answered(&self, id: &str, status: u16, replayed: bool) {
        if let Some(request) = lock(&self.0)
            .iter_mut()
            .rev()
            .find(|request| request.id == id)
        {
            request.status = Some(status);
            request.replayed = replayed;
        }
    }
}

/// Takes out whatever looks like a card's number or code, however wrong the request was.
fn hide_cards(params: &mut Value) {
    let Some(fields) = params.as_object_mut() else {
        return;
    };
    for (name, value) in fields {
        if matches!(name.as_str(), "number" | "cvc") {
            *value = "[hidden]".into();
        } else {
            hide_cards(value);
        }
    }
}
