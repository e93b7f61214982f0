//! What can go wrong that is not the user's doing.

use domain::staff::Permission;

/// A fault of the shop or of what it depends on. The outermost room logs it once, with a reference for the user.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database refused or did not answer.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// What the database holds cannot be read as what it should be.
    #[error("stored data: {0}")]
    Stored(String),
    /// The payment service refused or did not answer. Without the service's own text, which may hold personal data.
    #[error("payment service: {0}")]
    Payment(String),
    /// A mail could not be handed over.
    #[error("mail: {0}")]
    Mail(String),
    /// The store of pictures refused or did not answer.
    #[error("storage: {0}")]
    Storage(#[from] object_store::Error),
    /// A rule of the shop's own does not hold.
    #[error("invariant: {0}")]
    Invariant(String),
    /// Somebody of the staff may not do this. It is shown as a page of its own and not as a fault.
    #[error("not permitted: {0}")]
    Denied(Permission),
    /// What is dear asks for the password again.
    #[error("the password has to be given again")]
    Unconfirmed,
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Stored(error.to_string())
    }
}

/// The result of a use case that the user can do nothing wrong in.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not happen: the user can put it right, or not.
#[derive(Debug, thiserror::Error)]
pub enum Fault<E> {
    /// Refused, with the reason in the user's words.
    #[error("{0}")]
    Refused(E),
    /// Failed, with nothing that the user could do.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl<E> From<sqlx::Error> for Fault<E> {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}
