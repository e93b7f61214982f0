//! `/account/details`, and the forms that it leads to: the name, the address, the password.

use super::{gate::Member, page, refused, refused_for};
use crate::{
    pages::{
        Page,
        input::{Form, Query},
        respond,
    },
    state::State,
};
use app::screens::account as screens;
use axum::{Router, extract::State as Shared, routing::get};
use domain::accounts::{DetailsForm, EmailForm, PasswordForm};
use serde::Deserialize;
use shop::Fault;

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/account/details", get(show).post(rename))
        .route("/account/email", get(ask_email).post(change_email))
        .route("/account/password", get(ask_password).post(change_password))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    done: String,
}

async fn show(Shared(state): Shared<State>, member: Member, Query(shown): Query<Shown>) -> Page {
    let profile = state.shop.customer_profile(&member.customer).await?;
    let form = DetailsForm {
        name: profile.name.clone(),
    };
    let frame = state.frame("/account/details").await;
    let html = screens::details(&frame, &profile, &form, None, &shown.done);
    Ok(page(html))
}

async fn rename(
    Shared(state): Shared<State>,
    member: Member,
    Form(form): Form<DetailsForm>,
) -> Page {
    match state.shop.change_name(&member.customer, &form).await {
        Ok(()) => Ok(respond::see_other("/account/details?done=name")),
        Err(Fault::Refused(error)) => {
            let profile = state.shop.customer_profile(&member.customer).await?;
            let frame = state.frame("/account/details").await;
            let html = screens::details(&frame, &profile, &form, Some(error), "");
            Ok(refused(html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_email(Shared(state): Shared<State>, _member: Member) -> Page {
    let frame = state.frame("/account/details").await;
    Ok(page(screens::email(&frame, &EmailForm::default(), None)))
}

async fn change_email(
    Shared(state): Shared<State>,
    member: Member,
    Form(form): Form<EmailForm>,
) -> Page {
    match state.shop.change_email(&member.customer, &form).await {
        Ok(()) => Ok(respond::see_other("/account/sent")),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/details").await;
            let html = screens::email(&frame, &form, Some(error));
            Ok(refused_for(error, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

async fn ask_password(Shared(state): Shared<State>, member: Member) -> Page {
    let frame = state.frame("/account/details").await;
    Ok(page(screens::password(
        &frame,
        &member.customer.email,
        None,
    )))
}

async fn change_password(
    Shared(state): Shared<State>,
    member: Member,
    Form(form): Form<PasswordForm>,
) -> Page {
    match state.shop.change_password(&member.customer, &form).await {
        Ok(()) => Ok(respond::see_other("/account/details?done=password")),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/details").await;
            let html = screens::password(&frame, &member.customer.email, Some(error));
            Ok(refused_for(error, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
