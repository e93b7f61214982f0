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

-- How many of a row were sent, and for how many the money went back. Not sent and not refunded: they are to be sent.
alter table order_line
    add column fulfilled integer not null default 0,
    add column refunded  integer not null default 0,
    add constraint order_line_fulfilled check (fulfilled between 0 and quantity),
    add constraint order_line_refunded check (refunded between 0 and quantity);

alter table refund
    -- The part of the amount that was for delivery.
    add column shipping bigint not null default 0 constraint refund_shipping_within check (shipping between 0 and amount),
    add column staff_id uuid references staff (id);

create table refund_line (
    refund_id     uuid not null references refund (id),
    order_line_id uuid not null references order_line (id),
    quantity      integer not null check (quantity > 0),
    amount        bigint not null check (amount >= 0),
    -- Whether they went back on the shelf.
    restocked     boolean not null default false,
    primary key (refund_id, order_line_id)
);
create index refund_line_order_line on refund_line (order_line_id);

-- Numbers without gaps: taken from the one row of the counter, in the transaction that writes the invoice.
create table invoice (
    number    bigint primary key,
    order_id  uuid not null constraint invoice_order_unique unique references "order" (id),
    issued_at timestamptz not null
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
