//! What nobody told of: a webhook that never came costs minutes, not an order.

use super::{LAST_LOOK, db};
use crate::{
    Result, Shop,
    jobs::{Job, Next},
    orders,
};
use domain::{OrderId, PaymentId, orders::EventKind};
use jiff::SignedDuration;

/// A younger attempt is left to its webhook.
const YOUNG: SignedDuration = SignedDuration::from_mins(2);
/// How far back Stripe is asked for events.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(1);
/// How soon an attempt whose bank is still at work is looked at again.
const LATER: SignedDuration = SignedDuration::from_mins(10);

impl Shop {
    /// Looks at every open attempt, at Stripe's recent events, and at orders that nothing can pay any more.
    pub(crate) async fn reconcile(&self) -> Result<()> {
        let now = self.clock().now();
        for payment in db::open_before(self.db(), now - YOUNG).await? {
            if let Err(error) = self.check_payment(payment).await {
                tracing::warn!(%error, payment = %payment, "an open payment could not be looked at");
            }
        }
        for order in db::stranded(self.db(), now - YOUNG).await? {
            self.cancel_stranded(order).await?;
        }
        for (event, kind, session) in self
            .stripe()
            .events_since((now - LOOK_BACK).as_second())
            .await?
        {
            let mut tx = self.db().begin().await?;
            let payload = serde_json::json!({ "id": event, "type": kind, "data": { "object": { "id": session } } });
            if db::insert_event(&mut tx, &event, &kind, &payload.to_string(), now).await? {
                self.enqueue(&mut *tx, &Job::HandleWebhook { event })
                    .await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// Looks at an attempt; one whose time is over is closed first, and only seen unpaid does it free what it held.
    pub(crate) async fn check_payment(&self, payment: PaymentId) -> Result<Next> {
        let attempt = db::attempt(self.db(), payment).await?;
        if attempt.status != "open" {
            return Ok(Next::Done);
        }
        let over = self.clock().now() >= attempt.expires_at + LAST_LOOK;
        match &attempt.session {
            Some(session) if over => {
                self.stripe().expire_session(session).await?;
            }
            None if over => {
                // Nothing was ever made, or the answer was lost: the identical request tells.
                match self
                    .stripe()
                    .create_session(payment, &attempt.request)
                    .await
                {
                    Ok(session) => {
                        db::note_session(self.db(), payment, &session.id, session.url.as_deref())
                            .await?;
                    }

                    Err(fault) if fault.is_definite() => {
                        self.give_up(payment).await?;
                        return Ok(Next::Done);
                    }
                    Err(fault) => return Err(fault.into()),
                }
            }
            _ => {}
        }
        self.settle(payment).await?;
        let open = db::attempt(self.db(), payment).await?.status == "open";
        Ok(if over && open {
            Next::Again(LATER)
        } else {
            Next::Done
        })
    }

    async fn cancel_stranded(&self, order: OrderId) -> Result<()> {
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        if orders::lock(&mut tx, order).await?.status == "pending" {
            self.release(&mut tx, order, "Not paid").await?;
            orders::mark_cancelled(&mut tx, order, now).await?;
            orders::event(&mut tx, order, EventKind::Cancelled, "Not paid.", now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
