//! Pictures: uploaded, put in order, taken away.

use super::editor;
use crate::{
    pages::{
        Page,
        admin::{Staff, done},
        input::Fields,
        lost,
    },
    state::State,
};
use app::admin::screens::PicturesShown;
use axum::extract::{Multipart, Path, State as Shared};
use domain::{ProductId, catalog::edit::PicturesForm};
use shop::{Fault, catalog::AddPictureError, media};

/// The largest upload, in bytes: that of a picture, with room for what stands around it.
pub(super) const LIMIT: usize = media::MAX_BYTES + 1024 * 1024;

pub(super) async fn add(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Page {
    let Ok(id) = id.parse::<ProductId>() else {
        return lost::page(&state).await;
    };
    let mut added = 0_usize;
    let mut shown = PicturesShown::default();
    loop {
        let part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(_) => {
                shown.errors.push(too_large("The upload"));
                break;
            }
        };
        if part.name() != Some("picture") {
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let Ok(bytes) = part.bytes().await else {
            shown.errors.push(too_large(&name));
            break;
        };
        // A browser sends an empty part where nothing was chosen.
        if name.is_empty() && bytes.is_empty() {
            continue;
        }
        match state.shop.add_picture(&staff.actor, id, &name, bytes).await {
            Ok(_) => added += 1,
            Err(Fault::Refused(AddPictureError::NoProduct)) => return lost::page(&state).await,
            Err(Fault::Refused(reason)) => shown.errors.push(format!("{name}: {reason}")),
            Err(Fault::Failed(error)) => return Err(error.into()),
        }
    }
    if added == 0 && shown.errors.is_empty() {
        shown
            .errors
            .push("Please choose a picture first.".to_owned());
    }
    if shown.errors.is_empty() {
        let words = match added {
            1 => "The picture is here. Say what it shows.".to_owned(),
            added => format!("{added} pictures are here. Say what they show."),
        };
        return Ok(done(&format!("/admin/products/{id}"), &words));
    }
    editor::open(&state, &staff, Some(id), &shown).await
}

/// What was cut off.
fn too_large(name: &str) -> String {
    format!("{name}: more than 25 MB came at once. Please upload fewer or smaller pictures.")
}

pub(super) async fn arrange(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Page {
    let Ok(id) = id.parse::<ProductId>() else {
        return lost::page(&state).await;
    };
    let form = PicturesForm::read(fields.0);
    if state.shop.save_pictures(&staff.actor, id, &form).await? {
        Ok(done(
            &format!("/admin/products/{id}"),
            "The pictures are as you said.",
        ))
    } else {
        lost::page(&state).await
    }
}
