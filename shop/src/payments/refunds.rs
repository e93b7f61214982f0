//! Money that goes back.

use super::db;
use crate::{Error, Result, Shop, orders};
use domain::{RefundId, orders::EventKind};
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
            .ok_or_else(|| Error::Invariant("a refund of a payment without an intent".into()))?;
        let (stripe_id, status) = self.stripe().refund(id, &intent, refund.amount).await?;
        self.note_refund(Some(id), &stripe_id, &status).await?;
        metrics::counter!("mercer_refunds_total").increment(1);
        tracing::info!(order = %refund.order, "a refund was sent");
        Ok(())
    }

    /// A webhook tells that a refund went through, or did not.
    pub(crate) async fn refund_changed(&self, object: &Value) -> Result<()> {
        let (Some(id), Some(status)) = (object["id"].as_str(), object["status"].as_str()) else {
            return Ok(());
        };
        if id.starts_with("re_") {
            self.note_refund(None, id, status).await
        } else {
            Ok(())
        }
    }

    async fn note_refund(&self, id: Option<RefundId>, stripe_id: &str, status: &str) -> Result<()> {
        let status = match status {
            "succeeded" => "succeeded",
            "failed" | "canceled" => "failed",
            _ => "pending",
        };
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        if let Some(order) = db::note_refund(&mut tx, id, stripe_id, status, now).await? {
            match status {
                "succeeded" => {
                    orders::mark_refunded(&mut tx, order).await?;
                    orders::event(&mut tx, order, EventKind::PaymentReturned, "", now).await?;
                }
                "failed" => {
                    tracing::error!(order = %order, "a refund failed at Stripe");
                    let detail = "A refund failed at Stripe: the money has to go back another way.";
                    orders::event(&mut tx, order, EventKind::NeedsAttention, detail, now).await?;
                }
                _ => {}
            }
        }
        tx.commit().await?;
        Ok(())
    }
}
