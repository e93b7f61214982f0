//! What the control API tells a test.

use serde::Serialize;
use serde_json::Value;

use crate::cards::Decline;
use crate::world::event::{Attempt, Delivery};

/// What paying a session led to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Paid {
    /// It is paid; the payer is sent here.
    Complete {
        /// The shop's success page with the session's id.
        success_url: String,
    },
    /// The bank wants an answer: see [`Control::authenticate`](super::Control::authenticate).
    NeedsAuthentication {
        /// The payment that waits.
        intent: String,
    },
}

/// Why a session was not paid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// The card was declined; the session stays open.
    #[error("declined: {}", .0.message)]
    Declined(&'static Decline),
    /// There is no such session.
    #[error("no such session")]
    NotFound,
    /// It expired.
    #[error("the session has expired")]
    Expired,
    /// It was paid before.
    #[error("the session is already complete")]
    AlreadyComplete,
    /// That is neither a card number nor the name of a test card.
    #[error("not a card")]
    NotACard,
    /// Nobody was asked to authenticate this payment.
    #[error("nothing waits for authentication")]
    NothingToAuthenticate,
}

/// An event and how its delivery went.
#[derive(Clone, Debug, Serialize)]
pub struct SeenEvent {
    /// `evt_…`.
    pub id: String,
    /// Such as `checkout.session.completed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The id of the object that it is about.
    pub object_id: String,
    /// The whole event, as a webhook carries it.
    pub body: Value,
    /// What became of it.
    pub delivery: Delivery,
    /// Every attempt.
    pub attempts: Vec<Attempt>,
}
