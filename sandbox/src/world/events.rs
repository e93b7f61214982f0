//! Writing down what happened.

use serde_json::Value;

use super::customer::Customer;
use super::event::{Attempt, Delivery, Event};
use super::{Now, World};
use crate::{ids, render};

impl World {
    /// Records an event and hands it to the outbox.
    pub(super) fn emit(
        &mut self,
        now: &Now,
        kind: &'static str,
        object: Value,
        previous: Option<Value>,
    ) {
        let id = ids::new("evt_");
        let delivery = self.outbox.accept(&id, kind, now.ms);
        self.events.insert(Event {
            id,
            created: now.seconds(),
            kind,
            object,
            previous,
            request: now.request.clone(),
            api_version: self.settings.api_version.clone(),
            delivery,
            attempts: Vec::new(),
        });
    }

    pub(super) fn emit_session(&mut self, now: &Now, kind: &'static str, id: &str) {
        if let Some(object) = self.sessions.get(id).map(render::session) {
            self.emit(now, kind, object, None);
        }
    }

    pub(super) fn emit_intent(&mut self, now: &Now, kind: &'static str, id: &str) {
        if let Some(object) = self.render_intent(id) {
            self.emit(now, kind, object, None);
        }
    }

    pub(super) fn emit_charge(
        &mut self,
        now: &Now,
        kind: &'static str,
        id: &str,
        previous: Option<Value>,
    ) {
        if let Some(object) = self.render_charge(id) {
            self.emit(now, kind, object, previous);
        }
    }

    pub(super) fn emit_refund(
        &mut self,
        now: &Now,
        kind: &'static str,
        id: &str,
        previous: Option<Value>,
    ) {
        if let Some(object) = self.refunds.get(id).map(render::refund) {
            self.emit(now, kind, object, previous);
        }
    }

    pub(super) fn emit_dispute(
        &mut self,
        now: &Now,
        kind: &'static str,
        id: &str,
        previous: Option<Value>,
    ) {
        if let Some(object) = self.disputes.get(id).map(render::dispute) {
            self.emit(now, kind, object, previous);
        }
    }

    /// Adds a customer that the API was asked for.
    pub(crate) fn add_customer(&mut self, now: &Now, customer: Customer) {
        let object = render::customer(&customer);
        self.customers.insert(customer);
        self.emit(now, "customer.created", object, None);
    }

    /// Notes an attempt at delivery and what became of the event.
    pub(crate) fn record_attempt(
        &mut self,
        id: &str,
        attempt: Attempt,
        delivery: Option<Delivery>,
    ) {
        if let Some(event) = self.events.get_mut(id) {
            event.attempts.push(attempt);
            if let Some(delivery) = delivery {
                event.delivery = delivery;
            }
        }
    }
}
