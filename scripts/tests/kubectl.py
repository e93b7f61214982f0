"""A stand-in for kubectl: notes every call, plays a cluster of two colours, and fails where the scenario says so."""

import json
import os
import re
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOME = Path(os.environ["FAKE_CLUSTER"])
STATE = HOME / "state.json"


def main():
    """One call."""
    words = sys.argv[1:]
    if words[0] == "--namespace":
        words = words[2:]
    state = _read()
    with open(HOME / "calls", "a") as calls:
        calls.write(" ".join(words) + "\n")
    answer = _VERBS.get(words[0])
    if answer is None:
        sys.exit(f"kubectl here knows no {words[0]}")
    return answer(words[1:], state)


def _read():
    return json.loads(STATE.read_text())


def _write(state):
    # In one go: pods that are forwarded read it at the same time.
    (HOME / "state.new").write_text(json.dumps(state))
    (HOME / "state.new").replace(STATE)


def _kustomize(_words, _state):
    print((HOME / "overlay.yaml").read_text(), end="")


def _get(words, state):
    asked = " ".join(words)
    for pattern, answer in state["answers"].items():
        if re.search(pattern, asked):
            # What is so only since the switch.
            if state.get("active") == "green":
                answer = state.get("then", {}).get(pattern, answer)
            print(answer, end="")
            return


def _apply(words, _state):
    with open(HOME / "applied", "a") as applied:
        for name in words:
            if name.endswith(".yaml"):
                applied.write(Path(name).read_text())


def _wait(words, state):
    """The one condition comes at once; the other is waited for."""
    wanted = "failed" if state.get("migration") == "fails" else "complete"
    if f"--for=condition={wanted}" not in words:
        time.sleep(60)


def _rollout(words, state):
    if words[0] == "status" and state.get("rollout") == words[1]:
        sys.exit("error: timed out waiting for the condition")


def _patch(words, state):
    body = json.loads(words[words.index("--patch") + 1])
    if words[:2] == ["service", "mercer-active"]:
        state["active"] = body["spec"]["selector"]["mercer/colour"]
    _write(state)


def _forward(words, _state):
    """Listens on a port of this machine as a pod would, until it is ended."""

    class Pod(BaseHTTPRequestHandler):
        """Answers as the scenario says."""

        protocol_version = "HTTP/1.1"

        def do_GET(self):
            """A page, or the metrics."""
            _page(self, _read())

        def do_POST(self):
            """Into the basket."""
            self.rfile.read(int(self.headers.get("content-length", 0)))
            _send(self, 303, "", {"location": "/cart", "set-cookie": "cart=1; Path=/; Secure"})

        def log_message(self, *_):
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pod)
    print(f"Forwarding from 127.0.0.1:{server.server_address[1]} -> {words[-1][1:]}", flush=True)
    server.serve_forever()


def _page(pod, state):
    with open(HOME / "visited", "a") as visited:
        visited.write(pod.path + "\n")
    if pod.path in state.get("broken", []):
        return _send(pod, 500, "")
    if pod.path == "/metrics":
        # What was answered before the switch is nobody's fault.
        if state.get("silent_after_switch") and state.get("active") == "green":
            return _send(pod, 503, "")
        answers, failures = (1010, 3 + state.get("failures", 0)) if state.get("active") == "green" else (10, 3)
        return _send(pod, 200, _METRICS.format(answers=answers, failures=failures))
    status, text, head = _PAGES.get(pod.path.partition("?")[0], (404, "", {}))
    return _send(pod, status, text, head)


def _send(pod, status, text, head=None):
    pod.send_response(status)
    body = text.encode()
    for name, value in {**(head or {}), "content-length": str(len(body))}.items():
        pod.send_header(name, value)
    pod.end_headers()
    pod.wfile.write(body)


_METRICS = """mercer_http_requests_total{{route="/",method="GET",status="200"}} {answers}
mercer_http_requests_total{{route="/",method="GET",status="503"}} {failures}
"""
_PUBLIC = {"cache-control": "public, max-age=0, s-maxage=60", "content-security-policy": "default-src 'none'"}
_PRIVATE = {"cache-control": "private, no-store"}
_PAGES = {
    "/": (200, '<link rel="stylesheet" href="/pkg/mercer.a.css"></html>', _PUBLIC),
    "/pkg/mercer.a.css": (200, "a{}", {"cache-control": "public, max-age=31536000, immutable"}),
    "/sitemap.xml": (
        200,
        "".join(f"<loc>https://shop.example{path}</loc>\n" for path in ("/", "/categories/pots", "/products/jug")),
        {"content-type": "application/xml; charset=utf-8"},
    ),
    "/categories/pots": (200, "", _PUBLIC),
    "/products/jug": (200, '<input type="radio" name="option1" value="Oak" checked>', _PUBLIC),
    "/search": (200, "", _PRIVATE),
    "/cart": (200, '<a href="/products/jug">', _PRIVATE),
    "/checkout": (303, "", _PRIVATE),
    "/account/sign-in": (200, "", _PRIVATE),
    "/admin": (303, "", {"location": "/admin/sign-in"}),
}


def _nothing(_words, _state):
    pass


def _logs(_words, state):
    print(state.get("log", "the last lines"))


_VERBS = {
    "kustomize": _kustomize,
    "get": _get,
    "apply": _apply,
    "delete": _nothing,
    "annotate": _nothing,
    "wait": _wait,
    "rollout": _rollout,
    "patch": _patch,
    "port-forward": _forward,
    "logs": _logs,
    "describe": _logs,
    "top": _nothing,
    "version": _nothing,
}

if __name__ == "__main__":
    main()
