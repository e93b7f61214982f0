//! What must hold of orders, money and stock. The year that was made up is only kept where it does.

use crate::{Error, Result};
use sqlx::PgConnection;

/// How many rows break each rule.
struct Broken {
    sums: i64,
    taxes: i64,
    refunds: i64,
    refund_sums: i64,
    sent: i64,
    statuses: i64,
    times: i64,
    levels: i64,
    short: i64,
}

/// # Errors
/// The first rule that does not hold.
pub(super) async fn check(tx: &mut PgConnection) -> Result<()> {
    let broken = sqlx::query_as!(
        Broken,
        r#"select
            (select count(*) from "order" o join (select order_id, sum(subtotal) as subtotal, sum(discount) as discount,
                                                         sum(quantity) as items from order_line group by 1) l on l.order_id = o.id
             where (o.subtotal, o.discount, o.items) is distinct from (l.subtotal, l.discount, l.items)) as "sums!",
            (select count(*) from "order" o join (select order_id, sum(tax) as tax from order_line group by 1) l on l.order_id = o.id
             where o.tax_included + o.tax_added <> l.tax + o.shipping_tax) as "taxes!",
            (select count(*) from payment p join (select payment_id, sum(amount) as amount from refund
                                                  where status <> 'failed' group by 1) r on r.payment_id = p.id
             where r.amount > p.amount or p.status <> 'succeeded') as "refunds!",
            (select count(*) from refund r left join (select refund_id, sum(amount) as amount from refund_line group by 1) l
                 on l.refund_id = r.id
             where r.amount <> coalesce(l.amount, 0) + r.shipping + r.adjustment) as "refund_sums!",
            (select count(*) from order_line l left join (select order_line_id, sum(quantity) as quantity from fulfilment_line
                                                          group by 1) f on f.order_line_id = l.id
             where l.fulfilled <> coalesce(f.quantity, 0)) as "sent!",
            (select count(*) from "order" o left join payment p on p.order_id = o.id and p.status = 'succeeded'
             where (o.paid_at is not null) <> (p.id is not null) or p.amount <> o.total
                or (o.payment_status = 'unpaid') <> (o.paid_at is null)) as "statuses!",
            (select count(*) from "order" o join order_line l on l.order_id = o.id
             where l.paid_at is distinct from o.paid_at) as "times!",
            (select count(*) from stock_level s join (
                 select variant_id, location_id,
                        sum(case when kind in ('received', 'adjusted', 'restocked') then quantity
                                 when kind = 'shipped' then -quantity else 0 end) as on_hand,
                        sum(case when kind = 'allocated' then quantity
                                 when kind in ('deallocated', 'shipped') then -quantity else 0 end) as allocated,
                        sum(case when kind = 'reserved' then quantity
                                 when kind in ('released', 'allocated') then -quantity else 0 end) as reserved
                 from stock_movement group by 1, 2) m on m.variant_id = s.variant_id and m.location_id = s.location_id
             where (s.on_hand, s.allocated, s.reserved) is distinct from (m.on_hand, m.allocated, m.reserved)) as "levels!",
            (select count(*) from (
                 select sum(case kind when 'reserved' then -quantity when 'allocated' then 0 when 'shipped' then 0
                                      else quantity end) over (partition by variant_id, location_id order by at, id) as available
                 from stock_movement) m where m.available < 0) as "short!""#
    )
    .fetch_one(tx)
    .await?;
    let rules = [
        (broken.sums, "an order is the sum of its rows"),
        (
            broken.taxes,
            "its tax is the sum of theirs and of that on delivery",
        ),
        (broken.refunds, "no more goes back than came in"),
        (broken.refund_sums, "a refund is the sum of what it is for"),
        (broken.sent, "what was sent was in a parcel"),
        (
            broken.statuses,
            "an order that is paid has one payment of its total",
        ),
        (broken.times, "a row was paid when its order was"),
        (broken.levels, "the movements explain the levels"),
        (broken.short, "nothing was sold that was not there"),
    ];
    match rules.iter().find(|(count, _)| *count > 0) {
        None => Ok(()),
        Some((count, rule)) => Err(Error::Invariant(format!(
            "{rule}: this does not hold {count} times"
        ))),
    }
}
