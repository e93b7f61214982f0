"""The throwaway servers of this checkout: one set for people, which keeps its data, and one for tests, which forgets."""

import hashlib
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import locks, system
from .database import Server
from .postgres import Postgres
from .project import LOCAL, ROOT
from .redis import Redis
from .say import Fault, step


@dataclass(frozen=True)
class Kind:
    """What a set of servers is for."""

    name: str
    postgres_port: int
    redis_port: int
    durable: bool


DEV = Kind("dev", 54320, 63790, durable=True)
TEST = Kind("test", 54321, 63791, durable=False)


@dataclass(frozen=True)
class Services:
    """What is up: the server that databases are made on, and Redis' address."""

    server: Server
    redis_url: str
    # The one database that DATABASE_URL names, where it is set.
    own_database: bool


def home():
    """Where the servers live: in the checkout, or beside it where Postgres' user could not get there."""
    LOCAL.mkdir(exist_ok=True)
    if not system.is_root() or system.reachable(LOCAL):
        return LOCAL
    digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    outside = Path("/var/tmp") / f"mercer-{digest}"
    outside.mkdir(mode=0o755, exist_ok=True)
    if outside.is_symlink() or outside.stat().st_uid != os.geteuid():
        raise Fault(f"{outside} belongs to somebody else.")
    return outside


@contextmanager
def up(kind):
    """Starts what is not given by DATABASE_URL and REDIS_URL; stopped again when the last of its users leaves."""
    folder = home() / kind.name
    postgres = None if os.environ.get("DATABASE_URL") else Postgres(folder, kind.postgres_port, kind.durable)
    redis = None if os.environ.get("REDIS_URL") else Redis(folder, kind.redis_port)
    door = folder / "door.lock"
    with locks.alone(door):
        users = locks.Users(folder / "users.lock")
        try:
            services = _start(postgres, redis)
        except BaseException:
            _leave(users, postgres, redis)
            raise
    try:
        yield services
    finally:
        with locks.alone(door):
            _leave(users, postgres, redis)


def _start(postgres, redis):
    given = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    for name, value in zip(("DATABASE_URL", "REDIS_URL"), given):
        if value:
            step(f"using {name} of the environment")
    server = postgres.start() if postgres else Server(given[0])
    return Services(server, redis.start() if redis else given[1], own_database=postgres is None)


def _leave(users, postgres, redis):
    if not users.leave():
        return
    for one in (redis, postgres):
        if one:
            one.stop()


def clean():
    """Stops the throwaway servers and deletes all that they and the demo shop keep."""
    folder = home()
    for kind in (DEV, TEST):
        Redis(folder / kind.name, kind.redis_port).stop()
        Postgres(folder / kind.name, kind.postgres_port, kind.durable).stop()
    for gone in {folder, LOCAL}:
        shutil.rmtree(gone)
        step(f"deleted {gone}")
