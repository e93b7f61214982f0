//! A Dispute: a payer wants money back through the bank.

use serde_json::json;

use super::{Now, Row, World};
use crate::ids;

/// A dispute over all of a charge.
#[derive(Clone, Debug)]
pub(crate) struct Dispute {
    pub(crate) id: String,
    pub(crate) created: i64,
    pub(crate) charge: String,
    pub(crate) intent: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) brand: &'static str,
    pub(crate) status: Status,
}

/// Where a dispute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    NeedsResponse,
    Won,
    Lost,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NeedsResponse => "needs_response",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }
}

impl Row for Dispute {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }
}

impl World {
    /// The payer disputes a payment. `None` when there is no money to dispute, or it is disputed already.
    pub(crate) fn dispute(&mut self, now: &Now, intent: &str) -> Option<String> {
        let charge = self.intents.get(intent)?.latest_charge.clone()?;
        let charge = self.charges.get_mut(&charge)?;
        if charge.captured == 0 || charge.disputed {
            return None;
        }
        charge.disputed = true;
        let dispute = Dispute {
            id: ids::new("du_"),
            created: now.seconds(),
            charge: charge.id.clone(),
            intent: intent.to_owned(),
            amount: charge.captured,
            currency: charge.currency.clone(),
            brand: charge.card.brand.as_str(),
            status: Status::NeedsResponse,
        };
        let id = dispute.id.clone();
        self.disputes.insert(dispute);
        self.emit_dispute(now, "charge.dispute.created", &id, None);
        Some(id)
    }

    /// The bank decides. `false` when it has decided before.
    pub(crate) fn close_dispute(&mut self, now: &Now, id: &str, won: bool) -> bool {
        let Some(dispute) = self.disputes.get_mut(id) else {
            return false;
        };
        if dispute.status != Status::NeedsResponse {
            return false;
        }
        dispute.status = if won { Status::Won } else { Status::Lost };
        let before = json!({ "status": Status::NeedsResponse.as_str() });
        self.emit_dispute(now, "charge.dispute.closed", id, Some(before));
        true
    }
}
