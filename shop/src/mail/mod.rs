//! Mail: rendered when it is sent, and handed over once. Where the answer of the server is lost it is handed over again, with
//! the same Message-ID, so that the second can be told from another mail.

mod account;
mod cancellation;
mod confirmation;
mod db;
mod dispatch;
mod letter;
mod refund;
mod regret;
mod send;
mod staff;

pub(crate) use account::account;
pub(crate) use db::{export, forget};
pub(crate) use send::Mailer;
pub(crate) use staff::staff_link;

use crate::{Error, Result, Shop, orders};
use domain::{
    OrderId,
    content::Chrome,
    orders::{EventKind, MailKind, OrderView},
};
use uuid::Uuid;

/// A mail, ready to be handed over.
pub(crate) struct Message {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) html: String,
    pub(crate) text: String,
}

/// What the timeline says when a mail was sent.
const fn sent(mail: MailKind) -> &'static str {
    match mail {
        MailKind::Confirmation => "The receipt was sent.",
        MailKind::Regret => "The shopper was told that nothing can be sent.",
        MailKind::Dispatch => "The shopper was told that a parcel is on its way.",
        MailKind::Refund => "The shopper was told that money goes back.",
        MailKind::Cancellation => "The shopper was told that the order is cancelled.",
    }
}

/// The mail as it is written now. `None` where it is about a parcel or a refund that the order does not have any more.
fn render(
    mail: MailKind,
    about: Option<Uuid>,
    order: &OrderView,
    chrome: &Chrome,
    origin: &str,
) -> Option<Message> {
    Some(match mail {
        MailKind::Confirmation => confirmation::render(order, chrome, origin),
        MailKind::Regret => regret::render(order, chrome, origin),
        MailKind::Cancellation => cancellation::render(order, chrome, origin),
        MailKind::Dispatch => {
            let parcel = order.parcels.iter().find(|one| Some(one.id.0) == about)?;
            dispatch::render(order, parcel, chrome, origin)
        }
        MailKind::Refund => {
            let refund = order.refunds.iter().find(|one| Some(one.id.0) == about)?;
            refund::render(order, refund, chrome, origin)
        }
    })
}

impl Shop {
    /// Sends the receipt of an order, unless it was sent.
    pub(crate) async fn confirm_order(&self, id: OrderId) -> Result<()> {
        self.tell_order(MailKind::Confirmation, id, None, None)
            .await
    }

    /// Tells that an order that was paid cannot be filled, unless that was told.
    pub(crate) async fn regret_order(&self, id: OrderId) -> Result<()> {
        self.tell_order(MailKind::Regret, id, None, None).await
    }

    /// Tells the shopper something about an order, unless it was told. `again` names a repetition: another mail of the same
    /// kind about the same thing.
    pub(crate) async fn tell_order(
        &self,
        mail: MailKind,
        id: OrderId,
        about: Option<Uuid>,
        again: Option<Uuid>,
    ) -> Result<()> {
        let word = mail.as_str();
        let mut key = format!("{}:{}", word.replace('_', "-"), about.unwrap_or(id.0));
        if let Some(again) = again {
            key = format!("{key}:again:{again}");
        }
        if db::is_sent(self.db(), &key).await? {
            return Ok(());
        }
        let order = self
            .order_by_id(id)
            .await?
            .ok_or_else(|| Error::Stored(format!("there is no order {id}")))?;
        let chrome = self.chrome().await?;
        let Some(message) = render(mail, about, &order, &chrome, &self.settings().public_url)
        else {
            tracing::info!(order = %id, mail = word, "what a mail was to tell is not so any more");
            return Ok(());
        };
        let new = db::NewMail {
            id: self.clock().id(),
            key: &key,
            kind: word,
            order: id,
            about,
        };
        let kept = db::keep(self.db(), &new, &message, self.clock().now()).await?;
        self.post(kept, &message).await?;
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        db::sent(&mut tx, &key, now).await?;
        orders::event(&mut tx, id, EventKind::MailSent, sent(mail), now).await?;
        tx.commit().await?;
        metrics::counter!("mercer_mails_total", "kind" => word).increment(1);
        Ok(())
    }
}
