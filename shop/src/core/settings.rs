//! What the process tells the shop at its start. Plain data: the process reads it from its environment, a test fills it in.

use jiff::SignedDuration;
use std::path::PathBuf;

/// A text that is not printed.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// The shop's configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The origin that shoppers see, without a slash at the end: `https://shop.example`.
    pub public_url: String,
    /// Where the demo shop's data lies.
    pub demo_dir: PathBuf,
    /// Postgres.
    pub database: DatabaseSettings,
    /// Redis; without it the shop runs as one replica.
    pub redis_url: Option<Secret>,
    /// Where pictures are kept: a folder, or `s3://bucket/prefix`.
    pub media_url: String,
    /// Stripe.
    pub stripe: StripeSettings,
    /// Outgoing mail.
    pub mail: MailSettings,
    /// How often one client may do what costs something.
    pub limits: LimitSettings,
    /// How the background work is done.
    pub jobs: JobSettings,
    /// Whether the demo shop's people may sign in: everybody can read their passwords.
    pub demo_logins: bool,
}

/// Where Postgres is and how much of it may be used.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `postgres://…`
    pub url: Secret,
    /// The most connections that this process opens.
    pub max_connections: u32,
    /// How long a statement may take, in milliseconds.
    pub statement_timeout_ms: u32,
    /// How long to wait for a connection, in milliseconds.
    pub acquire_timeout_ms: u32,
}

/// Where Stripe is, and the shop's keys.
#[derive(Clone, Debug)]
pub struct StripeSettings {
    /// The account's secret key.
    pub secret_key: Secret,
    /// Another address than Stripe's own: the sandbox.
    pub api_url: Option<String>,
    /// What webhooks are signed with; two while one is being replaced.
    pub webhook_secrets: Vec<Secret>,
}

/// Where mail is handed over.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// `smtp://host:port`, `smtps://user:password@host`.
    pub smtp_url: Secret,
    /// `Name <address>`.
    pub from: String,
}

/// How often one client may do something, in times per minute. 0 is without limit.
#[derive(Clone, Copy, Debug)]
pub struct LimitSettings {
    /// Placing an order.
    pub checkout: u32,
    /// Searching.
    pub search: u32,
    /// Looking up an order.
    pub lookup: u32,
    /// Signing in, or trying to.
    pub sign_in: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            checkout: 20,
            search: 60,
            lookup: 10,
            sign_in: 10,
        }
    }
}

/// How the background work is done.
#[derive(Clone, Copy, Debug)]
pub struct JobSettings {
    /// How many jobs one worker does at the same time.
    pub at_once: usize,
    /// How long one job may take. Its lease is longer.
    pub time_limit: SignedDuration,
}

impl Default for JobSettings {
    fn default() -> Self {
        Self {
            at_once: 8,
            time_limit: SignedDuration::from_mins(2),
        }
    }
}
