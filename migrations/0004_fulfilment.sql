-- After the sale: goods that were sent, money that went back for what, invoices, and what the staff wrote on an order.

create table fulfilment (
    id           uuid primary key,
    order_id     uuid not null references "order" (id),
    -- The order's first, second, …
    position     integer not null check (position > 0),
    carrier      text not null default '',
    tracking     text not null default '',
    tracking_url text not null default '',
    staff_id     uuid references staff (id),
    created_at   timestamptz not null,
    constraint fulfilment_position_unique unique (order_id, position)
);

create table fulfilment_line (
    fulfilment_id uuid not null references fulfilment (id),
    order_line_id uuid not null references order_line (id),
    quantity      integer not null check (quantity > 0),
    primary key (fulfilment_id, order_line_id)
);
create index fulfilment_line_order_line on fulfilment_line (order_line_id);

-- What became of the units of a row: sent, or withdrawn (refunded before they were sent, so that they stay here); all others
-- are to be sent. For how many of either the money went back is counted apart, since a refund may fail.
alter table order_line
    add column fulfilled integer not null default 0,
    add column withdrawn integer not null default 0,
    add column refunded  integer not null default 0,
    add constraint order_line_fulfilled check (fulfilled between 0 and quantity),
    add constraint order_line_withdrawn check (withdrawn >= 0 and fulfilled + withdrawn <= quantity),
    add constraint order_line_refunded check (refunded between 0 and quantity);

-- The amount is the sum of its rows, of the part for delivery, and of what was added to that or kept (below zero).
alter table refund
    add column shipping   bigint not null default 0 constraint refund_shipping_not_negative check (shipping >= 0),
    add column adjustment bigint not null default 0,
    -- Who asked for it: nobody where the shop did by itself.
    add column staff_id   uuid references staff (id),
    add column staff_name text not null default '',
    -- Whether the shopper is told by mail when Stripe has it.
    add column tell       boolean not null default false;

create table refund_line (
    refund_id     uuid not null references refund (id),
    order_line_id uuid not null references order_line (id),
    quantity      integer not null check (quantity > 0),
    -- How many of them had not been sent.
    unsent        integer not null default 0 constraint refund_line_unsent check (unsent between 0 and quantity),
    -- What they were worth: their share of what was paid for the row.
    amount        bigint not null check (amount >= 0),
    -- Whether they are on the shelf again.
    restocked     boolean not null default false,
    primary key (refund_id, order_line_id)
);
create index refund_line_order_line on refund_line (order_line_id);

create index payment_order on payment (order_id, created_at);

-- The parcel or the refund that a mail is about, where it is about one.
alter table mail add column about uuid;

-- Numbers without gaps: taken from the one row of the counter, in the transaction that writes the invoice.
create table invoice (
    number    bigint primary key,
    order_id  uuid not null constraint invoice_order_unique unique references "order" (id),
    issued_at timestamptz not null,
    -- The whole of it, as it was issued: what is printed later is what was printed first.
    body      jsonb not null
);
create table invoice_counter (
    only_row boolean primary key default true check (only_row),
    last     bigint not null default 0
);
insert into invoice_counter default values;

-- Who did it, and what they wrote: a note of the staff may hold anything, and shoppers never see it.
alter table order_event
    add column staff_id   uuid references staff (id),
    add column staff_name text not null default '',
    add column note       text not null default '';
