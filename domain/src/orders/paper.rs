//! What is printed for an order: the invoice, and the slip that lies in the parcel.

use super::AdminOrder;
use crate::Money;
use serde::{Deserialize, Serialize};

/// An invoice, kept as it was issued: it does not change with the shop or with the order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    /// Its number; there is none missing between two.
    pub number: i64,
    /// The day, in the shop's time zone.
    pub issued_on: String,
    /// The number of the order.
    pub order_number: i64,
    /// When that was placed.
    pub ordered_on: String,
    /// Who sells.
    pub seller: String,
    /// Where, by lines.
    pub seller_address: Vec<String>,
    /// How they are reached.
    pub seller_email: String,
    /// Who pays, by lines.
    pub bill_to: Vec<String>,
    /// Where it goes, by lines.
    pub send_to: Vec<String>,
    /// The rows.
    pub lines: Vec<InvoiceLine>,
    /// The sum of the rows.
    pub subtotal: Money,
    /// The code that was used and what it took off.
    pub discount: Option<(String, Money)>,
    /// What delivery is called.
    pub shipping_name: String,
    /// What it cost.
    pub shipping: Money,
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
    /// When it was paid.
    pub paid_at: Option<String>,
}

/// A row of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceLine {
    /// What.
    pub name: String,
    /// Its SKU.
    pub sku: String,
    /// How many.
    pub quantity: i32,
    /// What one cost.
    pub unit: Money,
    /// The row's share of the discount.
    pub discount: Money,
    /// The tax on it.
    pub tax: Money,
    /// What the row cost, before the discount.
    pub subtotal: Money,
}

/// What lies in the parcel: names and quantities, no prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackingSlip {
    /// The number of the order.
    pub order_number: i64,
    /// When it was placed.
    pub ordered_on: String,
    /// Where it goes, by lines.
    pub send_to: Vec<String>,
    /// How it is sent.
    pub shipping_name: String,
    /// Which parcel, and how it can be followed; `None` for what is still to be packed.
    pub parcel: Option<(i32, String)>,
    /// What: SKU, name, how many.
    pub lines: Vec<(String, String, i32)>,
    /// How many things come in other parcels.
    pub elsewhere: i32,
}

impl AdminOrder {
    /// The slip of a parcel that was sent, or of what is to be sent. `None` where there is no such parcel, or nothing to send.
    pub fn packing_slip(&self, parcel: Option<i32>) -> Option<PackingSlip> {
        let (parcel, lines) = if let Some(position) = parcel {
            let sent = self
                .parcels
                .iter()
                .find(|parcel| parcel.position == position)?;
            let lines = sent.lines.iter().map(|line| {
                let name = name_of(&line.title, &line.label);
                (line.sku.clone(), name, line.quantity)
            });
            (Some((position, sent.by())), lines.collect::<Vec<_>>())
        } else {
            let left = self
                .lines
                .iter()
                .filter(|line| line.account.to_send() > 0)
                .map(|line| {
                    let name = line.account.name.clone();
                    (line.sku.clone(), name, line.account.to_send())
                });
            (None, left.collect())
        };
        if lines.is_empty() {
            return None;
        }
        let here: i32 = lines.iter().map(|(_, _, quantity)| quantity).sum();
        let all: i32 = self
            .lines
            .iter()
            .map(|line| line.account.quantity - line.account.withdrawn)
            .sum();
        Some(PackingSlip {
            order_number: self.number,
            ordered_on: self.placed_at.clone(),
            send_to: self.shipping_address.lines(),
            shipping_name: self.shipping_name.clone(),
            parcel,
            lines,
            elsewhere: (all - here).max(0),
        })
    }
}

fn name_of(title: &str, label: &str) -> String {
    if label.is_empty() {
        title.to_owned()
    } else {
        format!("{title}, {label}")
    }
}
