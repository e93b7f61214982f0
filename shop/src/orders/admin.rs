//! The page of an order for the staff.

use super::{
    db::{self, admin},
    work::{AtWork, WorkLine},
};
use crate::{Actor, Result, Shop, fulfilment};
use domain::{
    orders::{AdminOrder, AdminOrderLine, PackingSlip},
    staff::Permission,
};
use sqlx::PgConnection;

impl Shop {
    /// Everything about an order, by the number that people use.
    pub async fn admin_order(&self, actor: &Actor, number: i64) -> Result<Option<AdminOrder>> {
        actor.require(Permission::ViewOrders)?;
        let mut connection = self.db().acquire().await?;
        match Box::pin(db::load(&mut connection, number)).await? {
            Some(order) => Ok(Some(view(&mut connection, order).await?)),
            None => Ok(None),
        }
    }

    /// The slip of a parcel, or of what is still to be sent.
    pub async fn packing_slip(
        &self,
        actor: &Actor,
        number: i64,
        parcel: Option<i32>,
    ) -> Result<Option<PackingSlip>> {
        let order = self.admin_order(actor, number).await?;
        Ok(order.and_then(|order| order.packing_slip(parcel)))
    }
}

/// An order with all that stands around it.
pub(super) async fn view(connection: &mut PgConnection, order: AtWork) -> Result<AdminOrder> {
    let payments = admin::payments(connection, &order).await?;
    let refunds = admin::refunds(connection, &order).await?;
    let zone = &order.time_zone;
    let parcels = fulfilment::parcels(connection, order.id, admin::moment, zone).await?;
    let customer = admin::customer(connection, &order).await?;
    let timeline = admin::timeline(connection, &order).await?;
    let mails = admin::mails(connection, &order).await?;
    let money = |minor| order.money(minor);
    let sums = &order.sums;
    Ok(AdminOrder {
        id: order.id,
        number: order.number,
        version: order.version,
        placed_at: admin::moment(order.placed_at, zone),
        paid_at: order.paid_at.map(|at| admin::moment(at, zone)),
        fulfilment: order.fulfilment,
        now: order.now(),
        lines: order.lines.iter().map(|row| line(&order, row)).collect(),
        currency: order.currency,
        subtotal: money(sums.subtotal),
        discount: sums
            .coupon
            .clone()
            .filter(|_| sums.discount > 0)
            .map(|code| (code, money(sums.discount))),
        shipping: money(sums.shipping),
        shipping_left: money(order.shipping_left),
        tax_name: sums.tax_name.clone(),
        tax_rate: sums.tax_rate,
        tax_included: money(sums.tax_included),
        tax_added: money(sums.tax_added),
        total: money(sums.total),
        captured: money(order.captured),
        given_back: money(order.given_back),
        payments,
        refunds,
        parcels,
        customer,
        timeline,
        mails,
        token: order.token,
        shipping_name: order.shipping_name,
        shipping_address: order.shipping_address,
        billing_address: order.billing_address,
        invoice: order.invoice,
    })
}

fn line(order: &AtWork, row: &WorkLine) -> AdminOrderLine {
    AdminOrderLine {
        account: row.account.clone(),
        title: row.title.clone(),
        label: row.label.clone(),
        sku: row.sku.clone(),
        handle: row.handle.clone(),
        picture: row.picture.clone(),
        unit: order.money(row.unit),
        subtotal: order.money(row.subtotal),
        discount: order.money(row.discount),
        tax: order.money(row.tax),
    }
}
