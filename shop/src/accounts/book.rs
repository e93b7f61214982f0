//! The address book, and what the checkout takes from it.

use super::{Customer, db};
use crate::{Fault, Result, Shop};
use domain::{
    AddressId, CustomerId,
    accounts::{AccountError, AddressError, AddressForm, MAX_ADDRESSES, SavedAddress},
    checkout::CheckoutForm,
};

/// What the checkout knows of whom is signed in.
pub(crate) struct Buyer {
    email: String,
    pub(crate) addresses: Vec<SavedAddress>,
}

impl Buyer {
    /// Fills in a form that nobody has typed into.
    pub(crate) fn fill_in(&self, form: &mut CheckoutForm) {
        form.email.clone_from(&self.email);
        if let Some(saved) = self.addresses.iter().find(|saved| saved.is_default) {
            form.send_to(&saved.address);
            form.saved = saved.id.to_string();
        }
    }
}

impl Shop {
    /// What the checkout knows of a customer.
    pub(crate) async fn buyer(&self, customer: CustomerId) -> Result<Option<Buyer>> {
        let Some(person) = db::person(self.db(), customer).await? else {
            return Ok(None);
        };
        Ok(Some(Buyer {
            email: person.email,
            addresses: db::addresses(self.db(), customer).await?,
        }))
    }

    /// The address book of a customer, the default first.
    pub async fn customer_addresses(&self, customer: &Customer) -> Result<Vec<SavedAddress>> {
        db::addresses(self.db(), customer.id).await
    }

    /// Adds an address, or (`which`) changes one. The first is the default by itself.
    pub async fn save_address(
        &self,
        customer: &Customer,
        which: Option<AddressId>,
        form: &AddressForm,
    ) -> Result<(), Fault<AddressError>> {
        let refused = |error| Err(Fault::Refused(AddressError::from(error)));
        let address = form
            .check()
            .map_err(|errors| Fault::Refused(AddressError::from(errors)))?;
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        db::lock(&mut tx, customer.id).await?;
        let id = if let Some(id) = which {
            if !db::change_address(&mut tx, customer.id, id, &address).await? {
                return refused(AccountError::Gone);
            }
            id
        } else {
            let id = AddressId(self.clock().id());
            let most = i64::try_from(MAX_ADDRESSES).unwrap_or(i64::MAX);
            if !db::add_address(&mut tx, customer.id, id, &address, most, now).await? {
                return refused(AccountError::TooManyAddresses);
            }
            id
        };
        if form.is_default() {
            db::make_default(&mut tx, customer.id, id).await?;
        }
        db::settle_default(&mut tx, customer.id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Deletes an address. Where it was the default, the oldest of the others is.
    pub async fn delete_address(&self, customer: &Customer, which: AddressId) -> Result<()> {
        let mut tx = self.db().begin().await?;
        db::lock(&mut tx, customer.id).await?;
        db::delete_address(&mut tx, customer.id, which).await?;
        db::settle_default(&mut tx, customer.id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Lets the checkout begin with this address.
    pub async fn make_default_address(&self, customer: &Customer, which: AddressId) -> Result<()> {
        let mut tx = self.db().begin().await?;
        db::lock(&mut tx, customer.id).await?;
        db::make_default(&mut tx, customer.id, which).await?;
        db::settle_default(&mut tx, customer.id).await?;
        tx.commit().await?;
        Ok(())
    }
}
