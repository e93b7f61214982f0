//! What Stripe tells: verified, stored, and handled by a job.

use super::db;
use crate::{Fault, Result, Shop, jobs::Job, orders};
use domain::{PaymentId, orders::EventKind};
use serde_json::Value;
use sha2::{Digest, Sha256};
use stripe_webhook::Webhook;

/// The events that tell of a session.
pub(super) const SESSION_EVENTS: [&str; 4] = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
];

/// Why a webhook was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// It was not signed with one of the shop's secrets, or too long ago.
    #[error("the signature does not hold")]
    Signature,
}

impl Shop {
    /// Takes in a webhook: the body exactly as it came, and its `Stripe-Signature`. When this returns, it is stored.
    pub async fn receive_webhook(
        &self,
        body: &str,
        signature: &str,
    ) -> Result<(), Fault<WebhookError>> {
        let secrets = &self.settings().stripe.webhook_secrets;
        if !secrets
            .iter()
            .any(|secret| is_signed(body, signature, &secret.0))
        {
            metrics::counter!("mercer_webhooks_total", "outcome" => "refused").increment(1);
            return Err(Fault::Refused(WebhookError::Signature));
        }
        let parsed: Option<Value> = serde_json::from_str(body).ok();
        let text = |name: &str| {
            parsed
                .as_ref()
                .and_then(|event| event.get(name)?.as_str())
                .map(str::to_owned)
        };
        let (id, kind) = if let (Some(id), Some(kind)) = (text("id"), text("type")) {
            (id, kind)
        } else {
            tracing::error!("a webhook with a valid signature cannot be read: it was stored");
            (
                format!("unreadable-{}", hex::encode(Sha256::digest(body))),
                "unreadable".to_owned(),
            )
        };
        let mut tx = self.db().begin().await.map_err(crate::Error::from)?;
        let new = db::insert_event(&mut tx, &id, &kind, body, self.clock().now()).await?;
        if new && kind != "unreadable" {
            self.enqueue(&mut *tx, &Job::HandleWebhook { event: id })
                .await?;
        }
        tx.commit().await.map_err(crate::Error::from)?;
        let outcome = if new { "stored" } else { "known" };
        metrics::counter!("mercer_webhooks_total", "outcome" => outcome).increment(1);
        Ok(())
    }

    /// Does what follows from a webhook. What it says is not believed: Stripe is asked.
    pub(crate) async fn handle_webhook(&self, id: &str) -> Result<()> {
        if let Some(payload) = db::event_payload(self.db(), id).await? {
            let event: Value = serde_json::from_str(&payload)?;
            let kind = event["type"].as_str().unwrap_or_default();
            let object = &event["data"]["object"];
            if SESSION_EVENTS.contains(&kind) {
                self.session_changed(object).await?;
            } else if kind == "charge.dispute.created" {
                self.disputed(object).await?;
            } else if kind.starts_with("refund.") || kind == "charge.refund.updated" {
                self.refund_changed(object).await?;
            }
        }
        db::event_processed(self.db(), id, self.clock().now()).await
    }

    async fn session_changed(&self, object: &Value) -> Result<()> {
        let Some(session) = session_of_object(object) else {
            return Ok(());
        };
        let known = db::of_session(self.db(), &session).await?;
        // An answer of Stripe's that was lost: the session names the attempt that asked for it.
        let named = || {
            object["metadata"]["payment_id"]
                .as_str()?
                .parse::<PaymentId>()
                .ok()
        };
        if let Some(payment) = known.or_else(named) {
            self.settle(payment).await
        } else {
            tracing::warn!("a webhook tells of a session that is none of this shop's");
            Ok(())
        }
    }

    async fn disputed(&self, object: &Value) -> Result<()> {
        let Some(intent) = object["payment_intent"].as_str() else {
            return Ok(());
        };
        let Some((payment, order)) = db::of_intent(self.db(), intent).await? else {
            return Ok(());
        };
        let mut tx = self.db().begin().await?;
        let locked = orders::lock(&mut tx, order).await?;
        if locked.payment_status != "disputed" {
            tracing::error!(payment = %payment, "a payment is disputed");
            orders::mark_disputed(&mut tx, order).await?;
            orders::event(
                &mut tx,
                order,
                EventKind::Disputed,
                "The buyer’s bank asks for the money back.",
                self.clock().now(),
            )
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn is_signed(body: &str, signature: &str, secret: &str) -> bool {
    use stripe_webhook::WebhookError::BadParse;
    // What cannot be read in Stripe's form has a valid signature all the same.
    matches!(
        Webhook::construct_event(body, signature, secret),
        Ok(_) | Err(BadParse(_))
    )
}

/// The id of the session that an event's object is.
pub(super) fn session_of_object(object: &Value) -> Option<String> {
    object["id"]
        .as_str()
        .filter(|id| id.starts_with("cs_"))
        .map(str::to_owned)
}
