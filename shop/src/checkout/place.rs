//! Placing an order: one transaction, then the pay page.
//!
//! A cart has at most one order that waits for its payment. Placing the same again leads to the same pay page; placing
//! something else first ends the old pay page, and where that turns out to be paid, the old order is the order.

use super::{db::Terms, price};
use crate::{
    CartToken, Fault, Result, Shop, accounts, cart,
    orders::{self, Draft, OpenAttempt},
    payments::{NewAttempt, PayPage},
};
use domain::{
    Currency, CustomerId, Money, OrderId, PaymentId,
    checkout::{CheckoutError, CheckoutForm, CheckoutView, Details, Field, FieldErrors},
    payments,
};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// What became of an order.
#[derive(Debug)]
pub enum Placed {
    /// It is to be paid there.
    Pay {
        /// The pay page.
        url: String,
    },
    /// It needs no payment any more.
    Done {
        /// The part of its address that cannot be guessed.
        order: String,
    },
}

/// How often an order that changed under our hands is placed anew.
const TRIES: usize = 3;

/// How far one try came.
enum Try {
    Placed(Placed),
    /// The attempt is written: its pay page is to be opened.
    Open(Box<NewAttempt>),
    /// The same was placed before: its pay page is to be found.
    Reopen(PaymentId),
    /// Something else was placed before: its pay page has to close first.
    Supersede(PaymentId),
    Refused(Refusal),
}

/// Why an order is not placed.
enum Refusal {
    Problem(CheckoutError),
    WrongField(Field, String),
}

impl Shop {
    /// Places an order for what is in the cart.
    ///
    /// # Errors
    /// Where it is refused, the page to show again: with what was typed, what is wrong, and what it costs now.
    pub async fn place_order(
        &self,
        token: Option<&CartToken>,
        form: CheckoutForm,
    ) -> Result<Placed, Fault<Box<CheckoutView>>> {
        // A long way with much on it: it is kept on the heap.
        Box::pin(self.place_or_refuse(token, form)).await
    }

    async fn place_or_refuse(
        &self,
        token: Option<&CartToken>,
        form: CheckoutForm,
    ) -> Result<Placed, Fault<Box<CheckoutView>>> {
        let placed = match (form.check(), token) {
            (Err(errors), _) => {
                let page = self.refused(token, form, errors, None).await?;
                return Err(Fault::Refused(page));
            }
            (Ok(_), None) => Err(Refusal::Problem(CheckoutError::Empty)),
            (Ok(details), Some(token)) => self.place(token, &form, &details).await?,
        };
        let (errors, problem) = match placed {
            Ok(placed) => return Ok(placed),
            Err(Refusal::WrongField(field, message)) => (FieldErrors(vec![(field, message)]), None),
            Err(Refusal::Problem(problem)) => (FieldErrors::default(), Some(problem)),
        };
        metrics::counter!("mercer_checkouts_refused_total").increment(1);
        let page = self.refused(token, form, errors, problem).await?;
        Err(Fault::Refused(page))
    }

    async fn place(
        &self,
        token: &CartToken,
        form: &CheckoutForm,
        details: &Details,
    ) -> Result<Result<Placed, Refusal>> {
        for _ in 0..TRIES {
            let page = match self.try_to_place(token, form, details).await? {
                Try::Placed(placed) => return Ok(Ok(placed)),
                Try::Refused(refusal) => return Ok(Err(refusal)),
                Try::Open(new) => self.open_pay_page(&new).await?,
                Try::Reopen(payment) => self.reopen_pay_page(payment).await?,
                Try::Supersede(payment) => self.close_pay_page(payment).await?,
            };
            match page {
                PayPage::Open { url } => return Ok(Ok(Placed::Pay { url })),
                PayPage::Used { order } => return Ok(Ok(Placed::Done { order })),
                // Nothing stands in the way any more: the order is placed anew.
                PayPage::Closed => {}
                PayPage::Unknown => break,
            }
        }
        Ok(Err(Refusal::Problem(CheckoutError::PaymentUnavailable)))
    }

