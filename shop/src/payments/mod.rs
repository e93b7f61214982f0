//! Payments: attempts, what Stripe tells of them, and the one way to "paid".
//!
//! An attempt is written with all that will be sent before anything is sent; its id is the idempotency key, so a repetition
//! is the same request. Whoever learns that a session changed calls [`Shop::settle`], which is idempotent.

mod db;
mod reconcile;
mod refunds;
mod settle;
mod stripe;
mod webhook;

pub(crate) use stripe::Stripe;
pub use webhook::WebhookError;

use crate::{
    Result, Shop,
    jobs::Job,
    orders::{Draft, Written},
};
use domain::{
    PaymentId,
    orders::{EventKind, OrderView},
    payments::{SessionRequest, pay_items},
};
use jiff::SignedDuration;
use sqlx::PgConnection;

/// How long a pay page is open. Stripe takes 30 minutes to 24 hours.
const OPEN_FOR: SignedDuration = SignedDuration::from_mins(35);
/// How long after that it is looked at for the last time.
const LAST_LOOK: SignedDuration = SignedDuration::from_mins(1);

/// How an older attempt ended.
pub(crate) enum Ended {
    /// It can no longer be paid.
    Unpaid,
    /// It was paid: this is the order.
    Paid {
        /// The part of its address that cannot be guessed.
        order: String,
    },
    /// Stripe gave no answer.
    Unknown,
}

impl Shop {
    /// Writes an attempt to be paid, with everything that will be sent to Stripe.
    pub(crate) async fn begin_attempt(
        &self,
        tx: &mut PgConnection,
        order: &Written,
        draft: &Draft,
    ) -> Result<PaymentId> {
        let now = self.clock().now();
        let names: Vec<String> = draft
            .lines
            .iter()
            .map(crate::orders::DraftLine::name)
            .collect();
        let url = &self.settings().public_url;
        let expires_at = now + OPEN_FOR;
        let request = SessionRequest {
            currency: draft.currency,
            items: pay_items(&names, &draft.totals, &draft.tax.name),
            shipping_name: draft.shipping_name.clone(),
            shipping: draft.totals.shipping,
            total: draft.totals.total,
            order_number: order.number,
            order_id: order.id.to_string(),
            email: draft.email.clone(),
            success_url: format!("{url}/orders/{}/paid", order.token),
            cancel_url: format!("{url}/checkout"),
            expires_at: expires_at.as_second(),
        };
        if !request.adds_up() {
            return Err(crate::Error::Invariant(format!(
                "the pay page of order {} does not add up",
                order.number
            )));
        }
        let id = PaymentId(self.clock().id());
        db::insert(tx, id, order.id, &request, now, expires_at).await?;
        crate::orders::event(tx, order.id, EventKind::PaymentStarted, "", now).await?;
        self.enqueue_later(
            &mut *tx,
            &Job::CheckPayment { payment: id },
            OPEN_FOR + LAST_LOOK,
        )
        .await?;
        Ok(id)
    }

    /// Opens the pay page of an attempt, or finds the one that is open. `None` where Stripe gave no answer: the attempt
    /// stays, and the next try sends the identical request.
    pub(crate) async fn open_pay_page(&self, payment: PaymentId) -> Result<Option<String>> {
        let attempt = db::attempt(self.db(), payment).await?;
        if let Some(url) = attempt.url {
            return Ok(Some(url));
        }
        match self
            .stripe()
            .create_session(payment, &attempt.request)
            .await
        {
            Ok(session) => {
                db::note_session(self.db(), payment, &session.id, session.url.as_deref()).await?;
                Ok(session.url)
            }
            Err(error) => {
                metrics::counter!("mercer_payments_total", "outcome" => "unavailable").increment(1);
                tracing::error!(%error, payment = %payment, "no pay page could be opened");
                if error.is_definite() {
                    self.give_up(payment).await?;
                }
                Ok(None)
            }
        }
    }

    /// The order page of whom comes back from the pay page: looks at once whether it was paid.
    pub async fn returned_from_payment(&self, token: &str) -> Result<Option<OrderView>> {
        let Some(order) = self.order(token).await? else {
            return Ok(None);
        };
        for payment in db::open_of(self.db(), token).await? {
            if let Err(error) = self.settle(payment).await {
                // The webhook and the reconciler will do it.
                tracing::warn!(%error, payment = %payment, "a payment could not be looked at on return");
            }
        }
        Ok(self.order(token).await?.or(Some(order)))
    }
}
