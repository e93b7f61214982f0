//! The list, and what is done to those that were chosen.

use crate::{
    failure::Failure,
    pages::{
        Page,
        admin::{Staff, done, frame, page, refused},
        input::{Fields, Query},
        respond,
    },
    state::State,
};
use app::admin::screens::{self, BulkShown};
use axum::extract::State as Shared;
use domain::catalog::edit::{BulkForm, ProductFilter};
use http::{HeaderMap, StatusCode, header::ACCEPT};
use serde::Serialize;
use shop::Fault;

pub(super) async fn show(
    Shared(state): Shared<State>,
    staff: Staff,
    Query(filter): Query<ProductFilter>,
) -> Page {
    Ok(page(
        screen(&state, &staff, &filter, &BulkShown::default()).await?,
    ))
}

async fn screen(
    state: &State,
    staff: &Staff,
    filter: &ProductFilter,
    shown: &BulkShown,
) -> Result<String, Failure> {
    let list = state.shop.admin_products(&staff.actor, filter).await?;
    let frame = frame(state, staff, "/admin/products").await;
    Ok(screens::products(&frame, filter, &list, shown))
}

/// What a script is told of a portion of those that were chosen.
#[derive(Serialize)]
struct Told {
    changed: usize,
    /// Why nothing was changed.
    errors: Vec<String>,
}

pub(super) async fn change(
    Shared(state): Shared<State>,
    staff: Staff,
    headers: HeaderMap,
    fields: Fields,
) -> Page {
    let asks_for_data = headers
        .get(ACCEPT)
        .is_some_and(|accept| accept == "application/json");
    if asks_for_data {
        change_portion(&state, &staff, &BulkForm::read(fields.0)).await
    } else {
        change_all(&state, &staff, fields).await
    }
}

/// For the script of the list, which sends what was chosen in portions.
async fn change_portion(state: &State, staff: &Staff, form: &BulkForm) -> Page {
    let (status, told) = match state.shop.change_products(&staff.actor, form).await {
        Ok(bulk) => {
            let told = Told {
                changed: bulk.changed,
                errors: Vec::new(),
            };
            (StatusCode::OK, told)
        }
        Err(Fault::Refused(errors)) => {
            let told = Told {
                changed: 0,
                errors: errors.iter().map(|(_, words)| words.to_owned()).collect(),
            };
            (StatusCode::UNPROCESSABLE_ENTITY, told)
        }
        Err(Fault::Failed(error)) => return Err(error.into()),
    };
    Ok(respond::data(status, &told))
}

async fn change_all(state: &State, staff: &Staff, fields: Fields) -> Page {
    let query = fields
        .of("back")
        .split_once('?')
        .map(|(_, query)| query.to_owned());
    let form = BulkForm::read(fields.0);
    match state.shop.change_products(&staff.actor, &form).await {
        Ok(bulk) => {
            // Back to the list as it was, and nowhere else.
            let to = query.map_or_else(
                || "/admin/products".to_owned(),
                |query| format!("/admin/products?{query}"),
            );
            let words = match bulk.changed {
                0 => "Nothing had to be changed.".to_owned(),
                1 => "One product was changed.".to_owned(),
                changed => format!("{changed} products were changed."),
            };
            Ok(done(&to, &words))
        }
        Err(Fault::Refused(errors)) => {
            let filter = query
                .and_then(|query| serde_urlencoded::from_str(&query).ok())
                .unwrap_or_default();
            let shown = BulkShown { form, errors };
            Ok(refused(screen(state, staff, &filter, &shown).await?))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
