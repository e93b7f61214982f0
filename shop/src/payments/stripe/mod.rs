//! Talking to Stripe. An outcome that is not known is never taken for a failure.

mod events;
mod refunds;
mod sessions;

pub(super) use events::Told;
pub(super) use refunds::SeenRefund;
pub(super) use sessions::Session;

use crate::core::settings::StripeSettings;
use std::time::Duration;
use stripe::{Client, ClientBuilder, StripeError};
use stripe_client_core::{IdempotencyKey, RequestStrategy};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(4);

/// What went wrong with a request. Never holds Stripe's own object, which may be personal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StripeFault {
    /// Stripe refused: nothing happened, and the same request will be refused again.
    #[error("refused with status {status}: {code}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Stripe's code.
        code: String,
    },
    /// Stripe failed, and will answer the same for this key from now on. Should it have made a pay page, nobody was told of
    /// its address.
    #[error("failed with status {0}")]
    Broken(u16),
    /// It is not known whether something happened.
    #[error("no answer that could be read: {0}")]
    Unknown(&'static str),
    /// What was to be sent cannot be sent.
    #[error("cannot be sent: {0}")]
    Unsendable(String),
}

impl StripeFault {
    /// Whether the same request will never lead anywhere: another attempt is needed.
    pub(super) const fn is_definite(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::Unsendable(_) | Self::Broken(_)
        )
    }

    /// Whether Stripe knows nothing by the name that it was asked about.
    pub(super) const fn is_missing(&self) -> bool {
        matches!(self, Self::Refused { status: 404, .. })
    }
}

impl From<StripeError> for StripeFault {
    fn from(error: StripeError) -> Self {
        match error {
            // 409: the same key is in flight. 429: too many requests.
            StripeError::Stripe(_, 409 | 429) => Self::Unknown("busy"),
            StripeError::Stripe(_, status @ 500..) => Self::Broken(status),
            StripeError::Stripe(error, status) => Self::Refused {
                status,
                code: error
                    .code
                    .map_or_else(|| "none".to_owned(), |code| code.to_string()),
            },
            StripeError::JSONDeserialize(_) => Self::Unknown("not in Stripe's form"),
            StripeError::ClientError(_) => Self::Unknown("connection lost"),
            StripeError::Timeout => Self::Unknown("timed out"),
            StripeError::ConfigError(_) => {
                Self::Unsendable("the client's configuration".to_owned())
            }
        }
    }
}

impl From<StripeFault> for crate::Error {
    fn from(fault: StripeFault) -> Self {
        Self::Payment(fault.to_string())
    }
}

/// The account.
pub(crate) struct Stripe(Client);

impl Stripe {
    pub(crate) fn new(settings: &StripeSettings) -> Result<Self, StripeFault> {
        let mut builder = ClientBuilder::new(settings.secret_key.0.as_str()).timeout(PATIENCE);
        if let Some(url) = &settings.api_url {
            builder = builder.url(url.as_str());
        }
        Ok(Self(builder.build()?))
    }
}

fn key(id: uuid::Uuid) -> Result<RequestStrategy, StripeFault> {
    let key = IdempotencyKey::new(id.to_string())
        .map_err(|error| StripeFault::Unsendable(error.to_string()))?;
    Ok(RequestStrategy::Idempotent(key))
}
