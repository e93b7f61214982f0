//! Opening an account, and confirming that its address is its owner's.

use super::{
    Browser, CustomerLink, Entered, Letter,
    db::{self, Registered},
};
use crate::{Error, Fault, Result, Shop, Token, core::password, orders};
use domain::{
    CustomerId,
    accounts::{AccountError, ConfirmForm, SignUpError, SignUpForm},
};
use sqlx::PgConnection;

impl Shop {
    /// Opens an account. Whether the address was free or taken, the answer is the same and a mail tells its owner the rest.
    /// Where nobody has confirmed the address yet, the latest form counts: whoever filled in the one before never came in.
    pub async fn sign_up(&self, form: &SignUpForm, client: &str) -> Result<(), Fault<SignUpError>> {
        let (name, email) = form.check().map_err(Fault::Refused)?;
        if let Err(fault) = self.allows_attempt(client, &email).await {
            return Err(in_form(fault));
        }
        let hash = password::hash(form.password.clone()).await?;
        let now = self.clock().now();
        let id = CustomerId(self.clock().id());
        let mut tx = self.db().begin().await?;
        let (customer, letter) = match db::register(&mut tx, id, &name, &email, &hash, now).await? {
            Registered::Unconfirmed(customer) => (customer, Letter::Confirm),
            Registered::Taken(customer) => (customer, Letter::Taken),
        };
        self.send_later(&mut *tx, customer, letter).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes the link that confirms an address, together with the password: the link shows that somebody reads the mail, the
    /// password that they are who opened the account. They are in then, and what they ordered as a guest is theirs.
    pub async fn confirm_customer(
        &self,
        link: &Token,
        form: &ConfirmForm,
        browser: Browser<'_>,
    ) -> Result<Entered, Fault<AccountError>> {
        let now = self.clock().now();
        let found = db::link(self.db(), &link.hash(), CustomerLink::Confirm, now).await?;
        let customer = found.ok_or(Fault::Refused(AccountError::LinkOver))?;
        self.allows_attempt(browser.client, &customer.to_string())
            .await?;
        let kept = db::password(self.db(), customer).await?;
        if !password::verify(kept, form.password.clone()).await? {
            return Err(Fault::Refused(AccountError::WrongPassword));
        }
        let mut tx = self.db().begin().await?;
        db::lock(&mut tx, customer).await?;
        if !db::use_link(&mut tx, &link.hash(), CustomerLink::Confirm, now).await? {
            return Err(Fault::Refused(AccountError::LinkOver));
        }
        self.now_known(&mut tx, customer).await?;
        let token = self.let_in(&mut tx, customer, browser).await?;
        tx.commit().await?;
        Ok(self.entered(customer, token).await?)
    }

    /// The address is known to be the customer's from now on: so are the orders that were placed with it.
    pub(super) async fn now_known(
        &self,
        tx: &mut PgConnection,
        customer: CustomerId,
    ) -> Result<()> {
        let now = self.clock().now();
        let email = db::confirm(tx, customer, now).await?;
        let email =
            email.ok_or_else(|| Error::Invariant("a customer without an address".into()))?;
        orders::join(tx, customer, &email, now).await?;
        Ok(())
    }
}

fn in_form(fault: Fault<AccountError>) -> Fault<SignUpError> {
    match fault {
        Fault::Failed(error) => Fault::Failed(error),
        Fault::Refused(error) => Fault::Refused(SignUpError {
            form: Some(error),
            ..SignUpError::default()
        }),
    }
}
