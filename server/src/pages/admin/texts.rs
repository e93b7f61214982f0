//! `/admin/pages`: pages of text.

use super::{Needs, Routes, Staff, done, frame, page, refused};
use crate::{
    pages::{Page, input::Form, lost},
    state::State,
};
use app::admin::screens;
use axum::extract::{Path, State as Shared};
use domain::{
    content::{PageError, PageForm},
    staff::Permission,
};
use shop::Fault;

const EDITS: Needs = Needs::May(Permission::EditContent);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/pages", EDITS, list)
        .get("/admin/pages/new", EDITS, new)
        .post("/admin/pages/new", EDITS, create)
        .get("/admin/pages/{handle}", EDITS, edit)
        .post("/admin/pages/{handle}", EDITS, save)
}

async fn list(Shared(state): Shared<State>, staff: Staff) -> Page {
    let pages = state.shop.pages(&staff.actor).await?;
    let frame = frame(&state, &staff, "/admin/pages").await;
    Ok(page(screens::pages(&frame, &pages)))
}

async fn new(Shared(state): Shared<State>, staff: Staff) -> Page {
    let frame = frame(&state, &staff, "/admin/pages").await;
    Ok(page(screens::page_editor(
        &frame,
        &PageForm::default(),
        true,
        None,
    )))
}

async fn create(Shared(state): Shared<State>, staff: Staff, Form(form): Form<PageForm>) -> Page {
    match state.shop.create_page(&staff.actor, &form).await {
        Ok(handle) => Ok(done(
            &format!("/admin/pages/{handle}"),
            "The page is there. Link to it from where shoppers look for it.",
        )),
        Err(Fault::Refused(error)) => {
            let frame = frame(&state, &staff, "/admin/pages").await;
            Ok(refused(screens::page_editor(
                &frame,
                &form,
                true,
                Some(&error),
            )))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn edit(Shared(state): Shared<State>, staff: Staff, Path(handle): Path<String>) -> Page {
    let Some(form) = state.shop.page_to_edit(&staff.actor, &handle).await? else {
        return lost::page(&state).await;
    };
    let frame = frame(&state, &staff, "/admin/pages").await;
    Ok(page(screens::page_editor(&frame, &form, false, None)))
}

async fn save(
    Shared(state): Shared<State>,
    staff: Staff,
    Path(handle): Path<String>,
    Form(form): Form<PageForm>,
) -> Page {
    let form = PageForm { handle, ..form };
    if state
        .shop
        .page_to_edit(&staff.actor, &form.handle)
        .await?
        .is_none()
    {
        return lost::page(&state).await;
    }
    match state.shop.save_page(&staff.actor, &form).await {
        Ok(()) => Ok(done(&format!("/admin/pages/{}", form.handle), "Saved.")),
        Err(Fault::Refused(error)) => {
            let frame = frame(&state, &staff, "/admin/pages").await;
            // The next save is about what is there now.
            let form = match &error {
                PageError::Stale(theirs) => PageForm {
                    version: theirs.version,
                    ..form
                },
                _ => form,
            };
            Ok(refused(screens::page_editor(
                &frame,
                &form,
                false,
                Some(&error),
            )))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
