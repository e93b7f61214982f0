//! A Charge: one try at taking money.

use super::Row;
use super::session::CustomerDetails;
use crate::cards::{Card, Decline};

/// A charge of a card.
#[derive(Clone, Debug)]
pub(crate) struct Charge {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) intent: String,
    pub(crate) method: String,
    pub(crate) amount: i64,
    pub(crate) captured: i64,
    pub(crate) refunded: i64,
    pub(crate) currency: String,
    pub(crate) card: Card,
    pub(crate) payer: CustomerDetails,
    pub(crate) authenticated: bool,
    pub(crate) disputed: bool,
    /// Why it failed, where it did.
    pub(crate) failure: Option<&'static Decline>,
}

impl Row for Charge {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
