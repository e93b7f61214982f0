//! A Payment Method: a card without its number.

use super::Row;
use super::session::CustomerDetails;
use crate::cards::Card;

/// A card that was used.
#[derive(Clone, Debug)]
pub(crate) struct PaymentMethod {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) card: Card,
    pub(crate) payer: CustomerDetails,
}

impl Row for PaymentMethod {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
