//! `/admin/settings/mail`: who mail comes from.

use super::{EDITS, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    pages::{Page, input::Form},
    state::State,
};
use app::admin::screens;
use axum::extract::State as Shared;
use domain::content::{MailFrom, MailPage, SettingErrors};
use http::Uri;
use shop::{Error, Fault};

const HERE: &str = "/admin/settings/mail";

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, EDITS, show)
        .post(HERE, EDITS, save)
}

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let mail = state.shop.mail_settings(&staff.actor).await?;
    let frame = frame(&state, &staff, HERE).await;
    let html = screens::mail_settings(&frame, &mail, &SettingErrors::default());
    Ok(page(html))
}

async fn save(Shared(state): Shared<State>, staff: Staff, Form(form): Form<MailFrom>) -> Page {
    match state.shop.save_mail(&staff.actor, &form).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(Fault::Refused(errors)) => {
            let mail = MailPage {
                form: MailFrom {
                    version: errors.now.unwrap_or(form.version),
                    ..form
                },
                ..state.shop.mail_settings(&staff.actor).await?
            };
            let frame = frame(&state, &staff, HERE).await;
            Ok(refused(screens::mail_settings(&frame, &mail, &errors)))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&Uri::from_static(HERE))),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
