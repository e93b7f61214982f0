//! Money that goes back.

use super::{
    db,
    stripe::{SeenRefund, StripeFault},
};
use crate::{Error, Result, Shop, jobs::Job, orders};
use domain::{OrderId, PaymentId, RefundId, orders::EventKind};
use serde_json::Value;

impl Shop {
    /// Sends a refund to Stripe; its id is the key, so that sending it again is the same refund.
    pub(crate) async fn send_refund(&self, id: RefundId) -> Result<()> {
        let refund = db::refund(self.db(), id).await?;
        if refund.status != "pending" || refund.stripe_id.is_some() {
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
                self.refund_failed(id, refund.order).await
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Lets a refund that Stripe never made be made under another key.
    async fn send_refund_anew(&self, id: RefundId, refund: &db::Refund) -> Result<()> {
        let now = self.clock().now();
        let new = db::NewRefund {
            id: RefundId(self.clock().id()),
            payment: refund.payment,
            order: refund.order,
            amount: refund.amount,
            reason: &refund.reason,
        };
        let mut tx = self.db().begin().await?;
        if db::fail_refund(&mut tx, id, now).await? {
            db::insert_refund(&mut tx, &new, now).await?;
            self.enqueue(&mut *tx, &Job::Refund { refund: new.id })
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn refund_failed(&self, id: RefundId, order: OrderId) -> Result<()> {
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        if db::fail_refund(&mut tx, id, now).await? {
            self.note_failure(&mut tx, order).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn note_failure(&self, tx: &mut sqlx::PgConnection, order: OrderId) -> Result<()> {
        tracing::error!(order = %order, "a refund failed at Stripe");
        let detail = "A refund failed at Stripe: the money has to go back another way.";
        let now = self.clock().now();
        orders::event(tx, order, EventKind::NeedsAttention, detail, now).await
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

    /// Writes down how a refund of the shop's stands.
    async fn note_refund(&self, id: RefundId, seen: &SeenRefund) -> Result<()> {
        let status = match seen.status.as_str() {
            "succeeded" => "succeeded",
            "failed" | "canceled" => "failed",
            _ => "pending",
        };
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        if let Some(order) = db::note_refund(&mut tx, id, &seen.id, status, now).await? {
            orders::lock(&mut tx, order).await?;
            orders::mark_refunded(&mut tx, order).await?;
            match status {
                "succeeded" => {
                    orders::event(&mut tx, order, EventKind::PaymentReturned, "", now).await?;
                }
                "failed" => self.note_failure(&mut tx, order).await?,
                _ => {}
            }
        }
        tx.commit().await?;
        Ok(())
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
