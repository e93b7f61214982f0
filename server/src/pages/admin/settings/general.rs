//! `/admin/settings`: who the shop is.

use super::{EDITS, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    failure::Failure,
    pages::{Page, input::Form},
    state::State,
};
use axum::extract::State as Shared;
use domain::content::{GeneralPage, SettingErrors, ShopForm};
use http::Uri;
use shop::{Error, Fault};

const HERE: &str = "/admin/settings";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, EDITS, show)
        .post(HERE, EDITS, save)
}

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let settings = state.shop.general_settings(&staff.actor).await?;
    let html = screen(&state, &staff, &settings, &SettingErrors::default()).await;
    Ok(page(html))
}

async fn screen(
    state: &State,
    staff: &Staff,
    settings: &GeneralPage,
    errors: &SettingErrors,
) -> String {
    let frame = frame(state, staff, HERE).await;
    app::admin::screens::general_settings(&frame, settings, errors)
}

async fn save(Shared(state): Shared<State>, staff: Staff, Form(form): Form<ShopForm>) -> Page {
    match state.shop.save_general(&staff.actor, &form).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(Fault::Refused(errors)) => {
            let settings = GeneralPage {
                form: ShopForm {
                    version: errors.now.unwrap_or(form.version),
                    ..form
                },
                ..state.shop.general_settings(&staff.actor).await?
            };
            Ok(refused(screen(&state, &staff, &settings, &errors).await))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&Uri::from_static(HERE))),
        Err(Fault::Failed(error)) => Err(Failure::from(error)),
    }
}
