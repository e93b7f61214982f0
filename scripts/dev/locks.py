"""Locks between commands. They vanish with the process that holds them, however it ends."""

import fcntl
import time
from contextlib import contextmanager


def _open(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    return open(path, "a")


def _try(handle, kind):
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


@contextmanager
def alone(path, waiting=None):
    """One at a time; `waiting()` is called once when another is first."""
    with _open(path) as handle:
        told = False
        # Asking again, rather than blocking, lets a signal through at once.
        while not _try(handle, fcntl.LOCK_EX):
            if waiting and not told:
                waiting()
            told = True
            time.sleep(0.2)
        yield


class Users:
    """Who uses a thing: many at once, and the last one to leave is told so."""

    def __init__(self, path):
        self._handle = _open(path)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def leave(self):
        """Ends the use; true when nobody else is left."""
        last = _try(self._handle, fcntl.LOCK_EX)
        self._handle.close()
        return last
