//! What customers change about themselves.

use super::{
    Customer, CustomerLink, Letter,
    db::{self, Ending},
};
use crate::{Error, Fault, Result, Shop, Token, core::password};
use domain::accounts::{
    AccountError, DetailsForm, EmailForm, PasswordForm, Profile, check_name, check_password,
};

impl Shop {
    /// What a customer is called and where mail reaches them.
    pub async fn customer_profile(&self, customer: &Customer) -> Result<Profile> {
        let person = db::person(self.db(), customer.id).await?;
        let person = person.ok_or_else(|| Error::Stored("a session of nobody".to_owned()))?;
        Ok(Profile {
            name: person.name,
            email: person.email,
            new_email: person.new_email,
        })
    }

    /// Changes what a customer is called.
    pub async fn change_name(
        &self,
        customer: &Customer,
        form: &DetailsForm,
    ) -> Result<(), Fault<AccountError>> {
        let name = check_name(&form.name).map_err(Fault::Refused)?;
        Ok(db::rename(self.db(), customer.id, &name, self.clock().now()).await?)
    }

    /// Asks for another address: a mail to it brings the link that makes it the customer's, another one tells the present
    /// address. Where it is somebody else's already, the answer is the same, and its owner is told.
    pub async fn change_email(
        &self,
        customer: &Customer,
        form: &EmailForm,
    ) -> Result<(), Fault<AccountError>> {
        let email = form.check().map_err(Fault::Refused)?;
        self.knows_password(customer.id, &form.password).await?;
        let mut tx = self.db().begin().await?;
        match db::door(&mut *tx, &email, true).await? {
            Some(owner) if owner.id == customer.id => return Ok(()),
            Some(owner) => {
                self.send_later(&mut *tx, owner.id, Letter::Taken).await?;
            }
            None => {
                db::ask_for_email(&mut tx, customer.id, &email, self.clock().now()).await?;
                self.send_later(&mut *tx, customer.id, Letter::NewEmail)
                    .await?;
                self.send_later(&mut *tx, customer.id, Letter::EmailAsked)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// Takes the link that was sent to the new address. Only the customer who asked for it can: another one's orders shall not
    /// become theirs because somebody followed a link.
    pub async fn confirm_email(
        &self,
        customer: &Customer,
        link: &Token,
    ) -> Result<(), Fault<AccountError>> {
        let now = self.clock().now();
        let found = db::link(self.db(), &link.hash(), CustomerLink::Email, now).await?;
        if found != Some(customer.id) {
            return Err(Fault::Refused(AccountError::LinkOver));
        }
        let mut tx = self.db().begin().await?;
        db::lock(&mut tx, customer.id).await?;
        let used = db::use_link(&mut tx, &link.hash(), CustomerLink::Email, now).await?;
        if !used || !db::take_email(&mut tx, customer.id, now).await? {
            return Err(Fault::Refused(AccountError::LinkOver));
        }
        self.now_known(&mut tx, customer.id).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Changes the password. The sessions of all other browsers end.
    pub async fn change_password(
        &self,
        customer: &Customer,
        form: &PasswordForm,
    ) -> Result<(), Fault<AccountError>> {
        if let Err(error) = check_password(&form.password) {
            return Err(Fault::Refused(AccountError::Password(error)));
        }
        self.knows_password(customer.id, &form.present).await?;
        let hash = password::hash(form.password.clone()).await?;
        let mut tx = self.db().begin().await?;
        db::set_password(&mut tx, customer.id, &hash, self.clock().now()).await?;
        db::end_sessions(&mut *tx, customer.id, Ending::AllBut(customer.session)).await?;
        self.send_later(&mut *tx, customer.id, Letter::PasswordChanged)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
