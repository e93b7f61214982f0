"""What every kind of page answers while a dependency is away: the table in docs/resilience.md, measured."""

import re
import time
from contextlib import ExitStack, contextmanager

from scripts.dev import net, services
from scripts.dev.postgres import Postgres
from scripts.dev.project import ROOT
from scripts.dev.redis import Redis
from scripts.dev.say import Fault

from . import wares
from .crowd import Refused, Unanswered, Visitor
from .stage import ask
from .wire import Wire

_DOCUMENT = ROOT / "docs" / "resilience.md"
# A failure that is certain is told within this; one that has to be waited for, within the time that the shop gives it.
_QUICK = 2.5
_PATIENT = 17.0
_BACK = 10.0


def drill(stage):
    """Takes one thing after the other away, asks every page, gives it back, and asks again."""
    expected = _table()
    with _own_servers() as (postgres, redis), ExitStack() as after:
        own = stage.on(postgres.start(), redis.start())
        scene = after.enter_context(own.scene("resilience"))
        post = after.enter_context(Wire(scene.ports.smtp))
        with scene.replica(0, SMTP_URL=f"smtp://{net.HOST}:{post.port}") as shop:
            ware = wares.ware(scene)
            faults = {
                "Postgres stopped": (postgres.stop, postgres.start),
                "Redis stopped": (redis.stop, redis.start),
                "Stripe answers 500": (lambda: _stripe(scene, "server_error"), lambda: _mend(scene)),
                "Stripe hangs": (lambda: _stripe(scene, "hang"), lambda: _mend(scene)),
                "SMTP down": (post.close, post.open),
            }
            if list(faults) != list(expected):
                raise Fault(f"docs/resilience.md has columns for {', '.join(expected)}, the drill for {', '.join(faults)}")
            wrong, slowest_back = [], 0.0
            for name, (take, give) in faults.items():
                guest = _Guest(shop, scene, ware)
                take()
                held = time.monotonic()
                seen = guest.see()
                if name == "Postgres stopped":
                    time.sleep(max(0.0, 10 - (time.monotonic() - held)))
                give()
                slowest_back = max(slowest_back, guest.wait_until_well(name))
                wrong += [f"{name}: {page} answers {got}, not {expected[name].get(page)}" for page, got in seen.items()
                          if got != expected[name].get(page)]
                guest.pays()
            if wrong:
                raise Fault("; ".join(wrong))
            _expect_all_paid(scene, shop)
    pages = len(next(iter(expected.values())))
    return f"{len(expected)} faults × {pages} pages as docs/resilience.md says; well again after {slowest_back:.1f} s at most"


def _table():
    """The table of the document: for each fault, what each page answers."""
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|\n ").split("|")]
        for line in _DOCUMENT.read_text().splitlines()
        if line.startswith("|")
    ]
    names = rows[0][1:]
    return {name: {row[0]: row[at + 1].split(" ")[0] for row in rows[2:]} for at, name in enumerate(names)}


@contextmanager
def _own_servers():
    """A Postgres and a Redis that may be stopped."""
    home = services.home() / "drill"
    postgres, redis = Postgres(home, 54330, durable=True), Redis(home, 63800)
    try:
        yield postgres, redis
    finally:
        redis.stop()
        postgres.stop()


def _stripe(scene, fault):
    scene.control("/faults", {"fault": fault, "times": 100_000})


def _mend(scene):
    scene.control("/faults", method="DELETE")


class _Guest:
    """Somebody with a basket and an order, who asks for everything once."""

    def __init__(self, shop, scene, ware):
        self._shop, self._scene, self._ware = shop, scene, ware
        buyer = Visitor(shop.url)
        scene.pay(buyer.order(ware))
        token = scene.rows("""select token from "order" order by number desc limit 1""")[0][0]
        style = re.search(r'href="(/pkg/[^"]+\.css)"', buyer.get("/")).group(1)
        picture = re.search(r'src="(/media/[^"]+)"', buyer.get(f"/products/{ware.handle}")).group(1)
        buyer.close()
        self._basket = Visitor(shop.url, _PATIENT)
        self._basket.fill(ware)
        self._total = self._basket.total()
        self._pages = {
            "home": "/",
            "category": "/categories/kitchen",
            "product": f"/products/{ware.handle}",
            "search": "/search?q=oak",
            "text page": "/pages/about",
            "picture": picture,
            "style sheet": style,
            "order page": f"/orders/{token}",
            "admin's sign-in": "/admin/sign-in",
        }

    def see(self):
        """What each page answers now; a fault where one takes too long to say so."""
        asked = {page: self._asks(self._shop.url + path) for page, path in self._pages.items()}
        asked["basket"] = lambda: self._basket.ask("GET", "/cart")
        # Into one of its own, so that the other comes to the same all the time.
        asked["put into the basket"] = lambda: Visitor(self._shop.url, _PATIENT).ask("POST", "/cart/lines", self._ware.form)
        asked["checkout"] = lambda: self._basket.ask("GET", "/checkout")
        asked["place the order"] = lambda: self._basket.press(self._total)
        for name in ("live", "ready"):
            asked[name] = self._asks(f"{self._shop.internal}/health/{name}")
        return {page: self._timed(page, each) for page, each in asked.items()}

    @staticmethod
    def _asks(url):
        return lambda: ask(url, patience=_PATIENT)

    @staticmethod
    def _timed(page, asks):
        began = time.monotonic()
        try:
            status = asks()[0]
        except (Unanswered, Refused) as failure:
            raise Fault(f"{page}: {failure}") from None
        took = time.monotonic() - began
        if took > (_PATIENT if page == "place the order" else _QUICK):
            raise Fault(f"{page} took {took:.1f} s to answer {status}")
        return str(status)

    def wait_until_well(self, fault):
        """Waits until every page answers as it does on a good day; returns how long that took."""
        began = time.monotonic()
        while True:
            ill = {page: status for page, status in self.see().items() if status not in ("200", "303")}
            took = time.monotonic() - began
            if not ill:
                return took
            if took > _BACK:
                raise Fault(f"{fault}: {took:.0f} s after it was over, {ill}")

    def pays(self):
        """Nothing was lost: presses again, and pays."""
        pay_page = self._basket.check_out()
        if not pay_page:
            raise Fault("the basket is gone")
        self._scene.pay(pay_page)
        self._basket.close()


def _expect_all_paid(scene, shop):
    """What was paid while something was away is an order with its mails in the end."""
    sessions = len([event for event in scene.control("/events", method="GET") if event["type"] == "checkout.session.completed"])
    paid = """select count(*) from "order" where paid_at is not null"""
    mails = """select count(*) from job where kind = 'confirm_order'"""
    shop.running.wait_for(lambda: scene.number(paid) == sessions, f"{sessions} orders of those who paid", 150)
    # A mail that was refused waits longer each time.
    shop.running.wait_for(lambda: not scene.number(mails), "their mails", 300)
    scene.expect_books_to_balance()
