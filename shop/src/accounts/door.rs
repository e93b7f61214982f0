//! Coming in.

use super::{
    Letter,
    db::{self, NewSession},
    sessions::IDLE,
};
use crate::{CartToken, Error, Fault, Result, Shop, Token, cart, core::password, ops::Limit};
use domain::{
    CustomerId, CustomerSessionId,
    accounts::{AccountError, SignInForm},
};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// The browser that somebody comes in with.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    /// The address that it asks from.
    pub client: &'a str,
    /// What it calls itself.
    pub agent: &'a str,
    /// The session that it had until now: it ends, since its word may be known to somebody else.
    pub session: Option<&'a Token>,
    /// The cart that it had until now.
    pub cart: Option<&'a CartToken>,
}

/// Somebody is in.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Who.
    pub customer: CustomerId,
    /// For the cookie.
    pub token: Token,
    /// How many things are in their cart now.
    pub count: i32,
}

impl Entered {
    /// What their cart is found by.
    pub const fn cart(&self) -> CartToken {
        CartToken::Customer(self.customer)
    }
}

impl Shop {
    /// Opens a session for who knows the password of a confirmed account. It tells nobody whether there is an account, neither
    /// by words nor by time.
    pub async fn sign_in_customer(
        &self,
        form: &SignInForm,
        browser: Browser<'_>,
    ) -> Result<Entered, Fault<AccountError>> {
        let email = form.email.trim().to_lowercase();
        self.allows_attempt(browser.client, &email).await?;
        let door = db::door(self.db(), &email, self.settings().demo_logins).await?;
        let hash = door.as_ref().and_then(|door| door.hash.clone());
        let fits = password::verify(hash.clone(), form.password.clone()).await?;
        let Some(door) = door.filter(|_| fits) else {
            metrics::counter!("mercer_sign_ins_refused_total", "who" => "customer").increment(1);
            return Err(Fault::Refused(AccountError::Wrong));
        };
        if !door.is_confirmed {
            self.send_later(self.db(), door.id, Letter::Confirm).await?;
            return Err(Fault::Refused(AccountError::Unconfirmed));
        }
        // Parameters grow with the machines: whoever comes in is kept by today's.
        let anew = if hash.as_deref().is_some_and(password::is_dated) {
            Some(password::hash(form.password.clone()).await?)
        } else {
            None
        };
        let mut tx = self.db().begin().await.map_err(Error::from)?;
        db::lock(&mut tx, door.id).await?;
        if let Some(anew) = anew {
            db::rehash(&mut tx, door.id, &anew).await?;
        }
        let token = self.let_in(&mut tx, door.id, browser).await?;
        tx.commit().await.map_err(Error::from)?;
        Ok(self.entered(door.id, token).await?)
    }

    /// Opens a session, ends the browser's former one and takes its cart over, in the transaction of what lets somebody in.
    /// The customer is locked.
    pub(super) async fn let_in(
        &self,
        tx: &mut PgConnection,
        customer: CustomerId,
        browser: Browser<'_>,
    ) -> Result<Token> {
        let now = self.clock().now();
        let token = Token::generate();
        let agent: String = browser.agent.chars().take(300).collect();
        if let Some(former) = browser.session {
            db::end_session(tx, &former.hash()).await?;
        }
        let new = NewSession {
            id: CustomerSessionId(self.clock().id()),
            token_hash: &token.hash(),
            customer,
            client: browser.client,
            agent: &agent,
            now,
            expires_at: now + IDLE,
        };
        db::insert_session(tx, &new).await?;
        if let Some(cart) = browser.cart {
            cart::take_over(tx, self.clock(), cart, customer).await?;
        }
        Ok(token)
    }

    pub(super) async fn entered(&self, customer: CustomerId, token: Token) -> Result<Entered> {
        let count = self.cart(Some(&CartToken::Customer(customer))).await?.count;
        Ok(Entered {
            customer,
            token,
            count,
        })
    }

    /// Whether one more attempt may be made, by this client and at this account.
    pub(super) async fn allows_attempt(
        &self,
        client: &str,
        account: &str,
    ) -> Result<(), Fault<AccountError>> {
        let account = format!("customer:{}", hex::encode(&Sha256::digest(account)[..12]));
        if self.allows(Limit::SignIn, client).await && self.allows(Limit::SignIn, &account).await {
            Ok(())
        } else {
            Err(Fault::Refused(AccountError::TooOften))
        }
    }

    /// Whether this is the customer's password; asked before what is dear.
    pub(super) async fn knows_password(
        &self,
        customer: CustomerId,
        given: &str,
    ) -> Result<(), Fault<AccountError>> {
        let account = format!("customer:{customer}");
        if !self.allows(Limit::SignIn, &account).await {
            return Err(Fault::Refused(AccountError::TooOften));
        }
        let kept = db::password(self.db(), customer).await?;
        if password::verify(kept, given.to_owned()).await? {
            Ok(())
        } else {
            Err(Fault::Refused(AccountError::WrongPassword))
        }
    }
}
