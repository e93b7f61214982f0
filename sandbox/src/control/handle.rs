//! The same from Rust.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::answers::{Paid, PayError, SeenEvent};
use crate::api::SeenRequest;
use crate::cards::{Card, TestCard, digits, passes_luhn};
use crate::faults::FaultRule;
use crate::mail::{Mail, MailFault};
use crate::render;
use crate::sim::Sim;
use crate::webhooks::{Endpoint, WebhookRule};
use crate::world::refund::Status as RefundStatus;
use crate::world::session::{CustomerDetails, Session, Status};
use crate::world::{Attempt as Tried, PayOutcome, PayRefusal, Payer, World};

/// Everything that a test may do. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Control {
    sim: Arc<Sim>,
}

impl Control {
    pub(crate) fn new(sim: Arc<Sim>) -> Self {
        Self { sim }
    }

    /// Pays a session as a person would on its page. `card` is a number, or the name of a test card (`visa`).
    ///
    /// # Errors
    ///
    /// When the card is declined, or the session cannot be paid.
    pub fn pay(&self, session: &str, card: &str) -> Result<Paid, PayError> {
        let card = card_of(card)?;
        outcome(self.sim.with(|world, now| {
            let payer = payer(world, session, card);
            world.pay_session(now, session, payer)
        }))
    }

    /// Completes a session whose money comes later, as with a bank transfer: it is complete and unpaid until
    /// [`Self::money_came`].
    ///
    /// # Errors
    ///
    /// When the session cannot be paid.
    pub fn pay_later(&self, session: &str) -> Result<Paid, PayError> {
        let card = card_of("visa")?;
        outcome(self.sim.with(|world, now| {
            let payer = payer(world, session, card);
            world.promise(now, session, payer)
        }))
    }

    /// The money of [`Self::pay_later`] comes, or never will. `false` when none is awaited.
    pub fn money_came(&self, session: &str, came: bool) -> bool {
        self.sim
            .with(|world, now| world.keep_promise(now, session, came))
    }

    /// The payer disputes a payment (`pi_…`) at the bank; the id of the dispute.
    pub fn dispute(&self, intent: &str) -> Option<String> {
        self.sim.with(|world, now| world.dispute(now, intent))
    }

    /// The bank decides a dispute. `false` when there is none open.
    pub fn close_dispute(&self, dispute: &str, won: bool) -> bool {
        self.sim
            .with(|world, now| world.close_dispute(now, dispute, won))
    }

    /// Answers the bank's question about a payment.
    ///
    /// # Errors
    ///
    /// When the card is declined, or nothing waits.
    pub fn authenticate(&self, intent: &str, passed: bool) -> Result<(), PayError> {
        match self
            .sim
            .with(|world, now| world.answer_bank(now, intent, passed))
        {
            Some(Tried::Declined(decline)) => Err(PayError::Declined(decline)),
            Some(_) => Ok(()),
            None => Err(PayError::NothingToAuthenticate),
        }
    }

    /// Ends an open session now. `false` when it was not open.
    pub fn expire(&self, session: &str) -> bool {
        self.sim.with(|world, now| {
            let open = world
                .sessions
                .get(session)
                .is_some_and(|session| session.status == Status::Open);
            open && world.expire_session(now, session).is_ok()
        })
    }

    /// The object with this id as the API shows it (`cs_`, `pi_`, `ch_`, `re_`, `cus_`, `pm_`).
    pub fn object(&self, id: &str) -> Option<Value> {
        self.sim.with(|world, _| world.render_any(id))
    }

    /// Where the payer of this session goes after paying.
    pub fn success_url(&self, session: &str) -> Option<String> {
        self.sim
            .with(|world, _| world.sessions.get(session).map(Session::success_url))
    }

    /// The ids of all sessions, the oldest first.
    pub fn sessions(&self) -> Vec<String> {
        self.sim.with(|world, _| {
            world
                .sessions
                .iter()
                .map(|session| session.id.clone())
                .collect()
        })
    }

