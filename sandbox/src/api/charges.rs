//! `/v1/charges` and `/v1/payment_methods`: to look at.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::list::{self, Range};
use super::schema::{Shape, optional};
use super::{Call, Endpoint, get, page};
use crate::render;
use crate::world::Row;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    get("charges/{id}", &[], retrieve),
    page(
        "charges",
        &[
            optional("created", Shape::Range),
            optional("payment_intent", Shape::Text),
        ],
        list_charges,
    ),
    get("payment_methods/{id}", &[], retrieve_method),
];

fn retrieve(call: &mut Call<'_>) -> Result<Value, ApiError> {
    call.world
        .render_charge(&call.id)
        .ok_or_else(|| ApiError::no_such("charge", &call.id, "id"))
}

fn retrieve_method(call: &mut Call<'_>) -> Result<Value, ApiError> {
    call.world
        .methods
        .get(&call.id)
        .map(render::payment_method)
        .ok_or_else(|| ApiError::no_such("PaymentMethod", &call.id, "payment_method"))
}

fn list_charges(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Filter {
        #[serde(default)]
        created: Range,
        payment_intent: Option<String>,
    }
    let filter: Filter = call.read()?;
    let rows = call.world.charges.iter().rev().filter(|charge| {
        filter.created.holds(charge.created())
            && filter
                .payment_intent
                .as_ref()
                .is_none_or(|intent| *intent == charge.intent)
    });
    list::page(call, "/v1/charges", rows, |charge| {
        call.world.render_charge(&charge.id).unwrap_or_default()
    })
}
