-- Who runs the shop: staff with their roles, sessions of staff and of customers, and the record of what was done.

-- What members of the staff may do. Permissions are words that the code knows; `owner` has every one, written down or not.
create table role (
    id          uuid primary key,
    handle      text not null constraint role_handle_unique unique,
    name        text not null,
    description text not null default '',
    permissions text[] not null default '{}',
    position    integer not null default 0
);

insert into role (id, handle, name, description, permissions, position) values
    ('01900000-0000-7000-8000-000000000001', 'owner', 'Owner', 'Everything, with staff and settings.', '{}', 1),
    ('01900000-0000-7000-8000-000000000002', 'manager', 'Manager', 'Everything but staff and settings.',
     '{orders.view,orders.edit,orders.fulfil,orders.refund,products.view,products.edit,stock.edit,customers.view,customers.edit,discounts.edit,content.edit,reports.view,jobs.manage,audit.view}', 2),
    ('01900000-0000-7000-8000-000000000003', 'fulfilment', 'Fulfilment', 'Sends orders out, and counts what is on the shelves.',
     '{orders.view,orders.fulfil,products.view,stock.edit,customers.view}', 3),
    ('01900000-0000-7000-8000-000000000004', 'read-only', 'Read only', 'Sees everything that is sold, and changes nothing.',
     '{orders.view,products.view,customers.view,reports.view}', 4);

create table staff (
    id            uuid primary key,
    email         citext not null constraint staff_email_unique unique,
    name          text not null check (name <> ''),
    role_id       uuid not null references role (id),
    -- argon2id, as a PHC string; null until the invitation is taken up.
    password_hash text,
    -- What the codes of the second factor are made from; set while it is being set up, and in force from `totp_since`.
    totp_secret   bytea,
    totp_since    timestamptz,
    -- The latest time step whose code was used: none is taken twice.
    totp_step     bigint not null default 0,
    disabled_at   timestamptz,
    -- Of the demo shop, with a password that everybody can read: taken on development machines only.
    is_demo       boolean not null default false,
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       integer not null default 1,
    constraint staff_totp_has_secret check (totp_since is null or totp_secret is not null)
);
create index staff_role on staff (role_id);

-- Words that open the door once where the second factor is lost. Hashed with the password's care: they are as long as a token.
create table recovery_code (
    staff_id  uuid not null references staff (id) on delete cascade,
    code_hash bytea not null,
    used_at   timestamptz,
    primary key (staff_id, code_hash)
);

-- Links that were sent by mail: an invitation, or to choose another password.
create table staff_link (
    token_hash bytea primary key,
    staff_id   uuid not null references staff (id) on delete cascade,
    kind       text not null check (kind in ('invitation', 'reset')),
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index staff_link_staff on staff_link (staff_id);

-- A browser that somebody signed in with.
create table staff_session (
    id           uuid primary key,
    token_hash   bytea not null constraint staff_session_token_unique unique,
    staff_id     uuid not null references staff (id) on delete cascade,
    -- Whether the second factor was shown; until then the session opens nothing but the page that asks for it.
    is_complete  boolean not null,
    -- When the password was last given: what is dear asks for it again after a while.
    confirmed_at timestamptz not null,
    client       text not null,
    agent        text not null,
    created_at   timestamptz not null,
    seen_at      timestamptz not null,
    expires_at   timestamptz not null
);
create index staff_session_staff on staff_session (staff_id, created_at desc);
create index staff_session_expiry on staff_session (expires_at);

-- What was done, by whom: rows are only ever added.
create table audit_entry (
    id           bigint generated always as identity primary key,
    at           timestamptz not null,
    -- Null where the shop or its operator did it.
    staff_id     uuid references staff (id),
    staff_name   text not null,
    client       text not null default '',
    request_id   text not null default '',
    -- What was done: `order.refunded`.
    action       text not null,
    -- What to: `order`, and which.
    subject_kind text not null,
    subject_id   text not null,
    -- How people call it: `order 1047`.
    subject_name text not null,
    -- The whole in one sentence.
    sentence     text not null,
    before       jsonb,
    after        jsonb
);
create index audit_entry_by_staff on audit_entry (staff_id, id desc);
create index audit_entry_by_subject on audit_entry (subject_kind, subject_id, id desc);
create index audit_entry_by_action on audit_entry (action, id desc);
create index audit_entry_by_time on audit_entry (at desc);

-- What was written stays. Only what names a person may be taken out, by a transaction that says that this is what it does.
create function audit_entry_stays() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('mercer.redacting', true) = 'yes'
        and (new.id, new.at, new.staff_id, new.action, new.subject_kind, new.subject_id)
            is not distinct from (old.id, old.at, old.staff_id, old.action, old.subject_kind, old.subject_id) then
        return new;
    end if;
    raise exception 'the audit log is only ever added to';
end
$$;
create trigger audit_entry_stays before update or delete on audit_entry
    for each row execute function audit_entry_stays();
create trigger audit_entry_stays_whole before truncate on audit_entry
    for each statement execute function audit_entry_stays();

-- What waits to be sent is counted on every page of the admin.
create index order_to_send on "order" (placed_at) where status = 'open' and fulfilment_status in ('unfulfilled', 'partial');
