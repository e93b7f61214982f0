//! What the staff does with customers.

use super::db::{self, Ending};
use crate::{Actor, Fault, Result, Shop, audit::Entry, core::words, orders};
use domain::{
    CustomerId, Money,
    accounts::{AccountError, CustomerCard, CustomerForm, CustomerOrder, check_name},
    staff::Permission,
};
use serde_json::{Map, Value};

/// How many orders the card of a customer shows.
const ORDERS: usize = 10;
/// The most characters of a note.
const NOTE_MAX: usize = 2_000;

impl Shop {
    /// A customer with their addresses, what they spent, and their latest orders.
    pub async fn admin_customer(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<Option<CustomerCard>> {
        actor.require(Permission::ViewCustomers)?;
        let Some(row) = db::card(self.db(), id).await? else {
            return Ok(None);
        };
        let zone = self.time_zone().await?;
        let (order_count, spent) = orders::spent(self.db(), id).await?;
        let orders = self.history(id, None, ORDERS).await?;
        Ok(Some(CustomerCard {
            id,
            name: row.name,
            email: row.email.unwrap_or_default(),
            note: row.note,
            version: row.version,
            since: words::day(row.created_at, &zone),
            is_confirmed: row.is_confirmed,
            is_deleted: row.is_deleted,
            addresses: db::addresses(self.db(), id).await?,
            order_count,
            spent: Money::new(spent, self.chrome().await?.currency),
            orders: orders
                .into_iter()
                .map(|order| CustomerOrder {
                    number: order.number,
                    placed_on: order.placed_on,
                    total: order.total,
                    badge: order.badge,
                })
                .collect(),
        }))
    }

    /// Changes what a customer is called, and the note on them.
    pub async fn edit_customer(
        &self,
        actor: &Actor,
        id: CustomerId,
        form: &CustomerForm,
    ) -> Result<(), Fault<AccountError>> {
        actor.require(Permission::EditCustomers)?;
        let name = check_name(&form.name).map_err(Fault::Refused)?;
        let note = form.note.trim();
        if note.chars().count() > NOTE_MAX {
            return Err(Fault::Refused(AccountError::Note));
        }
        let mut tx = self.db().begin().await?;
        let before = db::lock(&mut tx, id).await?;
        let before = before.ok_or(Fault::Refused(AccountError::Gone))?;
        if form.version.parse() != Ok(before.version) {
            return Err(Fault::Refused(AccountError::Stale));
        }
        db::edit(&mut tx, id, &name, note, self.clock().now()).await?;
        let (was, is) = differing([("name", &before.name, &name), ("note", &before.note, note)]);
        if is.is_empty() {
            return Ok(());
        }
        let called = format!("customer {name}");
        let entry = Entry {
            action: "customer.edited",
            kind: "customer",
            id: id.to_string(),
            name: &called,
            did: format!("changed {called}"),
            before: Some(Value::Object(was)),
            after: Some(Value::Object(is)),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes a customer at their wish, as they could themselves.
    pub async fn delete_customer(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<(), Fault<AccountError>> {
        actor.require(Permission::EditCustomers)?;
        let mut tx = self.db().begin().await?;
        self.erase(&mut tx, id).await?;
        let entry = Entry {
            action: "customer.deleted",
            kind: "customer",
            id: id.to_string(),
            name: "a deleted customer",
            did: "deleted a customer at their wish".to_owned(),
            before: None,
            after: None,
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        metrics::counter!("mercer_customers_deleted_total").increment(1);
        Ok(())
    }

    /// Signs a customer out everywhere.
    pub async fn end_sessions_of_customer(&self, actor: &Actor, id: CustomerId) -> Result<()> {
        actor.require(Permission::EditCustomers)?;
        let mut tx = self.db().begin().await?;
        let Some(person) = db::lock(&mut tx, id).await? else {
            return Ok(());
        };
        db::end_sessions(&mut *tx, id, Ending::All).await?;
        let called = format!("customer {}", person.name);
        let entry = Entry {
            action: "customer.signed_out",
            kind: "customer",
            id: id.to_string(),
            name: &called,
            did: format!("signed {called} out everywhere"),
            before: None,
            after: None,
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// What differs: before, and after.
fn differing<const N: usize>(
    fields: [(&str, &str, &str); N],
) -> (Map<String, Value>, Map<String, Value>) {
    let (mut before, mut after) = (Map::new(), Map::new());
    for (field, was, is) in fields {
        if was != is {
            before.insert(field.to_owned(), was.into());
            after.insert(field.to_owned(), is.into());
        }
    }
    (before, after)
}
