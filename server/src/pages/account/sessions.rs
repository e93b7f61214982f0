//! `/account/sessions`: the browsers that somebody signed in with.

use super::{gate::Member, page};
use crate::{
    pages::{Page, input::Form, lost, respond},
    state::State,
};
use app::screens::account as screens;
use axum::{Router, extract::State as Shared, routing::get};
use serde::Deserialize;

const LIST: &str = "/account/sessions";

pub(super) fn routes() -> Router<State> {
    Router::new().route(LIST, get(show).post(end))
}

async fn show(Shared(state): Shared<State>, member: Member) -> Page {
    let sessions = state.shop.customer_sessions(&member.customer).await?;
    let frame = state.frame(LIST).await;
    Ok(page(screens::sessions(&frame, &sessions)))
}

/// Which session ends: an id, or `others`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct EndForm {
    end: String,
}

async fn end(Shared(state): Shared<State>, member: Member, Form(form): Form<EndForm>) -> Page {
    let which = match (form.end.as_str(), form.end.parse()) {
        ("others", _) => None,
        (_, Ok(id)) => Some(id),
        (_, Err(_)) => return lost::page(&state).await,
    };
    state
        .shop
        .end_customer_sessions(&member.customer, which)
        .await?;
    Ok(respond::see_other(LIST))
}
