//! Taking an order back before anything of it was sent.

use super::{PayPage, db};
use crate::{
    Actor, Fault, Result, Shop, audit,
    jobs::Job,
    orders::{self, AtWork},
};
use domain::{
    orders::{
        CancelError, CancelForm, EventKind, FulfilmentStatus, MailKind, OrderStatus, PaymentStatus,
        RefundError,
    },
    staff::Permission,
};
use serde_json::json;
use sqlx::PgConnection;

impl Shop {
    /// Takes an order back. One that is paid gives back all that came in, and what was promised to it is free; the pay page of one
    /// that is not paid is closed first, so that nobody can pay for it any more.
    pub async fn cancel_order(
        &self,
        actor: &Actor,
        number: i64,
        form: &CancelForm,
    ) -> Result<(), Fault<CancelError>> {
        actor.require_confirmed(Permission::RefundOrders, self.clock().now())?;
        let reason = form.reason().map_err(Fault::Refused)?;
        let mut tx = self.db().begin().await?;
        let mut order = checked(&mut tx, number, &form.version).await?;
        if order.status == OrderStatus::Pending {
            tx.rollback().await?;
            Box::pin(self.close_pay_pages(&order)).await?;
            tx = self.db().begin().await?;
            order = still_unpaid(&mut tx, number).await?;
            self.free_unpaid(&mut tx, order.id, &reason).await?;
        } else {
            Box::pin(self.cancel_paid(&mut tx, actor, &order, &reason)).await?;
        }
        Box::pin(self.write_cancellation_down(&mut tx, actor, &order, &reason)).await?;
        if !form.tell.is_empty() {
            let tell = Job::TellOrder {
                mail: MailKind::Cancellation,
                order: order.id,
                about: None,
                again: None,
            };
            self.enqueue(&mut *tx, &tell).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Sees to it that nobody can pay for an order any more. Whoever did so a moment ago has paid.
    async fn close_pay_pages(&self, order: &AtWork) -> Result<(), Fault<CancelError>> {
        for payment in db::open_of(self.db(), &order.token).await? {
            match self.close_pay_page(payment).await? {
                PayPage::Closed => {}
                PayPage::Used { .. } => return Err(Fault::Refused(CancelError::PaidMeanwhile)),
                PayPage::Open { .. } | PayPage::Unknown => {
                    return Err(Fault::Refused(CancelError::NoAnswer));
                }
            }
        }
        Ok(())
    }

    async fn cancel_paid(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        order: &AtWork,
        reason: &str,
    ) -> Result<()> {
        let plan = order.basis().everything(reason.to_owned());
        if plan.amount > 0 {
            self.begin_refund(tx, actor, order, &plan).await?;
        }
        self.goods_of(tx, order, &plan).await?;
        let now = self.clock().now();
        let (status, goods) = (OrderStatus::Cancelled, FulfilmentStatus::Unfulfilled);
        orders::move_on(tx, order.id, status, goods, now).await
    }

    async fn write_cancellation_down(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        order: &AtWork,
        reason: &str,
    ) -> Result<()> {
        let back = order.money(order.now().left);
        let did = if back.is_zero() {
            "cancelled the order".to_owned()
        } else {
            format!("cancelled the order and refunded {back}")
        };
        let (kind, now) = (EventKind::Cancelled, self.clock().now());
        orders::staff_event(tx, order.id, actor, kind, &did, reason, now).await?;
        let entry = audit::Entry {
            action: "order.cancelled",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: if back.is_zero() {
                format!("cancelled order {}: {reason}", order.number)
            } else {
                format!(
                    "cancelled order {} and refunded {back}: {reason}",
                    order.number
                )
            },
            before: Some(json!({ "status": order.status })),
            after: Some(json!({ "status": OrderStatus::Cancelled, "refunded": back.to_string() })),
        };
        self.record(tx, actor, entry).await
    }
}

/// The order, locked, where it can be taken back.
async fn checked(
    tx: &mut PgConnection,
    number: i64,
    version: &str,
) -> Result<AtWork, Fault<CancelError>> {
    let order = orders::take_up(tx, number)
        .await?
        .ok_or(Fault::Refused(CancelError::Unknown))?;
    if !order.is_version(version) {
        return Err(Fault::Refused(CancelError::Stale));
    }
    if order.is_made_up {
        let reason = RefundError::MadeUp;
        return Err(Fault::Refused(CancelError::Reason(reason)));
    }
    if order.now().can_cancel() {
        return Ok(order);
    }
    let is_over = matches!(order.status, OrderStatus::Cancelled)
        || order.payment_status == PaymentStatus::Disputed;
    Err(Fault::Refused(if is_over {
        CancelError::Over
    } else {
        CancelError::Sent
    }))
}

/// The order, locked, whose pay page was closed: it may have been paid or placed anew before that.
async fn still_unpaid(tx: &mut PgConnection, number: i64) -> Result<AtWork, Fault<CancelError>> {
    let order = orders::take_up(tx, number)
        .await?
        .ok_or(Fault::Refused(CancelError::Unknown))?;
    if order.status == OrderStatus::Cancelled {
        return Err(Fault::Refused(CancelError::Over));
    }
    if order.status != OrderStatus::Pending || db::can_be_paid(tx, order.id).await? {
        return Err(Fault::Refused(CancelError::PaidMeanwhile));
    }
    Ok(order)
}
