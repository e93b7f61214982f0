//! `/admin`: how the shop is doing.

use super::{Needs, Routes, Staff, frame, page};
use crate::{
    pages::{Page, input::Query, respond},
    state::State,
};
use axum::extract::State as Shared;
use domain::{reports::Period, staff::Permission};
use serde::Deserialize;

pub(super) fn routes() -> Routes {
    Routes::default().get("/admin", Needs::Staff, show)
}

/// Which days.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    period: String,
}

async fn show(Shared(state): Shared<State>, staff: Staff, Query(asked): Query<Asked>) -> Page {
    let period = Period::from_word(&asked.period);
    let home = state.shop.admin_home(&staff.actor, period).await?;
    let names = home.first.is_some() && staff.actor.may(Permission::EditSettings);
    if names && state.shop.is_nameless().await? {
        return Ok(respond::see_other("/admin/welcome/shop"));
    }
    let frame = frame(&state, &staff, "/admin").await;
    Ok(page(app::admin::screens::home(&frame, &home)))
}
