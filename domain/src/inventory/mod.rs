//! Stock arithmetic: what is there, what is promised, what is left.

mod view;

pub use view::{
    Adjustment, InventoryFilter, InventoryPage, InventoryRow, InventorySort, InventoryTab,
    MovementRow, StockDay, StockFilter, StockForm, StockPage,
};

use crate::text_enum::text_enum;
use serde::{Deserialize, Serialize};

/// Up to this many, a shopper is told how many are left.
pub const LOW: i32 = 5;

/// Where the stock of a SKU is explained. A SKU may hold any sign.
pub fn stock_href(sku: &str) -> String {
    let mut href = String::from("/admin/inventory/");
    for byte in sku.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            href.push(char::from(byte));
        } else {
            href.push('%');
            for digit in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
                href.push(digit.to_ascii_uppercase());
            }
        }
    }
    href
}

/// What a shopper can have of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stock {
    /// More than anybody needs to be told of.
    Plenty,
    /// This few, from 1 to [`LOW`].
    Low(i32),
    /// None.
    SoldOut,
}

impl Stock {
    /// What `available` units mean to a shopper.
    pub const fn of(available: i32) -> Self {
        match available {
            i32::MIN..=0 => Self::SoldOut,
            1..=LOW => Self::Low(available),
            _ => Self::Plenty,
        }
    }

    /// Whether one can be bought.
    pub const fn can_buy(self) -> bool {
        !matches!(self, Self::SoldOut)
    }
}

/// The quantities of a variant at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StockLevel {
    /// Units on the shelf.
    pub on_hand: i32,
    /// Of those, promised to paid orders.
    pub allocated: i32,
    /// Of those, held for orders that are being paid.
    pub reserved: i32,
}

impl StockLevel {
    /// What is left for others.
    pub const fn available(self) -> i32 {
        self.on_hand - self.allocated - self.reserved
    }
}

text_enum! {
    /// Why a stock level changed. Every change is one row of the ledger.
    MovementKind {
        /// Goods came in: on hand rises.
        Received = "received",
        /// Counted anew, broken, lost or found: on hand changes.
        Adjusted = "adjusted",
        /// Held for an order that is being paid: reserved rises.
        Reserved = "reserved",
        /// The order was not paid: reserved falls.
        Released = "released",
        /// The order was paid: what was reserved is allocated.
        Allocated = "allocated",
        /// A paid order was cancelled before it was sent: allocated falls.
        Deallocated = "deallocated",
        /// Sent: on hand and allocated fall.
        Shipped = "shipped",
        /// Came back and can be sold again: on hand rises.
        Restocked = "restocked",
    }
}

impl MovementKind {
    /// What `quantity` units of this movement do to on hand, allocated and reserved.
    pub const fn deltas(self, quantity: i32) -> [i32; 3] {
        match self {
            Self::Received | Self::Adjusted | Self::Restocked => [quantity, 0, 0],
            Self::Reserved => [0, 0, quantity],
            Self::Released => [0, 0, -quantity],
            Self::Allocated => [0, quantity, -quantity],
            Self::Deallocated => [0, -quantity, 0],
            Self::Shipped => [-quantity, -quantity, 0],
        }
    }

    /// What `quantity` units of this movement do to what can be sold.
    pub const fn effect(self, quantity: i32) -> i32 {
        let [on_hand, allocated, reserved] = self.deltas(quantity);
        on_hand - allocated - reserved
    }

    /// What happened, in a word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::Adjusted => "Adjusted",
            Self::Reserved => "Held",
            Self::Released => "Released",
            Self::Allocated => "Allocated",
            Self::Deallocated => "Taken back",
            Self::Shipped => "Sent",
            Self::Restocked => "Returned",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(level: StockLevel, moves: &[(MovementKind, i32)]) -> StockLevel {
        moves.iter().fold(level, |level, (kind, quantity)| {
            let [on_hand, allocated, reserved] = kind.deltas(*quantity);
            StockLevel {
                on_hand: level.on_hand + on_hand,
                allocated: level.allocated + allocated,
                reserved: level.reserved + reserved,
            }
        })
    }

    #[test]
    fn a_sale_lowers_what_is_available_once() {
        use MovementKind::{Allocated, Received, Released, Reserved, Shipped};
        let stocked = after(StockLevel::default(), &[(Received, 10)]);
        let placed = after(stocked, &[(Reserved, 3)]);
        assert_eq!(placed.available(), 7);
        let paid = after(placed, &[(Allocated, 3)]);
        assert_eq!(paid.available(), 7);
        let sent = after(paid, &[(Shipped, 3)]);
        assert_eq!((sent.available(), sent.on_hand), (7, 7));
        assert_eq!(after(placed, &[(Released, 3)]), stocked);
    }

    #[test]
    fn every_sku_has_an_address() {
        assert_eq!(stock_href("RIDGE-M"), "/admin/inventory/RIDGE-M");
        assert_eq!(stock_href("a/b ü?"), "/admin/inventory/a%2Fb%20%C3%BC%3F");
    }

    #[test]
    fn what_can_be_sold_changes_when_it_is_held_and_not_when_it_is_sent() {
        use MovementKind::{Allocated, Deallocated, Received, Reserved, Shipped};
        let effects =
            [Received, Reserved, Allocated, Shipped, Deallocated].map(|kind| kind.effect(2));
        assert_eq!(effects, [2, -2, 0, 0, 2]);
    }

    #[test]
    fn few_are_counted_out_and_many_are_not() {
        assert_eq!(Stock::of(-1), Stock::SoldOut);
        assert_eq!(Stock::of(5), Stock::Low(5));
        assert_eq!(Stock::of(6), Stock::Plenty);
    }
}
