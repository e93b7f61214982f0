//! The cart: put in, change, take out, and look at what it costs now.

mod db;
mod merge;
mod price;
mod token;

pub(crate) use db::{Snapshot, SnapshotLine, close, forget, held_by, lock, snapshot};
pub(crate) use merge::take_over;
pub(crate) use price::{cart_line, view};
pub use token::CartToken;

use crate::{Error, Fault, Result, Shop, promotions};
use domain::{
    CartLineId, VariantId,
    cart::{CartError, CartView, MAX_LINES, Quantity},
    promotions::normalise_code,
};

/// What somebody puts into a cart.
#[derive(Debug, Clone)]
pub struct AddItem {
    /// The product's handle.
    pub product: String,
    /// Which of its variants.
    pub wanted: Wanted,
    /// How many.
    pub quantity: Quantity,
}

/// How a variant is named.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// By its id.
    Variant(VariantId),
    /// By its code.
    Sku(String),
    /// By the names of its values, one for each option of the product.
    Values(Vec<String>),
}

/// What became of the cart.
#[derive(Debug, Clone)]
pub struct Added {
    /// The cart's cookie: the one that came, or a new one.
    pub token: CartToken,
    /// How many things are in it now.
    pub count: i32,
}

impl Shop {
    /// The cart, priced and checked anew. Without a cookie, or with one of no cart, it is empty.
    pub async fn cart(&self, token: Option<&CartToken>) -> Result<CartView> {
        let chrome = self.chrome().await?;
        let Some(token) = token else {
            return Ok(CartView::empty(chrome.currency));
        };
        let Some(snapshot) =
            snapshot(self.db(), token, &chrome.country, self.clock().now()).await?
        else {
            return Ok(CartView::empty(chrome.currency));
        };
        Ok(view(&snapshot, chrome.currency))
    }

    /// Puts something in; the same variant twice becomes one row. A cart is made where there is none.
    pub async fn add_to_cart(
        &self,
        token: Option<&CartToken>,
        item: &AddItem,
    ) -> Result<Added, Fault<CartError>> {
        let token = token.cloned().unwrap_or_else(CartToken::generate);
        match db::add(self.db(), self.clock(), &token, item).await? {
            db::Outcome::Added { count } => {
                metrics::counter!("mercer_cart_additions_total").increment(1);
                Ok(Added { token, count })
            }
            db::Outcome::Refused {
                in_cart,
                left,
                lines,
            } => Err(Fault::Refused(refusal(item, in_cart, left, lines))),
            db::Outcome::Outrun => {
                Err(Error::Invariant("a cart was changed while it was locked".to_owned()).into())
            }
            db::Outcome::NotFound => Err(Fault::Refused(self.why_not_found(item).await?)),
        }
    }

    async fn why_not_found(&self, item: &AddItem) -> Result<CartError> {
        Ok(match (self.product(&item.product).await?, &item.wanted) {
            (Some(product), Wanted::Values(values)) => {
                CartError::NotMade(format!("{} in {}", product.title, values.join(", ")))
            }
            _ => CartError::Withdrawn,
        })
    }

    /// Sets how many of a row; 0 takes it out. Returns how many things are in the cart then.
    pub async fn set_quantity(
        &self,
        token: Option<&CartToken>,
        line: CartLineId,
        quantity: i32,
    ) -> Result<i32, Fault<CartError>> {
        let token = token.ok_or(Fault::Refused(CartError::NoLine))?;
        if quantity == 0 {
            return db::remove(self.db(), token, line)
                .await?
                .ok_or(Fault::Refused(CartError::NoLine));
        }
        let quantity = Quantity::try_from(quantity).map_err(Fault::Refused)?;
        match db::set_quantity(self.db(), token, line, quantity.get()).await? {
            None => Err(Fault::Refused(CartError::NoLine)),
            Some(db::Set::Done { count }) => Ok(count),
            Some(db::Set::Withdrawn) => Err(Fault::Refused(CartError::Withdrawn)),
            Some(db::Set::Only { left: 0 }) => Err(Fault::Refused(CartError::SoldOut)),
            Some(db::Set::Only { left }) => {
                Err(Fault::Refused(CartError::Only { left, in_cart: 0 }))
            }
        }
    }

    /// Enters a code. One at a time: a new one takes the place of the old.
    pub async fn apply_coupon(
        &self,
        token: Option<&CartToken>,
        typed: &str,
    ) -> Result<(), Fault<CartError>> {
        let code = normalise_code(typed);
        let coupon = promotions::usable(self.db(), &code, self.clock().now())
            .await?
            .map_err(Fault::Refused)?;
        let token = token.ok_or(Fault::Refused(CartError::NoLine))?;
        db::set_coupon(self.db(), token, Some(&coupon.code)).await?;
        Ok(())
    }

    /// Takes the code out.
    pub async fn remove_coupon(&self, token: Option<&CartToken>) -> Result<()> {
        match token {
            Some(token) => db::set_coupon(self.db(), token, None).await,
            None => Ok(()),
        }
    }
}

fn refusal(item: &AddItem, in_cart: i32, left: i32, lines: i32) -> CartError {
    if left <= 0 {
        CartError::SoldOut
    } else if in_cart == 0 && lines >= i32::try_from(MAX_LINES).unwrap_or(i32::MAX) {
        CartError::Full
    } else if left <= Quantity::MAX && in_cart + item.quantity.get() > left {
        CartError::Only { left, in_cart }
    } else {
        CartError::TooMany { in_cart }
    }
}
