//! Attempts to be paid: written first, opened at Stripe then, looked at and closed by whoever comes by.

use super::{LAST_LOOK, OPEN_FOR, PayPage, db, settle::AfterExpiry, stripe::Session};
use crate::{
    Error, Result, Shop,
    jobs::Job,
    orders::{self, Draft, DraftLine, Written},
    payments::stripe::StripeFault,
};
use domain::{
    PaymentId,
    orders::EventKind,
    payments::{AttemptStatus, SessionRequest, pay_items},
};
use sqlx::PgConnection;

/// An attempt that was just written, with everything that will be sent.
pub(crate) struct NewAttempt {
    pub(super) id: PaymentId,
    pub(super) request: SessionRequest,
}

/// What is asked of Stripe about a pay page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// How it stands.
    Look,
    /// To close it, if it is open, and how it stands then.
    Close,
}

/// What Stripe answers.
pub(super) enum Answer {
    /// This is how it stands.
    Session(Box<Session>),
    /// There is none that anybody could pay on.
    Gone,
    /// It is not known.
    Unknown(StripeFault),
}

impl Shop {
    /// Writes an attempt to be paid, with everything that will be sent to Stripe.
    pub(crate) async fn begin_attempt(
        &self,
        tx: &mut PgConnection,
        order: &Written,
        draft: &Draft,
    ) -> Result<NewAttempt> {
        let now = self.clock().now();
        let names: Vec<String> = draft.lines.iter().map(DraftLine::name).collect();
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
            return Err(Error::Invariant(format!(
                "the pay page of order {} does not add up",
                order.number
            )));
        }
        let id = PaymentId(self.clock().id());
        db::insert(tx, id, order.id, &request, now, expires_at).await?;
        let check = Job::CheckPayment { payment: id };
        self.enqueue_later(&mut *tx, &check, OPEN_FOR + LAST_LOOK)
            .await?;
        Ok(NewAttempt { id, request })
    }

    /// Opens the pay page of an attempt that was just written. Where Stripe gives no answer the attempt stays, and the next
    /// try sends the identical request.
    pub(crate) async fn open_pay_page(&self, new: &NewAttempt) -> Result<PayPage> {
        match self.stripe().create_session(new.id, &new.request).await {
            Ok(session) => {
                db::note_session(self.db(), new.id, &session).await?;
                Ok(session
                    .url
                    .map_or(PayPage::Unknown, |url| PayPage::Open { url }))
            }
            Err(fault) => {
                no_pay_page(new.id, &fault);
                if fault.is_definite() {
                    self.give_up(new.id, None).await?;
                }
                Ok(PayPage::Unknown)
            }
        }
    }

    /// The pay page of an attempt that was begun before, as it is now: somebody wants to pay there.
    pub(crate) async fn reopen_pay_page(&self, payment: PaymentId) -> Result<PayPage> {
        self.page_of(payment, Ask::Look).await
    }

    /// Closes the pay page of an attempt, so that the order can be placed anew. Only if it is seen unpaid is it over.
    pub(crate) async fn close_pay_page(&self, payment: PaymentId) -> Result<PayPage> {
        self.page_of(payment, Ask::Close).await
    }

    async fn page_of(&self, payment: PaymentId, ask: Ask) -> Result<PayPage> {
        let Some(attempt) = db::attempt(self.db(), payment).await? else {
            return Ok(PayPage::Closed);
        };
        match self.ask(payment, &attempt, ask).await {
            Answer::Session(session) => {
                self.write_down(payment, &attempt, &session, AfterExpiry::KeepOrder)
                    .await?;
                Ok(if session.seen.complete || session.seen.paid {
                    PayPage::Used {
                        order: attempt.order_token,
                    }
                } else if session.seen.expired {
                    PayPage::Closed
                } else {
                    match session.url {
                        Some(url) if ask == Ask::Look => PayPage::Open { url },
                        _ => PayPage::Unknown,
                    }
                })
            }
            Answer::Gone => {
                self.give_up(payment, attempt.session.as_deref()).await?;
                Ok(PayPage::Closed)
            }
            Answer::Unknown(fault) => {
                no_pay_page(payment, &fault);
                Ok(match attempt.url {
                    // Stripe's pages may answer where its API does not.
                    Some(url) if ask == Ask::Look => PayPage::Open { url },
                    _ => PayPage::Unknown,
                })
            }
        }
    }

    /// Asks Stripe about the pay page of an attempt. Where its first answer was lost, the identical request gets the page
    /// again, as it was when it was made: so it is read anew. Where that request is refused there may be a page, but nobody
    /// was ever told of its address.
    pub(super) async fn ask(&self, payment: PaymentId, attempt: &db::Attempt, ask: Ask) -> Answer {
        let id = match &attempt.session {
            Some(id) => id.clone(),
            None => match self
                .stripe()
                .create_session(payment, &attempt.request)
                .await
            {
                Ok(made) => made.id,
                Err(fault) if fault.is_definite() => return Answer::Gone,
                Err(fault) => return Answer::Unknown(fault),
            },
        };
        let session = match ask {
            Ask::Look => self.stripe().session(&id).await,
            Ask::Close => self.stripe().expire_session(&id).await,
        };
        match session {
            Ok(session) => Answer::Session(Box::new(session)),
            Err(fault) if fault.is_missing() => Answer::Gone,
            Err(fault) => Answer::Unknown(fault),
        }
    }

    /// Ends an attempt that nobody can pay any more. `session` is the page that Stripe ought to know of.
    pub(super) async fn give_up(&self, payment: PaymentId, session: Option<&str>) -> Result<()> {
        let Some(attempt) = db::attempt(self.db(), payment).await? else {
            return Ok(());
        };
        let now = self.clock().now();
        let mut tx = self.db().begin().await?;
        orders::lock(&mut tx, attempt.order).await?;
        if db::lock(&mut tx, payment).await?.status == AttemptStatus::Open {
            db::end(&mut tx, payment, AttemptStatus::Expired, None, now).await?;
            if session.is_some() {
                tracing::error!(payment = %payment, "Stripe does not know a pay page that it made");
                let detail = "Stripe does not know the pay page of this order any more.";
                orders::event(
                    &mut tx,
                    attempt.order,
                    EventKind::NeedsAttention,
                    detail,
                    now,
                )
                .await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}

fn no_pay_page(payment: PaymentId, fault: &StripeFault) {
    metrics::counter!("mercer_payments_total", "outcome" => "unavailable").increment(1);
    tracing::error!(%fault, payment = %payment, "a pay page could not be opened or closed");
}
