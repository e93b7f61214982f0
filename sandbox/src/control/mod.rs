//! What a test may do to the sandbox, from Rust and over HTTP.

mod handle;
mod http;

pub use handle::{Control, Paid, PayError, SeenEvent};
pub(crate) use http::routes;
