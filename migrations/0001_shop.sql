-- The shop: catalogue, stock, carts, orders, payments, jobs and mail.
--
-- Money is in minor units of the currency beside it. Times are UTC. Ids are UUIDs of version 7, made by the shop.
-- Constraints have names, since some of them become what a shopper is told.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists citext;

-- ---------------------------------------------------------------------------------------------------------------------
-- Catalogue

create table brand (
    id          uuid primary key,
    handle      text not null constraint brand_handle_unique unique,
    name        text not null constraint brand_name_unique unique,
    place       text not null default '',
    story_html  text not null default '',
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    version     integer not null default 1
);

create table category (
    id          uuid primary key,
    parent_id   uuid references category (id),
    handle      text not null,
    -- The handles from the top of the tree, joined by `/`: the address.
    path        text not null constraint category_path_unique unique,
    name        text not null,
    title       text not null default '',
    description text not null default '',
    position    integer not null default 0,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    version     integer not null default 1
);
create index category_parent on category (parent_id, position);
create index category_path_prefix on category (path text_pattern_ops);

-- A picture as it was taken in. Its files are named by its hash.
create table asset (
    id           uuid primary key,
    hash         text not null constraint asset_hash_unique unique,
    file_name    text not null,
    media_type   text not null,
    bytes        bigint not null check (bytes > 0),
    width        integer not null check (width > 0),
    height       integer not null check (height > 0),
    -- What it is kept in, rising.
    widths       integer[] not null check (cardinality(widths) > 0),
    tone         text not null check (tone ~ '^#[0-9a-f]{6}$'),
    created_at   timestamptz not null default now()
);

create table product (
    id               uuid primary key,
    handle           text not null constraint product_handle_unique unique,
    status           text not null constraint product_status check (status in ('active', 'draft', 'archived')),
    title            text not null constraint product_title_present check (title <> ''),
    subtitle         text not null default '',
    description_html text not null default '',
    materials        text not null default '',
    care             text not null default '',
    dimensions       text not null default '',
    product_type     text not null default '',
    tags             text[] not null default '{}',
    brand_id         uuid references brand (id),
    category_id      uuid references category (id),
    -- The merchant's order, lowest first.
    position         integer not null default 0,
    seo_title        text not null default '',
    seo_description  text not null default '',
    published_at     timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    version          integer not null default 1,
    -- What pages need, kept by every write to the product: the prices of its variants, the card on listings and the
    -- page of its own as JSON (all but stock), and the words to search in.
    price_from       bigint not null default 0,
    price_to         bigint not null default 0,
    card             jsonb not null default '{}',
    page             jsonb not null default '{}',
    search           tsvector not null default ''
);
create index product_by_category on product (category_id, position, id) where status = 'active';
create index product_by_position on product (position, id) where status = 'active';
create index product_by_price on product (price_from, id) where status = 'active';
create index product_by_date on product (published_at desc, id desc) where status = 'active';
create index product_by_brand on product (brand_id) where status = 'active';
create index product_search on product using gin (search);

-- The words that products are called and described by, to tell what somebody meant. A word that no product has any more
-- may stay: whoever reads it asks whether it still finds something.
create table search_word (
    word text primary key
);
create index search_word_near on search_word using gist (word gist_trgm_ops);

-- What finds the products that have a word beginning with each of the words (`&`) or with one of them (`|`); null where
-- they say nothing. It is put together from what Postgres itself writes out, so no sign in a word can be read as an operator.
create function search_query(words text[], sign text) returns tsquery
    language sql stable parallel safe
    return (select string_agg(query.text || ':*', sign)::tsquery
            from unnest(words) as typed (word)
            cross join lateral (select plainto_tsquery('english', unaccent(typed.word))::text) as query (text)
            where query.text <> '');

create table product_option (
    id         uuid primary key,
    product_id uuid not null references product (id) on delete cascade,
    position   integer not null constraint product_option_position check (position between 1 and 3),
    name       text not null check (name <> ''),
    constraint product_option_position_unique unique (product_id, position),
    constraint product_option_name_unique unique (product_id, name)
);

create table option_value (
    id        uuid primary key,
    option_id uuid not null references product_option (id) on delete cascade,
    position  integer not null,
    name      text not null check (name <> ''),
    swatch    text check (swatch ~ '^#[0-9a-f]{6}$'),
    constraint option_value_name_unique unique (option_id, name)
);
create index option_value_order on option_value (option_id, position);

