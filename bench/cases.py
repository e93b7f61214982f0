"""What is loaded: the pages that most people come by, and the basket."""

import contextlib
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from . import load
from .load import Unexpected

CONNECTIONS = (1, 16, 64)
LISTING = "/categories/kitchen"
PAGES = {
    "home": "/",
    "listing": LISTING,
    "product": "/products/ridge-mug",
    "search": "/search?q=oak",
}
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
_BASKETS = 256
_PAGE = 24


def rows(shop, seconds):
    """One row for each case and number of connections."""
    _fill_listing(shop)
    for name, path in PAGES.items():
        yield from _page(shop, name, path, seconds)
    yield from _add(shop, seconds)
    with _as_file(shop, LISTING) as path:
        yield from _page(shop, "listing's bytes, from a file", path, seconds)


def _fill_listing(shop):
    """Moves things of other rooms into the kitchen until a page of it is full."""
    shop.rows(
        "with moved as (update product set category_id = (select id from category where path = 'kitchen/mugs-cups') "
        "where id in (select p.id from product p join category c on c.id = category_id where p.status = 'active' "
        "and c.path not like 'kitchen%' order by p.handle limit 12) returning 1) select count(*) from moved"
    )
    cards = shop.page(LISTING)[1].count(b'class="product-card__body"')
    if cards != _PAGE:
        raise Unexpected(f"a page of {LISTING} has {cards} products and not {_PAGE}")


def _page(shop, name, path, seconds):
    size = len(shop.page(path)[1])
    for connections in CONNECTIONS:
        seen, row = _measure(shop, name, connections, seconds, lambda time: load.run(shop.url + path, connections, time))
        each = seen["bytes"] / seen["requests"]
        # Headers come on top.
        if not size <= each < size + 4096:
            raise Unexpected(f"{name}: an answer has {each:.0f} bytes, the page has {size}")
        yield row


def _add(shop, seconds):
    things = _things(shop)
    for connections in CONNECTIONS:
        with tempfile.TemporaryDirectory() as folder:
            plan = Path(folder) / "plan.lua"
            plan.write_text(_plan(_baskets(shop, things), things))

            def go(time):
                return load.run(shop.url, connections, time, "add.lua", (plan, connections), own_threads=True)

            yield _measure(shop, "add to cart", connections, seconds, go)[1]


def _measure(shop, name, connections, seconds, go):
    """Warms up, loads, and says what one request took."""
    print(f"· {name}, {connections} at once", flush=True)
    go(min(2.0, seconds))
    cpu, queries = shop.cpu_seconds(), shop.queries()
    seen = go(seconds)
    cpu, queries = shop.cpu_seconds() - cpu, shop.queries() - queries
    load.expect_clean(name, seen)
    row = {
        "case": name,
        "connections": connections,
        "requests_per_second": round(seen["requests"] / seen["seconds"], 1),
        "p50_ms": seen["p50"],
        "p99_ms": seen["p99"],
        "errors": seen["errors"],
        "cpu_us_per_request": round(cpu / seen["requests"] * 1e6, 1),
        "queries_per_request": round(queries / seen["requests"], 2),
        "memory_bytes": shop.memory(),
    }
    # Connections that were just closed are no part of the next run.
    time.sleep(0.3)
    return seen, row


def _things(shop):
    """What a form posts to add one of each variant that there is plenty of."""
    found = shop.rows(
        "select product.handle, variant.id from variant join product on product.id = product_id "
        "join stock_level on variant_id = variant.id where product.status = 'active' and archived_at is null "
        "and on_hand - allocated - reserved between 30 and 99 order by variant.sku"
    )
    if len(found) < 20:
        raise Unexpected(f"only {len(found)} variants have stock enough")
    return [urlencode({"product": handle, "variant": variant, "quantity": 1}) for handle, variant in found]


def _baskets(shop, things):
    """The cookies of new baskets."""

    def make(number):
        status, headers, _ = shop.ask("/cart/lines", things[number % len(things)].encode(), _FORM)
        cookies = [value.partition(";")[0] for value in headers.get_all("Set-Cookie") or []]
        if status != 303 or not cookies:
            raise Unexpected(f"a basket could not be made: {status}")
        return "; ".join(cookies)

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(make, range(_BASKETS)))


def _plan(cookies, things):
    lists = {"cookies": cookies, "things": things}
    return "return {" + ",".join(f"{name}={{{','.join(map(_quoted, items))}}}" for name, items in lists.items()) + "}\n"


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@contextlib.contextmanager
def _as_file(shop, path):
    """A file of the site with the same bytes as a page; its address."""
    site = Path(shop.environment["SITE_ROOT"])
    handle, name = tempfile.mkstemp(prefix="bench-", suffix=".html", dir=site)
    with os.fdopen(handle, "wb") as file:
        file.write(shop.page(path)[1])
    try:
        os.chmod(name, 0o644)
        yield f"/{Path(name).name}"
    finally:
        os.unlink(name)
