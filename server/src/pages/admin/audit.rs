//! `/admin/audit`: who did what.

use super::{Needs, Routes, Staff, frame, page};
use crate::{
    pages::{Page, input::Query},
    state::State,
};
use axum::extract::State as Shared;
use domain::staff::{AuditFilter, Permission};

pub(super) fn routes() -> Routes {
    Routes::default().get("/admin/audit", Needs::May(Permission::ViewAudit), show)
}

async fn show(
    Shared(state): Shared<State>,
    staff: Staff,
    Query(filter): Query<AuditFilter>,
) -> Page {
    let log = state.shop.audit_log(&staff.actor, &filter).await?;
    let frame = frame(&state, &staff, "/admin/audit").await;
    Ok(page(app::admin::screens::audit(&frame, &filter, &log)))
}