    /// One try: everything is looked at and written under the lock of the cart, in one transaction.
    async fn try_to_place(
        &self,
        token: &CartToken,
        form: &CheckoutForm,
        details: &Details,
    ) -> Result<Try> {
        let chrome = self.chrome().await?;
        let terms = self.terms(form).await?;
        let mut tx = self.db().begin().await?;
        let cart = cart::lock(&mut tx, token, &chrome.country, self.clock().now()).await?;
        let Some(cart) = cart.filter(|cart| !cart.lines.is_empty()) else {
            // Pressed twice, and paid since.
            return Ok(match orders::latest_of(&mut tx, token).await? {
                Some(order) => Try::Placed(Placed::Done { order }),
                None => Try::Refused(Refusal::Problem(CheckoutError::Empty)),
            });
        };
        let draft = match self.draft(&cart, &terms, details, chrome.currency) {
            Ok(draft) => draft.bought_by(buyer(&mut tx, token, details).await?),
            Err(refusal) => return Ok(Try::Refused(refusal)),
        };
        let fingerprint = fingerprint(&draft)?;
        let pending = orders::pending(&mut tx, cart.id).await?;
        let existing = pending.as_ref().map(|pending| pending.order);
        if let Some((open, was)) =
            pending.and_then(|pending| pending.open.zip(Some(pending.fingerprint)))
        {
            return Ok(if was == fingerprint && self.has_time(&open) {
                Try::Reopen(open.id)
            } else {
                Try::Supersede(open.id)
            });
        }
        let written = self
            .write_order(&mut tx, &draft, &fingerprint, existing)
            .await?;
        if !matches!(written, Try::Refused(_)) {
            tx.commit().await?;
            metrics::counter!("mercer_orders_placed_total").increment(1);
        }
        Ok(written)
    }

    /// What would be ordered, or why it cannot be.
    fn draft(
        &self,
        cart: &cart::Snapshot,
        terms: &Terms,
        details: &Details,
        currency: Currency,
    ) -> Result<Draft, Refusal> {
        let today = self.today(&terms.time_zone);
        let priced = price::price(Some(cart), terms, &details.method, currency, today)
            .ok_or(Refusal::Problem(CheckoutError::MethodUnavailable))?;
        refuse(cart, terms, &priced, details, currency)?;
        let draft = Draft::new(cart, &priced.totals, details, &terms.tax, currency);
        Ok(draft.sent_by(&priced.method.code, &priced.method.name, priced.arrival))
    }

    /// Whether somebody can still be sent to the pay page.
    fn has_time(&self, open: &OpenAttempt) -> bool {
        open.expires_at > self.clock().now() + super::MARGIN
    }

    /// Writes the order, holds its stock, and begins an attempt to be paid, where there is something to pay. A pending order
    /// of this cart is written anew, and what it held is taken over.
    async fn write_order(
        &self,
        tx: &mut PgConnection,
        draft: &Draft,
        fingerprint: &[u8],
        existing: Option<OrderId>,
    ) -> Result<Try> {
        let order = orders::write(tx, self.clock(), draft, fingerprint, existing).await?;
        if existing.is_some() {
            self.release(tx, order.id, "Placed anew").await?;
        }
        let wanted: Vec<_> = draft
            .lines
            .iter()
            .map(|line| (line.variant, line.total.quantity))
            .collect();
        if !self.reserve(tx, order.id, &wanted).await?.is_empty() {
            return Ok(Try::Refused(Refusal::Problem(CheckoutError::CartChanged)));
        }
        if draft.totals.total == 0 {
            self.settle_free(tx, order.id).await?;
            return Ok(Try::Placed(Placed::Done { order: order.token }));
        }
        let new = self.begin_attempt(tx, &order, draft).await?;
        Ok(Try::Open(Box::new(new)))
    }
}

/// Whose the order is: who is signed in, or whose address it is known to be.
async fn buyer(
    tx: &mut PgConnection,
    token: &CartToken,
    details: &Details,
) -> Result<Option<CustomerId>> {
    match token.customer() {
        Some(customer) => Ok(Some(customer)),
        None => accounts::known_by(tx, &details.email).await,
    }
}

/// Refuses what cannot be ordered as it is.
fn refuse(
    cart: &cart::Snapshot,
    terms: &Terms,
    priced: &price::Priced,
    details: &Details,
    currency: Currency,
) -> Result<(), Refusal> {
    if terms.country != details.shipping.country {
        return Err(Refusal::WrongField(
            Field::Country,
            "We do not send to this country yet.".to_owned(),
        ));
    }
    if priced.method.code != details.method {
        return Err(Refusal::WrongField(
            Field::Method,
            CheckoutError::MethodUnavailable.to_string(),
        ));
    }
    let total = priced.totals.total;
    let (minimum, maximum) = (payments::minimum(currency), payments::maximum(currency));
    let problem = if !cart.lines.iter().all(cart::SnapshotLine::can_be_had) {
        CheckoutError::CartChanged
    } else if details.seen_total != Some(total) {
        CheckoutError::TotalChanged {
            now: Money::new(total, currency),
        }
    } else if total > 0 && total < minimum.minor {
        CheckoutError::BelowMinimum { minimum }
    } else if total > maximum.minor {
        CheckoutError::AboveMaximum { maximum }
    } else {
        return Ok(());
    };
    Err(Refusal::Problem(problem))
}

/// SHA-256 over everything that an order is made of.
fn fingerprint(draft: &Draft) -> Result<Vec<u8>> {
    Ok(Sha256::digest(serde_json::to_vec(draft)?).to_vec())
}
