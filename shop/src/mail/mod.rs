//! Mail: rendered when it is sent, and handed over once. Where the answer of the server is lost it is handed over again, with
//! the same Message-ID, so that the second can be told from another mail.

mod confirmation;
mod db;
mod letter;
mod regret;
mod send;
mod staff;

pub(crate) use send::Mailer;
pub(crate) use staff::staff_link;

use crate::{Error, Result, Shop, orders};
use domain::{
    OrderId,
    content::Chrome,
    orders::{EventKind, OrderView},
};

/// A mail, ready to be handed over.
pub(crate) struct Message {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) html: String,
    pub(crate) text: String,
}

/// The mails about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Confirmation,
    Regret,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmation => "order_confirmation",
            Self::Regret => "order_regret",
        }
    }

    /// What the timeline says when it was sent.
    const fn sent(self) -> &'static str {
        match self {
            Self::Confirmation => "The receipt was sent.",
            Self::Regret => "The shopper was told that nothing can be sent.",
        }
    }

    fn render(self, order: &OrderView, chrome: &Chrome, origin: &str) -> Message {
        match self {
            Self::Confirmation => confirmation::render(order, chrome, origin),
            Self::Regret => regret::render(order, chrome, origin),
        }
    }
}

impl Shop {
    /// Sends the receipt of an order, unless it was sent.
    pub(crate) async fn confirm_order(&self, id: OrderId) -> Result<()> {
        self.tell(Kind::Confirmation, id).await
    }

    /// Tells that an order that was paid cannot be filled, unless that was told.
    pub(crate) async fn regret_order(&self, id: OrderId) -> Result<()> {
        self.tell(Kind::Regret, id).await
    }

    async fn tell(&self, kind: Kind, id: OrderId) -> Result<()> {
        let key = format!("{}:{id}", kind.as_str().replace('_', "-"));
        if db::is_sent(self.db(), &key).await? {
            return Ok(());
        }
        let order = self
            .order_by_id(id)
            .await?
            .ok_or_else(|| Error::Stored(format!("there is no order {id}")))?;
        let chrome = self.chrome().await?;
        let message = kind.render(&order, &chrome, &self.settings().public_url);
        let now = self.clock().now();
        let new = self.clock().id();
        let mail = db::keep(self.db(), new, &key, kind.as_str(), id, &message, now).await?;
        self.mailer().send(mail, &message).await?;
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        db::sent(&mut tx, &key, now).await?;
        orders::event(&mut tx, id, EventKind::MailSent, kind.sent(), now).await?;
        tx.commit().await?;
        metrics::counter!("mercer_mails_total", "kind" => kind.as_str()).increment(1);
        Ok(())
    }
}
