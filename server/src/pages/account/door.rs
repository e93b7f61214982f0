//! The door: sign in, sign up, sign out.

use super::{
    cookie,
    gate::{Member, Outside},
    page, refused_for,
};
use crate::{
    pages::{
        Page,
        input::{Form, Query},
        respond,
    },
    state::State,
};
use app::{
    context::{cart_cookies, forget_cart},
    screens::account as screens,
};
use axum::{
    Router,
    extract::State as Shared,
    response::Response,
    routing::{get, post},
};
use domain::accounts::{AccountError, SignInForm, SignUpError, SignUpForm, own_address};
use serde::Deserialize;
use shop::{Entered, Fault};

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/account/sign-in", get(show).post(sign_in))
        .route("/account/sign-up", get(ask).post(sign_up))
        .route("/account/sent", get(sent))
        .route("/account/sign-out", post(sign_out))
}

/// Where somebody comes from, and what they have just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Back {
    to: String,
    done: String,
}

/// Where to go from the door: an address of this shop, or the account.
fn inside(to: &str) -> &str {
    own_address(to).unwrap_or("/account")
}

async fn show(Shared(state): Shared<State>, outside: Outside, Query(back): Query<Back>) -> Page {
    if outside.customer.is_some() {
        return Ok(respond::see_other(inside(&back.to)));
    }
    let form = SignInForm {
        to: own_address(&back.to).unwrap_or_default().to_owned(),
        ..SignInForm::default()
    };
    let frame = state.frame("/account/sign-in").await;
    Ok(page(screens::sign_in(&frame, &form, None, &back.done)))
}

async fn sign_in(
    Shared(state): Shared<State>,
    outside: Outside,
    Form(form): Form<SignInForm>,
) -> Page {
    match state.shop.sign_in_customer(&form, outside.browser()).await {
        Ok(entered) => Ok(let_in(&outside, &entered, inside(&form.to))),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/sign-in").await;
            let html = screens::sign_in(&frame, &form, Some(error), "");
            Ok(refused_for(error, html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

/// In: with a session of its own. The browser's cart is the customer's now, and no cookie of its own leads to it.
pub(super) fn let_in(outside: &Outside, entered: &Entered, to: &str) -> Response {
    let secure = outside.visitor.secure;
    let [forgotten, _] = forget_cart(secure);
    let badge = cart_cookies(&entered.cart(), entered.count, secure);
    let cookies = [cookie::keep(&entered.token, secure), forgotten];
    respond::with_cookies(respond::see_other(to), cookies.into_iter().chain(badge))
}

async fn ask(Shared(state): Shared<State>, outside: Outside) -> Page {
    if outside.customer.is_some() {
        return Ok(respond::see_other("/account"));
    }
    let frame = state.frame("/account/sign-up").await;
    let (form, error) = (SignUpForm::default(), SignUpError::default());
    Ok(page(screens::sign_up(&frame, &form, &error)))
}

async fn sign_up(
    Shared(state): Shared<State>,
    outside: Outside,
    Form(form): Form<SignUpForm>,
) -> Page {
    match state.shop.sign_up(&form, &outside.visitor.client).await {
        Ok(()) => Ok(respond::see_other("/account/sent")),
        Err(Fault::Refused(error)) => {
            let frame = state.frame("/account/sign-up").await;
            let html = screens::sign_up(&frame, &form, &error);
            Ok(refused_for(error.form.unwrap_or(AccountError::Wrong), html))
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}

/// The answer to everything that sends a mail, whether it did or not.
async fn sent(Shared(state): Shared<State>) -> Page {
    let frame = state.frame("/account/sent").await;
    Ok(page(screens::sent(&frame)))
}

/// Out: nothing of the customer's is left in this browser.
async fn sign_out(Shared(state): Shared<State>, member: Member) -> Page {
    state.shop.sign_out_customer(&member.customer).await?;
    let secure = member.visitor.secure;
    let cookies = [cookie::forget(secure)]
        .into_iter()
        .chain(forget_cart(secure));
    let response = respond::see_other("/account/sign-in?done=out");
    Ok(respond::with_cookies(response, cookies))
}