create table product_media (
    id         uuid primary key,
    product_id uuid not null references product (id) on delete cascade,
    asset_id   uuid not null references asset (id),
    position   integer not null,
    alt        text not null default '',
    constraint product_media_unique unique (product_id, asset_id)
);
create index product_media_order on product_media (product_id, position);
create index product_media_asset on product_media (asset_id);

create table variant (
    id               uuid primary key,
    product_id       uuid not null references product (id),
    sku              text not null constraint variant_sku_unique unique,
    position         integer not null default 0,
    option1_value_id uuid references option_value (id),
    option2_value_id uuid references option_value (id),
    option3_value_id uuid references option_value (id),
    price            bigint not null constraint variant_price_not_negative check (price >= 0),
    compare_at       bigint constraint variant_compare_at_not_negative check (compare_at >= 0),
    barcode          text,
    weight_grams     integer not null default 0 check (weight_grams >= 0),
    tax_category     text not null default 'standard',
    media_id         uuid references product_media (id) on delete set null,
    archived_at      timestamptz,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now()
);
create unique index variant_combination_unique on variant
    (product_id, option1_value_id, option2_value_id, option3_value_id) nulls not distinct where archived_at is null;
create index variant_order on variant (product_id, position);

-- ---------------------------------------------------------------------------------------------------------------------
-- Stock: available = on_hand − allocated − reserved, and never below 0.

create table stock_location (
    id         uuid primary key,
    name       text not null constraint stock_location_name_unique unique,
    position   integer not null default 0,
    created_at timestamptz not null default now()
);

