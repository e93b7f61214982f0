//! `/admin/settings/legal`: the links to the legal texts.

use super::{EDITS, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    pages::{Page, input::Fields},
    state::State,
};
use app::admin::screens;
use axum::extract::State as Shared;
use domain::content::{LegalForm, LegalLink, LegalPage, SettingErrors};
use http::Uri;
use shop::{Error, Fault};

const HERE: &str = "/admin/settings/legal";
/// More links than any shop has at the bottom.
const MOST: usize = 50;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get(HERE, EDITS, show)
        .post(HERE, EDITS, save)
}

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let legal = state.shop.legal_settings(&staff.actor).await?;
    let frame = frame(&state, &staff, HERE).await;
    let html = screens::legal_settings(&frame, &legal, &SettingErrors::default());
    Ok(page(html))
}

/// The links as they were typed: `page-1` with `label-1`, and so on.
fn typed(fields: &Fields) -> LegalForm {
    let sent = |place: &usize| {
        let name = format!("page-{place}");
        fields.0.iter().any(|(known, _)| *known == name)
    };
    let links = (1..=MOST).take_while(sent).map(|place| LegalLink {
        page: fields.of(&format!("page-{place}")).to_owned(),
        label: fields.of(&format!("label-{place}")).to_owned(),
    });
    LegalForm {
        links: links.collect(),
        version: fields.of("version").parse().unwrap_or_default(),
    }
}

async fn save(Shared(state): Shared<State>, staff: Staff, fields: Fields) -> Page {
    let form = typed(&fields);
    match state.shop.save_legal(&staff.actor, &form).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(Fault::Refused(errors)) => {
            let legal = LegalPage {
                form: LegalForm {
                    version: errors.now.unwrap_or(form.version),
                    ..form
                },
                ..state.shop.legal_settings(&staff.actor).await?
            };
            let frame = frame(&state, &staff, HERE).await;
            Ok(refused(screens::legal_settings(&frame, &legal, &errors)))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&Uri::from_static(HERE))),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
