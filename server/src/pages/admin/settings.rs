//! `/admin/settings`

use super::{Needs, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    failure::Failure,
    pages::{Page, input::Form},
    state::State,
};
use axum::extract::{Path, State as Shared};
use domain::{
    content::{MethodRow, SettingErrors, SettingsPage, ShopForm, TaxRow},
    staff::Permission,
};
use http::Uri;
use serde::Deserialize;
use shop::{Error, Fault};

const EDITS: Needs = Needs::May(Permission::EditSettings);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/settings", EDITS, show)
        .post("/admin/settings", EDITS, save_shop)
        .post("/admin/settings/taxes/{id}", EDITS, save_tax)
        .post("/admin/settings/delivery/{id}", EDITS, save_method)
}

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let settings = state.shop.settings_page(&staff.actor).await?;
    let html = screen(&state, &staff, &settings, &SettingErrors::default()).await?;
    Ok(page(html))
}

async fn screen(
    state: &State,
    staff: &Staff,
    settings: &SettingsPage,
    errors: &SettingErrors,
) -> Result<String, Failure> {
    let frame = frame(state, staff, "/admin/settings").await;
    Ok(app::admin::screens::settings(&frame, settings, errors))
}

/// The page again, with what was typed put in its place.
async fn answer(
    state: &State,
    staff: &Staff,
    saved: Result<(), Fault<SettingErrors>>,
    put: impl FnOnce(&mut SettingsPage),
) -> Page {
    match saved {
        Ok(()) => Ok(done("/admin/settings", "Saved.")),
        Err(Fault::Refused(errors)) => {
            let mut settings = state.shop.settings_page(&staff.actor).await?;
            put(&mut settings);
            Ok(refused(screen(state, staff, &settings, &errors).await?))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => {
            Ok(ask_password(&Uri::from_static("/admin/settings")))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn save_shop(Shared(state): Shared<State>, staff: Staff, Form(form): Form<ShopForm>) -> Page {
    let saved = state.shop.save_shop(&staff.actor, &form).await;
    answer(&state, &staff, saved, |settings| settings.shop = form).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TaxTyped {
    name: String,
    rate: String,
    included: String,
}

async fn save_tax(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<TaxTyped>,
) -> Page {
    let row = TaxRow {
        id,
        country: String::new(),
        name: form.name,
        rate: form.rate,
        included: form.included == "yes",
    };
    let saved = state.shop.save_tax(&staff.actor, &row).await;
    answer(&state, &staff, saved, |settings| {
        if let Some(kept) = settings.taxes.iter_mut().find(|kept| kept.id == row.id) {
            let country = std::mem::take(&mut kept.country);
            *kept = TaxRow { country, ..row };
        }
    })
    .await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct MethodTyped {
    name: String,
    price: String,
    free_over: String,
    min_days: String,
    max_days: String,
}

async fn save_method(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(form): Form<MethodTyped>,
) -> Page {
    let row = MethodRow {
        id,
        zone: String::new(),
        name: form.name,
        price: form.price,
        free_over: form.free_over,
        min_days: form.min_days,
        max_days: form.max_days,
    };
    let saved = state.shop.save_method(&staff.actor, &row).await;
    answer(&state, &staff, saved, |settings| {
        if let Some(kept) = settings.methods.iter_mut().find(|kept| kept.id == row.id) {
            let zone = std::mem::take(&mut kept.zone);
            *kept = MethodRow { zone, ..row };
        }
    })
    .await
}
