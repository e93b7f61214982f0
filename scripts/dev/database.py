"""Just enough SQL to make and drop databases, with `psql` only where a server wants a password or TLS."""

import shutil
import socket
import struct
from urllib.parse import urlsplit, urlunsplit, unquote

from . import proc
from .say import Fault


class Refused(Exception):
    """The server answered a statement with an error."""


class _NeedsPsql(Exception):
    """More than a trusting server on this machine."""


class Server:
    """A Postgres server on which databases can be made; `url` names one of its databases."""

    def __init__(self, url):
        self.url = url
        self._parts = urlsplit(url)

    def url_for(self, database):
        """The address of another database of the server."""
        return urlunsplit(self._parts._replace(path=f"/{database}"))

    def query(self, sql, database=None):
        """Runs statements and returns the rows as lists of texts."""
        try:
            return _talk(self._parts, database or self._parts.path.lstrip("/"), sql)
        except _NeedsPsql:
            return self._psql(sql, self.url_for(database) if database else self.url)

    def _psql(self, sql, url):
        if not shutil.which("psql"):
            raise Fault("DATABASE_URL names a server that asks for a password or TLS: psql is needed to talk to it.")
        # The statement goes in as an argument and the address in the environment: passwords stay out of process lists.
        command = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--field-separator=\t"]
        rows = proc.answer([*command, "--set=ON_ERROR_STOP=1", "--command", sql], env=_libpq(self._parts, url))
        if rows is None:
            raise Refused(sql)
        return [line.split("\t") for line in rows.splitlines()]

    def create(self, database, if_missing=False):
        """Makes an empty database."""
        if if_missing and self.query(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
            return self.url_for(database)
        self.query(f'CREATE DATABASE "{database}"')
        return self.url_for(database)

    def drop(self, database):
        """Removes a database, whoever is still connected to it."""
        self.query(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def fresh(self, database):
        """An empty database, whatever was there."""
        self.drop(database)
        return self.create(database)


def _libpq(parts, url):
    names = {
        "PGHOST": parts.hostname,
        "PGPORT": parts.port,
        "PGUSER": unquote(parts.username) if parts.username else None,
        "PGPASSWORD": unquote(parts.password) if parts.password else None,
        "PGDATABASE": urlsplit(url).path.lstrip("/"),
    }
    for pair in filter(None, parts.query.split("&")):
        name, _, value = pair.partition("=")
        if name in ("sslmode", "sslrootcert"):
            names[f"PG{name.upper()}"] = unquote(value)
    return {name: value for name, value in names.items() if value is not None}


def _talk(parts, database, sql):
    """One simple query over the wire protocol, to a server that asks for no password."""
    if parts.password or "sslmode=" in parts.query:
        raise _NeedsPsql
    address = (parts.hostname or "127.0.0.1", parts.port or 5432)
    try:
        connection = socket.create_connection(address, timeout=60)
    except OSError as error:
        raise Fault(f"Postgres at {address[0]}:{address[1]} does not answer: {error}") from None
    with connection, connection.makefile("rb") as incoming:
        names = {"user": unquote(parts.username or "postgres"), "database": database}
        body = b"".join(f"{name}\0{value}\0".encode() for name, value in names.items()) + b"\0"
        connection.sendall(struct.pack("!ii", len(body) + 8, 3 << 16) + body)
        _read(incoming)
        statement = sql.encode() + b"\0"
        connection.sendall(b"Q" + struct.pack("!i", len(statement) + 4) + statement)
        return _read(incoming)


def _read(incoming):
    """The rows up to the moment when the server waits again."""
    rows, error = [], None
    while True:
        head = incoming.read(5)
        if len(head) < 5:
            raise Refused(error or "the server closed the connection")
        kind, length = struct.unpack("!ci", head)
        body = incoming.read(length - 4)
        if kind == b"R" and struct.unpack("!i", body[:4])[0] != 0:
            raise _NeedsPsql
        if kind == b"D":
            rows.append(_columns(body))
        elif kind == b"E":
            error = dict((part[:1], part[1:]) for part in body.decode(errors="replace").split("\0") if part).get("M")
        elif kind == b"Z":
            if error:
                raise Refused(error)
            return rows


def _columns(body):
    count = struct.unpack("!h", body[:2])[0]
    values, at = [], 2
    for _ in range(count):
        size = struct.unpack("!i", body[at : at + 4])[0]
        at += 4
        values.append(None if size < 0 else body[at : at + size].decode(errors="replace"))
        at += max(size, 0)
    return values
