//! The editor of one product.

use crate::{
    pages::{
        Page,
        admin::{Staff, done, frame, page, refused},
        input::Fields,
        lost, respond,
    },
    state::State,
};
use app::admin::screens::{self, PicturesShown};
use axum::extract::{Path, State as Shared};
use domain::{
    ProductId,
    catalog::edit::{ProductEdit, ProductForm},
};
use http::StatusCode;
use shop::{Fault, catalog::NotSaved};

pub(super) async fn new(Shared(state): Shared<State>, staff: Staff) -> Page {
    open(&state, &staff, None, &PicturesShown::default()).await
}

pub(super) async fn show(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
) -> Page {
    let Ok(id) = id.parse() else {
        return lost::page(&state).await;
    };
    open(&state, &staff, Some(id), &PicturesShown::default()).await
}

/// The editor as the product is; with faults of its pictures as a refusal.
pub(super) async fn open(
    state: &State,
    staff: &Staff,
    id: Option<ProductId>,
    shown: &PicturesShown,
) -> Page {
    let Some(edit) = state.shop.admin_product(&staff.actor, id).await? else {
        return lost::page(state).await;
    };
    let html = screen(state, staff, &edit, shown).await;
    Ok(if shown.errors.is_empty() {
        page(html)
    } else {
        refused(html)
    })
}

async fn screen(state: &State, staff: &Staff, edit: &ProductEdit, shown: &PicturesShown) -> String {
    let frame = frame(state, staff, "/admin/products").await;
    screens::product_editor(&frame, edit, shown)
}

pub(super) async fn create(Shared(state): Shared<State>, staff: Staff, fields: Fields) -> Page {
    take(&state, &staff, None, fields).await
}

pub(super) async fn save(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Page {
    let Ok(id) = id.parse() else {
        return lost::page(&state).await;
    };
    take(&state, &staff, Some(id), fields).await
}

/// Saves what was typed, or does what a button says that changes the form only.
async fn take(state: &State, staff: &Staff, id: Option<ProductId>, fields: Fields) -> Page {
    let step = fields.of("step").to_owned();
    let form = ProductForm::read(fields.0);
    let shown = PicturesShown::default();
    if !step.is_empty() {
        let edit = state
            .shop
            .step_product(&staff.actor, id, form, &step)
            .await?;
        return match edit {
            Some(edit) => Ok(page(screen(state, staff, &edit, &shown).await)),
            None => lost::page(state).await,
        };
    }
    match state.shop.save_product(&staff.actor, id, form).await {
        Ok(Some(id)) => Ok(done(&format!("/admin/products/{id}"), "Saved.")),
        Ok(None) => lost::page(state).await,
        Err(Fault::Refused(NotSaved(edit))) => {
            Ok(refused(screen(state, staff, &edit, &shown).await))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

pub(super) async fn duplicate(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
) -> Page {
    let Ok(id) = id.parse() else {
        return lost::page(&state).await;
    };
    match state.shop.duplicate_product(&staff.actor, id).await {
        Ok(Some(copy)) => {
            let words = "This is the copy: a draft, with SKUs of its own and nothing in stock.";
            Ok(done(&format!("/admin/products/{copy}"), words))
        }
        Ok(None) => lost::page(&state).await,
        Err(Fault::Refused(reason)) => {
            // Somebody else took the name that was free a moment ago.
            let words = format!("It was not copied: {reason}. Try again.");
            Ok(done(&format!("/admin/products/{id}"), &words))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

pub(super) async fn preview(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
) -> Page {
    let Ok(id) = id.parse::<ProductId>() else {
        return lost::page(&state).await;
    };
    let Some(product) = state.shop.preview_product(&staff.actor, id).await? else {
        return lost::page(&state).await;
    };
    let frame = state.frame(product.href()).await;
    let back = format!("/admin/products/{id}");
    let html = app::screens::product_preview(&frame, &product, &back);
    Ok(respond::private(StatusCode::OK, html))
}