    /// How many charges succeeded, and their sum less what was refunded, over everything.
    pub fn taken(&self) -> (usize, i64) {
        self.sim.with(|world, _| {
            let taken = world.charges.iter().filter(|charge| charge.captured > 0);
            taken.fold((0, 0), |(count, sum), charge| {
                (count + 1, sum + charge.captured - charge.refunded)
            })
        })
    }

    /// Moves the sandbox's clock: sessions expire, retries fall due. Signatures keep the real time.
    pub fn advance(&self, by: Duration) {
        self.sim.clock.advance(by);
        self.sim.with(|_, _| ());
    }

    /// Back to the real time.
    pub fn reset_clock(&self) {
        self.sim.clock.reset();
        self.sim.with(|_, _| ());
    }

    /// Seconds since 1970 by the sandbox's clock.
    pub fn now(&self) -> i64 {
        self.sim.clock.now_ms().div_euclid(1000)
    }

    /// Something goes wrong with the next API requests.
    pub fn fault(&self, rule: FaultRule) {
        self.sim.faults.add(rule);
    }

    /// The faults that still wait for a request.
    pub fn faults(&self) -> Vec<FaultRule> {
        self.sim.faults.list()
    }

    /// Nothing goes wrong any more with requests.
    pub fn clear_faults(&self) {
        self.sim.faults.clear();
    }

    /// The API requests so far, the oldest first.
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.sim.requests.list()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.sim.requests.clear();
    }

    /// From now on events go here, or nowhere.
    pub fn set_webhook(&self, endpoint: Option<Endpoint>) {
        self.sim.with(|world, _| world.outbox.endpoint = endpoint);
    }

    /// Something happens to the next events, or to attempts at delivering them.
    pub fn webhook_rule(&self, rule: WebhookRule) {
        self.sim.with(|world, _| world.outbox.rules.push(rule));
    }

    /// The rules that still wait for an event.
    pub fn webhook_rules(&self) -> Vec<WebhookRule> {
        self.sim.with(|world, _| world.outbox.rules.clone())
    }

    /// Events are delivered properly again; what was kept back goes out.
    pub fn clear_webhook_rules(&self) {
        self.sim.with(|world, now| {
            world.outbox.rules.clear();
            world.outbox.release_kept_back(now.ms);
        });
    }

    /// Events wait until [`Self::resume_webhooks`].
    pub fn pause_webhooks(&self) {
        self.sim.with(|world, _| world.outbox.paused = true);
    }

    /// Events go out again.
    pub fn resume_webhooks(&self) {
        self.sim.with(|world, _| world.outbox.paused = false);
    }

    /// Everything that waits for a retry is tried now.
    pub fn hurry_webhooks(&self) {
        self.sim.with(|world, now| world.outbox.hurry(now.ms));
    }

    /// Signatures are dated this many seconds off.
    pub fn skew_signatures(&self, seconds: i64) {
        self.sim
            .with(|world, _| world.outbox.skew_seconds = seconds);
    }

    /// Sends any text to the webhook with a valid signature.
    pub fn send_raw_webhook(&self, body: &str) {
        self.sim
            .with(|world, now| world.outbox.send_raw(body.to_owned(), now.ms));
    }

    /// Delivers an event again, so many times at once. `false` when there is no such event.
    pub fn resend(&self, event: &str, copies: u32) -> bool {
        self.sim.with(|world, now| {
            let Some(kind) = world.events.get(event).map(|event| event.kind) else {
                return false;
            };
            world.outbox.resend(event, kind, copies, now.ms);
            true
        })
    }

    /// Everything that happened, the oldest first.
    pub fn events(&self) -> Vec<SeenEvent> {
        self.sim.with(|world, _| {
            let seen = world.events.iter().map(|event| SeenEvent {
                id: event.id.clone(),
                kind: event.kind.to_owned(),
                object_id: event
                    .object
                    .get("id")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned(),
                body: render::event(event),
                delivery: event.delivery,
                attempts: event.attempts.clone(),
            });
            seen.collect()
        })
    }

    /// Waits until no event waits for delivery. `false` when one still does after that time.
    pub async fn events_delivered(&self, timeout: Duration) -> bool {
        self.sim
            .wait_for(timeout, |world| world.outbox.is_idle().then_some(()))
            .await
            .is_some()
    }

    /// Waits for an event of this type about this object. `None` when it does not happen in that time.
    pub async fn wait_for_event(
        &self,
        kind: &str,
        object: &str,
        timeout: Duration,
    ) -> Option<String> {
        let find = |world: &World| {
            let mut events = world.events.iter();
            let found = events.find(|event| {
                event.kind == kind && event.object.get("id").is_some_and(|id| id == object)
            });
            found.map(|event| event.id.clone())
        };
        self.sim.wait_for(timeout, find).await
    }

    /// The next refund is pending, and arrives or comes back with [`Self::finish_refund`].
    pub fn next_refund_pends(&self) {
        self.sim
            .with(|world, _| world.settings.next_refunds.push(RefundStatus::Pending));
    }

    /// The next refund fails at once.
    pub fn next_refund_fails(&self) {
        self.sim
            .with(|world, _| world.settings.next_refunds.push(RefundStatus::Failed));
    }

    /// A refund arrives, or comes back. `false` when there is none that could.
    pub fn finish_refund(&self, refund: &str, succeeded: bool) -> bool {
        let status = if succeeded {
            RefundStatus::Succeeded
        } else {
            RefundStatus::Failed
        };
        self.sim
            .with(|world, now| world.finish_refund(now, refund, status))
    }

    /// The mails so far, the oldest first.
    pub fn mails(&self) -> Vec<Mail> {
        self.sim.mail.list()
    }

    /// Waits for a mail to this address; one that is there already counts.
    pub async fn wait_for_mail(&self, to: &str, timeout: Duration) -> Option<Mail> {
        let fits = |mail: &Mail| {
            mail.to
                .iter()
                .any(|address| address.eq_ignore_ascii_case(to))
        };
        self.sim.mail.wait_for(timeout, fits).await
    }

    /// Empties the mailbox.
    pub fn clear_mails(&self) {
        self.sim.mail.clear();
    }

    /// Something goes wrong with the next mails.
    pub fn mail_fault(&self, fault: MailFault, times: u32) {
        self.sim.mail.fail(fault, times);
    }

    /// Nothing goes wrong any more with mails.
    pub fn clear_mail_faults(&self) {
        self.sim.mail.clear_faults();
    }
}

