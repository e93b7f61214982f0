//! Taking everything along, and leaving.

use super::{Customer, db};
use crate::{Fault, Result, Shop, audit, cart, mail, orders, payments};
use domain::{
    CustomerId,
    accounts::{AccountError, DeleteForm},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

impl Shop {
    /// Everything that the shop keeps about a customer, as JSON for them to take along.
    pub async fn customer_data(&self, customer: &Customer) -> Result<Value> {
        let id = customer.id;
        let basket: Vec<Value> = cart::held_by(self.db(), id)
            .await?
            .into_iter()
            .map(|(sku, title, quantity)| json!({ "sku": sku, "title": title, "quantity": quantity }))
            .collect();
        let mut data = db::export(self.db(), id).await?;
        data["basket"] = Value::from(basket);
        data["orders"] = orders::export(self.db(), id).await?;
        data["mails"] = mail::export(self.db(), id).await?;
        Ok(data)
    }

    /// Deletes a customer at their own wish.
    pub async fn delete_account(
        &self,
        customer: &Customer,
        form: &DeleteForm,
    ) -> Result<(), Fault<AccountError>> {
        self.knows_password(customer.id, &form.password).await?;
        let mut tx = self.db().begin().await?;
        self.erase(&mut tx, customer.id).await?;
        tx.commit().await?;
        metrics::counter!("mercer_customers_deleted_total").increment(1);
        Ok(())
    }

    /// Takes the person out of everything but the books: the account, its address book, sessions, links and cart go, the log
    /// of the staff names nobody any more. Orders that were paid keep what their invoices say, since the law wants these kept;
    /// from those that never were the person goes too.
    pub(super) async fn erase(
        &self,
        tx: &mut PgConnection,
        customer: CustomerId,
    ) -> Result<(), Fault<AccountError>> {
        let now = self.clock().now();
        let Some(person) = db::lock(tx, customer).await? else {
            return Err(Fault::Refused(AccountError::Gone));
        };
        if orders::is_any_waiting(tx, customer).await? {
            return Err(Fault::Refused(AccountError::OrderWaiting));
        }
        let names = orders::forget(tx, customer, now).await?;
        payments::forget(tx, customer).await?;
        mail::forget(tx, customer).await?;
        cart::forget(tx, customer).await?;
        db::forget(tx, customer, now).await?;
        audit::forget_customer(tx, customer, &names, &[person.name, person.email]).await?;
        Ok(())
    }
}
