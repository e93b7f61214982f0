//! Invoices: numbered without gaps, issued once, and never changed.

use super::{
    db::{self, admin::moment, invoice},
    work::AtWork,
};
use crate::{Actor, Fault, Result, Shop, audit};
use domain::{
    content::Chrome,
    orders::{EventKind, Invoice, InvoiceError, InvoiceLine},
    staff::Permission,
};
use serde_json::json;
use sqlx::PgConnection;

impl Shop {
    /// The invoice of an order, where it was issued.
    pub async fn invoice(&self, actor: &Actor, number: i64) -> Result<Option<Invoice>> {
        actor.require(Permission::ViewOrders)?;
        let mut connection = self.db().acquire().await?;
        invoice::of(&mut connection, number).await
    }

    /// Issues the invoice of an order, unless it was issued. Returns its number.
    pub async fn issue_invoice(
        &self,
        actor: &Actor,
        number: i64,
    ) -> Result<i64, Fault<InvoiceError>> {
        actor.require(Permission::EditOrders)?;
        let seller = self.chrome().await?;
        let mut tx = self.db().begin().await?;
        let order = db::take_up(&mut tx, number)
            .await?
            .ok_or(Fault::Refused(InvoiceError::Unknown))?;
        if let Some(issued) = order.invoice {
            return Ok(issued);
        }
        if !order.now().can_invoice() {
            return Err(Fault::Refused(InvoiceError::NotPaid));
        }
        let issued = self.invoice_of(&mut tx, &order, &seller).await?;
        let entry = audit::Entry {
            action: "order.invoiced",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: format!("issued invoice {issued} for order {}", order.number),
            before: None,
            after: Some(json!({ "invoice": issued })),
        };
        self.record(&mut tx, actor, entry).await?;
        tx.commit().await?;
        Ok(issued)
    }

    /// The number of the invoice of an order that is paid: issued now, unless it was. The order is locked.
    pub(crate) async fn invoice_of(
        &self,
        tx: &mut PgConnection,
        order: &AtWork,
        seller: &Chrome,
    ) -> Result<i64> {
        if let Some(issued) = order.invoice {
            return Ok(issued);
        }
        let now = self.clock().now();
        let day = now.to_zoned(order.time_zone.clone());
        let issued_on = day.strftime("%-d %B %Y").to_string();
        let number = invoice::next_number(tx).await?;
        let written = write_out(order, number, issued_on, seller);
        invoice::insert(tx, order.id, &written, now).await?;
        let detail = format!("Invoice {number} was issued.");
        db::event(tx, order.id, EventKind::Invoiced, &detail, now).await?;
        Ok(number)
    }
}

/// The whole of it.
fn write_out(order: &AtWork, number: i64, issued_on: String, seller: &Chrome) -> Invoice {
    let sums = &order.sums;
    let bill_to = order
        .billing_address
        .as_ref()
        .unwrap_or(&order.shipping_address);
    let lines = order.lines.iter().map(|line| InvoiceLine {
        name: line.account.name.clone(),
        sku: line.sku.clone(),
        quantity: line.account.quantity,
        unit: order.money(line.unit),
        discount: order.money(line.discount),
        tax: order.money(line.tax),
        subtotal: order.money(line.subtotal),
    });
    let coupon = sums.coupon.clone().filter(|_| sums.discount > 0);
    Invoice {
        number,
        issued_on,
        order_number: order.number,
        ordered_on: moment(order.placed_at, &order.time_zone),
        seller: seller.name.clone(),
        seller_address: seller.address.clone(),
        seller_email: seller.email.clone(),
        bill_to: bill_to.lines(),
        send_to: order.shipping_address.lines(),
        lines: lines.collect(),
        subtotal: order.money(sums.subtotal),
        discount: coupon.map(|code| (code, order.money(sums.discount))),
        shipping_name: order.shipping_name.clone(),
        shipping: order.money(sums.shipping),
        tax_name: sums.tax_name.clone(),
        tax_rate: sums.tax_rate,
        tax_included: order.money(sums.tax_included),
        tax_added: order.money(sums.tax_added),
        total: order.money(sums.total),
        paid_at: order.paid_at.map(|at| moment(at, &order.time_zone)),
    }
}