/// Who pays when nobody typed anything.
fn payer(world: &World, session: &str, card: Card) -> Payer {
    let email = world
        .sessions
        .get(session)
        .and_then(|session| session.terms.customer_email.clone());
    let details = CustomerDetails {
        email: email.or_else(|| Some("payer@example.com".to_owned())),
        name: Some("Sandbox Payer".to_owned()),
        country: Some("GB".to_owned()),
        postal_code: Some("LA1 1AA".to_owned()),
    };
    Payer {
        card: Some(card),
        details,
    }
}

fn outcome(result: Result<PayOutcome, PayRefusal>) -> Result<Paid, PayError> {
    match result {
        Ok(PayOutcome::Complete { success_url }) => Ok(Paid::Complete { success_url }),
        Ok(PayOutcome::NeedsAuthentication { intent }) => Ok(Paid::NeedsAuthentication { intent }),
        Ok(PayOutcome::Declined(decline)) => Err(PayError::Declined(decline)),
        Err(PayRefusal::NotFound) => Err(PayError::NotFound),
        Err(PayRefusal::Expired) => Err(PayError::Expired),
        Err(PayRefusal::AlreadyComplete) => Err(PayError::AlreadyComplete),
        Err(PayRefusal::NoCard) => Err(PayError::NotACard),
    }
}

fn card_of(text: &str) -> Result<Card, PayError> {
    if let Some(card) = TestCard::by_name(text) {
        return Ok(Card::test(card));
    }
    let number = digits(text)
        .filter(|number| number.len() >= 12 && passes_luhn(number))
        .ok_or(PayError::NotACard)?;
    Ok(Card::from_number(&number, 12, 2034))
}
