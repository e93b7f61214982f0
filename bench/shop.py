"""The running shop: what it answers, and what it has used."""

import os
import re
import subprocess
import urllib.error
import urllib.request

from scripts.dev.database import Server

from .load import Unexpected


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


# Straight to the shop, and not where it redirects to.
_open = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay()).open


class Shop:
    """Addresses, counters and the process of the shop that is measured."""

    def __init__(self, environment):
        self.environment = dict(environment)
        self.url = environment["BASE_URL"]
        self.pid = int(environment["SHOP_PID"])
        self._internal = environment["INTERNAL_URL"]
        self._server = Server(environment["DATABASE_URL"])

    def ask(self, path, data=None, headers=()):
        """Status, headers and body of an answer, as they came over the wire."""
        request = urllib.request.Request(self.url + path, data=data, headers=dict(headers))
        try:
            with _open(request, timeout=10) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read()

    def page(self, path, headers=()):
        """The headers and body of a page that has to be there."""
        status, got, body = self.ask(path, headers=headers)
        if status != 200:
            raise Unexpected(f"{path} answers {status}")
        return got, body

    def rows(self, sql):
        """Rows of the shop's database."""
        return self._server.query(sql)

    def queries(self):
        """How many statements it has sent to the database for requests."""
        with _open(f"{self._internal}/metrics", timeout=10) as answer:
            return sum(float(found) for found in _QUERIES.findall(answer.read().decode()))

    def cpu_seconds(self):
        """The processor time that the process has used."""
        try:
            with open(f"/proc/{self.pid}/stat") as stat:
                fields = stat.read().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except FileNotFoundError:
            return _seconds(_ps(self.pid, "time="))

    def memory(self):
        """The resident memory of the process, in bytes."""
        return int(_ps(self.pid, "rss=")) * 1024


_QUERIES = re.compile(r"^mercer_http_request_queries_sum(?:\{.*\})? (\S+)$", re.MULTILINE)


def _ps(pid, column):
    said = subprocess.run(["ps", "-o", column, "-p", str(pid)], capture_output=True, text=True)
    if said.returncode:
        raise Unexpected("the shop is gone")
    return said.stdout.strip()


def _seconds(text):
    """`[days-][hours:]minutes:seconds`, as ps writes it."""
    days, _, rest = text.rpartition("-")
    total = int(days or 0) * 86400
    for power, part in enumerate(reversed(rest.split(":"))):
        total += float(part) * 60**power
    return total
