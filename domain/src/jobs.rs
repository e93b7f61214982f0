//! What the page of the background work shows.

use serde::{Deserialize, Serialize};

/// How the background work stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JobsPage {
    /// To be done now.
    pub ready: i64,
    /// To be done later.
    pub scheduled: i64,
    /// In the hands of a worker.
    pub running: i64,
    /// How long the oldest has waited, in seconds.
    pub oldest_seconds: i64,
    /// How many of each kind wait or run.
    pub kinds: Vec<(String, i64)>,
    /// Those that failed too often, the latest first.
    pub dead: Vec<DeadRow>,
}

/// A job that failed too often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadRow {
    /// Which.
    pub id: String,
    /// What it was to do.
    pub kind: String,
    /// What it names.
    pub about: String,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last attempt failed.
    pub reason: String,
    /// Since when it lies, in words.
    pub since: String,
}
