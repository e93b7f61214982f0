//! A Payment Intent.

use serde_json::Value;

use super::Row;
use super::session::{CustomerDetails, Metadata};
use crate::cards::{Card, Decline};

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    RequiresCapture,
    Processing,
    Succeeded,
    Canceled,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::RequiresPaymentMethod => "requires_payment_method",
            Self::RequiresConfirmation => "requires_confirmation",
            Self::RequiresAction => "requires_action",
            Self::RequiresCapture => "requires_capture",
            Self::Processing => "processing",
            Self::Succeeded => "succeeded",
            Self::Canceled => "canceled",
        }
    }
}

/// A Payment Intent.
#[derive(Clone, Debug)]
pub(crate) struct PaymentIntent {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) client_secret: String,
    pub(crate) amount: i64,
    pub(crate) amount_received: i64,
    pub(crate) currency: String,
    pub(crate) status: Status,
    pub(crate) terms: Terms,
    /// The method that was used last, or waits for a confirmation.
    pub(crate) method: Option<String>,
    pub(crate) latest_charge: Option<String>,
    pub(crate) last_error: Option<PaymentError>,
    pub(crate) canceled: Option<(i64, Option<String>)>,
    /// The session that it pays, for one made by Checkout.
    pub(crate) session: Option<String>,
    /// Whose card waits for the bank's check.
    pub(crate) waiting: Option<Waiting>,
}

/// What the creator said about a payment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    pub(crate) manual_capture: bool,
    pub(crate) automatic_methods: bool,
    pub(crate) description: Option<String>,
    pub(crate) metadata: Metadata,
    pub(crate) receipt_email: Option<String>,
    pub(crate) shipping: Option<Value>,
    pub(crate) customer: Option<String>,
    pub(crate) return_url: Option<String>,
}

/// A card between the pay button and the bank's answer.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) card: Card,
    pub(crate) payer: CustomerDetails,
    pub(crate) method: String,
}

/// `last_payment_error`.
#[derive(Clone, Debug)]
pub(crate) struct PaymentError {
    pub(crate) decline: &'static Decline,
    pub(crate) charge: Option<String>,
    pub(crate) method: String,
}

impl PaymentIntent {
    pub(crate) fn capturable(&self) -> i64 {
        if self.status == Status::RequiresCapture {
            self.amount
        } else {
            0
        }
    }
}

impl Row for PaymentIntent {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
