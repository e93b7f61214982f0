"""Child processes: each in a group of its own, so that none is left when this one goes."""

import os
import signal
import subprocess
import time
from contextlib import contextmanager

from .project import ROOT
from .say import Fault, step, tail


class Stopped(BaseException):
    """A signal asked to stop."""

    def __init__(self, number):
        super().__init__(number)
        self.number = number


_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_live = []
_holding = False
_pending = None


def _on_signal(number, _frame):
    global _pending
    if _holding:
        _pending = number
    else:
        _stop(number)


def _stop(number):
    # The way out is short and must not be cut short: later signals change nothing.
    for other in _SIGNALS:
        signal.signal(other, lambda *_: None)
    raise Stopped(number)


def catch_signals():
    """From here on a signal raises `Stopped` where it is safe to."""
    for number in _SIGNALS:
        signal.signal(number, _on_signal)


@contextmanager
def _held():
    """Keeps a signal back until a new child is on the list."""
    global _holding, _pending
    _holding = True
    try:
        yield
    finally:
        _holding = False
        number, _pending = _pending, None
        if number:
            _stop(number)


def _spawn(command, **options):
    command = [str(part) for part in command]
    with _held():
        try:
            child = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL, **options)
        except FileNotFoundError as missing:
            raise Fault(f"{missing.filename} is not there.") from None
        _live.append(child)
    return child


def _signal_group(child, number):
    try:
        os.killpg(child.pid, number)
        return True
    except (ProcessLookupError, PermissionError):
        return False


def _end(child, number=signal.SIGTERM, grace=15):
    """Asks the child's whole group to stop, and insists after a while."""
    if child.poll() is None:
        _signal_group(child, number)
        try:
            child.wait(grace)
        except subprocess.TimeoutExpired:
            pass
    # The child may be gone and have left others of its group behind.
    if _signal_group(child, signal.SIGKILL):
        child.wait()
    if child in _live:
        _live.remove(child)


def end_all():
    """Stops whatever is still running, the youngest first."""
    for child in reversed(list(_live)):
        _end(child)


def environment(extra=None):
    """This process' environment with more in it; `None` takes a name out."""
    env = dict(os.environ)
    for name, value in (extra or {}).items():
        if value is None:
            env.pop(name, None)
        else:
            env[name] = str(value)
    return env


def run(command, env=None, cwd=ROOT, quiet=False, **options):
    """Runs to the end; a failure is a fault. `quiet` shows the output only then."""
    if quiet:
        options.update(stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    child = _spawn(command, env=environment(env), cwd=cwd, **options)
    try:
        shown, _ = child.communicate()
    finally:
        _end(child, number=signal.SIGINT)
    if child.returncode:
        told = "".join(f"\n    {line}" for line in (shown or "").splitlines()[-40:])
        raise Fault(f"`{' '.join(str(part) for part in command)}` failed ({child.returncode}).{told}")


def answer(command, env=None, cwd=ROOT, **options):
    """What a short command prints, or `None` where it is missing or fails."""
    command = [str(part) for part in command]
    try:
        done = subprocess.run(
            command, env=environment(env), cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True, **options
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


class Service:
    """A program of ours that runs beside the others until it is stopped."""

    def __init__(self, name, child, log):
        self.name, self.child, self.log = name, child, log

    @property
    def pid(self):
        """Its process id."""
        return self.child.pid

    def expect_alive(self):
        """A fault with the end of its log, should it have stopped."""
        if self.child.poll() is not None:
            raise Fault(f"{self.name} stopped ({self.child.returncode}).{tail(self.log)}")

    def wait_for(self, ready, what, seconds=60):
        """Waits until `ready()` is true of it."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.expect_alive()
            if time.monotonic() > deadline:
                raise Fault(f"{self.name}: {what} took more than {seconds} s.{tail(self.log)}")
            time.sleep(0.05)


@contextmanager
def service(name, command, log, env=None, cwd=ROOT, grace=35):
    """Runs a program beside this one; it is stopped when the block is left."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w") as out:
        child = _spawn(command, env=environment(env), cwd=cwd, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield Service(name, child, log)
    finally:
        _end(child, grace=grace)


def watch(services):
    """Waits until one of the services stops (a fault) or a signal comes."""
    while True:
        for one in services:
            one.expect_alive()
        time.sleep(0.3)


def timed(text):
    """Says what begins, and how long it took when that is worth saying."""
    return _Timed(text)


class _Timed:
    def __init__(self, text):
        self.text = text

    def __enter__(self):
        step(self.text)
        self.began = time.monotonic()
        return self

    def __exit__(self, kind, *_):
        took = time.monotonic() - self.began
        if kind is None and took > 5:
            step(f"{self.text}: {took:.0f} s")
