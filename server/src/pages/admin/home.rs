//! `/admin`: how the shop is doing.

use super::{Needs, Routes, Staff, frame, page};
use crate::{pages::Page, state::State};
use axum::extract::State as Shared;

pub(super) fn routes() -> Routes {
    Routes::default().get("/admin", Needs::Staff, show)
}

async fn show(Shared(state): Shared<State>, staff: Staff) -> Page {
    let frame = frame(&state, &staff, "/admin").await;
    Ok(page(app::admin::screens::home(&frame)))
}
