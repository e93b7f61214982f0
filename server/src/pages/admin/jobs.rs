//! `/admin/jobs`: the background work.

use super::{Needs, Routes, Staff, done, frame, page};
use crate::{
    pages::{Page, input::Form, lost},
    state::State,
};
use axum::extract::{Path, State as Shared};
use domain::staff::Permission;
use serde::Deserialize;
use shop::jobs::Retry;
use uuid::Uuid;

const MANAGES: Needs = Needs::May(Permission::ManageJobs);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/jobs", MANAGES, show)
        .post("/admin/jobs/{id}", MANAGES, change)
}

async fn show(Shared(state): Shared<State>, staff: Staff) -> Page {
    let jobs = state.shop.jobs_page(&staff.actor).await?;
    let frame = frame(&state, &staff, "/admin/jobs").await;
    Ok(page(app::admin::screens::jobs(&frame, &jobs)))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Change {
    /// `retry` or `discard`.
    action: String,
}

async fn change(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<Change>,
) -> Page {
    let Ok(id) = id.parse::<Uuid>() else {
        return lost::page(&state).await;
    };
    let words = if form.action == "discard" {
        state.shop.discard_job(&staff.actor, id).await?;
        "It is discarded."
    } else {
        match state.shop.retry_job(&staff.actor, id).await? {
            Retry::Again => "It will be tried again at once.",
            Retry::Superseded => "The same waits already: discard this one.",
            Retry::Unknown => "It is not there any more.",
        }
    };
    Ok(done("/admin/jobs", words))
}
