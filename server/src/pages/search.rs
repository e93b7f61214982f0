//! `/search`

use super::{Page, category::ListingQuery, input::Query, lost, respond, visitor::Who};
use crate::state::State;
use axum::extract::State as Shared;
use http::HeaderMap;
use serde::Deserialize;
use shop::ops::Limit;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SearchQuery {
    q: String,
}

pub(crate) async fn show(
    Shared(state): Shared<State>,
    Query(query): Query<SearchQuery>,
    Query(listing): Query<ListingQuery>,
    Who(visitor): Who,
    headers: HeaderMap,
) -> Page {
    if !state.shop.allows(Limit::Search, &visitor.client).await {
        return lost::too_often(&state).await;
    }
    let cursor = listing.cursor();
    let page = state
        .shop
        .search(&query.q, listing.sort(), cursor.as_ref())
        .await?;
    let frame = state.frame("/search").await;
    Ok(respond::public(
        &headers,
        app::screens::search(&frame, &page),
    ))
}
