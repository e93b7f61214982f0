//! `/admin/staff`: who belongs to the staff, and what they may do.

use super::{Needs, Routes, Staff, ask_password, confirm_first, done, frame, page, refused};
use crate::{
    failure::Failure,
    pages::{Page, input::Form, lost},
    state::State,
};
use app::admin::screens::{self, StaffShown};
use axum::extract::{Path, State as Shared};
use domain::{
    StaffId,
    staff::{InviteForm, Permission, StaffError},
};
use http::Uri;
use serde::Deserialize;
use shop::{Error, Fault};

const MANAGES: Needs = Needs::May(Permission::ManageStaff);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/staff", MANAGES, show)
        .post("/admin/staff", MANAGES, invite)
        .post("/admin/staff/{id}", MANAGES, change)
}

async fn show(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    Ok(page(screen(&state, &staff, StaffShown::default()).await?))
}

async fn screen(state: &State, staff: &Staff, shown: StaffShown) -> Result<String, Failure> {
    let people = state.shop.staff(&staff.actor).await?;
    let roles = state.shop.roles(&staff.actor).await?;
    let frame = frame(state, staff, "/admin/staff").await;
    Ok(screens::staff(&frame, &people, &roles, &shown))
}

async fn invite(Shared(state): Shared<State>, staff: Staff, Form(form): Form<InviteForm>) -> Page {
    let invited = state.shop.invite_staff(&staff.actor, &form).await;
    let words = format!("{} was sent an invitation.", form.name.trim());
    answer(&state, &staff, invited, &words, |error| StaffShown {
        form,
        error: Some(error),
        at: None,
    })
    .await
}

/// What is done with somebody of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Change {
    /// `save`, `disable`, `enable` or `link`.
    action: String,
    #[serde(flatten)]
    form: InviteForm,
}

async fn change(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(id): Path<String>,
    Form(change): Form<Change>,
) -> Page {
    let Ok(id) = id.parse::<StaffId>() else {
        return lost::page(&state).await;
    };
    let shop = &state.shop;
    let (done, words) = match change.action.as_str() {
        "disable" => (
            shop.disable_staff(&staff.actor, id, true).await,
            "They are shut out, and signed out everywhere.",
        ),
        "enable" => (
            shop.disable_staff(&staff.actor, id, false).await,
            "They may come in again.",
        ),
        "link" => (
            shop.send_link_to_staff(&staff.actor, id).await,
            "A link to choose a password is on its way.",
        ),
        _ => (
            shop.change_staff(&staff.actor, id, &change.form).await,
            "Saved.",
        ),
    };
    answer(&state, &staff, done, words, |error| StaffShown {
        form: change.form,
        error: Some(error),
        at: Some(id),
    })
    .await
}

async fn answer(
    state: &State,
    staff: &Staff,
    came: Result<(), Fault<StaffError>>,
    words: &str,
    shown: impl FnOnce(StaffError) -> StaffShown,
) -> Page {
    match came {
        Ok(()) => Ok(done("/admin/staff", words)),
        Err(Fault::Refused(error)) => Ok(refused(screen(state, staff, shown(error)).await?)),
        Err(Fault::Failed(Error::Unconfirmed)) => {
            Ok(ask_password(&Uri::from_static("/admin/staff")))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
