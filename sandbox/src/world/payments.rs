//! Charging a card: attempts, the bank's check, capture, cancel.

use super::charge::Charge;
use super::intent::{PaymentError, PaymentIntent, Status, Waiting};
use super::method::PaymentMethod;
use super::session::CustomerDetails;
use super::{Now, World};
use crate::cards::{AUTHENTICATION_FAILED, Behaviour, Card, Decline};
use crate::ids;

/// What became of a try at charging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    Succeeded,
    Declined(&'static Decline),
    NeedsAuthentication,
}

/// How much to take of what was set aside.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Capture {
    All,
    Part(i64),
}

/// Why a payment cannot do what is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum IntentRefusal {
    /// Its status forbids it.
    Status(Status),
    /// More than was set aside.
    TooMuch(i64),
    /// A session's payment is the session's business.
    OfCheckout,
}

impl World {
    /// Tries a card on a payment.
    pub(crate) fn attempt(
        &mut self,
        now: &Now,
        intent: &str,
        card: Card,
        payer: CustomerDetails,
    ) -> Attempt {
        let method = self.add_method(now, card.clone(), payer.clone());
        self.try_card(
            now,
            intent,
            Waiting {
                card,
                payer,
                method,
            },
        )
    }

    /// Tries a card that is known. `None` when it is not.
    pub(crate) fn attempt_with(
        &mut self,
        now: &Now,
        intent: &str,
        method: &str,
    ) -> Option<Attempt> {
        let PaymentMethod {
            id, card, payer, ..
        } = self.methods.get(method)?.clone();
        Some(self.try_card(
            now,
            intent,
            Waiting {
                card,
                payer,
                method: id,
            },
        ))
    }

    /// Keeps a card, without its number.
    pub(crate) fn add_method(&mut self, now: &Now, card: Card, payer: CustomerDetails) -> String {
        let id = ids::new("pm_");
        self.methods.insert(PaymentMethod {
            id: id.clone(),
            created: now.seconds(),
            card,
            payer,
        });
        id
    }

    /// Adds a payment that the API was asked for.
    pub(crate) fn add_intent(&mut self, now: &Now, intent: PaymentIntent) {
        let id = intent.id.clone();
        self.intents.insert(intent);
        self.emit_intent(now, "payment_intent.created", &id);
    }

    fn try_card(&mut self, now: &Now, intent: &str, waiting: Waiting) -> Attempt {
        match waiting.card.behaviour {
            Behaviour::Approve | Behaviour::RefundFails => {
                self.settle(now, intent, &waiting, false)
            }
            Behaviour::Decline(decline) => self.refuse(now, intent, &waiting, decline, false),
            Behaviour::Authenticate(_) => {
                if let Some(intent) = self.intents.get_mut(intent) {
                    intent.status = Status::RequiresAction;
                    intent.last_error = None;
                    intent.method = Some(waiting.method.clone());
                    intent.waiting = Some(waiting);
                }
                self.emit_intent(now, "payment_intent.requires_action", intent);
                Attempt::NeedsAuthentication
            }
        }
    }

    /// The payer answered the bank's question. `None` when none was open.
    pub(super) fn authenticate(
        &mut self,
        now: &Now,
        intent: &str,
        passed: bool,
    ) -> Option<Attempt> {
        let asked = self
            .intents
            .get_mut(intent)
            .filter(|intent| intent.status == Status::RequiresAction)?;
        let waiting = asked.waiting.take()?;
        Some(match (passed, waiting.card.behaviour) {
            (false, _) => self.fail(now, intent, &waiting, &AUTHENTICATION_FAILED, None),
            (true, Behaviour::Authenticate(Some(decline))) => {
                self.refuse(now, intent, &waiting, decline, true)
            }
            (true, _) => self.settle(now, intent, &waiting, true),
        })
    }

    /// Takes money that was set aside.
    pub(crate) fn capture(
        &mut self,
        now: &Now,
        id: &str,
        how_much: Capture,
    ) -> Result<(), IntentRefusal> {
        let Some(intent) = self.intents.get_mut(id) else {
            return Ok(());
        };
        if intent.status != Status::RequiresCapture {
            return Err(IntentRefusal::Status(intent.status));
        }
        let amount = match how_much {
            Capture::All => intent.amount,
            Capture::Part(part) if part > intent.amount => {
                return Err(IntentRefusal::TooMuch(intent.amount));
            }
            Capture::Part(part) => part,
        };
        intent.amount_received = amount;
        intent.status = Status::Succeeded;
        let (charge, session) = (intent.latest_charge.clone(), intent.session.clone());
        if let Some(id) = charge {
            if let Some(charge) = self.charges.get_mut(&id) {
                charge.captured = amount;
            }
            self.emit_charge(now, "charge.captured", &id, None);
        }
        if let Some(session) = session.and_then(|id| self.sessions.get_mut(&id)) {
            session.paid = true;
        }
        self.emit_intent(now, "payment_intent.succeeded", id);
        Ok(())
    }

