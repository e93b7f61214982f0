//! The use cases on a real Postgres, with the sandbox's Stripe and mailbox in process and a clock that the test moves.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cart;
mod checkout;
mod database;
mod demo;
mod history;
mod import;
mod jobs;
mod limits;
mod listing;
mod order_list;
mod payments;
mod reports;
mod search;
mod speed;
mod stock;
mod support;
