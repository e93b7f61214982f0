//! `/orders/…`: an order's page, the way back from the pay page, and finding an order.

use super::{
    Page,
    input::Form,
    lost, respond,
    visitor::{Buyer, Who},
};
use crate::state::State;
use app::context::{cart_cookies, forget_cart};
use axum::extract::{Path, State as Shared};
use domain::orders::{FindOrderError, FindOrderForm, PaymentStatus};
use http::StatusCode;
use shop::{Fault, ops::Limit};

pub(crate) async fn show(Shared(state): Shared<State>, Path(token): Path<String>) -> Page {
    let Some(order) = state.shop.order(&token).await? else {
        return lost::page(&state).await;
    };
    let frame = state.frame(order.href()).await;
    Ok(respond::private(
        StatusCode::OK,
        app::screens::order(&frame, &order),
    ))
}

/// The shopper comes back from the pay page: Stripe is asked at once, and what was bought leaves the badge.
pub(crate) async fn paid(
    Shared(state): Shared<State>,
    Buyer(visitor): Buyer,
    Path(token): Path<String>,
) -> Page {
    let Some(order) = state.shop.returned_from_payment(&token).await? else {
        return lost::page(&state).await;
    };
    let response = respond::see_other(&order.href());
    let Some(cart) = visitor
        .cart
        .filter(|_| order.payment == PaymentStatus::Paid)
    else {
        return Ok(response);
    };
    let left = state.shop.cart(Some(&cart)).await?.count;
    let cookies = if left > 0 {
        cart_cookies(&cart, left, visitor.secure)
    } else {
        forget_cart(visitor.secure).into()
    };
    Ok(respond::with_cookies(response, cookies))
}

pub(crate) async fn find(Shared(state): Shared<State>) -> Page {
    asked(&state, StatusCode::OK, &FindOrderForm::default(), None).await
}

async fn asked(
    state: &State,
    status: StatusCode,
    form: &FindOrderForm,
    error: Option<FindOrderError>,
) -> Page {
    let frame = state.frame("/orders/find").await;
    Ok(respond::private(
        status,
        app::screens::find_order(&frame, form, error),
    ))
}

pub(crate) async fn look_up(
    Shared(state): Shared<State>,
    Who(visitor): Who,
    Form(form): Form<FindOrderForm>,
) -> Page {
    if !state.shop.allows(Limit::Lookup, &visitor.client).await {
        let refusal = Some(FindOrderError::TooOften);
        let page = asked(&state, StatusCode::TOO_MANY_REQUESTS, &form, refusal).await?;
        return Ok(respond::not_before_a_minute(page));
    }
    match state.shop.find_order(&form).await {
        Ok(token) => Ok(respond::see_other(&format!("/orders/{token}"))),
        Err(Fault::Refused(error)) => {
            asked(&state, StatusCode::UNPROCESSABLE_ENTITY, &form, Some(error)).await
        }
        Err(Fault::Failed(error)) => Err(error.into()),
    }
}
