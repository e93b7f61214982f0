//! The sandbox from outside: by async-stripe, by bare forms, by a browser's requests, by a mailer.

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
