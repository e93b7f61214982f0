//! Telling the shop: signed, in order, again and again until it listens, or wrongly where a test wants that.

mod outbox;
mod rules;
mod sender;
mod signature;

use std::time::Duration;

pub(crate) use outbox::{Job, Outbox};
pub use rules::{Effect, WebhookRule};
pub(crate) use sender::{client, run};
pub use signature::{header as signature_header, sign};

/// Where events are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The shop's webhook address.
    pub url: String,
    /// The secret that both sides know (`whsec_…`).
    pub secret: String,
}

/// How long the sandbox waits before it tries an event again: twice as long each time, up to a limit.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// Before the second attempt.
    pub first: Duration,
    /// At most this long between two attempts.
    pub longest: Duration,
    /// Attempts in all.
    pub attempts: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            longest: Duration::from_mins(1),
            attempts: 20,
        }
    }
}

impl RetryPolicy {
    /// The wait after so many attempts, or `None` when it is time to give up.
    pub(crate) fn wait_after(&self, attempts: u32) -> Option<Duration> {
        if attempts >= self.attempts {
            return None;
        }
        let doublings = attempts.saturating_sub(1).min(20);
        Some(self.first.saturating_mul(1 << doublings).min(self.longest))
    }
}

#[cfg(test)]
mod tests {
    use super::RetryPolicy;

    #[test]
    fn waits_grow_to_a_limit_and_end() {
        let policy = RetryPolicy::default();
        let waits: Vec<_> = (1..=8)
            .filter_map(|n| policy.wait_after(n))
            .map(|wait| wait.as_secs())
            .collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(policy.wait_after(20), None);
    }
}
