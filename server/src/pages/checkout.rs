//! `/checkout`

use super::{Page, input::Form, respond, visitor::Buyer};
use crate::state::State;
use axum::extract::State as Shared;
use domain::checkout::{CheckoutError, CheckoutForm, CheckoutView};
use http::StatusCode;
use serde::Deserialize;
use shop::{Fault, Placed, ops::Limit};

pub(crate) async fn show(Shared(state): Shared<State>, Buyer(visitor): Buyer) -> Page {
    let view = state
        .shop
        .checkout(visitor.cart.as_ref(), CheckoutForm::default())
        .await?;
    if view.cart.lines.is_empty() {
        return Ok(respond::see_other("/cart"));
    }
    page(&state, StatusCode::OK, &view).await
}

async fn page(state: &State, status: StatusCode, view: &CheckoutView) -> Page {
    let frame = state.frame("/checkout").await;
    Ok(respond::private(
        status,
        app::screens::checkout(&frame, view),
    ))
}

/// The form, and which of its buttons was pressed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Submitted {
    action: String,
    #[serde(flatten)]
    form: CheckoutForm,
}

pub(crate) async fn submit(
    Shared(state): Shared<State>,
    Buyer(visitor): Buyer,
    Form(submitted): Form<Submitted>,
) -> Page {
    if submitted.action == "use" {
        let view = state
            .shop
            .checkout_to_saved(visitor.cart.as_ref(), submitted.form)
            .await?;
        return page(&state, StatusCode::OK, &view).await;
    }
    if submitted.action == "update" {
        let view = state
            .shop
            .checkout(visitor.cart.as_ref(), submitted.form)
            .await?;
        return page(&state, StatusCode::OK, &view).await;
    }
    if !state.shop.allows(Limit::Checkout, &visitor.client).await {
        let mut view = state
            .shop
            .checkout(visitor.cart.as_ref(), submitted.form)
            .await?;
        view.problem = Some(CheckoutError::TooOften);
        let refused = page(&state, StatusCode::TOO_MANY_REQUESTS, &view).await?;
        return Ok(respond::not_before_a_minute(refused));
    }
    match state
        .shop
        .place_order(visitor.cart.as_ref(), submitted.form)
        .await
    {
        Ok(Placed::Pay { url }) => Ok(respond::see_other(&url)),
        Ok(Placed::Done { order }) => Ok(respond::see_other(&format!("/orders/{order}/paid"))),
        Err(Fault::Refused(view)) => page(&state, StatusCode::UNPROCESSABLE_ENTITY, &view).await,
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
