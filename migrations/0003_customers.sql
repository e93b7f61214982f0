-- Customers with an account: what they are called, where they have things sent, and the browsers that they signed in with.

create table customer (
    id            uuid primary key,
    -- Null once the customer was deleted: the books stay, the person does not.
    email         citext constraint customer_email_unique unique,
    name          text not null default '',
    -- argon2id, as a PHC string; null where none was chosen yet, and once the customer was deleted.
    password_hash text,
    -- Since when it is known that the address is theirs: orders that were placed with it as a guest are theirs from then on.
    confirmed_at  timestamptz,
    -- Another address that they asked for, until it is known that it is theirs too.
    new_email     citext,
    -- What the staff writes about them.
    note          text not null default '',
    deleted_at    timestamptz,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       integer not null default 1,
    constraint customer_deleted_is_nobody check
        (deleted_at is null or (email is null and new_email is null and name = '' and password_hash is null and note = ''))
);
create index customer_by_time on customer (created_at desc, id desc);

create table address (
    id          uuid primary key,
    customer_id uuid not null references customer (id) on delete cascade,
    -- As on an order: name, lines, city, postcode, country.
    address     jsonb not null,
    is_default  boolean not null default false,
    created_at  timestamptz not null
);
create index address_customer on address (customer_id, created_at);
create unique index address_one_default on address (customer_id) where is_default;

-- Links that were sent by mail: to confirm the address, to choose another password, to take another address.
create table customer_link (
    token_hash  bytea primary key,
    customer_id uuid not null references customer (id) on delete cascade,
    kind        text not null check (kind in ('confirm', 'reset', 'email')),
    -- Where it was sent: it holds only while that is still the address that it is about.
    email       citext not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
create index customer_link_customer on customer_link (customer_id);
create index customer_link_expiry on customer_link (expires_at);

create table customer_session (
    id          uuid primary key,
    token_hash  bytea not null constraint customer_session_token_unique unique,
    customer_id uuid not null references customer (id) on delete cascade,
    client      text not null,
    agent       text not null,
    created_at  timestamptz not null,
    seen_at     timestamptz not null,
    expires_at  timestamptz not null
);
create index customer_session_customer on customer_session (customer_id, created_at desc);
create index customer_session_expiry on customer_session (expires_at);

alter table "order" add column customer_id uuid references customer (id);
create index order_by_customer on "order" (customer_id, placed_at desc, id desc) where customer_id is not null;

-- The cart of a customer, on every device that they sign in on: its `token_hash` is made of the customer's id, and no cookie
-- leads to it.
alter table cart add column customer_id uuid references customer (id) on delete set null;
create index cart_by_customer on cart (customer_id) where customer_id is not null;
create unique index cart_one_open_per_customer on cart (customer_id) where completed_at is null and customer_id is not null;
