-- What the owner of the shop sets: a save names the version that was changed, and a delivery method can rest.

alter table tax_rate add column version integer not null default 1;
alter table shipping_zone add column version integer not null default 1;
alter table shipping_method
    add column version   integer not null default 1,
    -- Whether shoppers can choose it.
    add column is_active boolean not null default true;

-- Words that let a shop without staff be given its first owner: each was printed in the log of a process that started. They go
-- once somebody runs the shop.
create table setup_code (
    code_hash  bytea primary key,
    created_at timestamptz not null
);

-- Of the demo shop, with a password that everybody can read: taken on development machines only, as with the staff.
alter table customer add column is_demo boolean not null default false;
