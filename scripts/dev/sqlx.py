"""`.sqlx`: what the database says of every query, so that builds need none. Rewritten or compared here."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from . import build, proc
from .database import Refused
from .project import ROOT
from .say import Fault, step

KEPT = ROOT / ".sqlx"
_SHOP = ROOT / "shop" / "src" / "lib.rs"


def rewrite(server):
    """Makes `.sqlx` anew."""
    with _asked(server) as answers:
        shutil.rmtree(KEPT, ignore_errors=True)
        KEPT.mkdir()
        for answer in sorted(answers.glob("query-*.json")):
            shutil.copy(answer, KEPT)
    step(f".sqlx holds {len(list(KEPT.iterdir()))} queries")


def check(server):
    """A fault where `.sqlx` and the database do not say the same."""
    with _asked(server) as answers:
        fresh, kept = _read(answers), _read(KEPT)
    wrong = [f"not in .sqlx: {fresh[name]['query']}" for name in fresh.keys() - kept.keys()]
    wrong += [f"no longer asked: {kept[name]['query']}" for name in kept.keys() - fresh.keys()]
    wrong += [f"changed: {fresh[name]['query']}" for name in fresh.keys() & kept.keys() if _differ(fresh[name], kept[name])]
    if wrong:
        lines = "\n  ".join(" ".join(line.split())[:160] for line in sorted(wrong))
        raise Fault(f"The queries and .sqlx differ; `make sqlx` rewrites it:\n  {lines}")


@contextmanager
def _asked(server):
    """A folder with what a freshly migrated database answers about each query of `shop`."""
    name = f"mercer_sqlx_{os.getpid()}"
    url = server.fresh(name)
    try:
        _migrate(server, name)
        with tempfile.TemporaryDirectory() as folder:
            env = {"SQLX_OFFLINE": "false", "SQLX_OFFLINE_DIR": folder, "DATABASE_URL": url, **build.leptos()}
            with proc.timed("asking the database about every query (cargo check -p shop)"), _as_if_changed(_SHOP):
                proc.run(["cargo", "check", *build.RELEASE, *build.packages(["shop"])], env=env)
            yield Path(folder)
    finally:
        server.drop(name)


def _migrate(server, name):
    for file in sorted((ROOT / "migrations").glob("*.sql")):
        try:
            server.query(file.read_text(), database=name)
        except Refused as error:
            raise Fault(f"{file.relative_to(ROOT)}: {error}") from None


@contextmanager
def _as_if_changed(source):
    """Lets cargo compile a crate again, and no other build of it: the file is as old as before afterwards."""
    before = source.stat()
    os.utime(source)
    touched = source.stat().st_mtime_ns
    try:
        yield
    finally:
        if source.stat().st_mtime_ns == touched:
            os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))


def _read(folder):
    return {file.name: json.loads(file.read_text()) for file in folder.glob("query-*.json")}


def _differ(one, other):
    # Whether a column can be null is in part guessed from the plan, which is another one in every major version.
    return _without_guess(one) != _without_guess(other)


def _without_guess(query):
    described = {name: value for name, value in query["describe"].items() if name != "nullable"}
    return dict(query, describe=described)
