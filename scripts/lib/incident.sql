-- What Postgres is doing, for whoever looks at an incident afterwards. Only looks.
\pset pager off
\pset linestyle ascii
set statement_timeout = '20s';
set default_transaction_read_only = on;

\echo == server
select version(), pg_postmaster_start_time() as started, now() as now, pg_is_in_recovery() as standby;

\echo == connections, by whom and what they do
select datname, usename, application_name, state, wait_event_type, wait_event, count(*), max(now() - state_change) as longest
from pg_stat_activity where datname is not null group by 1, 2, 3, 4, 5, 6 order by count(*) desc;

\echo == at work, the longest first
select pid, application_name, state, now() - xact_start as in_transaction, now() - query_start as in_statement,
       wait_event_type || '/' || wait_event as waits_for, left(regexp_replace(query, '\s+', ' ', 'g'), 300) as statement
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
order by xact_start limit 50;

\echo == who waits for whom
select waiting.pid, pg_blocking_pids(waiting.pid) as blocked_by, now() - waiting.query_start as since,
       left(regexp_replace(waiting.query, '\s+', ' ', 'g'), 200) as statement
from pg_stat_activity waiting where cardinality(pg_blocking_pids(waiting.pid)) > 0 order by since desc limit 50;

\echo == locks that are waited for
select locktype, relation::regclass, mode, granted, count(*) from pg_locks
where not granted or relation in (select relation from pg_locks where not granted) group by 1, 2, 3, 4 order by 5 desc limit 50;

\echo == the database as a whole
select numbackends, xact_commit, xact_rollback, deadlocks, temp_files, temp_bytes, blks_read, blks_hit, stats_reset,
       pg_size_pretty(pg_database_size(datname)) as size, age(datfrozenxid) as oldest_transaction
from pg_stat_database join pg_database using (datname) where datname = current_database();

\echo == tables: size, dead rows, last vacuum and analyze
select relname, pg_size_pretty(pg_total_relation_size(relid)) as size, n_live_tup, n_dead_tup, seq_scan, idx_scan,
       last_autovacuum, last_autoanalyze
from pg_stat_user_tables order by pg_total_relation_size(relid) desc limit 30;

\echo == replicas
select application_name, state, sync_state, replay_lag, pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as bytes_behind
from pg_stat_replication;

\echo == settings that are not the default
select name, setting, unit, source from pg_settings where source not in ('default', 'override') and name !~ 'command|conninfo' order by name;

\echo == migrations
select version, description, installed_on, success from _sqlx_migrations order by version;

\echo == background work
select kind, died_at is not null as dead, leased_until > now() as running, count(*), max(attempts) as attempts,
       min(run_at) as earliest, left(max(last_error), 200) as an_error
from job group by 1, 2, 3 order by 1, 2, 3;

\echo == webhooks of the last day
select kind, count(*), count(*) filter (where processed_at is null) as waiting, max(received_at) as latest
from webhook_event where received_at > now() - interval '1 day' group by 1 order by 2 desc;

\echo == orders and payments of the last hour
select status, payment_status, count(*), min(placed_at), max(placed_at) from "order"
where placed_at > now() - interval '1 hour' group by 1, 2;
select status, count(*), min(created_at), max(created_at) from payment where created_at > now() - interval '1 hour' group by 1;

\echo == slow statements
select exists (select from pg_extension where extname = 'pg_stat_statements') as known \gset
\if :known
select calls, round(total_exec_time) as ms_in_all, round(mean_exec_time::numeric, 2) as ms, round(max_exec_time::numeric, 1) as most, rows,
       left(regexp_replace(query, '\s+', ' ', 'g'), 300) as statement
from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
order by total_exec_time desc limit 30;
\else
\echo pg_stat_statements is not installed in this database
\endif
