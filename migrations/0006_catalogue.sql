-- Products as the staff edits them: ones that go on sale later, and addresses that lead on to where things are now.

-- `scheduled` is `active` from `published_at` on: a job turns it over, so that nobody who reads has to look at a clock.
alter table product
    drop constraint product_status,
    add constraint product_status check (status in ('active', 'draft', 'scheduled', 'archived')),
    add constraint product_scheduled_has_time check (status <> 'scheduled' or published_at is not null);

-- The lists of the admin, which show what is not on sale too.
create index product_made on product (created_at desc, id desc);
create index product_titled on product (left(title, 100), id);
create index product_priced on product (price_from, id);
create index product_category on product (category_id);
create index product_brand on product (brand_id);

-- What a product was called before. It leads to the product and not to a name, so that no chain can form. A name that is
-- given to another product is taken out of here.
create table product_redirect (
    handle     text primary key,
    product_id uuid not null references product (id) on delete cascade,
    created_at timestamptz not null
);
create index product_redirect_product on product_redirect (product_id);

-- The same for categories.
create table category_redirect (
    path        text primary key,
    category_id uuid not null references category (id) on delete cascade,
    created_at  timestamptz not null
);
create index category_redirect_category on category_redirect (category_id);

-- The beginning of a SKU finds its product.
create index variant_sku_begins on variant (lower(sku) text_pattern_ops);
