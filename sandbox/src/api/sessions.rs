//! `/v1/checkout/sessions`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::list::{self, Range};
use super::schema::{Shape, optional};
use super::session_params;
use super::session_request::CreateSession;
use super::{Call, Endpoint, get, page, post};
use crate::render;
use crate::world::Row;
use crate::world::session::{LineItem, Metadata, Session};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    post("checkout/sessions", session_params::PARAMS, create),
    page(
        "checkout/sessions",
        &[
            optional("created", Shape::Range),
            optional("customer", Shape::Text),
            optional(
                "customer_details",
                Shape::Object(&[optional("email", Shape::Text)]),
            ),
            optional("payment_intent", Shape::Text),
            optional("status", Shape::Choice(&["complete", "expired", "open"])),
        ],
        list_sessions,
    ),
    get("checkout/sessions/{id}", &[], retrieve),
    post(
        "checkout/sessions/{id}",
        &[optional("metadata", Shape::Metadata)],
        update,
    ),
    post("checkout/sessions/{id}/expire", &[], expire),
    page("checkout/sessions/{id}/line_items", &[], line_items),
];

fn create(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let request: CreateSession = call.read()?;
    let session = request.build(call.now, &call.world.settings.base_url)?;
    if let Some(customer) = &session.terms.customer
        && call.world.customers.get(customer).is_none()
    {
        return Err(ApiError::no_such_param("customer", customer, "customer"));
    }
    let view = render::session(&session);
    call.world.add_session(session);
    Ok(view)
}

fn find<'a>(call: &'a Call<'_>) -> Result<&'a Session, ApiError> {
    call.world
        .sessions
        .get(&call.id)
        .ok_or_else(|| ApiError::no_such("checkout.session", &call.id, "session"))
}

fn retrieve(call: &mut Call<'_>) -> Result<Value, ApiError> {
    find(call).map(render::session)
}

/// Only metadata can change. An empty value takes a key away.
fn update(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Update {
        #[serde(default)]
        metadata: Metadata,
    }
    let Update { metadata } = call.read()?;
    find(call)?;
    if let Some(session) = call.world.sessions.get_mut(&call.id) {
        for (key, value) in metadata {
            if value.is_empty() {
                session.terms.metadata.remove(&key);
            } else {
                session.terms.metadata.insert(key, value);
            }
        }
    }
    retrieve(call)
}

fn expire(call: &mut Call<'_>) -> Result<Value, ApiError> {
    find(call)?;
    let id = call.id.clone();
    call.world.expire_session(call.now, &id).map_err(|status| {
        ApiError::refused(format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {}.",
            status.as_str()
        ))
    })?;
    retrieve(call)
}

fn list_sessions(call: &mut Call<'_>) -> Result<Value, ApiError> {
    #[derive(Deserialize)]
    struct Filter {
        #[serde(default)]
        created: Range,
        customer: Option<String>,
        customer_details: Option<Email>,
        payment_intent: Option<String>,
        status: Option<String>,
    }
    #[derive(Deserialize)]
    struct Email {
        email: Option<String>,
    }
    let filter: Filter = call.read()?;
    let email = filter.customer_details.and_then(|details| details.email);
    let rows = call.world.sessions.iter().rev().filter(|session| {
        let wants_email = || {
            let typed = session
                .customer_details
                .as_ref()
                .and_then(|details| details.email.as_ref());
            typed.or(session.terms.customer_email.as_ref()) == email.as_ref()
        };
        filter.created.holds(session.created())
            && (filter.customer.is_none() || session.terms.customer == filter.customer)
            && (email.is_none() || wants_email())
            && (filter.payment_intent.is_none() || session.intent == filter.payment_intent)
            && filter
                .status
                .as_deref()
                .is_none_or(|status| session.status.as_str() == status)
    });
    list::page(call, "/v1/checkout/sessions", rows, render::session)
}

fn line_items(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let session = find(call)?;
    let url = format!("/v1/checkout/sessions/{}/line_items", session.id);
    list::page(call, &url, session.line_items.iter(), |item| {
        render::line_item(item, session)
    })
}

/// The first ten lines of a session, as `expand[]=line_items` shows them.
pub(super) fn first_lines(session: &Session) -> Value {
    let data: Vec<Value> = session
        .line_items
        .iter()
        .take(10)
        .map(|item| render::line_item(item, session))
        .collect();
    json!({
        "object": "list",
        "data": data,
        "has_more": session.line_items.len() > 10,
        "url": format!("/v1/checkout/sessions/{}/line_items", session.id),
    })
}

impl Row for LineItem {
    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        0
    }
}
