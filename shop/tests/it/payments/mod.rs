//! The way to paid, and everything that can go wrong on it. After each history the books balance.

mod again;
mod attempts;
mod faults;
mod settling;
mod webhooks;
