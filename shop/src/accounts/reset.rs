//! Choosing another password by a link, where the present one is forgotten.

use super::{
    CustomerLink, Letter,
    db::{self, Ending},
};
use crate::{Fault, Result, Shop, Token, core::password};
use domain::accounts::{AccountError, ForgotForm, ResetForm, check_password};

impl Shop {
    /// Sends a link to whom this address belongs, if to anybody: the answer is the same.
    pub async fn forgot_password(
        &self,
        form: &ForgotForm,
        client: &str,
    ) -> Result<(), Fault<AccountError>> {
        let email = form.email.trim().to_lowercase();
        self.allows_attempt(client, &email).await?;
        if let Some(door) = db::door(self.db(), &email, self.settings().demo_logins).await? {
            self.send_later(self.db(), door.id, Letter::Reset).await?;
        }
        Ok(())
    }

    /// Takes the password that somebody chose by a link. Every session of theirs ends, and the address is known to be theirs:
    /// they read its mail.
    pub async fn reset_password(
        &self,
        link: &Token,
        form: &ResetForm,
    ) -> Result<(), Fault<AccountError>> {
        if let Err(error) = check_password(&form.password) {
            return Err(Fault::Refused(AccountError::Password(error)));
        }
        let now = self.clock().now();
        let found = db::link(self.db(), &link.hash(), CustomerLink::Reset, now).await?;
        let customer = found.ok_or(Fault::Refused(AccountError::LinkOver))?;
        let hash = password::hash(form.password.clone()).await?;
        let mut tx = self.db().begin().await?;
        db::lock(&mut tx, customer).await?;
        if !db::use_link(&mut tx, &link.hash(), CustomerLink::Reset, now).await? {
            return Err(Fault::Refused(AccountError::LinkOver));
        }
        db::set_password(&mut tx, customer, &hash, now).await?;
        db::end_sessions(&mut *tx, customer, Ending::All).await?;
        self.now_known(&mut tx, customer).await?;
        self.send_later(&mut *tx, customer, Letter::PasswordChanged)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
