//! What nobody told of: a webhook that never came costs minutes, not an order.

use super::{
    LAST_LOOK,
    attempts::Ask,
    db,
    webhook::{HANDLED, skeleton},
};
use crate::{Result, Shop, jobs::Next, orders};
use domain::{OrderId, PaymentId, payments::AttemptStatus};
use futures::{StreamExt, stream};
use jiff::SignedDuration;

/// A younger attempt is left to its webhook.
const YOUNG: SignedDuration = SignedDuration::from_mins(2);
/// How far back Stripe is asked for events, and for how many pages of them at most.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(1);
const PAGES: usize = 20;
/// How soon an attempt whose bank is still at work is looked at again.
const LATER: SignedDuration = SignedDuration::from_mins(10);
/// How many attempts are looked at side by side.
const AT_ONCE: usize = 8;

impl Shop {
    /// Looks at every open attempt, at Stripe's recent events, and at orders that nothing can pay any more.
    pub(crate) async fn reconcile(&self) -> Result<()> {
        let before = self.clock().now() - YOUNG;
        let open = db::open_before(self.db(), before).await?;
        stream::iter(open)
            .for_each_concurrent(AT_ONCE, async |payment| {
                if let Err(error) = self.check_payment(payment).await {
                    tracing::warn!(%error, payment = %payment, "an open payment could not be looked at");
                }
            })
            .await;
        for order in db::stranded(self.db(), before).await? {
            self.cancel_stranded(order).await?;
        }
        self.catch_up_on_events().await
    }

    /// Looks at an attempt; one whose time is over is closed first, and only seen unpaid does it free what it held.
    pub(crate) async fn check_payment(&self, payment: PaymentId) -> Result<Next> {
        let Some(attempt) = db::attempt(self.db(), payment).await? else {
            return Ok(Next::Done);
        };
        if attempt.status != AttemptStatus::Open {
            return Ok(Next::Done);
        }
        let over = self.clock().now() >= attempt.expires_at + LAST_LOOK;
        let ask = if over { Ask::Close } else { Ask::Look };
        self.settle_by(payment, ask).await?;
        let attempt = db::attempt(self.db(), payment).await?;
        let open = attempt.is_some_and(|attempt| attempt.status == AttemptStatus::Open);
        Ok(if open { Next::Again(LATER) } else { Next::Done })
    }

    /// Takes in the events that no webhook told of: page by page, until a page holds nothing new.
    async fn catch_up_on_events(&self) -> Result<()> {
        let since = (self.clock().now() - LOOK_BACK).as_second();
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let (events, more) = self
                .stripe()
                .events(&HANDLED, since, after.as_deref())
                .await?;
            let mut missed = 0;
            for told in &events {
                let new = self
                    .store_event(&told.id, &told.kind, &skeleton(told), true)
                    .await?;
                missed += u64::from(new);
            }
            if missed > 0 {
                metrics::counter!("mercer_webhooks_total", "outcome" => "missed").increment(missed);
            }
            after = events.last().map(|told| told.id.clone());
            if missed == 0 || !more || after.is_none() {
                break;
            }
        }
        Ok(())
    }

    async fn cancel_stranded(&self, order: OrderId) -> Result<()> {
        let mut tx = self.db().begin().await?;
        // It may have been placed anew since it was found.
        if orders::lock(&mut tx, order).await?.status == "pending"
            && !db::can_be_paid(&mut tx, order).await?
        {
            self.cancel_unpaid(&mut tx, order).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
