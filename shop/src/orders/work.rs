//! An order taken up to do something with it, or to show it to the staff: what it has, row by row.

use domain::{
    Currency, CustomerId, Money, OrderId, PaymentId, VariantId,
    catalog::Picture,
    checkout::{Address, CheckoutForm},
    fulfilment::LineAccount,
    orders::{FulfilmentStatus, OrderStatus, PaymentStatus, RefundBasis, WhatNow},
};
use jiff::{Timestamp, tz::TimeZone};

use super::addressed::Addressed;

/// An order with its rows and its money.
pub(crate) struct AtWork {
    pub(crate) id: OrderId,
    pub(crate) number: i64,
    pub(crate) token: String,
    pub(crate) version: i32,
    pub(crate) status: OrderStatus,
    pub(crate) payment_status: PaymentStatus,
    pub(crate) fulfilment: FulfilmentStatus,
    pub(crate) currency: Currency,
    /// The payment that it keeps.
    pub(crate) payment: Option<PaymentId>,
    /// Whether Stripe has never heard of that payment: an order of the demo's past, which was made up.
    pub(crate) is_made_up: bool,
    /// What that brought.
    pub(crate) captured: i64,
    /// What of it went back, or is on its way back.
    pub(crate) given_back: i64,
    /// What of delivery, with the tax that was added, did not go back.
    pub(crate) shipping_left: i64,
    pub(crate) lines: Vec<WorkLine>,
    pub(super) customer: Option<CustomerId>,
    pub(super) email: String,
    pub(super) placed_at: Timestamp,
    pub(super) paid_at: Option<Timestamp>,
    pub(super) time_zone: TimeZone,
    pub(super) sums: Sums,
    pub(super) shipping_code: String,
    pub(super) shipping_name: String,
    pub(super) shipping_address: Address,
    pub(super) billing_address: Option<Address>,
    /// The number of its invoice.
    pub(super) invoice: Option<i64>,
}

/// What it came to, in minor units.
pub(super) struct Sums {
    pub(super) subtotal: i64,
    pub(super) coupon: Option<String>,
    pub(super) discount: i64,
    pub(super) shipping: i64,
    pub(super) tax_name: String,
    pub(super) tax_rate: i32,
    pub(super) tax_included: i64,
    pub(super) tax_added: i64,
    pub(super) total: i64,
}

/// A row of it.
pub(crate) struct WorkLine {
    pub(crate) account: LineAccount,
    pub(crate) variant: VariantId,
    pub(super) title: String,
    pub(super) label: String,
    pub(super) sku: String,
    pub(super) handle: String,
    pub(super) picture: Option<Picture>,
    pub(super) unit: i64,
    pub(super) subtotal: i64,
    pub(super) discount: i64,
    pub(super) tax: i64,
}

impl AtWork {
    /// What became of each row.
    pub(crate) fn accounts(&self) -> Vec<LineAccount> {
        self.lines.iter().map(|line| line.account.clone()).collect()
    }

    /// What can be done with it.
    pub(crate) fn now(&self) -> WhatNow {
        let sum = |of: fn(&LineAccount) -> i32| {
            let counts = self.lines.iter().map(|line| of(&line.account));
            counts.sum()
        };
        WhatNow {
            status: self.status,
            payment: self.payment_status,
            sent: sum(|line| line.fulfilled),
            to_send: sum(LineAccount::to_send),
            left: self.captured - self.given_back,
        }
    }

    /// What it has to give back.
    pub(crate) fn basis(&self) -> RefundBasis {
        RefundBasis {
            currency: self.currency,
            lines: self.accounts(),
            shipping_left: self.shipping_left,
            left: self.captured - self.given_back,
        }
    }

    /// Whether it is what a page showed.
    pub(crate) fn is_version(&self, typed: &str) -> bool {
        typed.trim().parse() == Ok(self.version)
    }

    /// What people call it.
    pub(crate) fn name(&self) -> String {
        format!("order {}", self.number)
    }

    /// An amount of it.
    pub(crate) const fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    /// How many things were bought.
    pub(crate) fn count(&self) -> i32 {
        self.lines.iter().map(|line| line.account.quantity).sum()
    }

    /// Its addresses as the checkout's form has them.
    pub(super) fn form(&self) -> CheckoutForm {
        let addressed = Addressed {
            email: self.email.clone(),
            shipping: self.shipping_address.clone(),
            billing: self.billing_address.clone(),
            method: self.shipping_code.clone(),
        };
        addressed.into_form()
    }
}
