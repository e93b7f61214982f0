//! What stands around an order on the page of the staff.

use super::view::stored;
use crate::{Result, orders::work::AtWork};
use domain::{
    Money, RefundId,
    orders::{AdminRefund, CustomerCard, MailSeen, OrderHappening, PaymentSeen},
};
use jiff::{Timestamp, tz::TimeZone};
use sqlx::PgConnection;

/// `21 November 2026, 10:24`.
pub(in crate::orders) fn moment(at: Timestamp, time_zone: &TimeZone) -> String {
    at.to_zoned(time_zone.clone())
        .strftime("%-d %B %Y, %H:%M")
        .to_string()
}

pub(in crate::orders) async fn payments(
    connection: &mut PgConnection,
    order: &AtWork,
) -> Result<Vec<PaymentSeen>> {
    let rows = sqlx::query!(
        r#"select status, amount, created_at as "at: jiff_sqlx::Timestamp", card_brand, card_last4, session_id, payment_intent
           from payment where order_id = $1 order by created_at, id"#,
        order.id.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PaymentSeen {
                status: stored(row.status.parse())?,
                amount: order.money(row.amount),
                at: moment(row.at.to_jiff(), &order.time_zone),
                card: row.card_brand.zip(row.card_last4),
                session: row.session_id,
                intent: row.payment_intent,
            })
        })
        .collect()
}

pub(in crate::orders) async fn refunds(
    connection: &mut PgConnection,
    order: &AtWork,
) -> Result<Vec<AdminRefund>> {
    let rows = sqlx::query!(
        r#"select r.id, r.status, r.amount, r.shipping, r.adjustment, r.reason, r.staff_name, r.stripe_id,
                  r.created_at as "at: jiff_sqlx::Timestamp",
                  coalesce((select jsonb_agg(jsonb_build_array(
                                case when l.label = '' then l.title else l.title || ', ' || l.label end, b.quantity) order by l.position)
                            from refund_line b join order_line l on l.id = b.order_line_id
                            where b.refund_id = r.id), '[]') as "lines!"
           from refund r where r.order_id = $1 order by r.created_at, r.id"#,
        order.id.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(AdminRefund {
                id: RefundId(row.id),
                status: stored(row.status.parse())?,
                amount: order.money(row.amount),
                shipping: order.money(row.shipping),
                adjustment: order.money(row.adjustment),
                lines: serde_json::from_value(row.lines)?,
                reason: row.reason,
                staff: row.staff_name,
                at: moment(row.at.to_jiff(), &order.time_zone),
                stripe: row.stripe_id,
            })
        })
        .collect()
}

/// Who bought it, with all that they paid, as a guest or with an account.
pub(in crate::orders) async fn customer(
    connection: &mut PgConnection,
    order: &AtWork,
) -> Result<CustomerCard> {
    let row = sqlx::query!(
        r#"select count(*) as "orders!", coalesce(sum(o.total - coalesce(back.amount, 0)), 0)::bigint as "spent!"
           from "order" o
           left join lateral (select sum(r.amount) as amount from refund r join payment p on p.id = r.payment_id
                              where r.order_id = o.id and r.status <> 'failed'
                                and p.order_id = o.id and p.status = 'succeeded') back on true
           where (o.email = $1::text::citext or o.customer_id = $2) and o.paid_at is not null and o.currency = $3"#,
        order.email,
        order.customer.map(|id| id.0),
        order.currency.code(),
    )
    .fetch_one(connection)
    .await?;
    Ok(CustomerCard {
        id: order.customer,
        name: order.shipping_address.name.clone(),
        email: order.email.clone(),
        orders: row.orders,
        spent: Money::new(row.spent, order.currency),
    })
}

pub(in crate::orders) async fn timeline(
    connection: &mut PgConnection,
    order: &AtWork,
) -> Result<Vec<OrderHappening>> {
    let rows = sqlx::query!(
        r#"select kind, detail, staff_name, note, at as "at: jiff_sqlx::Timestamp" from order_event
           where order_id = $1 order by id desc"#,
        order.id.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(OrderHappening {
                kind: stored(row.kind.parse())?,
                staff: row.staff_name,
                detail: row.detail,
                note: row.note,
                at: moment(row.at.to_jiff(), &order.time_zone),
            })
        })
        .collect()
}

pub(in crate::orders) async fn mails(
    connection: &mut PgConnection,
    order: &AtWork,
) -> Result<Vec<MailSeen>> {
    let rows = sqlx::query!(
        r#"select kind, about, subject, sent_at as "sent_at: jiff_sqlx::Timestamp" from mail
           where order_id = $1 order by created_at, id"#,
        order.id.0,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(MailSeen {
                kind: stored(row.kind.parse())?,
                about: row.about,
                subject: row.subject,
                sent_at: row.sent_at.map(|at| moment(at.to_jiff(), &order.time_zone)),
            })
        })
        .collect()
}
