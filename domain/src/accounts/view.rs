//! What the screens of an account show.

use crate::{
    AddressId, CustomerId, CustomerSessionId, Money,
    catalog::Picture,
    checkout::Address,
    orders::{FulfilmentStatus, OrderStatus, PaymentStatus},
};
use serde::{Deserialize, Serialize};

/// Who is signed in, as their own page of details shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// Another address that they asked for and have not confirmed.
    pub new_email: Option<String>,
}

/// A row of an address book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedAddress {
    /// Which.
    pub id: AddressId,
    /// The address.
    pub address: Address,
    /// Whether the checkout begins with it.
    pub is_default: bool,
}

impl SavedAddress {
    /// The address on one line, to choose it by.
    pub fn label(&self) -> String {
        self.address.lines().join(", ")
    }
}

/// A browser that a customer signed in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerSessionRow {
    /// Which.
    pub id: CustomerSessionId,
    /// What people call it: `Firefox on Linux`.
    pub agent: String,
    /// From where.
    pub client: String,
    /// Since when, in words.
    pub since: String,
    /// When it was last used, in words.
    pub seen: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Where an order stands, in two words for a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderBadge {
    /// Not paid yet.
    Unpaid,
    /// Paid, and being packed.
    Packing,
    /// A part of it is on its way.
    PartlySent,
    /// All of it is on its way, or there.
    Sent,
    /// A part of the money went back.
    PartlyRefunded,
    /// All of the money went back.
    Refunded,
    /// Not paid in time, or taken back.
    Cancelled,
}

impl OrderBadge {
    /// What an order's states come to.
    pub const fn of(
        status: OrderStatus,
        payment: PaymentStatus,
        fulfilment: FulfilmentStatus,
    ) -> Self {
        match (status, payment, fulfilment) {
            (OrderStatus::Pending, _, _) => Self::Unpaid,
            (_, PaymentStatus::Refunded, _) => Self::Refunded,
            (OrderStatus::Cancelled, _, _) => Self::Cancelled,
            (_, PaymentStatus::PartiallyRefunded, _) => Self::PartlyRefunded,
            (_, _, FulfilmentStatus::Partial) => Self::PartlySent,
            (OrderStatus::Completed, _, _) | (_, _, FulfilmentStatus::Fulfilled) => Self::Sent,
            _ => Self::Packing,
        }
    }

    /// The words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unpaid => "Not paid yet",
            Self::Packing => "Being packed",
            Self::PartlySent => "Part on its way",
            Self::Sent => "Sent",
            Self::PartlyRefunded => "Part refunded",
            Self::Refunded => "Refunded",
            Self::Cancelled => "Cancelled",
        }
    }
}

/// An order in somebody's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// The number that people use.
    pub number: i64,
    /// The day in the shop's time zone: `21 November 2026`.
    pub placed_on: String,
    /// What was to be paid.
    pub total: Money,
    /// Where it stands.
    pub badge: OrderBadge,
    /// What the first of its things look like.
    pub pictures: Vec<Picture>,
    /// What was bought, by title: the first of them.
    pub titles: Vec<String>,
    /// How many rows it has beyond those.
    pub more: i64,
    /// When it arrives, in words; empty where nothing is on its way.
    pub arrival: String,
}

impl HistoryRow {
    /// The address of its page in the account.
    pub fn href(&self) -> String {
        format!("/account/orders/{}", self.number)
    }
}

/// A page of somebody's orders, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct HistoryPage {
    /// The orders.
    pub orders: Vec<HistoryRow>,
    /// Where the page behind begins, where there is one.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub is_first: bool,
}

/// An order of a customer, for the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerOrder {
    /// The number that people use.
    pub number: i64,
    /// The day in the shop's time zone.
    pub placed_on: String,
    /// What was to be paid.
    pub total: Money,
    /// Where it stands.
    pub badge: OrderBadge,
}

/// A customer, for the staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerCard {
    /// Who.
    pub id: CustomerId,
    /// What they are called; empty once they were deleted.
    pub name: String,
    /// Where mail reaches them; empty once they were deleted.
    pub email: String,
    /// What the staff writes about them.
    pub note: String,
    /// The version, for a change to name.
    pub version: i32,
    /// Since when they have an account: `21 November 2026`.
    pub since: String,
    /// Whether the address is known to be theirs.
    pub is_confirmed: bool,
    /// Whether they were deleted: the books stay, the person does not.
    pub is_deleted: bool,
    /// Their address book.
    pub addresses: Vec<SavedAddress>,
    /// How many orders of theirs were paid.
    pub order_count: i64,
    /// What they paid, without what went back.
    pub spent: Money,
    /// Their latest orders.
    pub orders: Vec<CustomerOrder>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use FulfilmentStatus as Goods;
    use OrderStatus as Order;
    use PaymentStatus as Paid;

    #[test]
    fn the_money_that_went_back_is_told_before_the_goods() {
        for (order, paid, goods, badge) in [
            (
                Order::Pending,
                Paid::Unpaid,
                Goods::Unfulfilled,
                OrderBadge::Unpaid,
            ),
            (
                Order::Open,
                Paid::Paid,
                Goods::Unfulfilled,
                OrderBadge::Packing,
            ),
            (
                Order::Open,
                Paid::Paid,
                Goods::Partial,
                OrderBadge::PartlySent,
            ),
            (Order::Open, Paid::Paid, Goods::Fulfilled, OrderBadge::Sent),
            (
                Order::Completed,
                Paid::Paid,
                Goods::Fulfilled,
                OrderBadge::Sent,
            ),
            (
                Order::Completed,
                Paid::PartiallyRefunded,
                Goods::Fulfilled,
                OrderBadge::PartlyRefunded,
            ),
            (
                Order::Cancelled,
                Paid::Refunded,
                Goods::Unfulfilled,
                OrderBadge::Refunded,
            ),
            (
                Order::Cancelled,
                Paid::Unpaid,
                Goods::Unfulfilled,
                OrderBadge::Cancelled,
            ),
        ] {
            assert_eq!(OrderBadge::of(order, paid, goods), badge);
        }
    }
}
