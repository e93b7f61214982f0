-- What a backup is held to: rows and a sum over the content of every table, and the figures that a shopkeeper would compare.
-- A line that is here once stays as it is, so that older backups can be compared; new ones may come.
\pset format unaligned
\pset tuples_only on
\pset fieldsep ' '
set timezone = 'UTC';
set datestyle = 'ISO';
set intervalstyle = 'postgres';
set bytea_output = 'hex';
set extra_float_digits = 1;
set search_path = public;

select format('select ''rows'', %L, count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from %s t',
              relname, oid::regclass)
from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace
order by relname collate "C"
\gexec

select 'orders', currency, payment_status, count(*), sum(total) from "order" group by 2, 3 order by 2, 3;
select 'payments', currency, status, count(*), sum(amount) from payment group by 2, 3 order by 2, 3;
select 'refunds', status, count(*), sum(amount) from refund group by 2 order by 2;
select 'stock', count(*), coalesce(sum(on_hand), 0), coalesce(sum(allocated), 0), coalesce(sum(reserved), 0) from stock_level;
select 'movements', kind, count(*), sum(quantity) from stock_movement group by 2 order by 2;
