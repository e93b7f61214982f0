//! Placing an order: one transaction, then the pay page.
//!
//! A cart has at most one order that waits for its payment. Placing the same again leads to the same pay page; placing
//! something else first ends the old pay page, and where that turns out to be paid, the old order is the order.

use super::{db::Terms, price};
use crate::{
    CartToken, Fault, Result, Shop, cart,
    orders::{self, Draft},
    payments::Ended,
};
use domain::{
    Money, PaymentId,
    checkout::{CheckoutError, CheckoutForm, CheckoutView, Details, Field, FieldErrors},
    payments,
};
use sha2::{Digest, Sha256};

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
    /// The attempt is written: the pay page is to be opened.
    Open(PaymentId),
    /// An older attempt has to end first.
    Supersede(PaymentId),
    Refused(CheckoutError),
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
        let details = match form.check() {
            Ok(details) => details,
            Err(errors) => {
                return Err(Fault::Refused(
                    self.refused(token, form, errors, None).await?,
                ));
            }
        };
        let Some(cart_token) = token else {
            let view = self
                .refused(
                    token,
                    form,
                    FieldErrors::default(),
                    Some(CheckoutError::Empty),
                )
                .await?;
            return Err(Fault::Refused(view));
        };
        let (errors, problem) = match self.place(cart_token, &form, &details).await? {
            Ok(placed) => return Ok(placed),
            Err(Try::WrongField(field, message)) => (FieldErrors(vec![(field, message)]), None),
            Err(Try::Refused(problem)) => (FieldErrors::default(), Some(problem)),
            Err(_) => (FieldErrors::default(), Some(CheckoutError::CartChanged)),
        };
        metrics::counter!("mercer_checkouts_refused_total").increment(1);
        Err(Fault::Refused(
            self.refused(token, form, errors, problem).await?,
        ))
    }

    async fn place(
        &self,
        token: &CartToken,
        form: &CheckoutForm,
        details: &Details,
    ) -> Result<Result<Placed, Try>> {
        for _ in 0..TRIES {
            match self.try_to_place(token, form, details).await? {
                Try::Placed(placed) => return Ok(Ok(placed)),
                Try::Open(payment) => {
                    return Ok(match self.open_pay_page(payment).await? {
                        Some(url) => Ok(Placed::Pay { url }),
                        None => Err(Try::Refused(CheckoutError::PaymentUnavailable)),
                    });
                }
                Try::Supersede(payment) => match self.end_attempt(payment).await? {
                    Ended::Unpaid => {}
                    Ended::Paid { order } => return Ok(Ok(Placed::Done { order })),
                    Ended::Unknown => {
                        return Ok(Err(Try::Refused(CheckoutError::PaymentUnavailable)));
                    }
                },
                refused => return Ok(Err(refused)),
            }
        }
        Ok(Err(Try::Refused(CheckoutError::PaymentUnavailable)))
    }

    async fn try_to_place(
        &self,
        token: &CartToken,
        form: &CheckoutForm,
        details: &Details,
    ) -> Result<Try> {
        let chrome = self.chrome().await?;
        let terms = self.terms(form).await?;
        let mut tx = self.db().begin().await?;
        let snapshot = cart::lock(&mut tx, token, &chrome.country, self.clock().now()).await?;
        let Some(snapshot) = snapshot.filter(|snapshot| !snapshot.lines.is_empty()) else {
            return Ok(match orders::latest_of(&mut tx, token).await? {
                Some(order) => Try::Placed(Placed::Done { order }),
                None => Try::Refused(CheckoutError::Empty),
            });
        };
        let today = self.today(&terms.time_zone);
        let Some(priced) = price::price(
            Some(&snapshot),
            &terms,
            &details.method,
            chrome.currency,
            today,
        ) else {
            return Ok(Try::Refused(CheckoutError::MethodUnavailable));
        };
        let pending = orders::pending(&mut tx, snapshot.id).await?;
        if let Some(refusal) = refuse(&snapshot, &terms, &priced, details, chrome.currency) {
            return Ok(refusal);
        }
        let draft = Draft::new(
            &snapshot,
            &priced.units,
            &priced.totals,
            details,
            &terms.tax,
            chrome.currency,
        )
        .sent_by(&priced.method.code, &priced.method.name, priced.arrival);
        let fingerprint = fingerprint(&draft)?;
        if let Some(pending) = &pending
            && let Some(open) = pending.open
        {
            let same = pending.fingerprint == fingerprint
                && open.expires_at > self.clock().now() + super::MARGIN;
            if !same {
                return Ok(Try::Supersede(open.id));
            }
            return Ok(match &pending.url {
                Some(url) => Try::Placed(Placed::Pay { url: url.clone() }),
                None => Try::Open(open.id),
            });
        }
        let order = orders::write(
            &mut tx,
            self.clock(),
            &draft,
            &fingerprint,
            pending.map(|pending| pending.order),
        )
        .await?;
        self.release(&mut tx, order.id, "Placed anew").await?;
        let wanted: Vec<_> = snapshot
            .lines
            .iter()
            .map(|line| (line.variant, line.quantity))
            .collect();
        if !self.reserve(&mut tx, order.id, &wanted).await?.is_empty() {
            return Ok(Try::Refused(CheckoutError::CartChanged));
        }
        let tried = if priced.totals.total == 0 {
            self.settle_free(&mut tx, order.id).await?;
            Try::Placed(Placed::Done { order: order.token })
        } else {
            Try::Open(self.begin_attempt(&mut tx, &order, &draft).await?)
        };
        tx.commit().await?;
        metrics::counter!("mercer_orders_placed_total").increment(1);
        Ok(tried)
    }
}

/// Why an order cannot be placed as it is.
fn refuse(
    snapshot: &cart::Snapshot,
    terms: &Terms,
    priced: &price::Priced,
    details: &Details,
    currency: domain::Currency,
) -> Option<Try> {
    if terms.country != details.shipping.country {
        return Some(Try::WrongField(
            Field::Country,
            "We do not send to this country yet.".to_owned(),
        ));
    }
    if priced.method.code != details.method {
        return Some(Try::WrongField(
            Field::Method,
            CheckoutError::MethodUnavailable.to_string(),
        ));
    }
    let short = |line: &cart::SnapshotLine| !line.for_sale || line.available < line.quantity;
    if snapshot.lines.iter().any(short) {
        return Some(Try::Refused(CheckoutError::CartChanged));
    }
    if details
        .seen_total
        .is_none_or(|seen| seen != priced.totals.total)
    {
        return Some(Try::Refused(CheckoutError::TotalChanged {
            now: Money::new(priced.totals.total, currency),
        }));
    }
    let minimum = payments::minimum(currency);
    if priced.totals.total > 0 && priced.totals.total < minimum.minor {
        return Some(Try::Refused(CheckoutError::BelowMinimum { minimum }));
    }
    None
}

/// SHA-256 over everything that an order is made of.
fn fingerprint(draft: &Draft) -> Result<Vec<u8>> {
    Ok(Sha256::digest(serde_json::to_vec(draft)?).to_vec())
}
