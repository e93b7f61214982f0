//! Goods that go out: what is left to send, what is sent together, and how it can be followed.

mod account;
mod form;

pub use account::{LineAccount, fulfilment_status};
pub use form::{Consignment, FulfilError, FulfilField, FulfilForm};

use crate::{FulfilmentId, orders::FulfilmentStatus};
use serde::{Deserialize, Serialize};

/// A part of an order that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Which.
    pub id: FulfilmentId,
    /// The order's first, second, …
    pub position: i32,
    /// Who brings it; may be empty.
    pub carrier: String,
    /// The number that it travels under; may be empty.
    pub tracking: String,
    /// Where it can be followed.
    pub tracking_url: Option<String>,
    /// When it was sent, in the shop's time zone, in words.
    pub sent_at: String,
    /// What is in it.
    pub lines: Vec<ParcelLine>,
}

impl Parcel {
    /// How many things are in it.
    pub fn count(&self) -> i32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// Who brings it under which number: `Royal Mail, AB 12`; empty where neither is known.
    pub fn by(&self) -> String {
        [self.carrier.as_str(), &self.tracking]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// A row of a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelLine {
    /// The product's title.
    pub title: String,
    /// The names of the variant's values; may be empty.
    pub label: String,
    /// Its SKU.
    pub sku: String,
    /// How many are in it.
    pub quantity: i32,
}
