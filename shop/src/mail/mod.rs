//! Mail: rendered when it is sent, and handed over once. Where the answer of the server is lost it is handed over again, with
//! the same Message-ID, so that the second can be told from another mail.

mod confirmation;
mod db;
mod send;

pub(crate) use send::Mailer;

use crate::{Error, Result, Shop, orders};
use domain::{OrderId, orders::EventKind};

/// A mail, ready to be handed over.
pub(crate) struct Message {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) html: String,
    pub(crate) text: String,
}

impl Shop {
    /// Sends the receipt of an order, unless it was sent.
    pub(crate) async fn confirm_order(&self, id: OrderId) -> Result<()> {
        let key = format!("order-confirmation:{id}");
        if db::is_sent(self.db(), &key).await? {
            return Ok(());
        }
        let order = self
            .order_by_id(id)
            .await?
            .ok_or_else(|| Error::Stored(format!("there is no order {id}")))?;
        let chrome = self.chrome().await?;
        let message = confirmation::render(&order, &chrome, &self.settings().public_url);
        let mail = db::keep(
            self.db(),
            self.clock().id(),
            &key,
            "order_confirmation",
            id,
            &message,
            self.clock().now(),
        )
        .await?;
        self.mailer().send(mail, &message).await?;
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        db::sent(&mut tx, &key, now).await?;
        orders::event(
            &mut tx,
            id,
            EventKind::MailSent,
            "The receipt was sent.",
            now,
        )
        .await?;
        tx.commit().await?;
        metrics::counter!("mercer_mails_total", "kind" => "order_confirmation").increment(1);
        Ok(())
    }
}
