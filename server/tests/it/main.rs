//! The process as a visitor, a proxy and an operator meet it: the real binary, a real database, the sandbox's Stripe.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod accounts;
mod admin;
mod catalogue;
mod commands;
mod gate;
mod logs;
mod orders;
mod pages;
mod process;
mod purchase;
mod refusals;
mod script;
mod settings;
mod stopping;
mod support;
mod welcome;
mod writes;
