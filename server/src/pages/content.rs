//! `/pages/{handle}`

use super::{Page, lost, respond};
use crate::state::State;
use axum::extract::{Path, State as Shared};
use http::HeaderMap;

pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path(handle): Path<String>,
    headers: HeaderMap,
) -> Page {
    let Some(page) = state.shop.content_page(&handle).await? else {
        return lost::page(&state).await;
    };
    let frame = state.frame(format!("/pages/{}", page.handle)).await;
    Ok(respond::public(
        &headers,
        app::screens::content(&frame, &page),
    ))
}
