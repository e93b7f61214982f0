//! An order before it is written.

use crate::cart::Snapshot;
use domain::{
    CartId, Currency, CustomerId, ProductId, VariantId,
    catalog::Picture,
    checkout::{Address, Arrival, Details, LineTotal, Tax, Totals},
};
use serde::Serialize;

/// Everything that an order is made of. Two drafts that are the same make the same order.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Draft {
    pub(crate) cart: CartId,
    /// Whose it will be.
    pub(crate) customer: Option<CustomerId>,
    pub(crate) email: String,
    pub(crate) currency: Currency,
    pub(crate) lines: Vec<DraftLine>,
    pub(crate) totals: Totals,
    pub(crate) tax: Tax,
    pub(crate) coupon: Option<String>,
    pub(crate) shipping_code: String,
    pub(crate) shipping_name: String,
    pub(crate) arrival: Option<Arrival>,
    pub(crate) shipping_address: Address,
    pub(crate) billing_address: Option<Address>,
}

/// A row of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct DraftLine {
    pub(crate) variant: VariantId,
    pub(crate) product: ProductId,
    pub(crate) sku: String,
    pub(crate) title: String,
    pub(crate) label: String,
    pub(crate) handle: String,
    pub(crate) picture: Option<Picture>,
    pub(crate) weight_grams: i32,
    pub(crate) total: LineTotal,
}

impl DraftLine {
    /// What it is called on the pay page.
    pub(crate) fn name(&self) -> String {
        if self.label.is_empty() {
            self.title.clone()
        } else {
            format!("{}, {}", self.title, self.label)
        }
    }
}

impl Draft {
    pub(crate) fn new(
        snapshot: &Snapshot,
        totals: &Totals,
        details: &Details,
        tax: &Tax,
        currency: Currency,
    ) -> Self {
        let lines = snapshot
            .lines
            .iter()
            .zip(&totals.lines)
            .map(|(line, total)| DraftLine {
                variant: line.variant,
                product: line.product,
                sku: line.sku.clone(),
                title: line.title.clone(),
                label: line.label.clone(),
                handle: line.handle.clone(),
                picture: line.picture.clone(),
                weight_grams: line.weight_grams,
                total: *total,
            })
            .collect();
        Self {
            cart: snapshot.id,
            customer: None,
            email: details.email.clone(),
            currency,
            lines,
            totals: totals.clone(),
            tax: tax.clone(),
            coupon: snapshot.coupon.as_ref().map(|coupon| coupon.code.clone()),
            shipping_code: String::new(),
            shipping_name: String::new(),
            arrival: None,
            shipping_address: details.shipping.clone(),
            billing_address: details.billing.clone(),
        }
    }

    pub(crate) const fn bought_by(mut self, customer: Option<CustomerId>) -> Self {
        self.customer = customer;
        self
    }

    pub(crate) fn sent_by(mut self, code: &str, name: &str, arrival: Arrival) -> Self {
        code.clone_into(&mut self.shipping_code);
        name.clone_into(&mut self.shipping_name);
        self.arrival = Some(arrival);
        self
    }

    /// What was ordered, for those who search for an order by it.
    pub(super) fn skus(&self) -> String {
        let skus: Vec<&str> = self.lines.iter().map(|line| line.sku.as_str()).collect();
        skus.join(" ")
    }

    /// How many things.
    pub(super) fn count(&self) -> i32 {
        self.lines.iter().map(|line| line.total.quantity).sum()
    }
}
