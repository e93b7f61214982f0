//! The sandbox from outside: by async-stripe, by bare forms, by a browser's requests, by a mailer.

#![expect(
    clippy::unwrap_used,
    reason = "a test stops where something is missing"
)]

mod api;
mod client;
mod common;
mod faults;
mod idempotency;
mod mailbox;
mod pay_page;
mod payments;
mod refunds;
mod webhooks;
