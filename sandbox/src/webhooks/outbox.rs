//! Events on their way to the shop.

use std::time::Duration;

use super::{Effect, Endpoint, RetryPolicy, WebhookRule};
use crate::world::event::Delivery;

/// One event that waits to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) event: String,
    pub(crate) kind: String,
    /// A body of the test's own in place of the event.
    pub(crate) raw: Option<String>,
    /// Attempts so far.
    pub(crate) attempts: u32,
    pub(crate) copies: u32,
    due_ms: i64,
    seq: u64,
}

/// The queue, the endpoint, and the faults that are set.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) policy: RetryPolicy,
    /// Seconds by which signatures are off.
    pub(crate) skew_seconds: i64,
    /// While true nothing is sent.
    pub(crate) paused: bool,
    pub(crate) rules: Vec<WebhookRule>,
    queue: Vec<Job>,
    kept_back: Vec<Job>,
    /// The event that is being sent right now.
    in_flight: bool,
    seq: u64,
}

impl Outbox {
    /// Takes in a new event.
    pub(crate) fn accept(&mut self, event: &str, kind: &str, now_ms: i64) -> Delivery {
        if self.endpoint.is_none() {
            return Delivery::NoEndpoint;
        }
        let mut job = self.job(event, kind, now_ms);
        match self.apply(kind, false) {
            Some(Effect::Drop) => return Delivery::Dropped,
            Some(Effect::Delay { ms }) => job.due_ms += i64::from(ms),
            Some(Effect::Duplicate { copies }) => job.copies = copies.max(1),
            Some(Effect::Reorder) => {
                self.kept_back.push(job);
                if !self.rules.iter().any(|rule| rule.effect == Effect::Reorder) {
                    self.release_kept_back(now_ms);
                }
                return Delivery::Pending;
            }
            Some(Effect::Fail | Effect::LoseAnswer) | None => {}
        }
        self.queue.push(job);
        Delivery::Pending
    }

    /// Sends an event once more, whatever became of it.
    pub(crate) fn resend(&mut self, event: &str, kind: &str, copies: u32, now_ms: i64) {
        let mut job = self.job(event, kind, now_ms);
        job.copies = copies.max(1);
        self.queue.push(job);
    }

    /// Sends any body with a valid signature.
    pub(crate) fn send_raw(&mut self, body: String, now_ms: i64) {
        let mut job = self.job("", "raw", now_ms);
        job.raw = Some(body);
        self.queue.push(job);
    }

    /// What `Reorder` kept back goes out, last first.
    pub(crate) fn release_kept_back(&mut self, now_ms: i64) {
        self.rules.retain(|rule| rule.effect != Effect::Reorder);
        for mut job in std::mem::take(&mut self.kept_back).into_iter().rev() {
            job.due_ms = now_ms;
            job.seq = self.next_seq();
            self.queue.push(job);
        }
    }

    /// The next delivery that is due.
    pub(crate) fn take_due(&mut self, now_ms: i64) -> Option<Job> {
        if self.paused || self.endpoint.is_none() {
            return None;
        }
        let next = self.first()?;
        if self.queue.get(next).is_none_or(|job| job.due_ms > now_ms) {
            return None;
        }
        self.in_flight = true;
        Some(self.queue.swap_remove(next))
    }

    /// When the next delivery is due.
    pub(crate) fn next_due(&self) -> Option<i64> {
        if self.paused {
            None
        } else {
            self.queue.iter().map(|job| job.due_ms).min()
        }
    }

    /// A delivery is over: it arrived, or is tried again later, or is given up.
    pub(crate) fn finish(&mut self, mut job: Job, arrived: bool, now_ms: i64) -> Delivery {
        self.in_flight = false;
        if arrived {
            return Delivery::Delivered;
        }
        job.attempts += 1;
        let Some(wait) = self.policy.wait_after(job.attempts) else {
            return Delivery::GivenUp;
        };
        job.copies = 1;
        job.due_ms = now_ms + millis(wait);
        self.queue.push(job);
        Delivery::Pending
    }

    /// The fault that a new attempt meets.
    pub(crate) fn attempt_fault(&mut self, kind: &str) -> Option<Effect> {
        self.apply(kind, true)
    }

    /// Nothing waits and nothing is being sent.
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.kept_back.is_empty() && !self.in_flight
    }

    /// Everything that waits is due at once.
    pub(crate) fn hurry(&mut self, now_ms: i64) {
        for job in &mut self.queue {
            job.due_ms = job.due_ms.min(now_ms);
        }
    }

    fn job(&mut self, event: &str, kind: &str, now_ms: i64) -> Job {
        Job {
            event: event.to_owned(),
            kind: kind.to_owned(),
            raw: None,
            attempts: 0,
            copies: 1,
            due_ms: now_ms,
            seq: self.next_seq(),
        }
    }

    fn next_seq(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    fn first(&self) -> Option<usize> {
        let (index, _) = self
            .queue
            .iter()
            .enumerate()
            .min_by_key(|(_, job)| (job.due_ms, job.seq))?;
        Some(index)
    }

    /// Uses up one turn of the first rule that fits.
    fn apply(&mut self, kind: &str, per_attempt: bool) -> Option<Effect> {
        let rule = self
            .rules
            .iter_mut()
            .find(|rule| rule.effect.is_per_attempt() == per_attempt && rule.matches(kind))?;
        rule.times -= 1;
        let effect = rule.effect;
        self.rules.retain(|rule| rule.times > 0);
        Some(effect)
    }
}

fn millis(wait: Duration) -> i64 {
    i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
}
