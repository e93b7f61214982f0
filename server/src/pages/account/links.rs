//! What links in mails lead to. Opening a page uses nothing up: programs that look after mail open links too. A button does.

use super::{
    door,
    gate::{Member, Outside},
    page, refused, refused_for,
};
use crate::{
    pages::{Page, input::Form, respond},
    state::State,
};
use app::screens::account as screens;
use axum::{
    Router,
    extract::{Path, State as Shared},
    routing::get,
};
use domain::accounts::{AccountError, ConfirmForm, ForgotForm, ResetForm};
use http::StatusCode;
use shop::{CustomerLink, Fault, Token};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/account/confirm/{link}", get(ask_to_confirm).post(confirm))
        .route("/account/forgot", get(ask_forgot).post(forgot))
        .route("/account/reset/{link}", get(ask_to_reset).post(reset))
        .route("/account/email/{link}", get(ask_for_email).post(take_email))
}

/// Whether a link still leads somewhere.
async fn holds(state: &State, kind: CustomerLink, link: &str) -> Result<bool, shop::Error> {
    match Token::parse(link) {
        Some(link) => state.shop.customer_link_holds(kind, &link).await,
        None => Ok(false),
    }
}

/// The page of a link that leads nowhere any more.
async fn over(state: &State) -> Page {
    let frame = state.frame("/account/sign-in").await;
    Ok(respond::private(
        StatusCode::GONE,
        screens::link_over(&frame),
    ))
}

async fn ask_to_confirm(Shared(state): Shared<State>, Path(link): Path<String>) -> Page {
    if !holds(&state, CustomerLink::Confirm, &link).await? {
        return over(&state).await;
    }
    let frame = state.frame("/account/confirm").await;
    Ok(page(screens::confirm(&frame, &link, None)))
}

async fn confirm(
    Shared(state): Shared<State>,
    outside: Outside,
    Path(link): Path<String>,
    Form(form): Form<ConfirmForm>,
) -> Page {
    let Some(token) = Token::parse(&link) else {
        return over(&state).await;
    };
    let entered = state
        .shop
        .confirm_customer(&token, &form, outside.browser());
    match entered.await {
        Ok(entered) => Ok(door::let_in(&outside, &entered, "/account?done=confirmed")),
        Err(Fault::Refused(AccountError::LinkOver)) => over(&state).await,
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/confirm").await;
            let html = screens::confirm(&frame, &link, Some(error));
            Ok(refused_for(error, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_forgot(Shared(state): Shared<State>) -> Page {
    let frame = state.frame("/account/forgot").await;
    Ok(page(screens::forgot(&frame, &ForgotForm::default(), None)))
}

async fn forgot(
    Shared(state): Shared<State>,
    outside: Outside,
    Form(form): Form<ForgotForm>,
) -> Page {
    match state
        .shop
        .forgot_password(&form, &outside.visitor.client)
        .await
    {
        Ok(()) => Ok(respond::see_other("/account/sent")),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/forgot").await;
            let html = screens::forgot(&frame, &form, Some(error));
            Ok(refused_for(error, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_to_reset(Shared(state): Shared<State>, Path(link): Path<String>) -> Page {
    if !holds(&state, CustomerLink::Reset, &link).await? {
        return over(&state).await;
    }
    let frame = state.frame("/account/reset").await;
    Ok(page(screens::reset(&frame, &link, None)))
}

async fn reset(
    Shared(state): Shared<State>,
    Path(link): Path<String>,
    Form(form): Form<ResetForm>,
) -> Page {
    let Some(token) = Token::parse(&link) else {
        return over(&state).await;
    };
    match state.shop.reset_password(&token, &form).await {
        Ok(()) => Ok(respond::see_other("/account/sign-in?done=password")),
        Err(Fault::Refused(AccountError::LinkOver)) => over(&state).await,
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/reset").await;
            Ok(refused(screens::reset(&frame, &link, Some(error))))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_for_email(
    Shared(state): Shared<State>,
    _member: Member,
    Path(link): Path<String>,
) -> Page {
    if !holds(&state, CustomerLink::Email, &link).await? {
        return over(&state).await;
    }
    let frame = state.frame("/account/email").await;
    Ok(page(screens::take_email(&frame, &link)))
}

async fn take_email(
    Shared(state): Shared<State>,
    member: Member,
    Path(link): Path<String>,
) -> Page {
    let Some(token) = Token::parse(&link) else {
        return over(&state).await;
    };
    match state.shop.confirm_email(&member.customer, &token).await {
        Ok(()) => Ok(respond::see_other("/account/details?done=email")),
        Err(Fault::Refused(_)) => over(&state).await,
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
