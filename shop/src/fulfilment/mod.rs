//! Sending things out: the parcel, the stock that it takes along, and the mail that goes ahead of it.

mod db;

use crate::{
    Actor, Fault, Result, Shop, audit,
    jobs::Job,
    orders::{self, AtWork},
};
use domain::{
    FulfilmentId, OrderId, VariantId,
    fulfilment::{Consignment, FulfilError, FulfilForm, LineAccount, Parcel, fulfilment_status},
    orders::{EventKind, MailKind, OrderStatus, PaymentStatus},
    staff::Permission,
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use sqlx::PgConnection;

/// What was sent of an order, the first first; times in such words.
pub(crate) async fn parcels(
    connection: &mut PgConnection,
    order: OrderId,
    words: impl Fn(Timestamp, &TimeZone) -> String,
    time_zone: &TimeZone,
) -> Result<Vec<Parcel>> {
    db::parcels(connection, order, words, time_zone).await
}

impl Shop {
    /// Sends all or a part of what is left of an order, in one transaction: the parcel is written, the stock leaves the shelves
    /// that it was promised from, the invoice is issued, and a mail with the tracking is enqueued.
    pub async fn fulfil_order(
        &self,
        actor: &Actor,
        number: i64,
        form: &FulfilForm,
    ) -> Result<FulfilmentId, Fault<FulfilError>> {
        actor.require(Permission::FulfilOrders)?;
        let seller = self.chrome().await?;
        let mut tx = self.db().begin().await?;
        let order = orders::take_up(&mut tx, number)
            .await?
            .ok_or(Fault::Refused(FulfilError::Unknown))?;
        let sent = check(&order, form).map_err(Fault::Refused)?;
        let id = FulfilmentId(self.clock().id());
        self.invoice_of(&mut tx, &order, &seller).await?;
        self.send_out(&mut tx, actor, &order, id, &sent).await?;
        tx.commit().await?;
        metrics::counter!("mercer_parcels_total").increment(1);
        Ok(id)
    }

    async fn send_out(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        order: &AtWork,
        id: FulfilmentId,
        sent: &Consignment,
    ) -> Result<()> {
        let now = self.clock().now();
        self.ship(tx, order.id, &of_variants(order, sent)).await?;
        db::insert(tx, id, order.id, sent, actor.id.map(|id| id.0), now).await?;
        orders::count_sent(tx, &sent.lines).await?;
        let after = with(order, sent);
        let left: i32 = after.iter().map(LineAccount::to_send).sum();
        let status = if left == 0 {
            OrderStatus::Completed
        } else {
            OrderStatus::Open
        };
        let fulfilment = fulfilment_status(&after);
        orders::move_on(tx, order.id, status, fulfilment, now).await?;
        let did = in_words(order, sent);
        orders::staff_event(tx, order.id, actor, EventKind::Fulfilled, &did, "", now).await?;
        let entry = audit::Entry {
            action: "order.fulfilled",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: format!("{did} (order {})", order.number),
            before: Some(json!({ "fulfilment": order.fulfilment })),
            after: Some(json!({
                "fulfilment": fulfilment,
                "carrier": sent.carrier,
                "tracking": sent.tracking,
                "tracking_url": sent.tracking_url,
            })),
        };
        self.record(tx, actor, entry).await?;
        let tell = Job::TellOrder {
            mail: MailKind::Dispatch,
            order: order.id,
            about: Some(id.0),
            again: None,
        };
        self.enqueue(tx, &tell).await
    }
}

/// Whether this can be sent.
fn check(order: &AtWork, form: &FulfilForm) -> Result<Consignment, FulfilError> {
    if !order.is_version(&form.version) {
        return Err(FulfilError::Stale);
    }
    if order.now().can_fulfil() {
        return form.check(&order.accounts());
    }
    Err(match (order.status, order.payment_status) {
        (OrderStatus::Cancelled, _) => FulfilError::Cancelled,
        (OrderStatus::Pending, _) | (_, PaymentStatus::Unpaid | PaymentStatus::Authorised) => {
            FulfilError::NotPaid
        }
        _ => FulfilError::NothingLeft,
    })
}

/// What is sent, by what lies on the shelves.
fn of_variants(order: &AtWork, sent: &Consignment) -> Vec<(VariantId, i32)> {
    order
        .lines
        .iter()
        .filter_map(|line| {
            let (_, quantity) = sent.lines.iter().find(|(id, _)| *id == line.account.id)?;
            Some((line.variant, *quantity))
        })
        .collect()
}

/// The rows as they are once it is sent.
fn with(order: &AtWork, sent: &Consignment) -> Vec<LineAccount> {
    let mut lines = order.accounts();
    for (id, quantity) in &sent.lines {
        if let Some(line) = lines.iter_mut().find(|line| line.id == *id) {
            line.fulfilled += quantity;
        }
    }
    lines
}

/// `sent 1 of 3 things by Royal Mail`.
fn in_words(order: &AtWork, sent: &Consignment) -> String {
    let count: i32 = sent.lines.iter().map(|(_, quantity)| quantity).sum();
    let all = order.count();
    let things = if all == 1 { "thing" } else { "things" };
    let what = if count == all {
        format!("sent all {all} {things}")
    } else {
        format!("sent {count} of {all} {things}")
    };
    let by = if sent.carrier.is_empty() {
        String::new()
    } else {
        format!(" by {}", sent.carrier)
    };
    let under = if sent.tracking.is_empty() {
        String::new()
    } else {
        format!(", {}", sent.tracking)
    };
    format!("{what}{by}{under}")
}
