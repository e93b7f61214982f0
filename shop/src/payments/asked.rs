//! Refunds that somebody of the staff asks for: money, goods and books in one step.

use super::db;
use crate::{
    Actor, Error, Fault, Result, Shop, audit,
    jobs::Job,
    orders::{self, AtWork},
};
use domain::{
    Money, OrderLineId, RefundId, VariantId,
    fulfilment::{LineAccount, fulfilment_status},
    orders::{
        EventKind, OrderStatus, PaymentStatus, PlannedLine, RefundError, RefundForm, RefundPlan,
    },
    staff::Permission,
};
use serde_json::{Value, json};
use sqlx::PgConnection;

impl Shop {
    /// Gives money of an order back: for things, for delivery, or an amount, in one transaction. Stripe is asked by a job that the
    /// same transaction enqueues; the id that this returns is its idempotency key.
    pub async fn refund_order(
        &self,
        actor: &Actor,
        number: i64,
        form: &RefundForm,
    ) -> Result<RefundId, Fault<RefundError>> {
        actor.require_confirmed(Permission::RefundOrders, self.clock().now())?;
        let mut tx = self.db().begin().await?;
        let order = orders::take_up(&mut tx, number)
            .await?
            .ok_or(Fault::Refused(RefundError::Unknown))?;
        let plan = check(&order, form).map_err(Fault::Refused)?;
        let id = self.begin_refund(&mut tx, actor, &order, &plan).await?;
        let after = self.goods_of(&mut tx, &order, &plan).await?;
        self.stand_after(&mut tx, &order, &after).await?;
        self.write_refund_down(&mut tx, actor, &order, id, &plan)
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Writes what goes back, and has it sent.
    pub(super) async fn begin_refund(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        order: &AtWork,
        plan: &RefundPlan,
    ) -> Result<RefundId> {
        let payment = order
            .payment
            .ok_or_else(|| Error::Invariant("money of no payment is to go back".into()))?;
        let id = RefundId(self.clock().id());
        let new = db::NewRefund {
            amount: plan.amount,
            shipping: plan.shipping,
            adjustment: plan.adjustment,
            reason: &plan.reason,
            staff: actor.id.map(|id| id.0),
            staff_name: &actor.name,
            tell: plan.tell,
        };
        db::insert_refund(tx, id, payment, order.id, &new, self.clock().now()).await?;
        db::insert_refund_lines(tx, id, &plan.lines).await?;
        orders::count_refunded(tx, order.id).await?;
        self.enqueue(tx, &Job::Refund { refund: id }).await?;
        Ok(id)
    }

    /// What becomes of the goods that the money goes back for. Returns the rows as they are then.
    pub(super) async fn goods_of(
        &self,
        tx: &mut PgConnection,
        order: &AtWork,
        plan: &RefundPlan,
    ) -> Result<Vec<LineAccount>> {
        let counts = |of: fn(&PlannedLine) -> i32, is_restocked: Option<bool>| {
            let lines = plan.lines.iter();
            lines
                .filter(|line| is_restocked.is_none_or(|restocked| restocked == line.restock))
                .map(|line| (line.line, of(line)))
                .filter(|(_, quantity)| *quantity > 0)
                .collect::<Vec<_>>()
        };
        let withdrawn = |line: &PlannedLine| line.withdrawn;
        orders::count_withdrawn(tx, &counts(withdrawn, None)).await?;
        for is_sellable in [true, false] {
            let gone = of_variants(order, &counts(withdrawn, Some(is_sellable)));
            self.withdraw(tx, order.id, &gone, is_sellable, &plan.reason)
                .await?;
        }
        let returned = of_variants(order, &counts(|line| line.sent, Some(true)));
        self.put_back(tx, order.id, &returned, &plan.reason).await?;
        Ok(with(order, plan))
    }

    /// Where an order stands when money went back for it: where nothing is left to send it is over.
    async fn stand_after(
        &self,
        tx: &mut PgConnection,
        order: &AtWork,
        after: &[LineAccount],
    ) -> Result<()> {
        let now = self.clock().now();
        let left: i32 = after.iter().map(LineAccount::to_send).sum();
        let sent: i32 = after.iter().map(|line| line.fulfilled).sum();
        let status = match order.status {
            OrderStatus::Open if left == 0 && sent == 0 => OrderStatus::Cancelled,
            OrderStatus::Open if left == 0 => OrderStatus::Completed,
            status => status,
        };
        orders::move_on(tx, order.id, status, fulfilment_status(after), now).await?;
        if status == OrderStatus::Cancelled && order.status != status {
            let detail = "The money for everything goes back: there is nothing to send.";
            orders::event(tx, order.id, EventKind::Cancelled, detail, now).await?;
        }
        Ok(())
    }

    async fn write_refund_down(
        &self,
        tx: &mut PgConnection,
        actor: &Actor,
        order: &AtWork,
        id: RefundId,
        plan: &RefundPlan,
    ) -> Result<()> {
        let amount = order.money(plan.amount);
        let (kind, did) = (EventKind::RefundAsked, format!("refunded {amount}"));
        let now = self.clock().now();
        orders::staff_event(tx, order.id, actor, kind, &did, &plan.reason, now).await?;
        let entry = audit::Entry {
            action: "order.refunded",
            kind: "order",
            id: order.id.to_string(),
            name: &order.name(),
            did: format!("{did} of order {}: {}", order.number, plan.reason),
            before: Some(json!({ "given_back": order.money(order.given_back).to_string() })),
            after: Some(told(order, id, plan)),
        };
        self.record(tx, actor, entry).await
    }
}

/// What the audit log keeps of a refund.
fn told(order: &AtWork, id: RefundId, plan: &RefundPlan) -> Value {
    let money = |minor| Money::new(minor, order.currency).to_string();
    let lines: Vec<Value> = plan
        .lines
        .iter()
        .map(|planned| {
            let line = order
                .lines
                .iter()
                .find(|line| line.account.id == planned.line);
            json!({
                "what": line.map(|line| line.account.name.as_str()),
                "not_sent": planned.withdrawn + planned.owed,
                "sent": planned.sent,
                "amount": money(planned.amount),
                "restocked": planned.restock,
            })
        })
        .collect();
    json!({
        "given_back": money(order.given_back + plan.amount),
        "refund": id,
        "lines": lines,
        "shipping": money(plan.shipping),
        "adjustment": money(plan.adjustment),
    })
}

/// Whether this can go back.
fn check(order: &AtWork, form: &RefundForm) -> Result<RefundPlan, RefundError> {
    if !order.is_version(&form.version) {
        return Err(RefundError::Stale);
    }
    if order.is_made_up {
        return Err(RefundError::MadeUp);
    }
    if order.now().can_refund() {
        return order.basis().plan(form);
    }
    Err(match order.payment_status {
        PaymentStatus::Disputed => RefundError::Disputed,
        PaymentStatus::Unpaid | PaymentStatus::Authorised => RefundError::NotPaid,
        _ => RefundError::NothingLeft,
    })
}

/// Quantities of rows, by what lies on the shelves.
fn of_variants(order: &AtWork, counts: &[(OrderLineId, i32)]) -> Vec<(VariantId, i32)> {
    counts
        .iter()
        .filter_map(|(id, quantity)| {
            let line = order.lines.iter().find(|line| line.account.id == *id)?;
            Some((line.variant, *quantity))
        })
        .collect()
}

/// The rows as they are once it is written.
fn with(order: &AtWork, plan: &RefundPlan) -> Vec<LineAccount> {
    let mut lines = order.accounts();
    for planned in &plan.lines {
        if let Some(line) = lines.iter_mut().find(|line| line.id == planned.line) {
            line.withdrawn += planned.withdrawn;
            line.refunded += planned.quantity();
            line.returned += planned.sent;
            line.restocked += if planned.restock { planned.sent } else { 0 };
        }
    }
    lines
}
