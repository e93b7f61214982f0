//! Sessions: opened, paid, expired.

use super::intent::{PaymentIntent, Status as IntentStatus, Terms};
use super::payments::Attempt;
use super::session::{CustomerDetails, Session, Status};
use super::{Now, Row, World};
use crate::cards::{Card, Decline};
use crate::ids;

/// Who pays, and with which card. No card where nothing is to be paid.
#[derive(Clone, Debug)]
pub(crate) struct Payer {
    pub(crate) card: Option<Card>,
    pub(crate) details: CustomerDetails,
}

/// What pressing "Pay" led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PayOutcome {
    /// Paid: the payer goes on to this address.
    Complete {
        /// The shop's success page.
        success_url: String,
    },
    /// The bank said no; the session stays open.
    Declined(&'static Decline),
    /// The bank wants to ask the payer about this payment.
    NeedsAuthentication {
        /// The payment that waits.
        intent: String,
    },
}

/// Why a session cannot be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PayRefusal {
    NotFound,
    Expired,
    /// It was paid before: nothing is charged again.
    AlreadyComplete,
    /// There is something to pay, and no card was given.
    NoCard,
}

impl World {
    /// The payer presses "Pay".
    pub(crate) fn pay_session(
        &mut self,
        now: &Now,
        id: &str,
        payer: Payer,
    ) -> Result<PayOutcome, PayRefusal> {
        self.check_payable(id)?;
        let session = self.sessions.get_mut(id).ok_or(PayRefusal::NotFound)?;
        if session.total() == 0 {
            session.customer_details = Some(payer.details);
            return Ok(self.complete_session(now, id, true));
        }
        let card = payer.card.ok_or(PayRefusal::NoCard)?;
        let intent = self.intent_of_session(now, id);
        let attempt = self.attempt(now, &intent, card, payer.details);
        Ok(self.outcome(id, &intent, attempt))
    }

    pub(super) fn check_payable(&self, id: &str) -> Result<(), PayRefusal> {
        match self.sessions.get(id).ok_or(PayRefusal::NotFound)?.status {
            Status::Open => Ok(()),
            Status::Expired => Err(PayRefusal::Expired),
            Status::Complete => Err(PayRefusal::AlreadyComplete),
        }
    }

    /// The payer answers the bank. `None` when nobody was asked.
    pub(crate) fn answer_bank(&mut self, now: &Now, intent: &str, passed: bool) -> Option<Attempt> {
        let session = self.intents.get(intent)?.session.clone();
        let expired = session.is_some_and(|id| {
            self.sessions
                .get(&id)
                .is_some_and(|s| s.status == Status::Expired)
        });
        if expired {
            None
        } else {
            self.authenticate(now, intent, passed)
        }
    }

    /// The payer chooses a way of delivery.
    pub(crate) fn choose_shipping(&mut self, id: &str, rate: &str) {
        if let Some(session) = self.sessions.get_mut(id)
            && session.status == Status::Open
            && let Some(chosen) = session
                .shipping_options
                .iter()
                .position(|option| option.rate == rate)
        {
            session.chosen_shipping = chosen;
        }
    }

    /// Ends an open session. `Err` holds the status that forbids it.
    pub(crate) fn expire_session(&mut self, now: &Now, id: &str) -> Result<(), Status> {
        let Some(session) = self.sessions.get_mut(id) else {
            return Ok(());
        };
        if session.status != Status::Open {
            return Err(session.status);
        }
        session.status = Status::Expired;
        if let Some(intent) = session.intent.clone() {
            self.abandon_intent(now, &intent);
        }
        self.emit_session(now, "checkout.session.expired", id);
        Ok(())
    }

    /// Adds a session that the API was asked for.
    pub(crate) fn add_session(&mut self, session: Session) {
        let earliest = self
            .next_expiry
            .map_or(session.expires_at, |at| at.min(session.expires_at));
        self.next_expiry = Some(earliest);
        self.sessions.insert(session);
    }

