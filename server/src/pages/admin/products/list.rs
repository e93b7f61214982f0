//! The list, and what is done to those that were chosen.

use crate::{
    failure::Failure,
    pages::{
        Page,
        admin::{Staff, done, frame, page, refused},
        input::{Fields, Query},
    },
    state::State,
};
use app::admin::screens::{self, BulkShown};
use axum::extract::State as Shared;
use domain::catalog::edit::{BulkForm, ProductFilter};
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

pub(super) async fn change(Shared(state): Shared<State>, staff: Staff, fields: Fields) -> Page {
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
            Ok(refused(screen(&state, &staff, &filter, &shown).await?))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
