//! Money that goes back, and whose it was.

use super::{Stripe, StripeFault, key};
use domain::{OrderId, PaymentId, RefundId};
use stripe_client_core::StripeRequest;
use stripe_core::{
    payment_intent::RetrievePaymentIntent,
    refund::{CreateRefund, ListRefund, RetrieveRefund},
};
use stripe_types::Expandable;

/// A refund as far as the shop needs it.
#[derive(Debug, Clone)]
pub(crate) struct SeenRefund {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) amount: i64,
    pub(crate) intent: Option<String>,
    /// The shop's own name for it; `None` where the shop did not ask for it.
    pub(crate) refund: Option<RefundId>,
}

impl Stripe {
    /// Gives money back. The refund's id is the key.
    pub(crate) async fn refund(
        &self,
        refund: RefundId,
        order: OrderId,
        intent: &str,
        amount: i64,
    ) -> Result<SeenRefund, StripeFault> {
        let created = CreateRefund::new()
            .payment_intent(intent)
            .amount(amount)
            .metadata([
                ("refund_id".to_owned(), refund.to_string()),
                ("order_id".to_owned(), order.to_string()),
            ])
            .customize()
            .request_strategy(key(refund.0)?)
            .send(&self.0)
            .await?;
        Ok(seen(created))
    }

    /// Reads a refund; `None` where Stripe knows of none.
    pub(crate) async fn seen_refund(&self, id: &str) -> Result<Option<SeenRefund>, StripeFault> {
        match RetrieveRefund::new(id)
            .send(&self.0)
            .await
            .map_err(StripeFault::from)
        {
            Ok(refund) => Ok(Some(seen(refund))),
            Err(fault) if fault.is_missing() => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// The refund that the shop asked for under a name, where Stripe made it.
    pub(crate) async fn find_refund(
        &self,
        refund: RefundId,
        intent: &str,
    ) -> Result<Option<SeenRefund>, StripeFault> {
        let made = ListRefund::new()
            .payment_intent(intent)
            .limit(100)
            .send(&self.0)
            .await?;
        let mut made = made.data.into_iter().map(seen);
        Ok(made.find(|seen| seen.refund == Some(refund)))
    }

    /// The attempt that a payment intent names; `None` where it is none of the shop's.
    pub(crate) async fn attempt_of_intent(
        &self,
        intent: &str,
    ) -> Result<Option<PaymentId>, StripeFault> {
        match RetrievePaymentIntent::new(intent)
            .send(&self.0)
            .await
            .map_err(StripeFault::from)
        {
            Ok(intent) => Ok(intent
                .metadata
                .get("payment_id")
                .and_then(|id| id.parse().ok())),
            Err(fault) if fault.is_missing() => Ok(None),
            Err(fault) => Err(fault),
        }
    }
}

fn seen(refund: stripe_shared::Refund) -> SeenRefund {
    SeenRefund {
        id: refund.id.to_string(),
        status: refund.status.unwrap_or_else(|| "pending".to_owned()),
        amount: refund.amount,
        intent: refund.payment_intent.map(|intent| match intent {
            Expandable::Id(id) => id.to_string(),
            Expandable::Object(intent) => intent.id.to_string(),
        }),
        refund: refund
            .metadata
            .and_then(|named| named.get("refund_id")?.parse().ok()),
    }
}
