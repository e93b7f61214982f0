//! `/styleguide`, in development: every component in every state.

use super::{Page, respond};
use crate::state::State;
use axum::extract::State as Shared;
use http::StatusCode;

pub(crate) async fn show(Shared(state): Shared<State>) -> Page {
    let frame = state.frame("/styleguide").await;
    Ok(respond::private(
        StatusCode::OK,
        app::screens::styleguide(&frame),
    ))
}
