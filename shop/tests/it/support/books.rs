//! What must hold after every history.

use super::TestShop;

/// Levels that their movements do not explain, or that promise more than there is.
const STOCK: &str = "select count(*) from stock_level s left join lateral (
     select coalesce(sum(case when kind in ('received', 'adjusted', 'restocked') then quantity
                              when kind = 'shipped' then -quantity else 0 end), 0) as on_hand,
            coalesce(sum(case when kind = 'allocated' then quantity
                              when kind in ('deallocated', 'shipped') then -quantity else 0 end), 0) as allocated,
            coalesce(sum(case when kind = 'reserved' then quantity
                              when kind in ('released', 'allocated') then -quantity else 0 end), 0) as reserved
     from stock_movement m where m.variant_id = s.variant_id and m.location_id = s.location_id) m on true
 where (s.on_hand, s.allocated, s.reserved) is distinct from (m.on_hand, m.allocated, m.reserved)
    or s.on_hand - s.allocated - s.reserved < 0";

/// Levels that hold another quantity than orders that are being paid do.
const HELD: &str = "select count(*) from stock_level s where s.reserved <>
     (select coalesce(sum(quantity), 0) from reservation r
      where r.variant_id = s.variant_id and r.location_id = s.location_id and r.status = 'held')";

/// What the orders that were paid have, less what Stripe gave back for them.
const KEPT: &str = "select (
     (select coalesce(sum(total), 0) from \"order\"
      where payment_status in ('paid', 'partially_refunded', 'refunded', 'disputed'))
   - (select coalesce(sum(r.amount), 0) from refund r join payment p on p.id = r.payment_id
      where p.status = 'succeeded' and r.status <> 'failed' and r.stripe_id is not null))::bigint";

/// Rows whose counts are not those of their parcels and refunds, or that promise another quantity than is to be sent.
const ROWS: &str = "select count(*) from order_line l join \"order\" o on o.id = l.order_id
 where l.fulfilled <> (select coalesce(sum(f.quantity), 0) from fulfilment_line f where f.order_line_id = l.id)
    or l.refunded <> (select coalesce(sum(b.quantity), 0) from refund_line b join refund r on r.id = b.refund_id
                      where b.order_line_id = l.id and r.status <> 'failed')
    or (o.status in ('open', 'completed') and l.quantity - l.fulfilled - l.withdrawn <>
        (select coalesce(sum(case m.kind when 'allocated' then m.quantity when 'deallocated' then -m.quantity
                                         when 'shipped' then -m.quantity else 0 end), 0)
         from stock_movement m where m.order_id = l.order_id and m.variant_id = l.variant_id))";

/// Refunds that their parts do not come to, rows that gave back more than was paid for them, and payments likewise.
const REFUNDS: &str = "select (select count(*) from refund r
      where r.status <> 'failed' and r.amount <> r.shipping + r.adjustment
            + (select coalesce(sum(b.amount), 0) from refund_line b where b.refund_id = r.id))
   + (select count(*) from order_line l join \"order\" o on o.id = l.order_id
      where l.subtotal - l.discount + case when o.tax_added > 0 then l.tax else 0 end <
            (select coalesce(sum(b.amount), 0) from refund_line b join refund r on r.id = b.refund_id
             where b.order_line_id = l.id and r.status <> 'failed'))
   + (select count(*) from payment p where p.amount <
            (select coalesce(sum(r.amount), 0) from refund r where r.payment_id = p.id and r.status <> 'failed'))";

impl TestShop {
    /// What must hold after every history: the ledger explains the stock, nothing is negative, rows and refunds add up, and
    /// the orders that are paid have the money that Stripe took and did not give back.
    pub(crate) async fn expect_books_to_balance(&self) {
        for (sql, what) in [
            (STOCK, "stock levels that their movements do not explain"),
            (HELD, "stock levels that their reservations do not explain"),
            (
                ROWS,
                "rows of orders that parcels and refunds do not explain",
            ),
            (REFUNDS, "refunds that do not add up"),
        ] {
            assert_eq!(self.number(sql).await, 0, "{what}");
        }
        let (_, taken) = self.stripe.taken();
        let kept = self.number(KEPT).await;
        assert_eq!(kept, taken, "the paid orders are not what Stripe took");
    }
}
