//! The checkout.

use super::Parts;
use crate::error::ApiError;
use domain::checkout::CheckoutForm;
use leptos::prelude::*;
use server_fn::codec::Json;

/// What the checkout shows for this country and this delivery method.
#[server(name = CheckoutTotals, prefix = "/api", endpoint = "checkout_totals", input = Json, output = Json)]
pub async fn checkout_totals(
    /// Where it goes and how; the rest of the form may be missing.
    form: CheckoutForm,
) -> Result<Parts, ApiError> {
    let (shop, visitor) = crate::context::shop_and_visitor()?;
    let view = Box::pin(shop.checkout(visitor.cart.as_ref(), form)).await?;
    Ok(crate::screens::checkout::parts(&view))
}