create table stock_level (
    variant_id  uuid not null references variant (id),
    location_id uuid not null references stock_location (id),
    on_hand     integer not null default 0,
    allocated   integer not null default 0 constraint stock_allocated_not_negative check (allocated >= 0),
    reserved    integer not null default 0 constraint stock_reserved_not_negative check (reserved >= 0),
    updated_at  timestamptz not null default now(),
    primary key (variant_id, location_id),
    constraint stock_available_not_negative check (on_hand - allocated - reserved >= 0)
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Selling: taxes, delivery, coupons

create table tax_rate (
    id         uuid primary key,
    name       text not null,
    country    text not null check (country ~ '^[A-Z]{2}$'),
    category   text not null default 'standard',
    -- Basis points.
    rate       integer not null check (rate between 0 and 10000),
    -- Whether prices there include it.
    included   boolean not null,
    constraint tax_rate_unique unique (country, category)
);

create table shipping_zone (
    id       uuid primary key,
    name     text not null constraint shipping_zone_name_unique unique,
    position integer not null default 0
);

create table shipping_zone_country (
    country text primary key check (country ~ '^[A-Z]{2}$'),
    zone_id uuid not null references shipping_zone (id) on delete cascade
);
create index shipping_zone_country_zone on shipping_zone_country (zone_id);

create table shipping_method (
    id          uuid primary key,
    zone_id     uuid not null references shipping_zone (id) on delete cascade,
    code        text not null constraint shipping_method_code_unique unique,
    name        text not null,
    description text not null default '',
    price       bigint not null check (price >= 0),
    -- What the things must cost, after discounts, for delivery to be free.
    free_over   bigint check (free_over >= 0),
    -- Working days.
    min_days    integer not null check (min_days >= 0),
    max_days    integer not null check (max_days >= min_days),
    position    integer not null default 0
);
create index shipping_method_zone on shipping_method (zone_id, position);

create table coupon (
    id          uuid primary key,
    code        text not null constraint coupon_code_unique unique check (code = upper(code)),
    description text not null default '',
    kind        text not null check (kind in ('percent', 'amount')),
    -- Basis points or minor units.
    value       bigint not null check (value > 0 and (kind <> 'percent' or value <= 10000)),
    starts_at   timestamptz,
    ends_at     timestamptz,
    -- How many orders may use it; null for any number.
    usage_limit integer check (usage_limit > 0),
    used        integer not null default 0 check (used >= 0),
    archived_at timestamptz,
    created_at  timestamptz not null default now(),
    constraint coupon_within_limit check (usage_limit is null or used <= usage_limit)
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Carts

create table cart (
    id           uuid primary key,
    -- SHA-256 of the cookie; null once the cart was bought.
    token_hash   bytea constraint cart_token_unique unique,
    -- The cookie that it was bought with, so that pressing once more leads to the order.
    bought_with  bytea,
    coupon_code  text,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    completed_at timestamptz,
    constraint cart_open_has_token check (completed_at is not null or token_hash is not null)
);
create index cart_idle on cart (updated_at) where completed_at is null;
create index cart_bought_with on cart (bought_with, completed_at) where bought_with is not null;

create table cart_line (
    id         uuid primary key,
    cart_id    uuid not null references cart (id) on delete cascade,
    variant_id uuid not null references variant (id),
    quantity   integer not null constraint cart_line_quantity check (quantity between 1 and 99),
    -- What one cost when it was put in, so that a change can be told.
    unit_price bigint not null check (unit_price >= 0),
    created_at timestamptz not null default now(),
    constraint cart_line_variant_unique unique (cart_id, variant_id)
);
create index cart_line_variant on cart_line (variant_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- Orders. Names, prices, rates and addresses are copies: what they were when it was placed.

create sequence order_number start 1001;

create table "order" (
    id                uuid primary key,
    number            bigint not null default nextval('order_number') constraint order_number_unique unique,
    token             text not null constraint order_token_unique unique,
    cart_id           uuid references cart (id) on delete set null,
    -- SHA-256 over what was ordered, so that placing the same again is known to be the same.
    fingerprint       bytea not null,
    status            text not null check (status in ('pending', 'open', 'completed', 'cancelled')),
    payment_status    text not null default 'unpaid'
        check (payment_status in ('unpaid', 'authorised', 'paid', 'partially_refunded', 'refunded', 'disputed')),
    fulfilment_status text not null default 'unfulfilled'
        check (fulfilment_status in ('unfulfilled', 'partial', 'fulfilled', 'returned')),
    email             citext not null,
    currency          text not null check (currency ~ '^[A-Z]{3}$'),
    subtotal          bigint not null check (subtotal >= 0),
    discount          bigint not null default 0 check (discount between 0 and subtotal),
    shipping          bigint not null default 0 check (shipping >= 0),
    shipping_tax      bigint not null default 0 check (shipping_tax >= 0),
    tax_name          text not null,
    tax_rate          integer not null,
    tax_included      bigint not null default 0 check (tax_included >= 0),
    tax_added         bigint not null default 0 check (tax_added >= 0),
    total             bigint not null,
    coupon_code       text,
    shipping_code     text not null,
    shipping_name     text not null,
    arrival           jsonb not null,
    shipping_address  jsonb not null,
    billing_address   jsonb,
    shipping_country  text not null generated always as (shipping_address ->> 'country') stored,
    placed_at         timestamptz not null,
    paid_at           timestamptz,
    cancelled_at      timestamptz,
    updated_at        timestamptz not null default now(),
    version           integer not null default 1,
    constraint order_adds_up check (total = subtotal - discount + shipping + tax_added)
);
create unique index order_one_pending_per_cart on "order" (cart_id) where status = 'pending';
create index order_by_time on "order" (placed_at desc, id desc);
create index order_by_payment on "order" (payment_status, placed_at desc, id desc);
create index order_by_fulfilment on "order" (fulfilment_status, placed_at desc, id desc);
create index order_by_email on "order" (email, placed_at desc);

create table order_line (
    id           uuid primary key,
    order_id     uuid not null references "order" (id),
    position     integer not null,
    variant_id   uuid not null references variant (id),
    product_id   uuid not null references product (id),
    sku          text not null,
    title        text not null,
    label        text not null default '',
    handle       text not null,
    picture      jsonb,
    unit_price   bigint not null check (unit_price >= 0),
    quantity     integer not null check (quantity between 1 and 99),
    subtotal     bigint not null,
    discount     bigint not null default 0,
    tax          bigint not null default 0,
    weight_grams integer not null default 0,
    constraint order_line_position_unique unique (order_id, position),
    constraint order_line_adds_up check (subtotal = unit_price * quantity and discount between 0 and subtotal)
);
create index order_line_variant on order_line (variant_id);

create table order_event (
    id       bigint generated always as identity primary key,
    order_id uuid not null references "order" (id),
    kind     text not null,
    -- A sentence for the timeline; without personal data.
    detail   text not null default '',
    at       timestamptz not null
);
create index order_event_order on order_event (order_id, id);

-- Stock held for an order that is being paid.
create table reservation (
    id          uuid primary key,
    order_id    uuid not null references "order" (id),
    variant_id  uuid not null,
    location_id uuid not null,
    quantity    integer not null check (quantity > 0),
    status      text not null default 'held' check (status in ('held', 'released', 'allocated')),
    created_at  timestamptz not null,
    ended_at    timestamptz,
    foreign key (variant_id, location_id) references stock_level (variant_id, location_id)
);
create unique index reservation_held_unique on reservation (order_id, variant_id, location_id) where status = 'held';
create index reservation_held on reservation (variant_id) where status = 'held';

-- The ledger of stock: rows are only ever added.
create table stock_movement (
    id          bigint generated always as identity primary key,
    variant_id  uuid not null,
    location_id uuid not null,
    kind        text not null check (kind in
        ('received', 'adjusted', 'reserved', 'released', 'allocated', 'deallocated', 'shipped', 'restocked')),
    quantity    integer not null check (quantity <> 0),
    reason      text not null default '',
    order_id    uuid references "order" (id),
    at          timestamptz not null,
    foreign key (variant_id, location_id) references stock_level (variant_id, location_id)
);
create index stock_movement_variant on stock_movement (variant_id, id desc);
create index stock_movement_order on stock_movement (order_id) where order_id is not null;

-- ---------------------------------------------------------------------------------------------------------------------
-- Payments

-- One attempt to be paid. The id is the idempotency key towards Stripe, and `request` is all that is sent with it.
create table payment (
    id             uuid primary key,
    order_id       uuid not null references "order" (id),
    status         text not null check (status in ('open', 'succeeded', 'expired', 'returned')),
    amount         bigint not null check (amount >= 0),
    currency       text not null,
    request        jsonb not null,
    session_id     text constraint payment_session_unique unique,
    session_url    text,
    payment_intent text,
    card_brand     text,
    card_last4     text,
    expires_at     timestamptz not null,
    created_at     timestamptz not null,
    ended_at       timestamptz
);
create unique index payment_one_success_per_order on payment (order_id) where status = 'succeeded';
create unique index payment_one_open_per_order on payment (order_id) where status = 'open';
create index payment_open on payment (expires_at) where status = 'open';
create index payment_intent on payment (payment_intent) where payment_intent is not null;

create table refund (
    id         uuid primary key,
    payment_id uuid not null references payment (id),
    order_id   uuid not null references "order" (id),
    amount     bigint not null check (amount > 0),
    reason     text not null default '',
    status     text not null check (status in ('pending', 'succeeded', 'failed')),
    stripe_id  text constraint refund_stripe_unique unique,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index refund_order on refund (order_id);
create index refund_payment on refund (payment_id);

-- What Stripe told, as it came. A second telling changes nothing.
create table webhook_event (
    id           text primary key,
    kind         text not null,
    payload      text not null,
    received_at  timestamptz not null,
    processed_at timestamptz
);
create index webhook_event_waiting on webhook_event (received_at) where processed_at is null;

-- ---------------------------------------------------------------------------------------------------------------------
-- Background work

create table job (
    id           uuid primary key,
    kind         text not null,
    payload      jsonb not null,
    -- Lower goes first.
    priority     smallint not null default 100,
    run_at       timestamptz not null,
    attempts     integer not null default 0,
    max_attempts integer not null default 12 check (max_attempts > 0),
    -- While it runs: who else may take it, from then on.
    leased_until timestamptz,
    -- Where all attempts failed.
    died_at      timestamptz,
    last_error   text,
    -- Two jobs of one key are one job.
    key          text,
    request_id   text,
    created_at   timestamptz not null
);
create unique index job_key_unique on job (key) where died_at is null and key is not null;
create index job_ready on job (priority, run_at) where died_at is null;
create index job_dead on job (died_at) where died_at is not null;

create table mail (
    id         uuid primary key,
    -- What it is about, once: `order-confirmation:<order id>`.
    key        text not null constraint mail_key_unique unique,
    kind       text not null,
    order_id   uuid references "order" (id),
    recipient  text not null,
    subject    text not null,
    html       text not null,
    text       text not null,
    created_at timestamptz not null,
    sent_at    timestamptz
);
create index mail_order on mail (order_id);

-- ---------------------------------------------------------------------------------------------------------------------
-- Content

create table page (
    id              uuid primary key,
    handle          text not null constraint page_handle_unique unique,
    title           text not null,
    body_html       text not null,
    seo_description text not null default '',
    updated_at      timestamptz not null default now(),
    version         integer not null default 1
);

-- What a merchant sets: `shop`, `home`, `footer`.
create table setting (
    key        text primary key,
    value      jsonb not null,
    updated_at timestamptz not null default now(),
    version    integer not null default 1
);
