//! The door: sign in, show a code, sign out, choose a password by a link, give the password again.

use super::{
    Needs, Routes, Staff, cookie, done,
    gate::{self, Outside},
    page, refused,
};
use crate::{
    pages::{
        Page,
        input::{Form, Query},
        lost, respond,
    },
    state::State,
};
use app::admin::screens;
use axum::{
    extract::{Path, State as Shared},
    response::Response,
};
use domain::staff::{ChoosePasswordForm, CodeForm, SignInError, SignInForm};
use http::StatusCode;
use serde::Deserialize;
use shop::{Fault, SignedIn, Standing, Token};

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/admin/sign-in", Needs::Nothing, show)
        .post("/admin/sign-in", Needs::Nothing, sign_in)
        .get("/admin/sign-in/code", Needs::HalfIn, ask_code)
        .post("/admin/sign-in/code", Needs::HalfIn, show_code)
        .post("/admin/sign-out", Needs::HalfIn, sign_out)
        .get("/admin/forgot", Needs::Nothing, forgot)
        .post("/admin/forgot", Needs::Nothing, send_link)
        .get("/admin/password/{token}", Needs::Nothing, choose)
        .post("/admin/password/{token}", Needs::Nothing, chosen)
        .get("/admin/confirm", Needs::Staff, ask_again)
        .post("/admin/confirm", Needs::Staff, confirm)
}

/// Where to go then.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    to: String,
}

async fn show(Shared(state): Shared<State>, outside: Outside, Query(back): Query<Back>) -> Page {
    if matches!(&outside.session, Some((session, _)) if session.standing == Standing::In) {
        return Ok(respond::see_other(gate::inside(&back.to)));
    }
    if state.shop.has_no_staff().await? {
        return Ok(respond::see_other("/admin/welcome"));
    }
    let form = SignInForm {
        to: back.to,
        ..SignInForm::default()
    };
    Ok(page(door(&state, &form, None).await))
}

async fn door(state: &State, form: &SignInForm, error: Option<SignInError>) -> String {
    let frame = state.frame("/admin/sign-in").await;
    screens::sign_in(&frame, form, error)
}

pub(super) fn too_often_or_refused(is_too_often: bool, html: String) -> Response {
    if is_too_often {
        return respond::not_before_a_minute(respond::private(StatusCode::TOO_MANY_REQUESTS, html));
    }
    refused(html)
}

async fn sign_in(
    Shared(state): Shared<State>,
    outside: Outside,
    Form(form): Form<SignInForm>,
) -> Page {
    let came = state
        .shop
        .sign_in_staff(&form, &outside.client, &outside.agent)
        .await;
    match came {
        Ok(signed) => {
            // The session of before ends: its token may be known to somebody else.
            if let Some((before, token)) = &outside.session {
                state.shop.sign_out_staff(&before.actor, token).await?;
            }
            Ok(let_in(&signed, &form.to, outside.secure))
        }
        Err(Fault::Refused(error)) => {
            let html = door(&state, &form, Some(error)).await;
            Ok(too_often_or_refused(error == SignInError::TooOften, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

pub(super) fn let_in(signed: &SignedIn, to: &str, secure: bool) -> Response {
    let to = gate::inside(to);
    let onward = if signed.needs_code {
        let to: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
        format!("/admin/sign-in/code?to={to}")
    } else {
        to.to_owned()
    };
    respond::with_cookies(
        respond::see_other(&onward),
        [cookie::keep(&signed.token, secure)],
    )
}

async fn ask_code(Shared(state): Shared<State>, staff: Staff, Query(back): Query<Back>) -> Page {
    if staff.session.standing != Standing::NeedsCode {
        return Ok(respond::see_other(gate::inside(&back.to)));
    }
    let frame = state.frame("/admin/sign-in/code").await;
    Ok(page(screens::code(
        &frame,
        &staff.actor.email,
        &back.to,
        None,
    )))
}

async fn show_code(
    Shared(state): Shared<State>,
    outside: Outside,
    staff: Staff,
    Form(form): Form<CodeForm>,
) -> Page {
    let shown = state
        .shop
        .show_code(&staff.session, &form.code, &outside.agent)
        .await;
    match shown {
        Ok(signed) => Ok(let_in(&signed, &form.to, outside.secure)),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/admin/sign-in/code").await;
            let html = screens::code(&frame, &staff.actor.email, &form.to, Some(error));
            Ok(too_often_or_refused(error == SignInError::TooOften, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn sign_out(Shared(state): Shared<State>, outside: Outside, staff: Staff) -> Page {
    state
        .shop
        .sign_out_staff(&staff.actor, &staff.token)
        .await?;
    let response = respond::see_other("/admin/sign-in");
    Ok(respond::with_cookies(
        response,
        [cookie::forget(outside.secure)],
    ))
}

async fn forgot(Shared(state): Shared<State>) -> Page {
    let frame = state.frame("/admin/forgot").await;
    Ok(page(screens::forgot(&frame, false)))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Address {
    email: String,
}

async fn send_link(
    Shared(state): Shared<State>,
    outside: Outside,
    Form(form): Form<Address>,
) -> Page {
    state
        .shop
        .forgot_staff_password(&form.email, &outside.client)
        .await?;
    let frame = state.frame("/admin/forgot").await;
    Ok(page(screens::forgot(&frame, true)))
}

async fn choose(Shared(state): Shared<State>, Path(token): Path<String>) -> Page {
    let Some(token) = Token::parse(&token) else {
        return lost::page(&state).await;
    };
    let name = state.shop.staff_link(&token).await?;
    let frame = state.frame("/admin/password").await;
    Ok(page(screens::choose_password(
        &frame,
        name.as_deref(),
        None,
    )))
}

async fn chosen(
    Shared(state): Shared<State>,
    outside: Outside,
    Path(token): Path<String>,
    Form(form): Form<ChoosePasswordForm>,
) -> Page {
    let Some(token) = Token::parse(&token) else {
        return lost::page(&state).await;
    };
    match state
        .shop
        .choose_staff_password(&token, &form, &outside.client)
        .await
    {
        Ok(()) => Ok(done(
            "/admin/sign-in",
            "Your password is set. Please sign in with it.",
        )),
        Err(Fault::Refused(error)) => {
            let name = state.shop.staff_link(&token).await?;
            let frame = state.frame("/admin/password").await;
            Ok(refused(screens::choose_password(
                &frame,
                name.as_deref(),
                Some(error),
            )))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_again(Shared(state): Shared<State>, staff: Staff, Query(back): Query<Back>) -> Page {
    let frame = state.frame("/admin/confirm").await;
    let to = gate::inside(&back.to);
    Ok(page(screens::confirm(&frame, &staff.actor.email, to, None)))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Again {
    password: String,
    to: String,
}

async fn confirm(Shared(state): Shared<State>, staff: Staff, Form(form): Form<Again>) -> Page {
    let to = gate::inside(&form.to);
    match state
        .shop
        .confirm_staff(&staff.actor, &staff.token, form.password)
        .await
    {
        Ok(()) => Ok(respond::see_other(to)),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/admin/confirm").await;
            Ok(refused(screens::confirm(
                &frame,
                &staff.actor.email,
                to,
                Some(error),
            )))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
