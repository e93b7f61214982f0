"""`.sqlx`: what the database says of every query, so that builds need none. Rewritten or compared here."""

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from . import build, proc, project
from .database import Refused
from .project import ROOT
from .say import Fault, step

KEPT = ROOT / ".sqlx"
_SHOP = ROOT / "shop"


def rewrite(server):
    """Makes `.sqlx` anew. Only `shop` has to compile for it."""
    with _asked(server, ["shop"]) as answers:
        shutil.rmtree(KEPT, ignore_errors=True)
        KEPT.mkdir()
        for answer in sorted(answers.glob("query-*.json")):
            shutil.copy(answer, KEPT)
    step(f".sqlx holds {len(list(KEPT.iterdir()))} queries")


def check(server):
    """A fault where `.sqlx` and the database do not say the same; nothing where all of it is as it was when they did."""
    stamp, state = project.target_dir() / ".sqlx-checked", _state()
    if stamp.exists() and stamp.read_text() == state:
        return
    # The crates that clippy looks at: what these are made of was then checked for it already.
    with _asked(server, project.NATIVE) as answers:
        fresh, kept = _read(answers), _read(KEPT)
    wrong = [f"not in .sqlx: {fresh[name]['query']}" for name in fresh.keys() - kept.keys()]
    wrong += [f"no longer asked: {kept[name]['query']}" for name in kept.keys() - fresh.keys()]
    wrong += [f"changed: {fresh[name]['query']}" for name in fresh.keys() & kept.keys() if _differ(fresh[name], kept[name])]
    if wrong:
        lines = "\n  ".join(" ".join(line.split())[:160] for line in sorted(wrong))
        raise Fault(f"The queries and .sqlx differ; `make sqlx` rewrites it:\n  {lines}")
    stamp.write_text(state)


def _state():
    """A digest of everything that an answer depends on."""
    digest = hashlib.sha256((ROOT / "Cargo.lock").read_bytes())
    for folder, pattern in ((ROOT / "migrations", "*.sql"), (_SHOP, "**/*.rs"), (KEPT, "*.json")):
        for file in sorted(folder.glob(pattern)):
            digest.update(f"{file.relative_to(ROOT)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@contextmanager
def _asked(server, crates):
    """A folder with what a freshly migrated database answers about each query of `shop` and of its tests."""
    name = f"mercer_sqlx_{os.getpid()}"
    url = server.fresh(name)
    try:
        migrate(server, name)
        with tempfile.TemporaryDirectory() as folder:
            env = {"SQLX_OFFLINE": "false", "SQLX_OFFLINE_DIR": folder, "DATABASE_URL": url, **build.leptos()}
            with proc.timed("asking the database about every query (cargo check)"), _as_if_changed(_with_queries()):
                proc.run(["cargo", "check", *build.RELEASE, *build.packages(crates), "--all-targets"], env=env)
            yield Path(folder)
    finally:
        server.drop(name)


def _with_queries():
    """The roots of the crates that hold queries: the use cases, and their tests."""
    return [root for root in (_SHOP / "src" / "lib.rs", _SHOP / "tests" / "it" / "main.rs") if root.exists()]


def migrate(server, name):
    """The schema, as the migrations make it."""
    for file in sorted((ROOT / "migrations").glob("*.sql")):
        try:
            server.query(file.read_text(), database=name)
        except Refused as error:
            raise Fault(f"{file.relative_to(ROOT)}: {error}") from None


@contextmanager
def _as_if_changed(sources):
    """Lets cargo compile crates again, and no other build of them: the files are as old as before afterwards."""
    before = {source: source.stat() for source in sources}
    for source in sources:
        os.utime(source)
    touched = {source: source.stat().st_mtime_ns for source in sources}
    try:
        yield
    finally:
        for source, was in before.items():
            if source.stat().st_mtime_ns == touched[source]:
                os.utime(source, ns=(was.st_atime_ns, was.st_mtime_ns))


def _read(folder):
    return {file.name: json.loads(file.read_text()) for file in folder.glob("query-*.json")}


def _differ(one, other):
    # Whether a column can be null is in part guessed from the plan, which is another one in every major version.
    return _without_guess(one) != _without_guess(other)


def _without_guess(query):
    described = {name: value for name, value in query["describe"].items() if name != "nullable"}
    return dict(query, describe=described)
