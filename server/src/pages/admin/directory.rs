//! `/admin/customers` and `/admin/search`: finding somebody or something.

use super::{Needs, Routes, Staff, frame, page};
use crate::{
    pages::{Page, input::Query, respond},
    state::State,
};
use axum::extract::State as Shared;
use domain::{accounts::CustomerFilter, staff::Permission};
use http::StatusCode;
use serde::Deserialize;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
}

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(
            "/admin/customers",
            Needs::May(Permission::ViewCustomers),
            customers,
        )
        // Of each kind only what somebody may see is looked for.
        .get("/admin/search", Needs::Staff, search)
        .get("/admin/search.json", Needs::Staff, find)
}

async fn customers(
    Shared(state): Shared<State>,
    staff: Staff,
    Query(filter): Query<CustomerFilter>,
) -> Page {
    let list = state.shop.admin_customers(&staff.actor, &filter).await?;
    let frame = frame(&state, &staff, "/admin/customers").await;
    Ok(page(app::admin::screens::customers(&frame, &filter, &list)))
}

async fn search(Shared(state): Shared<State>, staff: Staff, Query(asked): Query<Asked>) -> Page {
    let hits = state.shop.admin_search(&staff.actor, &asked.q).await?;
    let frame = frame(&state, &staff, "/admin/search").await;
    Ok(page(app::admin::screens::search(&frame, &asked.q, &hits)))
}

/// The same for the palette, which asks while somebody types.
async fn find(Shared(state): Shared<State>, staff: Staff, Query(asked): Query<Asked>) -> Page {
    let hits = state.shop.admin_search(&staff.actor, &asked.q).await?;
    Ok(respond::data(StatusCode::OK, &hits))
}
