//! The mails of an account. A link is made when its mail is sent, so that no queue and no table holds a word that opens
//! anything; of a mail that is sent twice both links hold, and using one ends the others.

use super::db::{self, NewLink};
use crate::{Result, Shop, Token, jobs::Job, mail};
use domain::CustomerId;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sqlx::PgExecutor;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerLink {
    /// To confirm the address of a new account.
    Confirm,
    /// To choose another password.
    Reset,
    /// To take another address.
    Email,
}

impl CustomerLink {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Reset => "reset",
            Self::Email => "email",
        }
    }

    const fn lasts(self) -> SignedDuration {
        match self {
            Self::Confirm | Self::Email => SignedDuration::from_hours(24),
            Self::Reset => SignedDuration::from_hours(1),
        }
    }
}

/// A mail about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Letter {
    /// Confirm your address.
    Confirm,
    /// Somebody wanted to open an account that you have.
    Taken,
    /// Choose another password.
    Reset,
    /// Confirm your new address; to the new one.
    NewEmail,
    /// Another address was asked for; to the present one.
    EmailAsked,
    /// The password was changed.
    PasswordChanged,
}

impl Letter {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Taken => "taken",
            Self::Reset => "reset",
            Self::NewEmail => "new_email",
            Self::EmailAsked => "email_asked",
            Self::PasswordChanged => "password_changed",
        }
    }

    const fn link(self) -> Option<CustomerLink> {
        match self {
            Self::Confirm => Some(CustomerLink::Confirm),
            Self::Reset => Some(CustomerLink::Reset),
            Self::NewEmail => Some(CustomerLink::Email),
            Self::Taken | Self::EmailAsked | Self::PasswordChanged => None,
        }
    }
}

impl Shop {
    /// Lets a mail be sent, by whoever is next to work.
    pub(super) async fn send_later(
        &self,
        db: impl PgExecutor<'_>,
        customer: CustomerId,
        letter: Letter,
    ) -> Result<()> {
        self.enqueue(db, &Job::MailCustomer { customer, letter })
            .await
    }

    /// Writes a mail and hands it over. Whoever was deleted meanwhile gets none.
    pub(crate) async fn mail_customer(&self, customer: CustomerId, letter: Letter) -> Result<()> {
        let Some(person) = db::person(self.db(), customer).await? else {
            return Ok(());
        };
        let to = if letter == Letter::NewEmail {
            person.new_email
        } else {
            Some(person.email)
        };
        let Some(to) = to else {
            return Ok(());
        };
        let origin = &self.settings().public_url;
        let way_on = match letter.link() {
            Some(link) => {
                let token = Token::generate();
                let expires_at = self.clock().now() + link.lasts();
                let new = NewLink {
                    token_hash: &token.hash(),
                    customer,
                    kind: link,
                    email: &to,
                    expires_at,
                };
                db::insert_link(self.db(), &new).await?;
                format!("{origin}/account/{}/{}", link.as_str(), token.expose())
            }
            None => format!("{origin}/account/sign-in"),
        };
        let chrome = self.chrome().await?;
        let message = mail::account(letter, &to, &person.name, &way_on, &chrome);
        self.post(self.clock().id(), &message).await?;
        metrics::counter!("mercer_mails_total", "kind" => letter.as_str()).increment(1);
        Ok(())
    }

    /// Whether a link that was sent by mail still leads somewhere.
    pub async fn customer_link_holds(&self, kind: CustomerLink, link: &Token) -> Result<bool> {
        let now = self.clock().now();
        let found = db::link(self.db(), &link.hash(), kind, now).await?;
        Ok(found.is_some())
    }
}
