//! The process as a visitor, a proxy and an operator meet it: the real binary, a real database, the sandbox's Stripe.

mod pages;
mod process;
mod purchase;
mod support;
mod writes;
