"""A way to a server that can be cut."""

import socket
import threading

from scripts.dev import net


class Wire:
    """Passes connections on to a port, until it is closed: then nobody listens, and whoever is connected is cut off."""

    def __init__(self, to):
        self._to = to
        self.port = net.first_free(3470, 1)
        self._listener, self._open = None, []

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *_):
        self.close()

    def open(self):
        """Lets everybody through."""
        listener = socket.create_server((net.HOST, self.port))
        self._listener = listener
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def close(self):
        """Cuts everybody off."""
        if self._listener:
            # A thread that waits for the next connection is only woken by this.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        for end in self._open:
            end.close()
        self._open = []

    def _accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection((net.HOST, self._to))
            except OSError:
                return
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one, other):
    try:
        while chunk := one.recv(65536):
            other.sendall(chunk)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass
