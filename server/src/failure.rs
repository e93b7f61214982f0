//! What goes wrong in a handler and is not the visitor's doing.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use std::sync::Arc;

/// A fault of the shop's. The outermost room logs it once and makes the page.
#[derive(Debug, Clone)]
pub(crate) struct Failure(Arc<anyhow::Error>);

impl Failure {
    /// What to log.
    pub(crate) fn cause(&self) -> &anyhow::Error {
        &self.0
    }

    /// Whether it is the visitor's doing after all: a text with a NUL, which Postgres takes nowhere. Pages leave these out;
    /// what calls itself an island may send one.
    pub(crate) fn is_unwritable_text(&self) -> bool {
        let Some(shop::Error::Database(sqlx::Error::Database(error))) = self.0.downcast_ref()
        else {
            return false;
        };
        error.code().as_deref() == Some("22021")
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Arc::new(error.into()))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        // Not a fault: the page for it is made outside.
        if let Some(shop::Error::Denied(_) | shop::Error::Unconfirmed) = self.0.downcast_ref() {
            return StatusCode::FORBIDDEN.into_response();
        }
        let is_away = self.0.downcast_ref::<shop::Error>().is_some_and(is_away);
        let status = if is_away {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::INTERNAL_SERVER_ERROR
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Whether what is needed cannot be reached, but may be again in a moment.
fn is_away(error: &shop::Error) -> bool {
    let shop::Error::Database(error) = error else {
        return false;
    };
    match error {
        // Protocol, Tls: a proxy answers that has nothing behind it.
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_) => true,
        // 57: the server is being stopped or started; 53: it has no connection left.
        sqlx::Error::Database(error) => error
            .code()
            .is_some_and(|code| code.starts_with("57P") || code.starts_with("53")),
        _ => false,
    }
}
