//! Smaller things that the staff do to an order, and why they may be refused.

use super::{MailKind, refund::check_reason};
use crate::checkout::{CheckoutForm, Field, FieldErrors};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most characters of a note.
const NOTE_MAX: usize = 2_000;

/// The form that takes an order back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CancelForm {
    /// The version of the order that the page showed.
    pub version: String,
    /// Why.
    pub reason: String,
    /// `on` where a mail tells the shopper.
    pub tell: String,
}

/// Why an order was not taken back, in words for the staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CancelError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// The order is another than the page showed.
    #[error(
        "Somebody else has worked on this order since you opened the page. Please look at it again."
    )]
    Stale,
    /// It is over.
    #[error("This order cannot be cancelled any more.")]
    Over,
    /// Something is on its way.
    #[error("A part of this order was sent. Refund what comes back instead.")]
    Sent,
    /// The shopper paid while it was being cancelled.
    #[error("This order was paid a moment ago. Please look at it again.")]
    PaidMeanwhile,
    /// Stripe did not say whether it was paid.
    #[error(
        "Stripe gives no answer about the pay page of this order. Please try again in a minute."
    )]
    NoAnswer,
    /// No reason, or one that does not fit.
    #[error("{0}")]
    Reason(super::RefundError),
}

impl CancelForm {
    /// The reason, where it is one.
    pub fn reason(&self) -> Result<String, CancelError> {
        check_reason(&self.reason).map_err(CancelError::Reason)
    }
}

/// Why a note was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// Nothing was typed.
    #[error("Please write something.")]
    Empty,
    /// More than fits.
    #[error("Please use at most {NOTE_MAX} characters.")]
    Long,
}

/// A note without the blanks around it. It may have several lines.
pub fn check_note(typed: &str) -> Result<&str, NoteError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(NoteError::Empty);
    }
    if typed.chars().count() > NOTE_MAX {
        return Err(NoteError::Long);
    }
    Ok(typed)
}

/// The form that puts addresses right.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CorrectionForm {
    /// The version of the order that the page showed.
    pub version: String,
    /// Both addresses, by the names that their fields have at the checkout.
    #[serde(flatten)]
    pub address: CheckoutForm,
}

/// Why an address was not put right, in words for the staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// It is too late.
    #[error(
        "The addresses cannot be changed any more: a part of the order was sent, or it is over."
    )]
    TooLate,
    /// Somebody else wrote it meanwhile. This is what the order has now.
    #[error(
        "Somebody else has worked on this order since you opened the page. What it has now stands beside what you typed."
    )]
    Stale(Box<CorrectionForm>),
    /// Fields with what is wrong with them.
    #[error("Something is missing or not right.")]
    Fields(FieldErrors),
}

impl CorrectionForm {
    /// The corrected form for an order that is addressed as in `present`: mail, method and country stay what they are.
    pub fn onto(&self, present: &CheckoutForm) -> Result<CheckoutForm, CorrectionError> {
        if !self.address.country.is_empty() && self.address.country != present.country {
            let message = "The country cannot change: taxes and delivery hang on it.";
            let errors = FieldErrors(vec![(Field::Country, message.to_owned())]);
            return Err(CorrectionError::Fields(errors));
        }
        Ok(CheckoutForm {
            email: present.email.clone(),
            method: present.method.clone(),
            country: present.country.clone(),
            total: String::new(),
            ..self.address.clone()
        })
    }
}

/// The form that sends a mail once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailAgainForm {
    /// Which.
    pub kind: MailKind,
    /// The parcel or the refund that it is about.
    #[serde(default)]
    pub about: Option<Uuid>,
}

/// Why a mail was not sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailAgainError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// There is nothing to tell.
    #[error("This mail was never due: there is nothing to send again.")]
    NothingToTell,
}

/// Why there is no invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// There is no such order.
    #[error("There is no such order.")]
    Unknown,
    /// Nothing was paid.
    #[error("An invoice is written when the order is paid.")]
    NotPaid,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_leaves_country_mail_and_method_alone() {
        let present = CheckoutForm {
            email: "marian@example.com".into(),
            country: "GB".into(),
            method: "uk".into(),
            name: "Marian Teasdale".into(),
            ..CheckoutForm::default()
        };
        let typed = CorrectionForm {
            version: "1".into(),
            address: CheckoutForm {
                email: "thief@example.com".into(),
                method: "free".into(),
                name: "Marian Teasdale-Brown".into(),
                ..CheckoutForm::default()
            },
        };
        let corrected = typed.onto(&present).unwrap();
        assert_eq!(
            (
                corrected.email.as_str(),
                corrected.method.as_str(),
                corrected.country.as_str()
            ),
            ("marian@example.com", "uk", "GB")
        );
        assert_eq!(corrected.name, "Marian Teasdale-Brown");
        let abroad = CorrectionForm {
            address: CheckoutForm {
                country: "US".into(),
                ..CheckoutForm::default()
            },
            ..typed
        };
        assert!(matches!(
            abroad.onto(&present),
            Err(CorrectionError::Fields(_))
        ));
    }

    #[test]
    fn a_note_says_something() {
        assert_eq!(
            check_note("  Rang her.\nCalls back. "),
            Ok("Rang her.\nCalls back.")
        );
        assert_eq!(check_note(" \n"), Err(NoteError::Empty));
        assert_eq!(check_note(&"x".repeat(2_001)), Err(NoteError::Long));
    }
}
