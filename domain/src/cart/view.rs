//! A cart as a page shows it.

use crate::{CartLineId, Currency, Money, VariantId, catalog::Picture};
use serde::{Deserialize, Serialize};

/// What happened to a row since it was put in, and has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adjustment {
    /// Fewer are left than are in the cart: this many. The row cannot be bought as it is.
    Only(i32),
    /// None are left.
    SoldOut,
    /// The product is no longer for sale.
    Withdrawn,
    /// The price changed since it was put in: from this.
    PriceWas(Money),
}

impl Adjustment {
    /// Whether the row has to be changed before the cart can be bought.
    pub const fn blocks(self) -> bool {
        !matches!(self, Self::PriceWas(_))
    }
}

impl std::fmt::Display for Adjustment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Only(left) => write!(f, "We have only {left} left. Please change the quantity."),
            Self::SoldOut => f.write_str("This has sold out since you chose it. Please remove it."),
            Self::Withdrawn => f.write_str("This is no longer for sale. Please remove it."),
            Self::PriceWas(price) => write!(f, "The price was {price} when you chose it."),
        }
    }
}

/// A row of a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// The row.
    pub id: CartLineId,
    /// What is bought.
    pub variant: VariantId,
    /// Its SKU.
    pub sku: String,
    /// The product's name in addresses.
    pub handle: String,
    /// The product's title.
    pub title: String,
    /// The names of the variant's values: `Sage, Medium`; may be empty.
    pub label: String,
    /// What it looks like.
    pub picture: Option<Picture>,
    /// What one costs now.
    pub unit: Money,
    /// How many.
    pub quantity: i32,
    /// What they cost together.
    pub total: Money,
    /// How many could be had, up to 99; 0 for a withdrawn product.
    pub available: i32,
    /// What has to be told.
    pub adjustment: Option<Adjustment>,
}

impl CartLine {
    /// The address of the product with this variant chosen.
    pub fn href(&self) -> String {
        if self.label.is_empty() {
            format!("/products/{}", self.handle)
        } else {
            format!("/products/{}?variant={}", self.handle, self.sku)
        }
    }
}

/// How far it is to free delivery in the shop's own country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeDelivery {
    /// From here on delivery is free.
    pub from: Money,
    /// What is missing; 0 where it is reached.
    pub missing: Money,
}

/// A cart, priced for the shop's own country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartView {
    /// The currency of every amount.
    pub currency: Currency,
    /// Its rows, the oldest first.
    pub lines: Vec<CartLine>,
    /// How many things, over all rows.
    pub count: i32,
    /// What they cost together.
    pub subtotal: Money,
    /// The code that was entered and what it takes off.
    pub discount: Option<(String, Money)>,
    /// The code that was entered, where it takes nothing off any more.
    pub ended_code: Option<String>,
    /// What is to be paid, without delivery.
    pub total: Money,
    /// The tax that the total includes.
    pub tax_included: Money,
    /// How far it is to free delivery.
    pub free_delivery: Option<FreeDelivery>,
}

impl CartView {
    /// A cart with nothing in it.
    pub fn empty(currency: Currency) -> Self {
        let zero = Money::new(0, currency);
        Self {
            currency,
            lines: Vec::new(),
            count: 0,
            subtotal: zero,
            discount: None,
            ended_code: None,
            total: zero,
            tax_included: zero,
            free_delivery: None,
        }
    }

    /// Whether it can be bought as it is.
    pub fn can_check_out(&self) -> bool {
        !self.lines.is_empty()
            && !self
                .lines
                .iter()
                .any(|line| line.adjustment.is_some_and(Adjustment::blocks))
    }
}
