-- What long lists and figures need: words to find an order by, and indices that hold what is filtered by.

-- A text as it is searched in: small letters without accents. It only depends on what it is given, so it may stand in
-- a column that Postgres keeps.
create function plain_text(given text) returns text
    language sql immutable strict parallel safe
    return lower(public.unaccent('public.unaccent'::regdictionary, given));

-- Which SKUs were ordered, and how many things: they are written with the rows, and do not change after.
alter table "order"
    add column skus  text not null default '',
    add column items integer not null default 0;

update "order" o set skus = l.skus, items = l.items
from (select order_id, string_agg(sku, ' ' order by position) as skus, sum(quantity)::int as items
      from order_line group by order_id) l
where l.order_id = o.id;

alter table "order"
    -- Whom it goes to, as lists sort it.
    add column recipient text not null generated always as
        (plain_text(left(coalesce(shipping_address ->> 'name', ''), 80))) stored,
    -- What finds it: number, e-mail address, name, postcode (with its space and without) and SKUs. Each begins with a space.
    add column search text not null generated always as
        (plain_text(' ' || number::text || ' ' || email::text || ' ' || coalesce(shipping_address ->> 'name', '')
                    || ' ' || coalesce(shipping_address ->> 'postcode', '')
                    || ' ' || replace(coalesce(shipping_address ->> 'postcode', ''), ' ', '') || ' ' || skus)) stored;
-- Whether many or few fit a word decides how they are found: it is to be known closely.
alter table "order" alter column search set statistics 1000;
create index order_search on "order" using gin (search gin_trgm_ops);

-- One index for each way to sort. Each holds everything that is filtered by: however few fit, and wherever they lie in the
-- order, they are found without reading the orders themselves.
drop index order_by_time;
drop index order_by_payment;
drop index order_by_fulfilment;
create index order_by_time on "order" (placed_at, id)
    include (status, payment_status, fulfilment_status, shipping_country, total);
create index order_by_number on "order" (number, id)
    include (placed_at, status, payment_status, fulfilment_status, shipping_country, total);
create index order_by_total on "order" (total, id)
    include (placed_at, status, payment_status, fulfilment_status, shipping_country);
create index order_by_recipient on "order" (recipient, id)
    include (placed_at, status, payment_status, fulfilment_status, shipping_country, total);
create index order_by_country on "order" (shipping_country, id)
    include (placed_at, status, payment_status, fulfilment_status, total);
create index order_by_payment on "order" (payment_status, id)
    include (placed_at, status, fulfilment_status, shipping_country, total);
create index order_by_fulfilment on "order" (fulfilment_status, id)
    include (placed_at, status, payment_status, shipping_country, total);
-- Those that somebody has to do something about are few among many (those that are to be sent have their index already).
create index order_pending on "order" (placed_at, id) where status = 'pending';
create index order_not_looked_at on order_event (order_id, id) where kind = 'needs_attention';

-- Figures: what was paid and what went back, by its time; what was sold of what.
create index order_paid on "order" (paid_at) include (id, total, customer_id) where paid_at is not null;
create index refund_made on refund (updated_at) include (payment_id, amount) where status = 'succeeded';
create index order_line_sold on order_line (order_id) include (product_id, quantity, subtotal, discount);
create index cart_started on cart (created_at) include (completed_at);

-- The ledger by time, and what was promised lately.
drop index stock_movement_variant;
create index stock_movement_variant on stock_movement (variant_id, at, id);
create index stock_movement_sold on stock_movement (at) include (variant_id, kind, quantity)
    where kind in ('allocated', 'deallocated');

-- Customers: found by name and address, sorted by what they bought.
alter table customer
    add column search text not null generated always as
        (plain_text(' ' || name || ' ' || coalesce(email::text, ''))) stored;
create index customer_search on customer using gin (search gin_trgm_ops);
create index order_bought on "order" (customer_id) include (total, placed_at)
    where customer_id is not null and paid_at is not null;
