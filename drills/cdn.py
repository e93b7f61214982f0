"""nginx in front as operators are given it: what is public is kept and outlives the shop, what is personal is never stored."""

import http.client
import signal
import ssl
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from scripts.dev import net, proc
from scripts.dev.project import ROOT
from scripts.dev.say import Fault, step

from . import wares
from .crowd import Visitor
from .stage import FOLDER

# As long as a page is fresh (`s-maxage`), and a little more.
_FRESH = 62
# What each answers to somebody without a basket and without an account.
_PERSONAL = {"/cart": 200, "/checkout": 303, "/account/sign-in": 200, "/account": 303, "/admin/sign-in": 200}


def drill(stage):
    """Asks for each kind of page before, while and after the shop is away."""
    # The way back from nginx to itself: the shop's own address has to be that of the front.
    front = net.first_free(3460, 1)
    with stage.scene("cdn", PUBLIC_URL=f"https://localhost:{front}") as scene:
        ware = wares.ware(scene)
        with scene.replica(0) as shop:
            buyer = Visitor(shop.url)
            scene.pay(buyer.order(ware))
            buyer.close()
            order = scene.rows("""select token from "order" limit 1""")[0][0]
            with _nginx(front, shop.ports.shop) as cdn:
                public = ["/", "/categories/kitchen", f"/products/{ware.handle}", "/search?q=oak", "/pages/about"]
                personal = {**_PERSONAL, f"/orders/{order}": 200}
                kept = {path: cdn.expect(path, "MISS", 200) for path in public}
                began = time.monotonic()
                for path, (headers, body) in kept.items():
                    if "set-cookie" in headers or cdn.expect(path, "HIT", 200)[1] != body:
                        raise Fault(f"{path} is not the same for everybody")
                for path, status in [*personal.items()] * 2:
                    cdn.expect(path, None, status)
                if cdn.ask("/cart/lines", ware.form)[0] != 303:
                    raise Fault("a write does not pass")
                shop.signal(signal.SIGTERM)
                shop.wait(40)
                step("waiting until the kept pages are no longer fresh")
                time.sleep(max(0.0, began + _FRESH - time.monotonic()))
                for path in public:
                    if cdn.expect(path, "STALE", 200)[1] != kept[path][1]:
                        raise Fault(f"{path} is another page while the shop is away")
                for path in personal:
                    cdn.expect(path, None, 502)
                with scene.replica(0):
                    for path in public:
                        cdn.wait_for_hit(path)
                stored = cdn.stored()
                wrong = [path for path in stored if any(path.startswith(own) for own in (*personal, "/orders", "/account", "/admin"))]
                if wrong or len(stored) < len(public):
                    raise Fault(f"stored are {', '.join(stored)}")
    return (
        f"{len(public)} kinds of public pages MISS, HIT, STALE without the shop, HIT again; {len(personal)} personal ones never "
        f"stored, 502 without the shop"
    )


class _Cdn:
    def __init__(self, port, folder, running):
        self._port, self._folder, self._running = port, folder, running
        self._trust = ssl.create_default_context(cafile=folder / "fullchain.pem")

    def ask(self, path, form=None):
        """Status, headers and body."""
        connection = http.client.HTTPSConnection("localhost", self._port, timeout=30, context=self._trust)
        body = urlencode(form) if form else None
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"} if form else {}
        try:
            connection.request("POST" if form else "GET", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def expect(self, path, cache, status):
        """An answer that came from where it should; its headers and body."""
        got, headers, body = self.ask(path)
        if (got, headers.get("x-cache") or None) != (status, cache):
            raise Fault(f"{path} answers {got} ({headers.get('x-cache')}), not {status} ({cache})")
        return headers, body

    def wait_for_hit(self, path):
        """Waits until the page is fresh again."""
        self._running.wait_for(lambda: self.ask(path)[1].get("x-cache") == "HIT", f"{path} fresh again", 20)

    def stored(self):
        """The paths of what is kept on disk."""
        keys = []
        for file in (self._folder / "cache").rglob("*"):
            if file.is_file():
                head = file.read_bytes()[:4096]
                keys.append(head.partition(b"KEY: localhost")[2].partition(b"\n")[0].decode())
        return sorted(keys)


@contextmanager
def _nginx(port, origin):
    folder = FOLDER / "nginx"
    proc.run(["rm", "-rf", folder], quiet=True)
    (folder / "logs").mkdir(parents=True)
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    names = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    proc.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *names], quiet=True)
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for given, here in (
        ("127.0.0.1:3000", f"{net.HOST}:{origin}"),
        ("listen 443", f"listen {net.HOST}:{port}"),
        ("listen 80", f"listen {net.HOST}:{net.first_free(port + 1, 1)}"),
        ("shop.example", "localhost"),
        ("/etc/mercer/tls", str(folder)),
    ):
        if given not in text:
            raise Fault(f"deploy/nginx.conf has no {given}")
        text = text.replace(given, here)
    # As whoever runs the drill, and in the foreground.
    settings = folder / "nginx.conf"
    settings.write_text(text)
    command = ["nginx", "-p", folder, "-c", settings, "-e", folder / "logs" / "error.log", "-g", "daemon off;"]
    with proc.service("nginx", command, FOLDER / "log" / "cdn" / "nginx.log") as running:
        running.wait_for(lambda: net.accepts(port), "starting")
        yield _Cdn(port, folder, running)
