//! What an island is told when a server function does not do what it asked for.

use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// Why a server function did nothing, in words for the shopper; never those of a driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// The HTTP status of the answer; 0 where none came.
    pub status: u16,
    /// What the shopper reads.
    pub message: String,
}

impl ApiError {
    /// The shopper asked for something that cannot be.
    pub fn refused<E: std::fmt::Display>(reason: E) -> Self {
        Self::new(422, &reason.to_string())
    }

    /// The shop, or what it depends on, is at fault.
    pub fn failed() -> Self {
        Self::new(
            500,
            "Something went wrong on our side. Please try again in a minute.",
        )
    }

    /// The page and the shop do not understand each other: the page is older than the shop.
    fn misunderstood() -> Self {
        Self::new(
            400,
            "Something has changed in the shop. Please load this page again.",
        )
    }

    fn new(status: u16, message: &str) -> Self {
        Self {
            status,
            message: message.to_owned(),
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::new(
                0,
                "The shop cannot be reached. Please look at your connection and try again.",
            ),
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::misunderstood(),
            _ => Self::failed(),
        }
    }

    /// On the way out of the server the answer is given the error's status, which is 500 otherwise.
    #[cfg(feature = "ssr")]
    fn ser(&self) -> server_fn::Bytes {
        use server_fn::Encodes;
        crate::context::answer_status(self.status);
        JsonEncoding::encode(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_driver_speaks_to_a_shopper() {
        let words = "relation \"cart\" does not exist";
        for error in [
            ServerFnErrorErr::ServerError(words.into()),
            ServerFnErrorErr::Args(words.into()),
            ServerFnErrorErr::Request(words.into()),
        ] {
            let told = ApiError::from_server_fn_error(error);
            assert!(!told.message.contains("relation"), "{told:?}");
        }
    }

    #[test]
    fn an_error_comes_back_from_its_json() {
        let error = ApiError::refused("We have only 3 left.");
        let bytes = <ApiError as FromServerFnError>::ser(&error);
        assert_eq!(
            bytes,
            br#"{"status":422,"message":"We have only 3 left."}"#[..]
        );
        assert_eq!(ApiError::de(bytes), error);
    }
}
