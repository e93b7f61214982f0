//! `/account` and `/account/orders/…`: what was ordered, and ordering it again.

use super::{gate::Member, page};
use crate::{
    pages::{Page, input::Query, lost, respond},
    state::State,
};
use app::{context::cart_cookies, screens::account as screens};
use axum::{
    Router,
    extract::{Path, State as Shared},
    routing::{get, post},
};
use serde::Deserialize;

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/account", get(history))
        .route("/account/orders/{number}", get(show))
        .route("/account/orders/{number}/again", post(again))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    after: String,
    done: String,
    /// The rows, from 1, that could not be ordered again.
    left: String,
}

async fn history(Shared(state): Shared<State>, member: Member, Query(shown): Query<Shown>) -> Page {
    let orders = state.shop.customer_orders(&member.customer, &shown.after);
    let orders = orders.await?;
    let frame = state.frame("/account").await;
    Ok(page(screens::orders(&frame, &orders, &shown.done)))
}

async fn show(
    Shared(state): Shared<State>,
    member: Member,
    Path(number): Path<String>,
    Query(shown): Query<Shown>,
) -> Page {
    let Ok(number) = number.parse::<i64>() else {
        return lost::page(&state).await;
    };
    let Some(order) = state.shop.customer_order(&member.customer, number).await? else {
        return lost::page(&state).await;
    };
    let left: Vec<usize> = shown
        .left
        .split('.')
        .filter_map(|row| row.parse().ok())
        .collect();
    let frame = state.frame(format!("/account/orders/{number}")).await;
    Ok(page(screens::order(&frame, &order, &left)))
}

/// Puts the same into the basket. What could not be had again is told on the order's page.
async fn again(Shared(state): Shared<State>, member: Member, Path(number): Path<String>) -> Page {
    let Ok(number) = number.parse::<i64>() else {
        return lost::page(&state).await;
    };
    let Some(again) = state.shop.order_again(&member.customer, number).await? else {
        return lost::page(&state).await;
    };
    let to = if again.left.is_empty() {
        "/cart".to_owned()
    } else {
        let rows: Vec<String> = again.left.iter().map(ToString::to_string).collect();
        format!("/account/orders/{number}?left={}", rows.join("."))
    };
    let badge = cart_cookies(&member.customer.cart(), again.count, member.visitor.secure);
    Ok(respond::with_cookies(respond::see_other(&to), badge))
}
