//! `/categories/{path}`

use super::{Page, input::Query, lost, respond};
use crate::state::State;
use axum::extract::{Path, State as Shared};
use domain::catalog::{Cursor, Sort};
use http::{HeaderMap, Uri};
use serde::Deserialize;

/// What the query of a listing says. What cannot be read is as if it were not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListingQuery {
    sort: String,
    after: String,
}

impl ListingQuery {
    pub(super) fn sort(&self) -> Sort {
        self.sort.parse().unwrap_or(Sort::Featured)
    }

    pub(super) fn cursor(&self) -> Option<Cursor> {
        Cursor::decode(&self.after)
    }
}

pub(crate) async fn show(
    Shared(state): Shared<State>,
    Path(path): Path<String>,
    Query(query): Query<ListingQuery>,
    address: Uri,
    headers: HeaderMap,
) -> Page {
    if path.ends_with('/') {
        return Ok(respond::without_slash(&address));
    }
    let cursor = query.cursor();
    let Some(page) = state
        .shop
        .category(&path, query.sort(), cursor.as_ref())
        .await?
    else {
        return match state.shop.moved_category(&path).await? {
            Some(path) => Ok(respond::moved_to(&path, address.query())),
            None => lost::page(&state).await,
        };
    };
    // Another order is the same page to search engines; another part of it is not.
    let canonical = match (&cursor, query.sort()) {
        (Some(cursor), Sort::Featured) => format!("{}?after={}", page.href, cursor.encode()),
        _ => page.href.clone(),
    };
    let frame = state.frame(canonical).await;
    Ok(respond::public(
        &headers,
        app::screens::category(&frame, &page),
    ))
}
