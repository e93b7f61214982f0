//! `/cart`: the basket, and the forms that change it.

use super::{Page, input::Form, lost, respond, visitor::Buyer};
use crate::state::State;
use app::{
    context::{Visitor, cart_cookies},
    screens::{CartState, ProductState},
};
use axum::{
    extract::{Path, State as Shared},
    response::Response,
};
use domain::{
    CartLineId, VariantId,
    cart::{CartError, Quantity},
};
use http::StatusCode;
use serde::Deserialize;
use shop::{AddItem, Fault, Wanted};

pub(crate) async fn show(Shared(state): Shared<State>, Buyer(visitor): Buyer) -> Page {
    page(&state, &visitor, StatusCode::OK, CartState::default()).await
}

async fn page(state: &State, visitor: &Visitor, status: StatusCode, shown: CartState) -> Page {
    let cart = state.shop.cart(visitor.cart.as_ref()).await?;
    let frame = state.frame("/cart").await;
    let count = cart.count;
    let response = respond::private(status, app::screens::cart(&frame, &cart, &shown));
    Ok(remember(response, visitor, count))
}

/// Renews the cookies of a visitor who has a cart.
fn remember(response: Response, visitor: &Visitor, count: i32) -> Response {
    match &visitor.cart {
        Some(token) => respond::with_cookies(response, cart_cookies(token, count, visitor.secure)),
        None => response,
    }
}

/// What the form of a product's page says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AddForm {
    product: String,
    variant: String,
    option1: String,
    option2: String,
    option3: String,
    quantity: String,
}

impl AddForm {
    fn wanted(&self) -> Wanted {
        if let Ok(variant) = self.variant.parse::<VariantId>() {
            return Wanted::Variant(variant);
        }
        let values = [&self.option1, &self.option2, &self.option3];
        Wanted::Values(
            values
                .into_iter()
                .take_while(|value| !value.is_empty())
                .cloned()
                .collect(),
        )
    }
}

pub(crate) async fn add(
    Shared(state): Shared<State>,
    Buyer(visitor): Buyer,
    Form(form): Form<AddForm>,
) -> Page {
    let wanted = form.wanted();
    let refusal = match form.quantity.parse::<Quantity>() {
        Err(error) => error,
        Ok(quantity) => {
            let item = AddItem {
                product: form.product.clone(),
                wanted: wanted.clone(),
                quantity,
            };
            match state.shop.add_to_cart(visitor.cart.as_ref(), &item).await {
                Ok(added) => {
                    let cookies = cart_cookies(&added.token, added.count, visitor.secure);
                    return Ok(respond::with_cookies(respond::see_other("/cart"), cookies));
                }
                Err(Fault::Refused(error)) => error,
                Err(Fault::Failed(error)) => return Err(error.into()),
            }
        }
    };
    refused(&state, &form, &wanted, &refusal).await
}

/// The product's page again, with the reason and everything that was chosen.
async fn refused(state: &State, form: &AddForm, wanted: &Wanted, refusal: &CartError) -> Page {
    let Some(page) = state.shop.product(&form.product).await? else {
        return lost::page(state).await;
    };
    let variant = match wanted {
        Wanted::Variant(id) => Some(*id),
        Wanted::Sku(sku) => page.choices.by_sku(sku).map(|variant| variant.id),
        Wanted::Values(values) => {
            let names: Vec<&str> = values.iter().map(String::as_str).collect();
            page.choices.find_by_names(&names).map(|variant| variant.id)
        }
    };
    let frame = state.frame(page.href()).await;
    let shown = ProductState {
        variant,
        quantity: form.quantity.clone(),
        error: Some(refusal.to_string()),
    };
    Ok(respond::private(
        StatusCode::UNPROCESSABLE_ENTITY,
        app::screens::product(&frame, &page, shown),
    ))
}

/// What the form of a row says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LineForm {
    quantity: String,
    remove: Option<String>,
}

pub(crate) async fn change(
    Shared(state): Shared<State>,
    Buyer(visitor): Buyer,
    Path(line): Path<String>,
    Form(form): Form<LineForm>,
) -> Page {
    let Ok(line) = line.parse::<CartLineId>() else {
        return lost::page(&state).await;
    };
    let quantity = match (&form.remove, form.quantity.trim()) {
        (Some(_), _) | (None, "0") => Ok(0),
        (None, typed) => typed.parse::<Quantity>().map(Quantity::get),
    };
    let refusal = match quantity {
        Err(error) => error,
        Ok(quantity) => match state
            .shop
            .set_quantity(visitor.cart.as_ref(), line, quantity)
            .await
        {
            Ok(count) => return Ok(remember(respond::see_other("/cart"), &visitor, count)),
            Err(Fault::Refused(error)) => error,
            Err(Fault::Failed(error)) => return Err(error.into()),
        },
    };
    let shown = CartState {
        error: Some((Some(line), refusal.to_string())),
        typed_quantity: Some(form.quantity),
        ..CartState::default()
    };
    page(&state, &visitor, StatusCode::UNPROCESSABLE_ENTITY, shown).await
}

/// What the form of the code says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct CouponForm {
    code: String,
    remove: Option<String>,
}

pub(crate) async fn coupon(
    Shared(state): Shared<State>,
    Buyer(visitor): Buyer,
    Form(form): Form<CouponForm>,
) -> Page {
    if form.remove.is_some() {
        state.shop.remove_coupon(visitor.cart.as_ref()).await?;
        return Ok(respond::see_other("/cart"));
    }
    match state
        .shop
        .apply_coupon(visitor.cart.as_ref(), &form.code)
        .await
    {
        Ok(()) => Ok(respond::see_other("/cart")),
        Err(Fault::Failed(error)) => Err(error.into()),
        Err(Fault::Refused(error)) => {
            let shown = CartState {
                code: form.code,
                code_error: Some(error.to_string()),
                ..CartState::default()
            };
            page(&state, &visitor, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
    }
}
