//! Orders: their states, their timeline, and what a shopper sees of them.

mod admin;
mod list;
mod paper;
mod refund;
mod writes;

pub use admin::{
    AdminOrder, AdminOrderLine, AdminRefund, CustomerCard, MailSeen, OrderHappening, PaymentSeen,
    WhatNow,
};
pub use list::{ORDERS, OrderFilter, OrderKey, OrderList, OrderRow, OrderSort, OrderTab};
pub use paper::{Invoice, InvoiceLine, PackingSlip};
pub use refund::{
    PlannedLine, RefundBasis, RefundError, RefundField, RefundForm, RefundPlan, RefundUnits,
};
pub use writes::{
    CancelError, CancelForm, CorrectionError, CorrectionForm, InvoiceError, MailAgainError,
    MailAgainForm, NoteError, check_note,
};

use crate::{
    Currency, Money, RefundId,
    catalog::Picture,
    checkout::{Address, Arrival},
    fulfilment::Parcel,
    text_enum::text_enum,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where an order stands.
    OrderStatus {
        /// Placed and not paid.
        Pending = "pending",
        /// Paid, with something left to do.
        Open = "open",
        /// Sent, and nothing left to do.
        Completed = "completed",
        /// Not paid in time, or taken back.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// Where an order's money stands.
    PaymentStatus {
        /// Nothing came in.
        Unpaid = "unpaid",
        /// Held on the card.
        Authorised = "authorised",
        /// All of it came in.
        Paid = "paid",
        /// A part went back.
        PartiallyRefunded = "partially_refunded",
        /// All of it went back.
        Refunded = "refunded",
        /// The buyer's bank asks for it back.
        Disputed = "disputed",
    }
}

text_enum! {
    /// Where an order's goods stand.
    FulfilmentStatus {
        /// Nothing was sent.
        Unfulfilled = "unfulfilled",
        /// A part was sent.
        Partial = "partial",
        /// All was sent.
        Fulfilled = "fulfilled",
        /// All came back.
        Returned = "returned",
    }
}

text_enum! {
    /// What happened to an order.
    EventKind {
        /// It was placed.
        Placed = "placed",
        /// It was placed again with other contents before it was paid.
        Changed = "changed",
        /// A pay page was opened.
        PaymentStarted = "payment_started",
        /// It was paid.
        Paid = "paid",
        /// It was not paid in time.
        PaymentExpired = "payment_expired",
        /// A payment that was not wanted was sent back.
        PaymentReturned = "payment_returned",
        /// Something about its payment needs a person.
        NeedsAttention = "needs_attention",
        /// A mail about it was sent.
        MailSent = "mail_sent",
        /// Money is to go back: somebody of the staff asked for it.
        RefundAsked = "refund_asked",
        /// It went back.
        Refunded = "refunded",
        /// The buyer's bank asks for the money back.
        Disputed = "disputed",
        /// Goods were sent.
        Fulfilled = "fulfilled",
        /// It was cancelled.
        Cancelled = "cancelled",
        /// Somebody of the staff wrote a note.
        Noted = "noted",
        /// An address was put right.
        AddressCorrected = "address_corrected",
        /// Its invoice was issued.
        Invoiced = "invoiced",
    }
}

impl EventKind {
    /// What happened, where nothing more is said about it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Placed => "The order was placed.",
            Self::Changed => "It was placed anew with other contents.",
            Self::PaymentStarted => "A pay page was opened.",
            Self::Paid => "It was paid.",
            Self::PaymentExpired => "The pay page closed unpaid.",
            Self::PaymentReturned => "The payment went back.",
            Self::NeedsAttention => "Somebody has to look at this.",
            Self::MailSent => "A mail was sent.",
            Self::RefundAsked => "A refund was asked for.",
            Self::Refunded => "Money went back.",
            Self::Disputed => "The buyer’s bank asks for the money back.",
            Self::Fulfilled => "Things were sent.",
            Self::Cancelled => "The order was cancelled.",
            Self::Noted => "A note was written.",
            Self::AddressCorrected => "The address was corrected.",
            Self::Invoiced => "The invoice was issued.",
        }
    }
}

text_enum! {
    /// Where money that goes back stands.
    RefundStatus {
        /// On its way.
        Pending = "pending",
        /// Back.
        Succeeded = "succeeded",
        /// Refused: it has to go back another way.
        Failed = "failed",
    }
}