    /// Gives a payment up.
    pub(crate) fn cancel(
        &mut self,
        now: &Now,
        id: &str,
        reason: Option<String>,
    ) -> Result<(), IntentRefusal> {
        let Some(intent) = self.intents.get_mut(id) else {
            return Ok(());
        };
        if matches!(intent.status, Status::Succeeded | Status::Canceled) {
            return Err(IntentRefusal::Status(intent.status));
        }
        if intent.session.is_some() && intent.status != Status::RequiresCapture {
            return Err(IntentRefusal::OfCheckout);
        }
        intent.status = Status::Canceled;
        intent.waiting = None;
        intent.canceled = Some((now.seconds(), reason));
        self.emit_intent(now, "payment_intent.canceled", id);
        Ok(())
    }

    /// The bank agrees: the money is taken or set aside, and the session that it pays is complete.
    fn settle(&mut self, now: &Now, id: &str, waiting: &Waiting, authenticated: bool) -> Attempt {
        self.collect(now, id, waiting, authenticated);
        let paid = self
            .intents
            .get(id)
            .is_some_and(|intent| intent.status == Status::Succeeded);
        if let Some(session) = self
            .intents
            .get(id)
            .and_then(|intent| intent.session.clone())
        {
            if let Some(session) = self.sessions.get_mut(&session) {
                session.customer_details = Some(waiting.payer.clone());
            }
            self.complete_session(now, &session, paid);
        }
        Attempt::Succeeded
    }

    /// A charge that succeeds.
    pub(super) fn collect(&mut self, now: &Now, id: &str, waiting: &Waiting, authenticated: bool) {
        let charge = self.add_charge(now, id, waiting, None, authenticated);
        let Some(intent) = self.intents.get_mut(id) else {
            return;
        };
        let manual = intent.terms.manual_capture;
        intent.last_error = None;
        intent.status = if manual {
            Status::RequiresCapture
        } else {
            Status::Succeeded
        };
        intent.amount_received = if manual { 0 } else { intent.amount };
        if let Some(charge) = charge {
            self.emit_charge(now, "charge.succeeded", &charge, None);
        }
        let kind = if manual {
            "payment_intent.amount_capturable_updated"
        } else {
            "payment_intent.succeeded"
        };
        self.emit_intent(now, kind, id);
    }

    /// The bank says no to a charge.
    pub(super) fn refuse(
        &mut self,
        now: &Now,
        id: &str,
        waiting: &Waiting,
        decline: &'static Decline,
        authenticated: bool,
    ) -> Attempt {
        let charge = self.add_charge(now, id, waiting, Some(decline), authenticated);
        if let Some(charge) = &charge {
            self.emit_charge(now, "charge.failed", charge, None);
        }
        self.fail(now, id, waiting, decline, charge)
    }

    /// The payment goes back to wanting a card.
    fn fail(
        &mut self,
        now: &Now,
        id: &str,
        waiting: &Waiting,
        decline: &'static Decline,
        charge: Option<String>,
    ) -> Attempt {
        if let Some(intent) = self.intents.get_mut(id) {
            intent.status = Status::RequiresPaymentMethod;
            intent.method = None;
            intent.last_error = Some(PaymentError {
                decline,
                charge,
                method: waiting.method.clone(),
            });
        }
        self.emit_intent(now, "payment_intent.payment_failed", id);
        Attempt::Declined(decline)
    }

    fn add_charge(
        &mut self,
        now: &Now,
        intent: &str,
        waiting: &Waiting,
        failure: Option<&'static Decline>,
        authenticated: bool,
    ) -> Option<String> {
        let intent = self.intents.get_mut(intent)?;
        let id = ids::new("ch_");
        intent.latest_charge = Some(id.clone());
        intent.method = Some(waiting.method.clone());
        let taken = failure.is_none() && !intent.terms.manual_capture;
        self.charges.insert(Charge {
            id: id.clone(),
            created: now.seconds(),
            intent: intent.id.clone(),
            method: waiting.method.clone(),
            amount: intent.amount,
            captured: if taken { intent.amount } else { 0 },
            refunded: 0,
            disputed: false,
            currency: intent.currency.clone(),
            card: waiting.card.clone(),
            payer: waiting.payer.clone(),
            authenticated,
            failure,
        });
        Some(id)
    }
}
