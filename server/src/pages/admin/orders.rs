//! `/admin/orders`: the list of orders, and the same as a file.

use super::{Needs, Routes, Staff, frame, page};
use crate::{
    pages::{Page, input::Query},
    state::State,
};
use axum::{
    body::Body,
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use domain::{orders::OrderFilter, staff::Permission};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};

const SEES: Needs = Needs::May(Permission::ViewOrders);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/orders", SEES, show)
        .get("/admin/orders.csv", SEES, file)
}

async fn show(
    Shared(state): Shared<State>,
    staff: Staff,
    Query(filter): Query<OrderFilter>,
) -> Page {
    let list = state.shop.admin_orders(&staff.actor, &filter).await?;
    let frame = frame(&state, &staff, "/admin/orders").await;
    Ok(page(app::admin::screens::orders(&frame, &filter, &list)))
}

async fn file(
    Shared(state): Shared<State>,
    staff: Staff,
    Query(filter): Query<OrderFilter>,
) -> Page {
    let rows = state.shop.admin_orders_csv(&staff.actor, &filter).await?;
    let head = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"orders.csv\""),
        (CACHE_CONTROL, "private, no-store"),
    ];
    let response: Response = (head, Body::from_stream(rows)).into_response();
    Ok(response)
}