text_enum! {
    /// A mail about an order.
    MailKind {
        /// The receipt.
        Confirmation = "order_confirmation",
        /// That what was paid for cannot be sent.
        Regret = "order_regret",
        /// That a parcel is on its way.
        Dispatch = "order_dispatch",
        /// That money goes back.
        Refund = "order_refund",
        /// That it was cancelled.
        Cancellation = "order_cancellation",
    }
}

impl MailKind {
    /// What the staff call it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirmation => "Receipt",
            Self::Regret => "Cannot be filled",
            Self::Dispatch => "On its way",
            Self::Refund => "Refund",
            Self::Cancellation => "Cancelled",
        }
    }
}

/// A row of an order, with names and prices as they were when it was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The product's title.
    pub title: String,
    /// The names of the variant's values; may be empty.
    pub label: String,
    /// Its SKU.
    pub sku: String,
    /// The product's name in addresses; it may be gone by now.
    pub handle: String,
    /// What it looks like.
    pub picture: Option<Picture>,
    /// What one cost.
    pub unit: Money,
    /// How many.
    pub quantity: i32,
    /// What they cost together, before the discount.
    pub subtotal: Money,
}

/// An order as its page and its mails show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderView {
    /// The number that people use.
    pub number: i64,
    /// The part of its address that cannot be guessed.
    pub token: String,
    /// Where the receipt went.
    pub email: String,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// The same in the shop's time zone, in words: `Saturday 21 November, 10:24`.
    pub placed_at_local: String,
    /// When it was paid, in the shop's time zone, in words.
    pub paid_at_local: Option<String>,
    /// Where it stands.
    pub status: OrderStatus,
    /// Where its money stands.
    pub payment: PaymentStatus,
    /// Where its goods stand.
    pub fulfilment: FulfilmentStatus,
    /// Its rows.
    pub lines: Vec<OrderLine>,
    /// The currency of every amount.
    pub currency: Currency,
    /// The sum of the rows.
    pub subtotal: Money,
    /// The code that was used and what it took off.
    pub discount: Option<(String, Money)>,
    /// What delivery is called.
    pub shipping_name: String,
    /// What delivery cost.
    pub shipping: Money,
    /// The name of the tax.
    pub tax_name: String,
    /// The tax contained in the total.
    pub tax_included: Money,
    /// The tax added to it.
    pub tax_added: Money,
    /// What was to be paid.
    pub total: Money,
    /// Where it goes.
    pub shipping_address: Address,
    /// Where the bill goes, where that is elsewhere.
    pub billing_address: Option<Address>,
    /// When it arrives.
    pub arrival: Arrival,
    /// The card, where one paid: brand and last four digits.
    pub card: Option<(String, String)>,
    /// Where an unpaid order can still be paid.
    pub pay_href: Option<String>,
    /// What was sent, the first first.
    pub parcels: Vec<Parcel>,
    /// What went back, the first first; none that failed.
    pub refunds: Vec<OrderRefund>,
}

/// Money that went back, as the shopper sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRefund {
    /// Which.
    pub id: RefundId,
    /// How much.
    pub amount: Money,
    /// When it was sent, in the shop's time zone, in words.
    pub at: String,
    /// Whether the bank has it already.
    pub is_back: bool,
}

impl OrderView {
    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/orders/{}", self.token)
    }

    /// The first name of whom it goes to, or the whole where there is but one word.
    pub fn first_name(&self) -> &str {
        self.shipping_address
            .name
            .split_whitespace()
            .next()
            .unwrap_or(&self.shipping_address.name)
    }

    /// How many things.
    pub fn count(&self) -> i32 {
        self.lines.iter().map(|line| line.quantity).sum()
    }
}

/// The form that finds an order, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FindOrderForm {
    /// The order's number.
    pub number: String,
    /// The e-mail address that it was placed with.
    pub email: String,
}

/// What is wrong with it, in words for the shopper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FindOrderError {
    /// Nothing fits. It does not say which of the two is wrong.
    #[error(
        "We find no order with this number and e-mail address. Both are in the receipt that we sent."
    )]
    NotFound,
    /// Too many attempts from one place.
    #[error("That was a lot of attempts. Please wait a minute and try again.")]
    TooOften,
}
