-- Figures of the admin's home page.

-- Money counts as gone from when it is sent back: what is on its way belongs to it, what failed does not.
drop index refund_made;
create index refund_taken on refund (created_at) include (payment_id, amount) where status in ('pending', 'succeeded');
