-- Figures of the admin's home page.

-- Money counts as gone from when it is sent back: what is on its way belongs to it, what failed does not.
drop index refund_made;
create index refund_taken on refund (created_at) include (payment_id, amount) where status in ('pending', 'succeeded');

-- Who of the staff moved stock: the name as it was then.
alter table stock_movement
    add column staff_id   uuid references staff (id),
    add column staff_name text not null default '';

-- The few payments that came in and went back, which the figures leave out.
create index payment_returned on payment (id) where status = 'returned';
