"""Postgres goes away: whoever is on call hears of it through the cluster's rules and routes, and hears when it is over."""

import json
import shutil
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit, urlunsplit

from scripts.dev import alerts, net, proc, system
from scripts.dev.project import ROOT
from scripts.dev.say import Fault

from .stage import FOLDER, ask
from .wire import Wire

_ROUTES = ROOT / "k8s" / "cluster" / "alertmanager.yaml"
_ALERT = "DatabaseDown"
# The alert waits for a minute, its notification for 10 s, and the word that it is over for the group's minute.
_PATIENCE = 150
# Prometheus as in a cluster, but that it looks more often. Rules and routes are what they are.
_PROMETHEUS = """
global:
  scrape_interval: 5s
  scrape_timeout: 5s
  evaluation_interval: 1s
rule_files: [rules/*.yaml]
alerting:
  alertmanagers:
    - static_configs:
        - targets: ["{alertmanager}"]
scrape_configs:
  - job_name: mercer
    static_configs:
      - targets: ["{shop}"]
        labels: {{ namespace: mercer, component: web }}
"""


def drill(stage):
    """Cuts the shop off from Postgres until the alert has arrived, and counts what else is told."""
    with stage.scene("alert") as scene:
        address = urlsplit(scene.env["DATABASE_URL"])
        with Wire(address.port or 5432) as wire:
            user, at, _ = address.netloc.rpartition("@")
            through = urlunsplit(address._replace(netloc=f"{user}{at}{net.HOST}:{wire.port}"))
            with scene.replica(0, DATABASE_URL=through) as shop, _on_call() as heard:
                with _alertmanager(heard.url) as alertmanager, _prometheus(alertmanager, urlsplit(shop.internal).netloc) as rules:
                    wire.close()
                    fired = heard.wait_for("firing")
                    wire.open()
                    over = heard.wait_for("resolved")
        heard.expect_nothing_else()
        return (
            f"{_ALERT} arrived {fired:.0f} s after Postgres was cut off, its end {over:.0f} s after it was back; "
            f"{rules} rules, nothing else was told"
        )


class _OnCall:
    """Who is told; keeps what each receiver was sent."""

    def __init__(self, port):
        self.url, self._told, self._news = f"http://{net.HOST}:{port}", [], threading.Condition()

    def note(self, receiver, message):
        """One notification."""
        with self._news:
            self._told += [(receiver, alert["status"], alert) for alert in message["alerts"]]
            self._news.notify_all()

    def wait_for(self, status):
        """Waits until the pager was told this of the alert; how long that took."""
        began = time.monotonic()
        with self._news:
            if not self._news.wait_for(lambda: self._is_told(status), _PATIENCE):
                raise Fault(f"{_ALERT} was not told to be {status} within {_PATIENCE} s; told was {self._names()}")
        return time.monotonic() - began

    def _is_told(self, status):
        return ("pager", status, _ALERT) in self._names()

    def _names(self):
        return [(receiver, status, alert["labels"]["alertname"]) for receiver, status, alert in self._told]

    def expect_nothing_else(self):
        """What follows from the one fault is kept from people, and the page that they are led to is there."""
        others = {name for name in self._names() if name[0] != "pager" or name[2] != _ALERT}
        if others:
            raise Fault(f"besides {_ALERT}, {sorted(others)} were told")
        pages = {alert["annotations"]["runbook_url"].rpartition("/")[2] for _, _, alert in self._told}
        missing = [page for page in pages if not (alerts.PAGES / f"{page}.md").exists()]
        if missing:
            raise Fault(f"the alert leads to {missing}, which are not there")


@contextmanager
def _on_call():
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            on_call.note(self.path.strip("/"), json.loads(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer((net.HOST, 0), Answer)
    on_call = _OnCall(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield on_call
    finally:
        server.shutdown()
        server.server_close()


def _folder(name):
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def _alertmanager(receivers):
    """Alertmanager with the routes of the cluster; only where the receivers are is another place. Yields its address."""
    program = system.require("Alertmanager, for the drills,", _find_alertmanager, "prometheus-alertmanager", "alertmanager")
    folder = _folder("alertmanager")
    routes = _ROUTES.read_text()
    for receiver, there in (
        ("staging", "https://tickets.example/mercer-staging"),
        ("tickets", "https://tickets.example/mercer"),
        ("pager", "https://pager.example/mercer"),
    ):
        if there not in routes:
            raise Fault(f"{_ROUTES.name} has no receiver at {there}")
        routes = routes.replace(there, f"{receivers}/{receiver}")
    (folder / "alertmanager.yaml").write_text(routes)
    address = f"{net.HOST}:{net.first_free(3440, 1)}"
    command = [program, f"--config.file={folder / 'alertmanager.yaml'}", f"--storage.path={folder / 'data'}"]
    # Alone: it listens for no others of its kind.
    command += [f"--web.listen-address={address}", "--cluster.listen-address="]
    with proc.service("alertmanager", command, FOLDER / "log" / "alert" / "alertmanager.log") as running:
        running.wait_for(lambda: net.answers(f"http://{address}/-/ready"), "getting ready")
        yield address


def _find_alertmanager():
    return shutil.which("alertmanager") or shutil.which("prometheus-alertmanager")


@contextmanager
def _prometheus(alertmanager, shop):
    """Prometheus with the rules of the cluster, once it has read the shop and found nothing wrong. Yields how many there are."""
    program = system.require("Prometheus, for the drills,", lambda: shutil.which("prometheus"), "prometheus", "prometheus")
    folder = _folder("prometheus")
    (folder / "rules").mkdir()
    for path in alerts.rule_files():
        (folder / "rules" / path.name).write_text(alerts.plain(path))
    (folder / "prometheus.yaml").write_text(_PROMETHEUS.format(alertmanager=alertmanager, shop=shop))
    address = f"{net.HOST}:{net.first_free(3450, 1)}"
    command = [program, f"--config.file={folder / 'prometheus.yaml'}", f"--storage.tsdb.path={folder / 'data'}"]
    command += [f"--web.listen-address={address}"]

    def said(path):
        status, _, body = ask(f"http://{address}/api/v1/{path}")
        return json.loads(body)["data"] if status == 200 else {}

    with proc.service("prometheus", command, FOLDER / "log" / "alert" / "prometheus.log") as running:
        up = "query?query=mercer_dependency_up%7Bdependency%3D%22postgres%22%7D%3D%3D1"
        running.wait_for(lambda: said(up).get("result"), "reading the shop")
        # An alert that waits for its time was there before anything was at work.
        running.wait_for(lambda: said("alerts").get("alerts") == [], "seeing that all is well")
        rules = [rule for group in said("rules")["groups"] for rule in group["rules"]]
        sick = [rule["name"] for rule in rules if rule["health"] == "err"]
        if sick:
            raise Fault(f"Prometheus cannot evaluate {sick}")
        yield len(rules)
