//! Money that comes days after the checkout, as with a bank transfer.

use super::checkout::{PayOutcome, PayRefusal, Payer};
use super::intent::{Status, Waiting};
use super::{Now, World};

impl World {
    /// The payer promises to pay: the session is complete and unpaid.
    pub(crate) fn promise(
        &mut self,
        now: &Now,
        session: &str,
        payer: Payer,
    ) -> Result<PayOutcome, PayRefusal> {
        self.check_payable(session)?;
        let card = payer.card.ok_or(PayRefusal::NoCard)?;
        let intent = self.intent_of_session(now, session);
        let method = self.add_method(now, card.clone(), payer.details.clone());
        let waiting = Waiting {
            card,
            payer: payer.details.clone(),
            method,
        };
        if let Some(intent) = self.intents.get_mut(&intent) {
            intent.status = Status::Processing;
            intent.method = Some(waiting.method.clone());
            intent.waiting = Some(waiting);
        }
        if let Some(session) = self.sessions.get_mut(session) {
            session.customer_details = Some(payer.details);
        }
        self.emit_intent(now, "payment_intent.processing", &intent);
        Ok(self.complete_session(now, session, false))
    }

    /// The money comes, or does not. `false` when nothing was promised.
    pub(crate) fn keep_promise(&mut self, now: &Now, session: &str, kept: bool) -> bool {
        let Some(id) = self
            .sessions
            .get(session)
            .and_then(|session| session.intent.clone())
        else {
            return false;
        };
        let Some(intent) = self
            .intents
            .get_mut(&id)
            .filter(|intent| intent.status == Status::Processing)
        else {
            return false;
        };
        let Some(waiting) = intent.waiting.take() else {
            return false;
        };
        if kept {
            self.collect(now, &id, &waiting, false);
            if let Some(session) = self.sessions.get_mut(session) {
                session.paid = true;
            }
            self.emit_session(now, "checkout.session.async_payment_succeeded", session);
        } else {
            self.refuse(now, &id, &waiting, &crate::cards::GENERIC_DECLINE, false);
            self.emit_session(now, "checkout.session.async_payment_failed", session);
        }
        true
    }
}
