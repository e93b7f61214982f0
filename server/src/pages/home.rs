//! `/`

use super::{Page, respond};
use crate::state::State;
use axum::extract::State as Shared;
use http::HeaderMap;

pub(crate) async fn show(Shared(state): Shared<State>, headers: HeaderMap) -> Page {
    let page = state.shop.home().await?;
    let frame = state.frame("/").await;
    Ok(respond::public(&headers, app::screens::home(&frame, &page)))
}
