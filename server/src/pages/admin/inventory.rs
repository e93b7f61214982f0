//! `/admin/inventory`: how many there are of what, and why.

use super::{Needs, Routes, Staff, done, frame, page, refused};
use crate::{
    failure::Failure,
    pages::{
        Page,
        input::{Form, Query},
        lost,
    },
    state::State,
};
use app::admin::screens::{self, StockShown};
use axum::extract::{Path, State as Shared};
use domain::{
    inventory::{InventoryFilter, StockFilter, StockForm, stock_href},
    staff::Permission,
};
use shop::{Fault, inventory::AdjustError};

const HERE: &str = "/admin/inventory";

pub(super) fn routes() -> Routes {
    let sees = Needs::May(Permission::ViewProducts);
    Routes::default()
        .get(HERE, sees, list)
        .get("/admin/inventory/{sku}", sees, show)
        .post(
            "/admin/inventory/{sku}",
            Needs::May(Permission::EditStock),
            adjust,
        )
}

async fn list(
    Shared(state): Shared<State>,
    staff: Staff,
    Query(filter): Query<InventoryFilter>,
) -> Page {
    let found = state.shop.admin_inventory(&staff.actor, &filter).await?;
    let frame = frame(&state, &staff, HERE).await;
    Ok(page(screens::inventory(&frame, &filter, &found)))
}

async fn show(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(sku): Path<String>,
    Query(filter): Query<StockFilter>,
) -> Page {
    match screen(&state, &staff, &sku, &filter, &StockShown::default()).await? {
        Some(html) => Ok(page(html)),
        None => lost::page(&state).await,
    }
}

/// The page of a SKU; nothing where there is none.
async fn screen(
    state: &State,
    staff: &Staff,
    sku: &str,
    filter: &StockFilter,
    shown: &StockShown,
) -> Result<Option<String>, Failure> {
    let Some(stock) = state.shop.admin_stock(&staff.actor, sku, filter).await? else {
        return Ok(None);
    };
    let frame = frame(state, staff, HERE).await;
    Ok(Some(screens::stock(&frame, filter, &stock, shown)))
}

async fn adjust(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(sku): Path<String>,
    Form(form): Form<StockForm>,
) -> Page {
    let shop = &state.shop;
    let error = match shop.admin_adjust_stock(&staff.actor, &sku, &form).await {
        Ok(there) => {
            let words = format!("Adjusted: {there} on the shelf.");
            return Ok(done(&stock_href(&sku), &words));
        }
        Err(Fault::Refused(AdjustError::UnknownSku(_))) => return lost::page(&state).await,
        Err(Fault::Refused(error)) => error,
        Err(Fault::Failed(error)) => return Err(error.into()),
    };
    let shown = StockShown {
        form,
        error: Some(sentence(&error)),
    };
    match screen(&state, &staff, &sku, &StockFilter::default(), &shown).await? {
        Some(html) => Ok(refused(html)),
        None => lost::page(&state).await,
    }
}

/// What the command line says in passing, as a sentence.
fn sentence(error: &AdjustError) -> String {
    let words = error.to_string();
    let mut signs = words.chars();
    signs
        .next()
        .map(|first| format!("{}{}.", first.to_uppercase(), signs.as_str()))
        .unwrap_or_default()
}
