//! `/admin/settings/taxes`: what is due where.

use super::{EDITS, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    pages::{Page, input::Form},
    state::State,
};
use axum::extract::{Path, State as Shared};
use domain::content::{SettingErrors, TaxRow, TaxesPage};
use http::Uri;
use serde::Deserialize;
use shop::{Error, Fault};

const HERE: &str = "/admin/settings/taxes";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, EDITS, show)
        .post(HERE, EDITS, add)
        .post("/admin/settings/taxes/{id}", EDITS, change)
}

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let taxes = state.shop.tax_settings(&staff.actor).await?;
    let html = screen(&state, &staff, &taxes, &SettingErrors::default()).await;
    Ok(page(html))
}

async fn screen(state: &State, staff: &Staff, taxes: &TaxesPage, errors: &SettingErrors) -> String {
    let frame = frame(state, staff, HERE).await;
    app::admin::screens::tax_settings(&frame, taxes, errors)
}

/// The list again, with what was typed put in its place.
async fn answer(
    state: &State,
    staff: &Staff,
    saved: Result<(), Fault<SettingErrors>>,
    words: &str,
    put: impl FnOnce(&mut TaxesPage, &SettingErrors),
) -> Page {
    match saved {
        Ok(()) => Ok(done(HERE, words)),
        Err(Fault::Refused(errors)) => {
            let mut taxes = state.shop.tax_settings(&staff.actor).await?;
            put(&mut taxes, &errors);
            Ok(refused(screen(state, staff, &taxes, &errors).await))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&Uri::from_static(HERE))),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn add(Shared(state): Shared<State>, staff: Staff, Form(new): Form<TaxRow>) -> Page {
    let new = TaxRow {
        id: String::new(),
        ..new
    };
    let added = state.shop.add_tax(&staff.actor, &new).await;
    let words = format!("{} has a tax rate now.", new.country_name());
    answer(&state, &staff, added, &words, |taxes, _| {
        taxes.new = new.clone();
    })
    .await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    name: String,
    rate: String,
    included: String,
    version: i32,
    /// `save` or `remove`.
    action: String,
}

async fn change(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Page {
    let row = TaxRow {
        id,
        name: typed.name,
        rate: typed.rate,
        included: typed.included,
        version: typed.version,
        ..TaxRow::default()
    };
    let (changed, words) = if typed.action == "remove" {
        (state.shop.remove_tax(&staff.actor, &row).await, "Removed.")
    } else {
        (state.shop.save_tax(&staff.actor, &row).await, "Saved.")
    };
    answer(&state, &staff, changed, words, |taxes, errors| {
        if let Some(kept) = taxes.rows.iter_mut().find(|kept| kept.id == row.id) {
            *kept = TaxRow {
                country: std::mem::take(&mut kept.country),
                hold: kept.hold.take(),
                version: errors.now.unwrap_or(row.version),
                ..row
            };
        }
    })
    .await
}
