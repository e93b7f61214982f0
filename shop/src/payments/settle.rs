//! From what Stripe says of a session to what the order is: the one way to "paid".

use super::{
    attempts::{Answer, Ask},
    db::{self, Attempt},
    stripe::Session,
};
use crate::{
    Error, Result, Shop, cart,
    jobs::Job,
    orders::{self, Locked},
    promotions,
};
use domain::{
    OrderId, PaymentId, RefundId,
    orders::EventKind,
    payments::{AttemptStatus, Verdict},
};
use sqlx::PgConnection;

/// What becomes of an order whose attempt ended unpaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterExpiry {
    /// It is over, and its stock is free.
    CancelOrder,
    /// Somebody closed the page before its time, to place the order anew. If that does not happen, the reconciler cancels it.
    KeepOrder,
}

/// What settling came to.
enum Outcome {
    /// The order is paid.
    Paid,
    /// The money goes back, and this is why.
    Returned(&'static str),
    /// The page closed unpaid.
    Expired,
    /// Money came in that does not fit.
    Mismatch(String),
}

impl Shop {
    /// Asks Stripe about an attempt and writes down what follows from the answer. May be called by anybody, at any time,
    /// any number of times.
    pub(crate) async fn settle(&self, payment: PaymentId) -> Result<()> {
        self.settle_by(payment, Ask::Look).await
    }

    /// The same, after asking Stripe to close the page.
    pub(super) async fn settle_by(&self, payment: PaymentId, ask: Ask) -> Result<()> {
        let Some(attempt) = db::attempt(self.db(), payment).await? else {
            tracing::warn!(payment = %payment, "a payment of another shop was told of");
            return Ok(());
        };
        if is_settled(attempt.status) {
            return Ok(());
        }
        let over = self.clock().now() >= attempt.expires_at;
        let after = if over {
            AfterExpiry::CancelOrder
        } else {
            AfterExpiry::KeepOrder
        };
        match self.ask(payment, &attempt, ask).await {
            Answer::Session(session) => self.write_down(payment, &attempt, &session, after).await,
            Answer::Gone if over || attempt.session.is_none() => {
                self.give_up(payment, attempt.session.as_deref()).await
            }
            Answer::Gone => Err(Error::Payment(
                "Stripe does not know a pay page that is open".into(),
            )),
            Answer::Unknown(fault) => Err(fault.into()),
        }
    }

    /// Writes down what a session says, in one transaction.
    pub(super) async fn write_down(
        &self,
        payment: PaymentId,
        attempt: &Attempt,
        session: &Session,
        after: AfterExpiry,
    ) -> Result<()> {
        if attempt.session.is_none() {
            db::note_session(self.db(), payment, session).await?;
        }
        let verdict = session.seen.judge(&attempt.request);
        let mut tx = self.db().begin().await?;
        let order = orders::lock(&mut tx, attempt.order).await?;
        let standing = db::lock(&mut tx, payment).await?;
        if is_settled(standing.status) {
            return Ok(());
        }
        let outcome = match verdict {
            Verdict::Paid if standing.superseded => {
                let reason = "The order was placed anew before this payment came: it goes back.";
                self.give_back(&mut tx, payment, attempt, session, reason)
                    .await?
            }
            Verdict::Paid => {
                self.paid(&mut tx, payment, attempt, &order, session)
                    .await?
            }
            Verdict::Mismatch(what) => {
                let detail = format!("A payment does not fit the order: {what}.");
                if !self.note_once(&mut tx, attempt.order, &detail).await? {
                    return Ok(());
                }
                Outcome::Mismatch(what)
            }
            Verdict::Expired if standing.status == AttemptStatus::Open => {
                self.expired(&mut tx, payment, attempt.order, &order, session, after)
                    .await?
            }
            // The page is open, or what it said was written down before.
            Verdict::Waiting | Verdict::Expired => return Ok(()),
        };
        tx.commit().await?;
        outcome.tell(payment);
        Ok(())
    }

    /// The money came in. Where the order has its money already, or there is nothing to send any more, it goes back.
    async fn paid(
        &self,
        tx: &mut PgConnection,
        payment: PaymentId,
        attempt: &Attempt,
        order: &Locked,
        session: &Session,
    ) -> Result<Outcome> {
        if order.payment_status != "unpaid" {
            let reason = "The order was paid before: the second payment goes back.";
            return self.give_back(tx, payment, attempt, session, reason).await;
        }
        // What it held may have been freed before the money came: it is taken again, if it is still there.
        let allocated = self.allocate(tx, attempt.order).await?
            || (self
                .reserve(tx, attempt.order, &order.lines)
                .await?
                .is_empty()
                && self.allocate(tx, attempt.order).await?);
        let now = self.clock().now();
        db::end(tx, payment, AttemptStatus::Succeeded, Some(session), now).await?;
        if allocated {
            self.complete(tx, attempt.order, order).await?;
            return Ok(Outcome::Paid);
        }
        let reason = "The things were sold meanwhile: the payment goes back.";
        orders::mark_unfillable(tx, attempt.order, now).await?;
        orders::event(tx, attempt.order, EventKind::Paid, "", now).await?;
        orders::event(tx, attempt.order, EventKind::Cancelled, reason, now).await?;
        self.refund_all(tx, payment, attempt, reason).await?;
        let regret = Job::RegretOrder {
            order: attempt.order,
        };
        self.enqueue(&mut *tx, &regret).await?;
        Ok(Outcome::Returned(reason))
    }

