//! Parameters that several endpoints take.

use super::error::ApiError;
use super::schema::{Shape, optional, required};

const ADDRESS: Shape = Shape::Object(&[
    optional("city", Shape::Text),
    optional("country", Shape::Text),
    required("line1", Shape::Text),
    optional("line2", Shape::Text),
    optional("postal_code", Shape::Text),
    optional("state", Shape::Text),
]);

/// `shipping` of a payment.
pub(super) const SHIPPING: Shape = Shape::Object(&[
    required("address", ADDRESS),
    optional("carrier", Shape::Text),
    required("name", Shape::Text),
    optional("phone", Shape::Text),
    optional("tracking_number", Shape::Text),
]);

/// An address of which nothing is required.
pub(super) const ANY_ADDRESS: Shape = Shape::Object(&[
    optional("city", Shape::Text),
    optional("country", Shape::Text),
    optional("line1", Shape::Text),
    optional("line2", Shape::Text),
    optional("postal_code", Shape::Text),
    optional("state", Shape::Text),
]);

/// As much of a check as Stripe makes.
pub(super) fn check_email(email: Option<&str>, param: &str) -> Result<(), ApiError> {
    let Some(email) = email else { return Ok(()) };
    let good = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !email.contains(char::is_whitespace)
    });
    if good {
        return Ok(());
    }
    Err(ApiError::invalid(format!("Invalid email address: {email}"))
        .with_code("email_invalid")
        .with_param(param))
}
