//! An order as the staff see it.

use super::{
    EventKind, FulfilmentStatus, MailKind, OrderStatus, PaymentStatus, RefundBasis, RefundStatus,
};
use crate::{
    Currency, CustomerId, Money, OrderId, RefundId,
    catalog::Picture,
    checkout::Address,
    fulfilment::{LineAccount, Parcel},
    payments::AttemptStatus,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What can be done with an order as it stands. The page asks it, and so does every write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatNow {
    /// Where it stands.
    pub status: OrderStatus,
    /// Where its money stands.
    pub payment: PaymentStatus,
    /// How many things were sent.
    pub sent: i32,
    /// How many are to be sent.
    pub to_send: i32,
    /// What of the money can go back, in minor units.
    pub left: i64,
}

impl WhatNow {
    /// Whether something can be sent.
    pub fn can_fulfil(self) -> bool {
        self.status == OrderStatus::Open && self.is_paid() && self.to_send > 0
    }

    /// Whether money can go back.
    pub fn can_refund(self) -> bool {
        self.is_paid() && self.payment != PaymentStatus::Disputed && self.left > 0
    }

    /// Whether it can be taken back as a whole.
    pub fn can_cancel(self) -> bool {
        match self.status {
            OrderStatus::Pending => true,
            OrderStatus::Open => self.sent == 0 && self.payment != PaymentStatus::Disputed,
            OrderStatus::Completed | OrderStatus::Cancelled => false,
        }
    }

    /// Whether its addresses can be put right: nothing is on its way to them.
    pub fn can_correct(self) -> bool {
        self.status == OrderStatus::Open && self.sent == 0
    }

    /// Whether it has, or can have, an invoice.
    pub fn can_invoice(self) -> bool {
        self.is_paid()
    }

    fn is_paid(self) -> bool {
        !matches!(
            self.payment,
            PaymentStatus::Unpaid | PaymentStatus::Authorised
        )
    }
}

/// A row of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOrderLine {
    /// What became of it.
    pub account: LineAccount,
    /// The product's title.
    pub title: String,
    /// The names of the variant's values; may be empty.
    pub label: String,
    /// Its SKU.
    pub sku: String,
    /// The product's name in addresses.
    pub handle: String,
    /// What it looks like.
    pub picture: Option<Picture>,
    /// What one cost.
    pub unit: Money,
    /// What they cost together, before the discount.
    pub subtotal: Money,
    /// Its share of the discount.
    pub discount: Money,
    /// The tax on it.
    pub tax: Money,
}

/// An attempt to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentSeen {
    /// Where it stands.
    pub status: AttemptStatus,
    /// How much.
    pub amount: Money,
    /// When it began, in words.
    pub at: String,
    /// The card: brand and last four digits.
    pub card: Option<(String, String)>,
    /// Stripe's name of the pay page.
    pub session: Option<String>,
    /// Stripe's name of the payment.
    pub intent: Option<String>,
}

/// Money that goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminRefund {
    /// Which.
    pub id: RefundId,
    /// Where it stands.
    pub status: RefundStatus,
    /// How much.
    pub amount: Money,
    /// What of it is for delivery.
    pub shipping: Money,
    /// What was added to what rows and delivery come to, or kept.
    pub adjustment: Money,
    /// For what: name and how many.
    pub lines: Vec<(String, i32)>,
    /// Why.
    pub reason: String,
    /// Who asked for it; empty where the shop did by itself.
    pub staff: String,
    /// When, in words.
    pub at: String,
    /// Stripe's name of it.
    pub stripe: Option<String>,
}

/// Who bought it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerCard {
    /// Their account, where they have one.
    pub id: Option<CustomerId>,
    /// What they are called.
    pub name: String,
    /// Where mail reaches them.
    pub email: String,
    /// How many orders they paid.
    pub orders: i64,
    /// What they spent on them, less what went back.
    pub spent: Money,
}

/// Something that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderHappening {
    /// What.
    pub kind: EventKind,
    /// Who did it; empty where nobody of the staff did.
    pub staff: String,
    /// A sentence on it; after a name, what follows the name. May be empty.
    pub detail: String,
    /// What they wrote about it; may be empty.
    pub note: String,
    /// When, in words.
    pub at: String,
}

