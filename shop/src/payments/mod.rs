//! Payments: attempts, what Stripe tells of them, and the one way to "paid".
//!
//! An attempt is written with all that will be sent before anything is sent; its id is the idempotency key, so a repetition
//! is the same request. Whoever learns that a session changed calls [`Shop::settle`], which is idempotent.

mod asked;
mod attempts;
mod cancel;
mod db;
mod reconcile;
mod refunds;
mod settle;
mod stripe;
mod webhook;

pub(crate) use attempts::NewAttempt;
pub(crate) use db::forget;
pub(crate) use stripe::Stripe;
pub use webhook::WebhookError;

use crate::{Result, Shop};
use domain::orders::OrderView;
use jiff::SignedDuration;
use std::time::Duration;

/// How long a pay page is open. Stripe takes 30 minutes to 24 hours.
const OPEN_FOR: SignedDuration = SignedDuration::from_mins(35);
/// How long after that it is looked at for the last time.
const LAST_LOOK: SignedDuration = SignedDuration::from_mins(1);

/// How the pay page of an attempt stands.
pub(crate) enum PayPage {
    /// It can be paid there.
    Open {
        /// Its address.
        url: String,
    },
    /// Nobody can pay there any more, and nobody did.
    Closed,
    /// Somebody went through it: this is the order.
    Used {
        /// The part of its address that cannot be guessed.
        order: String,
    },
    /// Stripe gave no answer.
    Unknown,
}

impl Shop {
    /// The order page of whom comes back from the pay page: looks at once whether it was paid.
    pub async fn returned_from_payment(&self, token: &str) -> Result<Option<OrderView>> {
        for payment in db::open_of(self.db(), token).await? {
            if let Err(error) = self.settle(payment).await {
                // The webhook and the reconciler will do it.
                tracing::warn!(%error, payment = %payment, "a payment could not be looked at on return");
            }
        }
        self.order(token).await
    }

    /// How long the oldest webhook has waited to be handled; nothing where none waits.
    pub async fn oldest_webhook(&self) -> Result<Duration> {
        let since = db::oldest_event(self.db()).await?;
        let waited = since.map(|since| self.clock().now().duration_since(since));
        Ok(waited
            .and_then(|waited| waited.try_into().ok())
            .unwrap_or_default())
    }
}
