//! From what Stripe says of a session to what the order is: the one way to "paid".

use super::{Ended, db, stripe::Session};
use crate::{
    Result, Shop, cart,
    jobs::Job,
    orders::{self, Locked},
    promotions,
};
use domain::{OrderId, PaymentId, RefundId, orders::EventKind, payments::Verdict};
use sqlx::PgConnection;

impl Shop {
    /// Asks Stripe about an attempt and writes down what follows from the answer. May be called by anybody, at any time,
    /// any number of times.
    pub(crate) async fn settle(&self, payment: PaymentId) -> Result<()> {
        let attempt = db::attempt(self.db(), payment).await?;
        if is_settled(&attempt.status) {
            return Ok(());
        }
        let session = match &attempt.session {
            Some(session) => self.stripe().session(session).await?,
            None => self.find_session(payment, &attempt).await?,
        };
        self.settle_as(payment, &attempt, &session, AfterExpiry::CancelOrder)
            .await?;
        Ok(())
    }

    /// The session of an attempt whose answer was lost: the identical request gets it again, as it was when it was made, so
    /// it is read anew.
    async fn find_session(&self, payment: PaymentId, attempt: &db::Attempt) -> Result<Session> {
        let made = self
            .stripe()
            .create_session(payment, &attempt.request)
            .await?;
        db::note_session(self.db(), payment, &made.id, made.url.as_deref()).await?;
        Ok(self.stripe().session(&made.id).await?)
    }

    /// Writes down what a session says, in one transaction.
    async fn settle_as(
        &self,
        payment: PaymentId,
        attempt: &db::Attempt,
        session: &Session,
        after: AfterExpiry,
    ) -> Result<()> {
        let verdict = session.seen.judge(&attempt.request);
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        let order = orders::lock(&mut tx, attempt.order).await?;
        let status = db::lock_status(&mut tx, payment).await?;
        // An attempt that was given up is looked at again only for money that came in all the same.
        if is_settled(&status) || (status == "expired" && verdict != Verdict::Paid) {
            return Ok(());
        }
        match &verdict {
            Verdict::Waiting => return Ok(()),
            Verdict::Expired => {
                db::end(&mut tx, payment, "expired", Some(session), now).await?;
                self.attempt_ended(&mut tx, attempt.order, &order, after)
                    .await?;
            }
            Verdict::Mismatch(what) => {
                let detail = format!("A payment does not fit the order: {what}.");
                if db::is_noted(&mut tx, attempt.order, &detail).await? {
                    return Ok(());
                }
                orders::event(
                    &mut tx,
                    attempt.order,
                    EventKind::NeedsAttention,
                    &detail,
                    now,
                )
                .await?;
            }
            Verdict::Paid => {
                self.paid(&mut tx, payment, attempt, &order, session)
                    .await?;
            }
        }
        tx.commit().await?;
        let outcome = match verdict {
            Verdict::Paid => "succeeded",
            Verdict::Expired => "expired",
            Verdict::Mismatch(what) => {
                tracing::error!(payment = %payment, what, "money came in that does not fit the order");
                "mismatch"
            }
            Verdict::Waiting => "waiting",
        };
        metrics::counter!("mercer_payments_total", "outcome" => outcome).increment(1);
        Ok(())
    }

    /// The money came in. Where the order has its money already, or there is nothing to send any more, it goes back.
    async fn paid(
        &self,
        tx: &mut PgConnection,
        payment: PaymentId,
        attempt: &db::Attempt,
        order: &Locked,
        session: &Session,
    ) -> Result<()> {
        let now = self.clock().now();
        if order.payment_status != "unpaid" {
            let reason = "The order was paid before: the second payment goes back.";
            return self.give_back(tx, payment, attempt, session, reason).await;
        }
        let mut allocated = self.allocate(tx, attempt.order).await?;
        if !allocated {
            // What it held was freed before the money came: it is taken again, if it is still there.
            allocated = self
                .reserve(tx, attempt.order, &order.lines)
                .await?
                .is_empty()
                && self.allocate(tx, attempt.order).await?;
        }
        if !allocated {
            let reason = "The things were sold meanwhile: the payment goes back.";
            return self.give_back(tx, payment, attempt, session, reason).await;
        }
        db::end(tx, payment, "succeeded", Some(session), now).await?;
        self.complete(tx, attempt.order, order).await
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
            .await?;
        metrics::counter!("mercer_orders_paid_total").increment(1);
        Ok(())
    }