/// A mail about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSeen {
    /// Which.
    pub kind: MailKind,
    /// The parcel or the refund that it is about, where it is about one.
    pub about: Option<Uuid>,
    /// Its subject.
    pub subject: String,
    /// When it was sent, in words; `None` where it waits.
    pub sent_at: Option<String>,
}

/// Everything about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOrder {
    /// Which.
    pub id: OrderId,
    /// The number that people use.
    pub number: i64,
    /// How often it was written: what is written next names it.
    pub version: i32,
    /// The part of the shopper's page's address that cannot be guessed.
    pub token: String,
    /// When it was placed, in words.
    pub placed_at: String,
    /// When it was paid, in words.
    pub paid_at: Option<String>,
    /// Where its goods stand.
    pub fulfilment: FulfilmentStatus,
    /// Where the rest stands.
    pub now: WhatNow,
    /// Its rows.
    pub lines: Vec<AdminOrderLine>,
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
    /// What of it, with the tax that was added, did not go back yet.
    pub shipping_left: Money,
    /// The name of the tax.
    pub tax_name: String,
    /// Its rate in basis points.
    pub tax_rate: i32,
    /// The tax contained in the total.
    pub tax_included: Money,
    /// The tax added to it.
    pub tax_added: Money,
    /// What was to be paid.
    pub total: Money,
    /// What came in.
    pub captured: Money,
    /// What of it went back, or is on its way back.
    pub given_back: Money,
    /// The attempts to be paid, the first first.
    pub payments: Vec<PaymentSeen>,
    /// What went back, the first first.
    pub refunds: Vec<AdminRefund>,
    /// What was sent, the first first.
    pub parcels: Vec<Parcel>,
    /// Who bought it.
    pub customer: CustomerCard,
    /// Where it goes.
    pub shipping_address: Address,
    /// Where the bill goes, where that is elsewhere.
    pub billing_address: Option<Address>,
    /// What happened, the latest first.
    pub timeline: Vec<OrderHappening>,
    /// The mails, the first first.
    pub mails: Vec<MailSeen>,
    /// The number of its invoice.
    pub invoice: Option<i64>,
}

impl AdminOrder {
    /// The address of its page.
    pub fn href(&self) -> String {
        format!("/admin/orders/{}", self.number)
    }

    /// How many things.
    pub fn count(&self) -> i32 {
        self.lines.iter().map(|line| line.account.quantity).sum()
    }

    /// What became of each row.
    pub fn accounts(&self) -> Vec<LineAccount> {
        self.lines.iter().map(|line| line.account.clone()).collect()
    }

    /// The card that paid.
    pub fn card(&self) -> Option<&(String, String)> {
        let paid = self
            .payments
            .iter()
            .find(|payment| payment.status == AttemptStatus::Succeeded);
        paid?.card.as_ref()
    }

    /// What can still go back.
    pub fn refundable(&self) -> Money {
        Money::new(self.now.left, self.currency)
    }

    /// What it has to give back, row by row.
    pub fn refund_basis(&self) -> RefundBasis {
        RefundBasis {
            currency: self.currency,
            lines: self.accounts(),
            shipping_left: self.shipping_left.minor,
            left: self.now.left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_done_depends_on_money_and_goods() {
        let paid = WhatNow {
            status: OrderStatus::Open,
            payment: PaymentStatus::Paid,
            sent: 0,
            to_send: 2,
            left: 500,
        };
        assert!(paid.can_fulfil() && paid.can_refund() && paid.can_cancel() && paid.can_correct());
        let part_sent = WhatNow {
            sent: 1,
            to_send: 1,
            ..paid
        };
        assert!(part_sent.can_fulfil() && part_sent.can_refund());
        assert!(!part_sent.can_cancel() && !part_sent.can_correct());
        let unpaid = WhatNow {
            status: OrderStatus::Pending,
            payment: PaymentStatus::Unpaid,
            left: 0,
            ..paid
        };
        assert!(unpaid.can_cancel() && !unpaid.can_fulfil() && !unpaid.can_refund());
        let disputed = WhatNow {
            payment: PaymentStatus::Disputed,
            ..paid
        };
        assert!(!disputed.can_refund() && !disputed.can_cancel());
        let refund_failed = WhatNow {
            status: OrderStatus::Cancelled,
            to_send: 0,
            ..paid
        };
        assert!(refund_failed.can_refund() && !refund_failed.can_cancel());
    }
}
