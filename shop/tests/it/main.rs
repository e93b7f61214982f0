//! The use cases on a real Postgres, with the sandbox's Stripe and mailbox in process and a clock that the test moves.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod cart;
mod catalogue_edit;
mod checkout;
mod database;
mod demo;
mod directory;
mod history;
mod import;
mod inventory_admin;
mod jobs;
mod limits;
mod listing;
mod order_list;
mod orders;
mod payments;
mod reports;
mod search;
mod speed;
mod staff;
mod stock;
mod support;
