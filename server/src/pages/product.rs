//! `/products/{handle}`

use super::{Page, input::Query, lost, respond};
use crate::state::State;
use app::screens::ProductState;
use axum::extract::{Path, State as Shared};
use http::{HeaderMap, Uri};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ProductQuery {
    /// The SKU of the variant that is chosen.
    variant: String,
}

pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path(handle): Path<String>,
    Query(query): Query<ProductQuery>,
    address: Uri,
    headers: HeaderMap,
) -> Page {
    let Some(page) = state.shop.product(&handle).await? else {
        return match state.shop.moved_product(&handle).await? {
            Some(path) => Ok(respond::moved_to(&path, address.query())),
            None => lost::page(&state).await,
        };
    };
    let frame = state.frame(page.href()).await;
    let chosen = ProductState {
        variant: page
            .choices
            .by_sku(&query.variant)
            .map(|variant| variant.id),
        ..ProductState::default()
    };
    Ok(respond::public(
        &headers,
        app::screens::product(&frame, &page, chosen),
    ))
}
