//! The browsers that customers signed in with.

use super::db::{self, Ending};
use crate::{CartToken, Result, Shop, Token, core::words};
use domain::{CustomerId, CustomerSessionId, accounts::CustomerSessionRow};
use jiff::{SignedDuration, Timestamp};

/// How long a session lives without being used.
pub(super) const IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How often it is written down that a session is used.
const NOTED_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// A customer who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Who.
    pub id: CustomerId,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// The browser that they signed in with.
    pub session: CustomerSessionId,
    /// Whether the session now lives longer than its cookie, which is to be sent again.
    pub is_renewed: bool,
}

impl Customer {
    /// What their cart is found by, on every device.
    pub const fn cart(&self) -> CartToken {
        CartToken::Customer(self.id)
    }
}

impl Shop {
    /// The customer whose session a cookie names. One that is used lives on.
    pub async fn customer(&self, token: Option<&Token>) -> Result<Option<Customer>> {
        let Some(token) = token else {
            return Ok(None);
        };
        let now = self.clock().now();
        let Some(known) =
            db::session(self.db(), &token.hash(), self.settings().demo_logins, now).await?
        else {
            return Ok(None);
        };
        let is_renewed = now.duration_since(known.seen_at) > NOTED_EVERY;
        if is_renewed {
            db::seen(self.db(), known.session, now, now + IDLE).await?;
        }
        Ok(Some(Customer {
            id: known.customer,
            name: known.name,
            email: known.email,
            session: known.session,
            is_renewed,
        }))
    }

    /// Ends the session of this browser. What is in the customer's cart stays there.
    pub async fn sign_out_customer(&self, customer: &Customer) -> Result<()> {
        db::end_sessions(self.db(), customer.id, Ending::One(customer.session)).await
    }

    /// The sessions of a customer, the latest first.
    pub async fn customer_sessions(&self, customer: &Customer) -> Result<Vec<CustomerSessionRow>> {
        let zone = self.time_zone().await?;
        let in_words = |at: Timestamp| words::moment(at, &zone);
        let listed = db::sessions(self.db(), customer.id, self.clock().now()).await?;
        Ok(listed
            .into_iter()
            .map(|row| CustomerSessionRow {
                is_this: row.id == customer.session,
                id: row.id,
                agent: words::browser(&row.agent),
                client: row.client,
                since: in_words(row.created_at),
                seen: in_words(row.seen_at),
            })
            .collect())
    }

    /// Ends one of a customer's sessions, or (`None`) all but the one that asks.
    pub async fn end_customer_sessions(
        &self,
        customer: &Customer,
        which: Option<CustomerSessionId>,
    ) -> Result<()> {
        let which = which.map_or(Ending::AllBut(customer.session), Ending::One);
        db::end_sessions(self.db(), customer.id, which).await
    }

    /// Takes away sessions and links whose time is over.
    pub(crate) async fn sweep_customers(&self) -> Result<()> {
        db::sweep(self.db(), self.clock().now()).await
    }
}
