//! What a test may do to API requests.

use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use crate::sim::lock;

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// 429, and nothing is done.
    RateLimit,
    /// A 500 of the API's own: saved under the idempotency key, and nothing is done.
    ServerError,
    /// An HTML page with 502 from something in between; nothing is done.
    BadGateway,
    /// The work is done, then an HTML page with 502.
    CommitThenBadGateway,
    /// The request waits, then it is done and answered.
    Slow {
        /// For so long.
        ms: u32,
    },
    /// Nothing is done, and no answer comes.
    Hang,
    /// The work is done, and no answer comes.
    CommitThenHang,
    /// Nothing is done, and the connection is closed.
    Drop,
    /// The work is done, and the connection is closed.
    CommitThenDrop,
}

/// A fault for the next API requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultRule {
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// Only requests with this method (`GET`, `POST`).
    #[serde(default)]
    pub method: Option<String>,
    /// Only paths that contain this, such as `/checkout/sessions`.
    #[serde(default)]
    pub path: Option<String>,
    /// How many requests.
    #[serde(default = "once")]
    pub times: u32,
}

fn once() -> u32 {
    1
}

impl FaultRule {
    /// A fault for the next request, whichever it is.
    pub fn new(fault: Fault) -> Self {
        Self {
            fault,
            method: None,
            path: None,
            times: 1,
        }
    }

    /// Only for this method and for paths that contain this.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// For so many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    fn matches(&self, method: &str, path: &str) -> bool {
        self.method
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .path
                .as_deref()
                .is_none_or(|wanted| path.contains(wanted))
    }
}

/// The faults that wait for a request.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<FaultRule>>);

impl Faults {
    pub(crate) fn add(&self, rule: FaultRule) {
        if rule.times > 0 {
            lock(&self.0).push(rule);
        }
    }

    pub(crate) fn clear(&self) {
        lock(&self.0).clear();
    }

    pub(crate) fn list(&self) -> Vec<FaultRule> {
        lock(&self.0).clone()
    }

    /// Uses up one turn of the first rule that fits.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut rules = lock(&self.0);
        let index = rules.iter().position(|rule| rule.matches(method, path))?;
        let rule = rules.get_mut(index)?;
        let fault = rule.fault;
        rule.times -= 1;
        if rule.times == 0 {
            rules.remove(index);
        }
        Some(fault)
    }
}