    pub(super) fn expire_due_sessions(&mut self, now: &Now) {
        if self.next_expiry.is_none_or(|at| at > now.seconds()) {
            return;
        }
        let open = self
            .sessions
            .iter()
            .filter(|session| session.status == Status::Open);
        let (due, later): (Vec<_>, Vec<_>) =
            open.partition(|session| session.expires_at <= now.seconds());
        self.next_expiry = later.iter().map(|session| session.expires_at).min();
        let due: Vec<String> = due.into_iter().map(|session| session.id.clone()).collect();
        for id in due {
            // Open a moment ago: it cannot be refused.
            let _ = self.expire_session(now, &id);
        }
    }

    /// A session whose money is there, or set aside, is complete.
    pub(super) fn complete_session(&mut self, now: &Now, id: &str, paid: bool) -> PayOutcome {
        let mut success_url = String::new();
        if let Some(session) = self.sessions.get_mut(id) {
            session.status = Status::Complete;
            session.paid = paid;
            success_url = session.success_url();
        }
        self.emit_session(now, "checkout.session.completed", id);
        PayOutcome::Complete { success_url }
    }

    /// The outcome of an attempt, as the pay page needs it.
    fn outcome(&self, session: &str, intent: &str, attempt: Attempt) -> PayOutcome {
        match attempt {
            Attempt::Succeeded => PayOutcome::Complete {
                success_url: self
                    .sessions
                    .get(session)
                    .map(Session::success_url)
                    .unwrap_or_default(),
            },
            Attempt::Declined(decline) => PayOutcome::Declined(decline),
            Attempt::NeedsAuthentication => PayOutcome::NeedsAuthentication {
                intent: intent.to_owned(),
            },
        }
    }

    /// The payment of a session, made when it is first needed; its amount follows the session.
    pub(super) fn intent_of_session(&mut self, now: &Now, id: &str) -> String {
        let Some(session) = self.sessions.get_mut(id) else {
            return String::new();
        };
        let (amount, data) = (session.total(), &session.terms.payment);
        if let Some(existing) = &session.intent {
            if let Some(intent) = self.intents.get_mut(existing) {
                intent.amount = amount;
            }
            return existing.clone();
        }
        let intent = PaymentIntent {
            amount,
            currency: session.currency.clone(),
            session: Some(id.to_owned()),
            terms: Terms {
                manual_capture: data.capture_method.as_deref() == Some("manual"),
                automatic_methods: false,
                description: data.description.clone(),
                metadata: data.metadata.clone(),
                receipt_email: data.receipt_email.clone(),
                shipping: data.shipping.clone(),
                customer: session.terms.customer.clone(),
                return_url: None,
            },
            ..PaymentIntent::new(now.seconds())
        };
        let intent_id = intent.id().to_owned();
        session.intent = Some(intent_id.clone());
        self.add_intent(now, intent);
        intent_id
    }

    /// The payment of an expired session can no longer succeed.
    fn abandon_intent(&mut self, now: &Now, id: &str) {
        let Some(intent) = self.intents.get_mut(id) else {
            return;
        };
        if !matches!(
            intent.status,
            IntentStatus::Succeeded | IntentStatus::Canceled
        ) {
            intent.status = IntentStatus::Canceled;
            intent.waiting = None;
            intent.canceled = Some((now.seconds(), Some("automatic".to_owned())));
            self.emit_intent(now, "payment_intent.canceled", id);
        }
    }
}

impl PaymentIntent {
    /// A payment of nothing yet.
    pub(crate) fn new(created: i64) -> Self {
        let id = ids::new("pi_");
        Self {
            client_secret: ids::new(&format!("{id}_secret_")),
            id,
            created,
            amount: 0,
            amount_received: 0,
            currency: String::new(),
            status: IntentStatus::RequiresPaymentMethod,
            terms: Terms::default(),
            method: None,
            latest_charge: None,
            last_error: None,
            canceled: None,
            session: None,
            waiting: None,
        }
    }
}
