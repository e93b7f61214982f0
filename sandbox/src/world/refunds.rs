//! Giving money back.

use serde_json::json;

use super::refund::{Refund, Status};
use super::session::Metadata;
use super::{Now, World};
use crate::cards::Behaviour;
use crate::ids;

/// How long the card whose refunds fail takes to fail one.
const FAILS_AFTER_MS: i64 = 1000;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct RefundRequest {
    pub(crate) charge: String,
    /// All that is left where none is named.
    pub(crate) amount: Option<i64>,
    pub(crate) reason: Option<String>,
    pub(crate) metadata: Metadata,
}

/// Why there is nothing to give back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RefundRefusal {
    NoSuchCharge,
    /// Nothing was taken.
    NotCaptured,
    /// Everything was given back before.
    AlreadyRefunded,
    /// Only this much is left.
    TooMuch(i64),
}

impl World {
    /// Gives back some or all of a charge, never more than was taken.
    pub(crate) fn refund(
        &mut self,
        now: &Now,
        request: RefundRequest,
    ) -> Result<String, RefundRefusal> {
        let charge = self
            .charges
            .get_mut(&request.charge)
            .ok_or(RefundRefusal::NoSuchCharge)?;
        let left = charge.captured - charge.refunded;
        let amount = request.amount.unwrap_or(left);
        match (charge.captured, left) {
            (0, _) => return Err(RefundRefusal::NotCaptured),
            (_, 0) => return Err(RefundRefusal::AlreadyRefunded),
            (_, left) if amount > left => return Err(RefundRefusal::TooMuch(left)),
            _ => {}
        }
        let before = json!({ "amount_refunded": charge.refunded, "refunded": false });
        let status = if self.settings.next_refunds.is_empty() {
            Status::Succeeded
        } else {
            self.settings.next_refunds.remove(0)
        };
        if status != Status::Failed {
            charge.refunded += amount;
        }
        let fails = charge.card.behaviour == Behaviour::RefundFails;
        let refund = Refund {
            id: ids::new("re_"),
            created: now.seconds(),
            amount,
            currency: charge.currency.clone(),
            charge: charge.id.clone(),
            intent: charge.intent.clone(),
            method: charge.method.clone(),
            status,
            reason: request.reason,
            metadata: request.metadata,
            fails_at: fails.then_some(now.ms + FAILS_AFTER_MS),
        };
        let id = refund.id.clone();
        self.refunds.insert(refund);
        self.emit_refund(now, "refund.created", &id, None);
        if status == Status::Failed {
            self.emit_refund(now, "refund.failed", &id, None);
        } else {
            self.emit_charge(now, "charge.refunded", &request.charge, Some(before));
        }
        Ok(id)
    }

    /// A refund that was on its way arrives, or comes back. `false` when there is no such refund on its way.
    pub(crate) fn finish_refund(&mut self, now: &Now, id: &str, status: Status) -> bool {
        let Some(refund) = self.refunds.get_mut(id) else {
            return false;
        };
        if refund.status == status || refund.status == Status::Failed {
            return false;
        }
        let before = json!({ "status": refund.status.as_str() });
        refund.status = status;
        refund.fails_at = None;
        let (charge, amount) = (refund.charge.clone(), refund.amount);
        if status == Status::Failed {
            if let Some(charge) = self.charges.get_mut(&charge) {
                charge.refunded -= amount;
            }
            self.emit_refund(now, "refund.failed", id, None);
        }
        self.emit_refund(now, "refund.updated", id, Some(before.clone()));
        self.emit_refund(now, "charge.refund.updated", id, Some(before));
        true
    }

    pub(super) fn fail_due_refunds(&mut self, now: &Now) {
        let due: Vec<String> = self
            .refunds
            .iter()
            .filter(|refund| refund.fails_at.is_some_and(|at| at <= now.ms))
            .map(|refund| refund.id.clone())
            .collect();
        for id in due {
            self.finish_refund(now, &id, Status::Failed);
        }
    }
}
