//! `/v1/refunds`.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::list::{self, Range};
use super::schema::{Shape, optional};
use super::{Call, Endpoint, get, page, post};
use crate::world::session::Metadata;
use crate::world::{RefundRefusal, RefundRequest, Row};
use crate::{money, render};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    post(
        "refunds",
        &[
            optional("amount", Shape::Integer),
            optional("charge", Shape::Text),
            optional("payment_intent", Shape::Text),
            optional("metadata", Shape::Metadata),
            optional(
                "reason",
                Shape::Choice(&["duplicate", "fraudulent", "requested_by_customer"]),
            ),
            optional("instructions_email", Shape::Unsupported),
            optional("origin", Shape::Unsupported),
            optional("refund_application_fee", Shape::Unsupported),
            optional("reverse_transfer", Shape::Unsupported),
        ],
        create,
    ),
    get("refunds/{id}", &[], retrieve),
    page(
        "refunds",
        &[
            optional("charge", Shape::Text),
            optional("created", Shape::Range),
            optional("payment_intent", Shape::Text),
        ],
        list_refunds,
    ),
];

#[derive(Deserialize)]
struct CreateRefund {
    amount: Option<i64>,
    charge: Option<String>,
    payment_intent: Option<String>,
    reason: Option<String>,
    #[serde(default)]
    metadata: Metadata,
}

fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let request: CreateRefund = call.read()?;
    if request.amount.is_some_and(|amount| amount < 1) {
        return Err(ApiError::invalid("Invalid positive integer")
            .with_code("parameter_invalid_integer")
            .with_param("amount"));
    }
    let charge = charge_of(call, &request)?;
    let currency = call
        .world
        .charges
        .get(&charge)
        .map(|charge| charge.currency.clone())
        .unwrap_or_default();
    let wanted = request.amount.unwrap_or_default();
    let refund = RefundRequest {
        charge: charge.clone(),
        amount: request.amount,
        reason: request.reason,
        metadata: request.metadata,
    };
    let id = call
        .world
        .refund(call.now, refund)
        .map_err(|refusal| match refusal {
            RefundRefusal::NoSuchCharge => ApiError::no_such_param("charge", &charge, "charge"),
            RefundRefusal::NotCaptured => ApiError::refused(format!(
                "Charge {charge} was not captured: there is nothing to refund."
            )),
            RefundRefusal::AlreadyRefunded => {
                ApiError::refused(format!("Charge {charge} has already been refunded."))
                    .with_code("charge_already_refunded")
            }
            RefundRefusal::TooMuch(left) => ApiError::refused(format!(
                "Refund amount ({}) is greater than unrefunded amount on charge ({})",
                money::format(wanted, &currency),
                money::format(left, &currency)
            ))
            .with_param("amount"),
        })?;
    call.id = id;
    retrieve(call)
}

/// The charge that is meant, by its own id or by its payment's.
fn charge_of(call: &Call<'_>, request: &CreateRefund) -> Result<String, ApiError> {
    let intent = match (&request.charge, &request.payment_intent) {
        (Some(charge), None) => return Ok(charge.clone()),
        (None, Some(intent)) => intent,
        _ => {
            return Err(ApiError::invalid(
                "One of the following params should be provided for this request: payment_intent or charge.",
            )
            .with_code("parameter_missing"));
        }
    };
    let found = call
        .world
        .intents
        .get(intent)
        .ok_or_else(|| ApiError::no_such_param("payment_intent", intent, "payment_intent"))?;
    let paid = found.latest_charge.as_ref().filter(|id| {
        call.world
            .charges
            .get(id)
            .is_some_and(|charge| charge.failure.is_none())
    });
    paid.cloned().ok_or_else(|| {
        ApiError::refused(format!(
            "This PaymentIntent ({intent}) does not have a successful charge to refund."
        ))
    })
}

fn retrieve(call: &mut Call<'_>) -> Result<Value, ApiError> {
    call.world
        .refunds
        .get(&call.id)
        .map(render::refund)
        .ok_or_else(|| ApiError::no_such("refund", &call.id, "refund"))
}

fn list_refunds(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Filter {
        charge: Option<String>,
        #[serde(default)]
        created: Range,
        payment_intent: Option<String>,
    }
    let filter: Filter = call.read()?;
    let rows = call.world.refunds.iter().rev().filter(|refund| {
        filter.created.holds(refund.created())
            && filter
                .charge
                .as_ref()
                .is_none_or(|charge| *charge == refund.charge)
            && filter
                .payment_intent
                .as_ref()
                .is_none_or(|intent| *intent == refund.intent)
    });
    list::page(call, "/v1/refunds", rows, render::refund)
}
