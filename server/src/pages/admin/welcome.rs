//! `/admin/welcome`: a new shop gets its owner, its name, and something to begin with.

use super::{
    Needs, Routes, Staff, ask_password, confirm_first, done,
    door::{let_in, too_often_or_refused},
    gate::Outside,
    page, refused,
};
use crate::{
    pages::{
        Page,
        input::{Form, Query},
        respond,
    },
    state::State,
};
use app::admin::screens;
use axum::extract::State as Shared;
use domain::{
    content::{GeneralPage, SettingErrors, ShopForm},
    staff::{OwnerForm, Permission, WelcomeError},
};
use http::Uri;
use serde::Deserialize;
use shop::{Error, Fault};

const SHOP: &str = "/admin/welcome/shop";
const EDITS: Needs = Needs::May(Permission::EditSettings);

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/welcome", Needs::Nothing, show)
        .post("/admin/welcome", Needs::Nothing, make_owner)
        .get(SHOP, EDITS, ask_name)
        .post(SHOP, EDITS, name)
        .post("/admin/welcome/demo", EDITS, demo)
}

/// The link of the log.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Linked {
    code: String,
}

async fn show(Shared(state): Shared<State>, Query(linked): Query<Linked>) -> Page {
    if !state.shop.has_no_staff().await? {
        return Ok(respond::see_other("/admin"));
    }
    let form = OwnerForm {
        code: linked.code,
        ..OwnerForm::default()
    };
    let frame = state.frame("/admin/welcome").await;
    Ok(page(screens::welcome(&frame, &form, None)))
}

async fn make_owner(
    Shared(state): Shared<State>,
    outside: Outside,
    Form(form): Form<OwnerForm>,
) -> Page {
    let made = state
        .shop
        .create_first_owner(&form, &outside.client, &outside.agent)
        .await;
    match made {
        Ok(signed) => Ok(let_in(&signed, SHOP, outside.secure)),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/admin/welcome").await;
            let html = screens::welcome(&frame, &form, Some(&error));
            let is_too_often = error == WelcomeError::TooOften;
            Ok(too_often_or_refused(is_too_often, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_name(Shared(state): Shared<State>, staff: Staff, here: Uri) -> Page {
    if !state.shop.is_nameless().await? {
        return Ok(respond::see_other("/admin/settings"));
    }
    if let Some(first) = confirm_first(&state, &staff, &here) {
        return Ok(first);
    }
    let naming = state.shop.naming_page(&staff.actor)?;
    let frame = state.frame(SHOP).await;
    Ok(page(screens::name_shop(
        &frame,
        &naming,
        &SettingErrors::default(),
    )))
}

async fn name(Shared(state): Shared<State>, staff: Staff, Form(form): Form<ShopForm>) -> Page {
    match state.shop.name_shop(&staff.actor, &form).await {
        Ok(()) => Ok(done(
            "/admin",
            "Your shop is there. This is where it is run from.",
        )),
        Err(Fault::Refused(errors)) => {
            let naming = GeneralPage {
                form,
                ..state.shop.naming_page(&staff.actor)?
            };
            let frame = state.frame(SHOP).await;
            Ok(refused(screens::name_shop(&frame, &naming, &errors)))
        }
        Err(Fault::Failed(Error::Unconfirmed)) => Ok(ask_password(&Uri::from_static(SHOP))),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn demo(Shared(state): Shared<State>, staff: Staff) -> Page {
    match state.shop.ask_for_demo(&staff.actor).await {
        Ok(true) => Ok(done(
            "/admin",
            "The demo is being loaded. That takes a few minutes; load this page again then.",
        )),
        Ok(false) => Ok(done(
            "/admin",
            "The demo is loaded into empty shops only, where its files lie beside the server.",
        )),
        Err(Error::Unconfirmed) => Ok(ask_password(&Uri::from_static("/admin"))),
        Err(error) => Err(error.into()),
    }
}
