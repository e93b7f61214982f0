//! Everything the sandbox remembers, and the rules by which it changes. Pure: no I/O, time is given.

mod checkout;
mod delayed;
mod events;
mod lookup;
mod payments;
mod refunds;
mod table;

pub(crate) mod charge;
pub(crate) mod customer;
pub(crate) mod dispute;
pub(crate) mod event;
pub(crate) mod intent;
pub(crate) mod method;
pub(crate) mod refund;
pub(crate) mod session;

pub(crate) use checkout::{PayOutcome, PayRefusal, Payer};
pub(crate) use payments::{Attempt, Capture, IntentRefusal};
pub(crate) use refunds::{RefundRefusal, RefundRequest};
pub(crate) use table::{Row, Table};

use crate::webhooks::Outbox;
use charge::Charge;
use customer::Customer;
use dispute::Dispute;
use event::{Event, RequestRef};
use intent::PaymentIntent;
use method::PaymentMethod;
use refund::Refund;
use session::Session;

/// All objects, and the deliveries that wait.
#[derive(Debug, Default)]
pub(crate) struct World {
    /// Added by `add_session` only.
    pub(crate) sessions: Table<Session>,
    pub(crate) intents: Table<PaymentIntent>,
    pub(crate) charges: Table<Charge>,
    pub(crate) methods: Table<PaymentMethod>,
    pub(crate) refunds: Table<Refund>,
    pub(crate) disputes: Table<Dispute>,
    pub(crate) customers: Table<Customer>,
    pub(crate) events: Table<Event>,
    pub(crate) outbox: Outbox,
    pub(crate) settings: Settings,
    /// Before this second no session expires: saves looking at each of them all the time.
    next_expiry: Option<i64>,
}

/// What the account is like.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The address of the sandbox, for links to its pages.
    pub(crate) base_url: String,
    /// The version that events are rendered in.
    pub(crate) api_version: String,
    /// Status that new refunds get instead of `succeeded`, one each.
    pub(crate) next_refunds: Vec<refund::Status>,
}

/// When something happens, and which request made it happen.
#[derive(Clone, Debug)]
pub(crate) struct Now {
    pub(crate) ms: i64,
    pub(crate) request: Option<RequestRef>,
}

impl Now {
    pub(crate) fn seconds(&self) -> i64 {
        self.ms.div_euclid(1000)
    }
}

impl World {
    /// What time alone brings about: sessions expire, refunds of a special card fail.
    pub(crate) fn tick(&mut self, now: &Now) {
        let alone = Now {
            ms: now.ms,
            request: None,
        };
        self.expire_due_sessions(&alone);
        self.fail_due_refunds(&alone);
    }
}
