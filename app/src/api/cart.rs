//! The basket. Each function answers with the drawer's parts.

use super::Parts;
use crate::error::ApiError;
use domain::{CartLineId, VariantId};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Puts a variant into the basket.
#[server(name = AddToCart, prefix = "/api", endpoint = "add_to_cart", input = Json, output = Json)]
pub async fn add_to_cart(
    /// The product's handle.
    product: String,
    /// Which of its variants.
    variant: VariantId,
    /// How many, as it was typed.
    quantity: String,
) -> Result<Parts, ApiError> {
    let (shop, visitor) = crate::context::shop_and_visitor()?;
    let quantity = quantity
        .parse()
        .map_err(ApiError::refused::<domain::cart::CartError>)?;
    let wanted = shop::Wanted::Variant(variant);
    let item = shop::AddItem {
        product,
        wanted,
        quantity,
    };
    let added = shop.add_to_cart(visitor.cart.as_ref(), &item).await?;
    visitor.keep_cart(&added.token, added.count);
    let cart = shop.cart(Some(&added.token)).await?;
    Ok(crate::screens::cart::drawer(&cart, Some(variant)))
}

/// The basket as it is now.
#[server(name = ViewCart, prefix = "/api", endpoint = "view_cart", input = Json, output = Json)]
pub async fn view_cart() -> Result<Parts, ApiError> {
    let (shop, visitor) = crate::context::shop_and_visitor()?;
    let cart = shop.cart(visitor.cart.as_ref()).await?;
    if let Some(token) = &visitor.cart {
        visitor.keep_cart(token, cart.count);
    }
    Ok(crate::screens::cart::drawer(&cart, None))
}

/// Sets how many there are of a row; 0 takes it out.
#[server(name = SetQuantity, prefix = "/api", endpoint = "set_quantity", input = Json, output = Json)]
pub async fn set_quantity(
    /// The row.
    line: CartLineId,
    /// How many.
    quantity: i32,
) -> Result<Parts, ApiError> {
    let (shop, visitor) = crate::context::shop_and_visitor()?;
    let cart = visitor.cart.as_ref();
    let count = shop.set_quantity(cart, line, quantity).await?;
    if let Some(token) = cart {
        visitor.keep_cart(token, count);
    }
    let cart = shop.cart(cart).await?;
    Ok(crate::screens::cart::drawer(&cart, None))
}
