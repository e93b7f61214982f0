//! A Customer.

use serde::Deserialize;
use serde_json::Value;

use super::Row;
use super::session::Metadata;

/// A customer.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) details: Details,
}

/// What the creator said about a customer.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Details {
    pub(crate) email: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) address: Option<Value>,
    pub(crate) shipping: Option<Value>,
    #[serde(default)]
    pub(crate) metadata: Metadata,
}

impl Row for Customer {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}
