//! Money that goes back.

use super::{
    db,
    stripe::{SeenRefund, StripeFault},
};
use crate::{Error, Result, Shop, jobs::Job, orders};
use domain::{
    Money, OrderId, PaymentId, RefundId,
    orders::{EventKind, MailKind, RefundStatus},
};
use serde_json::Value;
use sqlx::PgConnection;

impl Shop {
    /// Sends a refund to Stripe; its id is the key, so that sending it again is the same refund.
    pub(crate) async fn send_refund(&self, id: RefundId) -> Result<()> {
        let refund = db::refund(self.db(), id).await?;
        if refund.status != RefundStatus::Pending || refund.stripe_id.is_some() {
            return Ok(());
        }
        let intent = refund
            .intent
            .as_deref()
            .ok_or_else(|| Error::Invariant("a refund of a payment without an intent".into()))?;
        let sent = self
            .stripe()
            .refund(id, refund.order, intent, refund.amount)
            .await;
        match sent {
            Ok(seen) => {
                metrics::counter!("mercer_refunds_total").increment(1);
                tracing::info!(order = %refund.order, "a refund was sent");
                self.note_refund(id, &seen).await
            }
            // From now on Stripe says the same to this key, whether it did it or not.
            Err(StripeFault::Broken(_)) => match self.stripe().find_refund(id, intent).await? {
                Some(seen) => self.note_refund(id, &seen).await,
                None => self.send_refund_anew(id, &refund).await,
            },
            Err(fault @ StripeFault::Refused { .. }) => {
                tracing::error!(%fault, order = %refund.order, "a refund was refused");
                self.refund_failed(id, &refund).await
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Lets a refund that Stripe never made be made under another key.
    async fn send_refund_anew(&self, id: RefundId, refund: &db::Refund) -> Result<()> {
        let now = self.clock().now();
        let new = RefundId(self.clock().id());
        let mut tx = self.db().begin().await?;
        orders::lock(&mut tx, refund.order).await?;
        if db::fail_refund(&mut tx, id, now).await? {
            db::move_refund(&mut tx, id, new, now).await?;
            self.enqueue(&mut *tx, &Job::Refund { refund: new }).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn refund_failed(&self, id: RefundId, refund: &db::Refund) -> Result<()> {
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        orders::lock(&mut tx, refund.order).await?;
        if db::fail_refund(&mut tx, id, now).await? {
            orders::count_refunded(&mut tx, refund.order).await?;
            self.note_failure(&mut tx, refund).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn note_failure(&self, tx: &mut PgConnection, refund: &db::Refund) -> Result<()> {
        tracing::error!(order = %refund.order, "a refund failed at Stripe");
        let amount = Money::new(refund.amount, refund.currency);
        let detail =
            format!("A refund of {amount} failed at Stripe: the money has to go back another way.");
        let now = self.clock().now();
        orders::event(tx, refund.order, EventKind::NeedsAttention, &detail, now).await
    }

    /// A webhook tells that something about a refund changed. Webhooks overtake each other: Stripe is asked how it stands.
    pub(super) async fn refund_changed(&self, object: &Value) -> Result<()> {
        let Some(id) = object["id"].as_str() else {
            return Ok(());
        };
        let Some(seen) = self.stripe().seen_refund(id).await? else {
            return Ok(());
        };
        if let Some(known) = db::refund_by(self.db(), seen.refund, id).await? {
            return self.note_refund(known, &seen).await;
        }
        let Some(intent) = &seen.intent else {
            return Ok(());
        };
        if let Some((_, order)) = self.payment_of_intent(intent).await? {
            let detail = format!(
                "A refund of {} minor units was made at Stripe and not by the shop.",
                seen.amount
            );
            let mut tx = self.db().begin().await?;
            orders::lock(&mut tx, order).await?;
            self.note_once(&mut tx, order, &detail).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Writes down how a refund of the shop's stands. What it promised hangs on that: for how many things the money went back is
    /// counted anew, and so is what the order's payment status is. Goods that are on the shelves again stay there.
    async fn note_refund(&self, id: RefundId, seen: &SeenRefund) -> Result<()> {
        let status = match seen.status.as_str() {
            "succeeded" => RefundStatus::Succeeded,
            "failed" | "canceled" => RefundStatus::Failed,
            _ => RefundStatus::Pending,
        };
        let now = self.clock().now();
        let refund = db::refund(self.db(), id).await?;
        let order = refund.order;
        let mut tx = self.db().begin().await?;
        orders::lock(&mut tx, order).await?;
        if let Some(before) = db::note_refund(&mut tx, id, &seen.id, status, now).await? {
            orders::count_refunded(&mut tx, order).await?;
            orders::mark_refunded(&mut tx, order).await?;
            if before == RefundStatus::Failed && status != RefundStatus::Failed {
                let detail = "A refund that had failed was made at Stripe after all: compare what went back with what should have.";
                orders::event(&mut tx, order, EventKind::NeedsAttention, detail, now).await?;
            }
            match status {
                RefundStatus::Succeeded => self.note_return(&mut tx, &refund).await?,
                RefundStatus::Failed => self.note_failure(&mut tx, &refund).await?,
                RefundStatus::Pending => {}
            }
            if refund.tell && status != RefundStatus::Failed {
                let tell = Job::TellOrder {
                    mail: MailKind::Refund,
                    order,
                    about: Some(id.0),
                    again: None,
                };
                self.enqueue(&mut *tx, &tell).await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }

    /// The money is back.
    async fn note_return(&self, tx: &mut PgConnection, refund: &db::Refund) -> Result<()> {
        let now = self.clock().now();
        if refund.was_asked {
            let amount = Money::new(refund.amount, refund.currency);
            let detail = format!("{amount} went back.");
            orders::event(tx, refund.order, EventKind::Refunded, &detail, now).await
        } else {
            orders::event(tx, refund.order, EventKind::PaymentReturned, "", now).await
        }
    }

    /// The payment and the order of a payment intent. What is told of a payment may overtake the news that it was made: then
    /// it is settled first.
    pub(super) async fn payment_of_intent(
        &self,
        intent: &str,
    ) -> Result<Option<(PaymentId, OrderId)>> {
        if let Some(known) = db::of_intent(self.db(), intent).await? {
            return Ok(Some(known));
        }
        let Some(payment) = self.stripe().attempt_of_intent(intent).await? else {
            return Ok(None);
        };
        self.settle(payment).await?;
        db::of_intent(self.db(), intent).await
    }
}