    /// What an order being paid brings with it: state, coupon, cart, receipt.
    async fn complete(&self, tx: &mut PgConnection, id: OrderId, order: &Locked) -> Result<()> {
        let now = self.clock().now();
        orders::mark_paid(tx, id, now).await?;
        orders::event(tx, id, EventKind::Paid, "", now).await?;
        if let Some(code) = &order.coupon
            && !promotions::count_use(&mut *tx, code).await?
        {
            let detail = format!("The code {code} was used up while this order was being paid.");
            orders::event(tx, id, EventKind::NeedsAttention, &detail, now).await?;
        }
        if let Some(cart) = order.cart {
            cart::close(tx, self.clock(), cart, &order.lines).await?;
        }
        self.enqueue(&mut *tx, &Job::ConfirmOrder { order: id })
            .await
    }

    /// An order with nothing to pay is paid.
    pub(crate) async fn settle_free(&self, tx: &mut PgConnection, order: OrderId) -> Result<()> {
        let locked = orders::lock(tx, order).await?;
        self.allocate(tx, order).await?;
        self.complete(tx, order, &locked).await
    }

    /// A payment that the order does not keep.
    async fn give_back(
        &self,
        tx: &mut PgConnection,
        payment: PaymentId,
        attempt: &Attempt,
        session: &Session,
        reason: &'static str,
    ) -> Result<Outcome> {
        let now = self.clock().now();
        db::end(tx, payment, AttemptStatus::Returned, Some(session), now).await?;
        self.refund_all(tx, payment, attempt, reason).await?;
        Ok(Outcome::Returned(reason))
    }

    /// Sends all of a payment back, by a job.
    async fn refund_all(
        &self,
        tx: &mut PgConnection,
        payment: PaymentId,
        attempt: &Attempt,
        reason: &str,
    ) -> Result<()> {
        let now = self.clock().now();
        let refund = RefundId(self.clock().id());
        let new = db::NewRefund {
            amount: attempt.request.total,
            adjustment: attempt.request.total,
            reason,
            ..db::NewRefund::default()
        };
        db::insert_refund(tx, refund, payment, attempt.order, &new, now).await?;
        orders::event(tx, attempt.order, EventKind::NeedsAttention, reason, now).await?;
        self.enqueue(&mut *tx, &Job::Refund { refund }).await
    }

    async fn expired(
        &self,
        tx: &mut PgConnection,
        payment: PaymentId,
        id: OrderId,
        order: &Locked,
        session: &Session,
        after: AfterExpiry,
    ) -> Result<Outcome> {
        let now = self.clock().now();
        db::end(tx, payment, AttemptStatus::Expired, Some(session), now).await?;
        orders::event(tx, id, EventKind::PaymentExpired, "", now).await?;
        if after == AfterExpiry::CancelOrder && order.status == "pending" {
            self.cancel_unpaid(tx, id).await?;
        }
        Ok(Outcome::Expired)
    }

    /// Takes back an order that was not paid, and says why. The order is locked, and waits for no payment.
    pub(super) async fn cancel_unpaid(&self, tx: &mut PgConnection, order: OrderId) -> Result<()> {
        let reason = "Not paid in time.";
        self.free_unpaid(tx, order, reason).await?;
        let now = self.clock().now();
        orders::event(tx, order, EventKind::Cancelled, reason, now).await
    }

    /// The same without a word on the timeline.
    pub(super) async fn free_unpaid(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        reason: &str,
    ) -> Result<()> {
        self.release(tx, order, reason).await?;
        orders::mark_cancelled(tx, order, self.clock().now()).await
    }

    /// Notes something for a person, unless it was noted. Returns whether it is new.
    pub(super) async fn note_once(
        &self,
        tx: &mut PgConnection,
        order: OrderId,
        detail: &str,
    ) -> Result<bool> {
        if db::is_noted(tx, order, detail).await? {
            return Ok(false);
        }
        let now = self.clock().now();
        orders::event(tx, order, EventKind::NeedsAttention, detail, now).await?;
        Ok(true)
    }
}

impl Outcome {
    /// Counts it, and says aloud what a person has to look at.
    fn tell(&self, payment: PaymentId) {
        let outcome = match self {
            Self::Paid => {
                metrics::counter!("mercer_orders_paid_total").increment(1);
                "succeeded"
            }
            Self::Returned(reason) => {
                tracing::error!(payment = %payment, reason, "a payment goes back");
                "returned"
            }
            Self::Expired => "expired",
            Self::Mismatch(what) => {
                tracing::error!(payment = %payment, what, "money came in that does not fit the order");
                "mismatch"
            }
        };
        metrics::counter!("mercer_payments_total", "outcome" => outcome).increment(1);
    }
}

/// Whether an attempt's money was dealt with.
const fn is_settled(status: AttemptStatus) -> bool {
    matches!(status, AttemptStatus::Succeeded | AttemptStatus::Returned)
}
