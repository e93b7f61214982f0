//! `/v1/events`.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::list::{self, Range};
use super::schema::{Shape, optional};
use super::{Call, Endpoint, get, page};
use crate::render;
use crate::world::Row;
use crate::world::event::Delivery;

/// Stripe lists events of the last 30 days.
const LISTED_SECONDS: i64 = 30 * 24 * 60 * 60;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    get("events/{id}", &[], retrieve),
    page(
        "events",
        &[
            optional("created", Shape::Range),
            optional("delivery_success", Shape::Boolean),
            optional("type", Shape::Text),
            optional("types", Shape::List(&Shape::Text)),
        ],
        list_events,
    ),
];

fn retrieve(call: &mut Call<'_>) -> Result<Value, ApiError> {
    call.world
        .events
        .get(&call.id)
        .map(render::event)
        .ok_or_else(|| ApiError::no_such("event", &call.id, "id"))
}

fn list_events(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Filter {
        #[serde(default)]
        created: Range,
        delivery_success: Option<bool>,
        #[serde(rename = "type")]
        kind: Option<String>,
        #[serde(default)]
        types: Vec<String>,
    }
    let filter: Filter = call.read()?;
    if filter.kind.is_some() && !filter.types.is_empty() {
        return Err(ApiError::invalid(
            "You may only specify one of these parameters: type, types.",
        )
        .with_param("types"));
    }
    let since = call.now.seconds() - LISTED_SECONDS;
    let rows = call.world.events.iter().rev().filter(|event| {
        let succeeded = !matches!(event.delivery, Delivery::Pending | Delivery::GivenUp);
        event.created >= since
            && filter.created.holds(event.created())
            && filter
                .delivery_success
                .is_none_or(|wanted| wanted == succeeded)
            && filter.kind.as_deref().is_none_or(|kind| kind == event.kind)
            && (filter.types.is_empty() || filter.types.iter().any(|kind| kind == event.kind))
    });
    list::page(call, "/v1/events", rows, render::event)
}
