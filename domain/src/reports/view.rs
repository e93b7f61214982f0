//! What the home page of the admin shows.

use super::{Period, Totals};
use crate::{Currency, catalog::Picture};
use serde::{Deserialize, Serialize};

/// The home page of the admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminHome {
    /// To greet with, by the hour where the shop is.
    pub greeting: String,
    /// The day there, in words.
    pub today: String,
    /// What there is to do, for whom may do it.
    pub todo: Vec<Todo>,
    /// The figures, for whom may see them, once there are some.
    pub figures: Option<Figures>,
    /// What to do first, as long as the shop has no products or no orders.
    pub first: Option<FirstSteps>,
}

/// How far a new shop is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstSteps {
    /// Whether it has a product.
    pub has_products: bool,
}

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Which.
    pub period: Period,
    /// What they are in.
    pub currency: Currency,
    /// How many orders were paid today.
    pub orders_today: i64,
    /// What the period came to.
    pub now: Totals,
    /// What the one before came to, which is as long.
    pub before: Totals,
    /// What was sold in it, point by point.
    pub sales: SalesSeries,
    /// What was sold in the one before.
    pub sales_before: SalesSeries,
    /// What sold best, the best first.
    pub top: Vec<TopProduct>,
    /// What runs low, the lowest first.
    pub low: Vec<LowRow>,
}

/// Net sales, point by point.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SalesSeries {
    /// Its days in words: `23 Oct to 21 Nov`.
    pub label: String,
    /// The earliest first.
    pub points: Vec<SalesPoint>,
}

/// Net sales of an hour, a day or a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SalesPoint {
    /// What stands below it: `23 Oct`.
    pub short: String,
    /// The same in full: `Friday 23 October 2026`.
    pub long: String,
    /// What was paid less what went back, in minor units.
    pub sales: i64,
}

/// A product that sold well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopProduct {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its first picture.
    pub picture: Option<Picture>,
    /// How many were sold.
    pub quantity: i64,
    /// What they came to after discounts, before refunds, in minor units.
    pub sales: i64,
}

/// A variant that there are few of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LowRow {
    /// Its SKU.
    pub sku: String,
    /// The product's title.
    pub title: String,
    /// Its options: `Sage, medium`.
    pub label: String,
    /// Its picture, or the product's.
    pub picture: Option<Picture>,
    /// How many can be sold.
    pub available: i64,
    /// For how many days that lasts if it sells as in the last 30 days; nothing where none sold.
    pub days_left: Option<i64>,
}

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Todo {
    /// What.
    pub kind: TodoKind,
    /// How often.
    pub count: i64,
}

/// What can be to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TodoKind {
    /// Orders are to be sent.
    Send,
    /// Something about payments needs a person, and nobody of the staff has done anything since.
    Attention,
    /// Customers dispute payments.
    Disputed,
    /// Orders wait for their payment.
    Unpaid,
    /// Background work failed for good.
    DeadJobs,
}

impl TodoKind {
    /// In words, after the number.
    pub const fn words(self, count: i64) -> &'static str {
        match (self, count) {
            (Self::Send, 1) => "Order to send",
            (Self::Send, _) => "Orders to send",
            (Self::Attention, 1) => "Order needs somebody to look at its payment",
            (Self::Attention, _) => "Orders need somebody to look at their payments",
            (Self::Disputed, 1) => "Payment is disputed: answer at Stripe",
            (Self::Disputed, _) => "Payments are disputed: answer at Stripe",
            (Self::Unpaid, 1) => "Order waits for its payment",
            (Self::Unpaid, _) => "Orders wait for their payment",
            (Self::DeadJobs, 1) => "Piece of background work failed for good",
            (Self::DeadJobs, _) => "Pieces of background work failed for good",
        }
    }

    /// Where it is done.
    pub const fn href(self) -> &'static str {
        match self {
            Self::Send => "/admin/orders?tab=to-send",
            Self::Attention => "/admin/orders?tab=attention",
            Self::Disputed => "/admin/orders?tab=disputed",
            Self::Unpaid => "/admin/orders?tab=unpaid",
            Self::DeadJobs => "/admin/jobs",
        }
    }
}
