//! `/admin/me`: one's own account: password, second factor, and the browsers that one is signed in with.

use super::{Needs, Routes, Staff, ask_password, done, frame, page, refused};
use crate::{
    pages::{Page, input::Form, respond},
    state::State,
};
use app::admin::screens;
use axum::extract::State as Shared;
use domain::{
    StaffSessionId,
    accounts::PasswordError,
    staff::{ChoosePasswordForm, CodeForm},
};
use http::Uri;
use serde::Deserialize;
use shop::{Error, Fault};

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/me", Needs::Staff, show)
        .post("/admin/me/password", Needs::Staff, change_password)
        .post("/admin/me/sessions", Needs::Staff, end_sessions)
        .get("/admin/me/second-factor", Needs::HalfIn, set_up)
        .post("/admin/me/second-factor", Needs::HalfIn, begin)
        .post("/admin/me/second-factor/end", Needs::Staff, end_factor)
}

async fn show(Shared(state): Shared<State>, staff: Staff) -> Page {
    Ok(page(screen(&state, &staff, None).await?))
}

async fn screen(
    state: &State,
    staff: &Staff,
    wrong: Option<PasswordError>,
) -> Result<String, crate::failure::Failure> {
    let sessions = state.shop.own_sessions(&staff.actor).await?;
    let frame = frame(state, staff, "/admin/me").await;
    let email = &staff.actor.email;
    Ok(screens::me(
        &frame,
        email,
        staff.session.has_totp,
        &sessions,
        wrong,
    ))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Change {
    current: String,
    #[serde(flatten)]
    new: ChoosePasswordForm,
}

async fn change_password(
    Shared(state): Shared<State>,
    staff: Staff,
    Form(form): Form<Change>,
) -> Page {
    match state
        .shop
        .change_staff_password(&staff.actor, form.current, &form.new)
        .await
    {
        Ok(()) => Ok(done(
            "/admin/me",
            "Your password is another one now. Other browsers were signed out.",
        )),
        Err(Fault::Refused(error)) => Ok(refused(screen(&state, &staff, Some(error)).await?)),
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct End {
    /// Which one; all others where it names none.
    session: String,
}

async fn end_sessions(Shared(state): Shared<State>, staff: Staff, Form(form): Form<End>) -> Page {
    let which = form.session.parse::<StaffSessionId>().ok();
    state.shop.end_own_sessions(&staff.actor, which).await?;
    Ok(done("/admin/me", "Signed out there."))
}

async fn set_up(Shared(state): Shared<State>, staff: Staff) -> Page {
    if staff.session.standing == shop::Standing::NeedsCode {
        return Ok(respond::see_other("/admin/sign-in/code"));
    }
    let Some(setup) = state.shop.totp_setup(&staff.actor).await? else {
        return Ok(respond::see_other("/admin/me"));
    };
    let frame = state.frame("/admin/me/second-factor").await;
    Ok(page(screens::second_factor(&frame, &setup, None)))
}

async fn begin(Shared(state): Shared<State>, staff: Staff, Form(form): Form<CodeForm>) -> Page {
    if staff.session.standing == shop::Standing::NeedsCode {
        return Ok(respond::see_other("/admin/sign-in/code"));
    }
    let begun = state
        .shop
        .begin_totp(&staff.actor, &staff.token, &form.code)
        .await;
    let frame = state.frame("/admin/me/second-factor").await;
    match begun {
        Ok(codes) => Ok(page(screens::recovery_codes(&frame, &codes))),
        Err(Fault::Failed(error)) => Err(error.into()),
        Err(Fault::Refused(error)) => {
            let Some(setup) = state.shop.totp_setup(&staff.actor).await? else {
                return Ok(respond::see_other("/admin/me"));
            };
            Ok(refused(screens::second_factor(&frame, &setup, Some(error))))
        }
    }
}

async fn end_factor(Shared(state): Shared<State>, staff: Staff) -> Page {
    match state.shop.end_totp(&staff.actor, &staff.token).await {
        Ok(()) => Ok(done("/admin/me", "No code is asked for any more.")),
        Err(Error::Unconfirmed) => Ok(ask_password(&Uri::from_static("/admin/me"))),
        Err(error) => Err(error.into()),
    }
}
