//! What a test may do to the sandbox, from Rust and over HTTP.

mod answers;
mod handle;
mod http;

pub use answers::{Paid, PayError, SeenEvent};
pub use handle::Control;
pub(crate) use http::routes;
