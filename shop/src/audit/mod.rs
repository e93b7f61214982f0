//! The audit log: who did what, when, from where, to what. An entry is written in the transaction of what it tells of.

mod db;

pub(crate) use db::forget_customer;

use crate::{Actor, Result, Shop, core::request};
use serde_json::Value;
use sqlx::PgConnection;

/// What was done.
pub(crate) struct Entry<'a> {
    /// In a word, by kind: `order.refunded`.
    pub(crate) action: &'static str,
    /// The kind of thing: `order`.
    pub(crate) kind: &'static str,
    /// Which.
    pub(crate) id: String,
    /// How people call it: `order 1047`.
    pub(crate) name: &'a str,
    /// What was done, to follow the name of who did it: `refunded £12.00 of order 1047: arrived broken`.
    pub(crate) did: String,
    /// What it was like before, field by field.
    pub(crate) before: Option<Value>,
    /// What it is like now. Only what differs.
    pub(crate) after: Option<Value>,
}

impl Shop {
    /// Writes down what somebody does, in the same transaction.
    pub(crate) async fn record(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        entry: Entry<'_>,
    ) -> Result<()> {
        let request = request::current().unwrap_or_default();
        db::insert(tx, actor, &entry, &request, self.clock().now()).await
    }
}
