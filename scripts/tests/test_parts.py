"""The parts that decide what goes: old backups, migrations that take away, and what a report may say."""

import os
import subprocess
import tempfile
import unittest
from datetime import datetime, timedelta
from pathlib import Path

from .cluster import SCRIPTS, OnCluster

_LIB = SCRIPTS / "lib"


def _awk(program, text, **values):
    options = [part for name, value in values.items() for part in ("-v", f"{name}={value}")]
    done = subprocess.run(["awk", *options, "-f", _LIB / program], input=text, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


class Retention(unittest.TestCase):
    """Which backups go."""

    def gone(self, times, last=1, daily=0, weekly=0, monthly=0):
        """Those that may be deleted."""
        stamps = [time.strftime("%Y%m%dT%H%M%SZ") for time in times]
        gone = _awk("retention.awk", "\n".join(stamps), last=last, daily=daily, weekly=weekly, monthly=monthly)
        return [datetime.strptime(stamp, "%Y%m%dT%H%M%SZ") for stamp in gone]

    def test_days_weeks_and_months_over_two_years(self):
        end = datetime(2027, 3, 3, 2, 17)
        nights = [end - timedelta(days=day) for day in range(730)]
        kept = set(nights) - set(self.gone(nights, last=5, daily=7, weekly=5, monthly=12))
        wanted = set(nights[:7])
        for key, many in ((lambda night: night.isocalendar()[:2], 5), (lambda night: (night.year, night.month), 12)):
            newest = {}
            for night in nights:
                newest.setdefault(key(night), night)
            wanted |= set(list(newest.values())[:many])
        self.assertEqual(kept, wanted)

    def test_where_backups_stop_nothing_goes(self):
        old = [datetime(2020, 2, 29) - timedelta(days=day) for day in range(7)]
        self.assertEqual(self.gone(old, last=1, daily=7), [])

    def test_several_in_one_day(self):
        day = [datetime(2026, 11, 21, hour) for hour in (3, 9, 15, 21)]
        self.assertEqual(self.gone(day, last=1, daily=7), day[2::-1])
        self.assertEqual(self.gone(day, last=3, daily=7), day[:1])

    def test_the_newest_stays_whatever_is_asked_for(self):
        self.assertEqual(self.gone([datetime(2026, 1, 1)], last=0), [])

    def test_what_is_no_backup_is_left_alone(self):
        self.assertEqual(_awk("retention.awk", "notes\n2026\n", last=0, daily=0, weekly=0, monthly=0), [])


class Migrations(unittest.TestCase):
    """Which statements the release before might not run on."""

    def test_those_that_take_away(self):
        for statement in (
            "drop table a",
            "DROP VIEW v",
            "drop function f(integer)",
            "truncate a",
            "alter table a drop column b",
            "alter table only a drop b",
            'alter table if exists "order" add x int, drop column if exists y cascade',
            "alter table a rename to b",
            "alter table a rename column b to c",
            "alter type t rename value 'a' to 'b'",
            "alter table a alter column b type bigint",
            "alter table a alter b set data type bigint using b::bigint",
            "alter table a alter column b set not null",
            "alter table a alter column b drop default",
            "alter table a add column b integer not null",
            "do $$ begin execute 'drop table a'; end $$",
        ):
            self.assertTrue(_awk("expand.awk", f"select 1;\n{statement};\n"), statement)

    def test_those_that_add_or_loosen(self):
        for statement in (
            "create table a (b integer not null, c text check (c in ('drop table a', 'b')))",
            "alter table a add column b integer not null default 0, add c text",
            "alter table a add column b text not null generated always as (lower(c)) stored",
            "alter table a drop constraint c, add constraint c check (b in ('x', 'y'))",
            "alter table a alter column b drop not null, alter column c set statistics 1000",
            "drop index a",
            "create trigger t before truncate on a execute function f()",
            "create function f() returns trigger language plpgsql as $x$ begin drop table a; end $x$",
            "-- drop table a\nselect 'drop table b; drop table c'",
            "/* alter table a rename to b; */ insert into a (b) values ('it''s; drop table a')",
        ):
            self.assertEqual(_awk("expand.awk", statement + ";\n"), [], statement)

    def test_those_of_the_shop_only_add(self):
        for file in sorted((SCRIPTS.parent / "migrations").glob("*.sql")):
            self.assertEqual(_awk("expand.awk", file.read_text()), [], file.name)


_SECRETS = """\
DATABASE_URL=postgres://mercer:hunter2-one@db/mercer
smtps://a@b.example:hunter2-two@mail.example:465
{"key":"sk_live_hunter2three","secret": "hunter2-four", "route":"/orders/{token}"}
STRIPE_WEBHOOK_SECRET=whsec_hunter2five,whsec_hunter2six
AGE-SECRET-KEY-1HUNTER2
password: 'hunter2 seven'
Authorization: Bearer hunter2.eight
Cookie: cart=hunter2-nine
https://shop.example/orders/hunter2-ten-0123456789abcdefghij/paid
https://shop.example/admin/welcome?code=hunter2-eleven
jane.hunter2+shop@post.example wrote
"""


class Incident(OnCluster):
    """What is collected, and what is not."""

    def collect(self, *options, **env):
        """The folder that a run leaves."""
        done = self.run_script("incident", "--out", str(self.home / "out"), *options, **env)
        self.assertEqual(done.returncode, 0, done.stderr)
        folders = [path for path in (self.home / "out").iterdir() if path.is_dir()]
        self.assertEqual(len(folders), 1)
        self.assertTrue(folders[0].with_name(folders[0].name + ".tar.gz").exists())
        self.assertEqual(os.stat(folders[0]).st_mode & 0o077, 0, "others can read it")
        return folders[0]

    def setUp(self):
        super().setUp()
        (self.home / "out").mkdir()
        self.scenario(log=_SECRETS, answers={r"pods -o name": "pod/mercer-web-blue-1\npod/other-1\n"})

    def test_nothing_secret_is_in_it(self):
        secrets = {"STRIPE_SECRET_KEY": "sk_live_hunter2", "AWS_SECRET_ACCESS_KEY": "hunter2plain", "SMTP_URL": "smtp://x:hunter2@mail"}
        folder = self.collect(**secrets)
        self.assertIn("/orders/{token}", (folder / "pods" / "other-1.log").read_text())
        for file in folder.rglob("*"):
            if file.is_file():
                self.assertNotRegex(file.read_text(), "(?i)hunter2|post.example", str(file))
        self.assertIn("STRIPE_SECRET_KEY is set", (folder / "shop" / "settings.txt").read_text())

    def test_a_pod_is_asked_how_it_is(self):
        folder = self.collect()
        self.assertIn("mercer_http_requests_total", (folder / "pods" / "mercer-web-blue-1" / "metrics.txt").read_text())
        self.assertFalse((folder / "pods" / "other-1").exists())
        self.assertFalse(any("secret" in call for call in self.read("calls").lower().splitlines()), "secrets were asked for")

    def test_one_machine_is_enough(self):
        folder = self.collect("--no-cluster")
        self.assertEqual(self.read("calls"), "")
        self.assertTrue((folder / "machine" / "system.txt").exists())
        self.assertIn("health-live", (folder / "missing.txt").read_text(), "nobody answers there, and it is said")

    def test_a_dry_run_leaves_nothing(self):
        done = self.run_script("incident", "--dry-run", "--out", str(self.home / "out"))
        self.assertIn("would run: kubectl --namespace mercer describe pods", done.stdout)
        self.assertEqual(list((self.home / "out").iterdir()), [])


class Calls(OnCluster):
    """Wrong calls are told, and `--help` is there."""

    def test_help(self):
        for name in ("backup", "restore", "blue-green", "incident", "smoke"):
            done = self.run_script(name, "--help")
            self.assertEqual(done.returncode, 0, name)
            self.assertIn(f"scripts/{name}", done.stdout)

    def test_wrong_calls(self):
        for name, *options in (
            ["backup", "--fast"],
            ["backup", "--daily", "often"],
            ["backup", "--last", "0"],
            ["restore", "yesterday"],
            ["restore", "--replace", "--verify"],
            ["blue-green", "--watch"],
            ["incident", "--since", "yesterday"],
            ["smoke", "shop.example"],
        ):
            self.assertEqual(self.run_script(name, *options).returncode, 2, f"{name} {options}")

    def test_what_is_missing_is_named(self):
        self.assertIn("DATABASE_URL", self.run_script("backup", "--to", str(self.home)).stderr)
        self.assertIn("BACKUP_TO", self.run_script("restore", "--list").stderr)

    def test_settings_of_a_file(self):
        with tempfile.NamedTemporaryFile("w", suffix=".env") as file:
            file.write("# a comment\nMAIL_FROM=Shop <shop@shop.example>\nDATABASE_URL=mysql://x\n")
            file.flush()
            done = self.run_script("backup", "--env", file.name, "--to", str(self.home))
        self.assertIn("DATABASE_URL is to hold an address", done.stderr)


class Addresses(unittest.TestCase):
    """DATABASE_URL as Postgres' own programs take it."""

    def taken(self, url):
        """The variables that it becomes."""
        script = f'. "{_LIB}/common.sh"; . "{_LIB}/postgres.sh"; use_database_url "$1"; env'
        done = subprocess.run(
            ["bash", "-c", script, "x", url], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True
        )
        pairs = [line.split("=", 1) for line in done.stdout.splitlines() if line.startswith("PG")]
        return {name: value for name, value in pairs if name not in ("PGCONNECT_TIMEOUT", "PGAPPNAME")}

    def test_all_of_its_parts(self):
        self.assertEqual(
            self.taken("postgres://mer%40cer:p%2Fw%3A%25d@db.example:6432/shop?sslmode=verify-full&sslrootcert=%2Fca.pem"),
            {
                "PGUSER": "mer@cer",
                "PGPASSWORD": "p/w:%d",
                "PGHOST": "db.example",
                "PGPORT": "6432",
                "PGDATABASE": "shop",
                "PGSSLMODE": "verify-full",
                "PGSSLROOTCERT": "/ca.pem",
            },
        )

    def test_short_ones_and_odd_ones(self):
        self.assertEqual(self.taken("postgresql://db/shop"), {"PGHOST": "db", "PGPORT": "5432", "PGDATABASE": "shop"})
        self.assertEqual(self.taken("postgres://u@[::1]:5433/s")["PGHOST"], "::1")
        self.assertEqual(self.taken("postgres:///shop?host=%2Frun%2Fpostgresql")["PGHOST"], "/run/postgresql")


if __name__ == "__main__":
    unittest.main()
