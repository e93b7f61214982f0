"""Ports and answers on this machine."""

import socket
import urllib.error
import urllib.request

from .say import Fault

HOST = "127.0.0.1"
# A proxy of the environment is for the world outside.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free(port):
    """Whether nothing listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def first_free(port, step=10, tries=20):
    """The port, or the next one in steps that nobody uses."""
    for candidate in range(port, port + step * tries, step):
        if free(candidate):
            return candidate
    raise Fault(f"No free port among {port}, {port + step}, … {port + step * (tries - 1)}.")


def accepts(port):
    """Whether something takes connections there."""
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False


def answers(url):
    """Whether a page answers with a success."""
    try:
        with _direct.open(url, timeout=2) as response:
            return response.status < 300
    except (urllib.error.URLError, OSError):
        return False
