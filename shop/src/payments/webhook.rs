//! What Stripe tells: verified, stored, and handled by a job.

use super::{db, settle::AfterExpiry, stripe::Told};
use crate::{Fault, Result, Shop, jobs::Job, orders};
use domain::orders::EventKind;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stripe_webhook::Webhook;

/// The events that something follows from.
pub(super) const HANDLED: [&str; 8] = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "charge.dispute.created",
    "refund.created",
    "refund.updated",
    "refund.failed",
];

/// How long what they said is kept, to look at where something went wrong.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24 * 30);

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
        let new = self
            .store_event(&id, &kind, body, kind != "unreadable")
            .await?;
        let outcome = if new { "stored" } else { "known" };
        metrics::counter!("mercer_webhooks_total", "outcome" => outcome).increment(1);
        Ok(())
    }

    /// Stores an event, and the job that looks at it, in one transaction. Returns whether it is new.
    pub(super) async fn store_event(
        &self,
        id: &str,
        kind: &str,
        payload: &str,
        readable: bool,
    ) -> Result<bool> {
        let mut tx = self.db().begin().await?;
        let new = db::insert_event(&mut tx, id, kind, payload, self.clock().now()).await?;
        if new && readable {
            let job = Job::HandleWebhook {
                event: id.to_owned(),
            };
            self.enqueue(&mut *tx, &job).await?;
        }
        tx.commit().await?;
        Ok(new)
    }

    /// Does what follows from a webhook. What it says is not believed: Stripe is asked.
    pub(crate) async fn handle_webhook(&self, id: &str) -> Result<()> {
        if let Some(payload) = db::event_payload(self.db(), id).await? {
            let event: Value = serde_json::from_str(&payload)?;
            let kind = event["type"].as_str().unwrap_or_default();
            let object = &event["data"]["object"];
            if kind.starts_with("checkout.session.") {
                self.session_changed(object).await?;
            } else if kind == "charge.dispute.created" {
                self.disputed(object).await?;
            } else if kind.starts_with("refund.") {
                self.refund_changed(object).await?;
            }
        }
        db::event_processed(self.db(), id, self.clock().now()).await
    }

    /// Forgets what old webhooks said: names and addresses stand in them.
    pub(crate) async fn sweep_webhooks(&self) -> Result<()> {
        db::forget_events(self.db(), self.clock().now() - KEPT_FOR).await
    }

    async fn session_changed(&self, object: &Value) -> Result<()> {
        let Some(id) = object["id"].as_str().filter(|id| id.starts_with("cs_")) else {
            return Ok(());
        };
        match db::of_session(self.db(), id).await? {
            Some(payment) => self.settle(payment).await,
            None => self.adopt(id).await,
        }
    }

    /// A session that no attempt knows of: Stripe's answer to the one that asked for it was lost. It names the attempt.
    async fn adopt(&self, id: &str) -> Result<()> {
        let session = match self.stripe().session(id).await {
            Ok(session) => session,
            Err(fault) if fault.is_missing() => return Ok(()),
            Err(fault) => return Err(fault.into()),
        };
        let known = match session.attempt {
            Some(payment) => db::attempt(self.db(), payment)
                .await?
                .map(|attempt| (payment, attempt)),
            None => None,
        };
        let Some((payment, attempt)) = known else {
            tracing::warn!("a webhook tells of a session that is none of this shop's");
            return Ok(());
        };
        if attempt.session.is_none() {
            return self
                .write_down(payment, &attempt, &session, AfterExpiry::KeepOrder)
                .await;
        }
        if session.seen.paid {
            tracing::error!(payment = %payment, "one attempt was paid on two pages");
            let detail = "One attempt was paid on two pages: the second payment has to go back.";
            let mut tx = self.db().begin().await?;
            orders::lock(&mut tx, attempt.order).await?;
            self.note_once(&mut tx, attempt.order, detail).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn disputed(&self, object: &Value) -> Result<()> {
        let Some(intent) = object["payment_intent"].as_str() else {
            return Ok(());
        };
        let Some((payment, order)) = self.payment_of_intent(intent).await? else {
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

/// What is kept of an event that came by the list: what it is, and what it is about.
pub(super) fn skeleton(told: &Told) -> String {
    let object = json!({ "id": told.object, "payment_intent": told.intent });
    json!({ "id": told.id, "type": told.kind, "data": { "object": object } }).to_string()
}