    /// An order with nothing to pay is paid.
    pub(crate) async fn settle_free(&self, tx: &mut PgConnection, order: OrderId) -> Result<()> {
        let locked = orders::lock(tx, order).await?;
        self.allocate(tx, order).await?;
        self.complete(tx, order, &locked).await
    }

    async fn give_back(
        &self,
        tx: &mut PgConnection,
        payment: PaymentId,
        attempt: &db::Attempt,
        session: &Session,
        reason: &str,
    ) -> Result<()> {
        let now = self.clock().now();
        tracing::error!(payment = %payment, reason, "a payment goes back");
        db::end(tx, payment, "returned", Some(session), now).await?;
        let refund = RefundId(self.clock().id());
        db::insert_refund(
            tx,
            refund,
            payment,
            attempt.order,
            attempt.request.total,
            reason,
            now,
        )
        .await?;
        orders::event(tx, attempt.order, EventKind::NeedsAttention, reason, now).await?;
        self.enqueue(&mut *tx, &Job::Refund { refund }).await
    }

    async fn attempt_ended(
        &self,
        tx: &mut PgConnection,
        id: OrderId,
        order: &Locked,
        after: AfterExpiry,
    ) -> Result<()> {
        let now = self.clock().now();
        orders::event(tx, id, EventKind::PaymentExpired, "", now).await?;
        if matches!(after, AfterExpiry::CancelOrder) && order.status == "pending" {
            self.release(tx, id, "Not paid in time").await?;
            orders::mark_cancelled(tx, id, now).await?;
            orders::event(tx, id, EventKind::Cancelled, "Not paid in time.", now).await?;
        }
        Ok(())
    }

    /// Ends an attempt so that the order can be placed anew: closes the pay page, and only if it is seen unpaid is it over.
    pub(crate) async fn end_attempt(&self, payment: PaymentId) -> Result<Ended> {
        let attempt = db::attempt(self.db(), payment).await?;
        let session = match &attempt.session {
            Some(session) => self.stripe().expire_session(session).await,
            None => match self
                .stripe()
                .create_session(payment, &attempt.request)
                .await
            {
                Ok(session) => {
                    db::note_session(self.db(), payment, &session.id, session.url.as_deref())
                        .await?;
                    self.stripe().expire_session(&session.id).await
                }
                Err(fault) if fault.is_definite() => {
                    self.give_up(payment).await?;
                    return Ok(Ended::Unpaid);
                }
                Err(fault) => Err(fault),
            },
        };
        let session = match session {
            Ok(session) => session,
            Err(error) => {
                tracing::warn!(%error, payment = %payment, "an older pay page could not be closed");
                return Ok(Ended::Unknown);
            }
        };
        self.settle_as(payment, &attempt, &session, AfterExpiry::KeepOrder)
            .await?;
        if session.seen.paid || session.seen.complete {
            let token = self
                .order_by_id(attempt.order)
                .await?
                .map(|order| order.token)
                .unwrap_or_default();
            return Ok(Ended::Paid { order: token });
        }
        Ok(Ended::Unpaid)
    }

    /// Ends an attempt for which Stripe never made a session.
    pub(crate) async fn give_up(&self, payment: PaymentId) -> Result<()> {
        let attempt = db::attempt(self.db(), payment).await?;
        let mut tx = self.db().begin().await?;
        orders::lock(&mut tx, attempt.order).await?;
        if db::lock_status(&mut tx, payment).await? == "open" {
            db::end(&mut tx, payment, "expired", None, self.clock().now()).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// Whether an attempt's money was dealt with.
fn is_settled(status: &str) -> bool {
    matches!(status, "succeeded" | "returned")
}

/// What becomes of an order whose attempt ended unpaid.
#[derive(Clone, Copy)]
enum AfterExpiry {
    /// It is over, and its stock is free.
    CancelOrder,
    /// It is being placed anew.
    KeepOrder,
}
