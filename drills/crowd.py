"""Visitors who browse, fill baskets and place orders, all at the same time, and note every request that was not answered as it
should be."""

import http.client
import re
import threading
import time
from urllib.parse import urlencode, urlsplit

from scripts.dev.say import Fault

_TOTAL = re.compile(r'name="total" value="(\d+)"')
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
_DETAILS = {
    "email": "marian@example.com",
    "country": "GB",
    "name": "Marian Teasdale",
    "line1": "14 Stramongate",
    "city": "Kendal",
    "postcode": "LA9 4BH",
    "method": "uk-tracked",
    "action": "pay",
}


class Unanswered(Exception):
    """A request that was sent and got no answer, or another than it should."""


class Refused(Exception):
    """Nobody took the connection, or the system took it and the door was closed before anybody was asked in."""


class Visitor:
    """One browser: a connection that stays, and a jar of cookies."""

    def __init__(self, url, patience=30):
        self._at = urlsplit(url).netloc
        self._patience = patience
        self._connection = None
        self._jar = {}
        self.requests, self.slowest = 0, 0.0

    def get(self, path):
        """A page's text."""
        return self._expect(200, "GET", path)[1]

    def fill(self, ware):
        """Puts a thing into a new basket; whether it could be had."""
        self._jar.clear()
        return self.ask("POST", "/cart/lines", ware.form)[0] == 303

    def total(self):
        """What the checkout says that it comes to; `None` where there is nothing to pay for."""
        found = _TOTAL.search(self.get("/checkout"))
        return found and found.group(1)

    def press(self, total):
        """Sends the checkout's form; the status, and where it leads to."""
        status, headers, _ = self.ask("POST", "/checkout", {**_DETAILS, "total": total})
        return status, headers.get("location")

    def check_out(self):
        """Places the order, and returns the address of its pay page; `None` where the thing is sold out."""
        total = self.total()
        status, pay_page = self.press(total) if total else (422, None)
        if status not in (303, 422):
            raise Unanswered(f"POST /checkout: {status}")
        return pay_page

    def order(self, ware):
        """Both, of what there is plenty of."""
        if not self.fill(ware):
            raise Unanswered("POST /cart/lines: not 303")
        pay_page = self.check_out()
        if not pay_page:
            raise Unanswered("POST /checkout: 422")
        return pay_page

    def close(self):
        """Leaves."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _expect(self, status, method, path):
        got, headers, text = self.ask(method, path)
        if got != status:
            raise Unanswered(f"{method} {path}: {got}")
        return headers, text

    def ask(self, method, path, form=None):
        """Status, headers and text of an answer, whichever it is."""
        body = urlencode(form) if form else None
        fresh = not self._connection
        if fresh:
            self._connection = http.client.HTTPConnection(self._at, timeout=self._patience)
            try:
                self._connection.connect()
            except OSError as error:
                self._connection = None
                raise Refused(str(error)) from None
        headers = dict(_FORM) if body else {}
        if self._jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._jar.items())
        began = time.monotonic()
        self.requests += 1
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if fresh and isinstance(error, ConnectionResetError) and not isinstance(error, http.client.HTTPException):
                self.requests -= 1
                raise Refused(str(error)) from None
            raise Unanswered(f"{method} {path}: {type(error).__name__} {error}") from None
        self.slowest = max(self.slowest, time.monotonic() - began)
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._jar[name] = value
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, text


class Crowd:
    """So many visitors, until they are told to leave; `pay` is done with each pay page that they come to."""

    def __init__(self, url, count, ware, pay=None):
        self._url, self._ware, self._pay = url, ware, pay
        self._over = threading.Event()
        self._lock = threading.Lock()
        self.failures, self.placed, self.requests, self.refused, self.slowest = [], [], 0, 0, 0.0
        self._threads = [threading.Thread(target=self._visit, daemon=True) for _ in range(count)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for_more(self, requests, seconds=300):
        """Waits until so many more requests were made."""
        wanted, deadline = self.requests + requests, time.monotonic() + seconds
        while self.requests < wanted:
            if time.monotonic() > deadline:
                raise Fault(f"{requests} requests took more than {seconds} s")
            time.sleep(0.05)

    def _visit(self):
        visitor = Visitor(self._url)
        while not self._over.is_set():
            placed, before = None, visitor.requests
            try:
                for path in ("/", "/categories/kitchen", f"/products/{self._ware.handle}", "/search?q=oak", "/cart"):
                    visitor.get(path)
                placed = visitor.order(self._ware)
            except Unanswered as failure:
                with self._lock:
                    self.failures.append(str(failure))
            except Refused:
                with self._lock:
                    self.refused += 1
                break
            finally:
                with self._lock:
                    self.requests += visitor.requests - before
                    self.slowest = max(self.slowest, visitor.slowest)
                    if placed:
                        self.placed.append(placed)
            if placed and self._pay:
                self._pay(placed)
        visitor.close()


def expect_no_failure(crowd):
    """A fault that names the first of what went wrong."""
    if crowd.failures:
        first = "; ".join(crowd.failures[:3])
        raise Fault(f"{len(crowd.failures)} of {crowd.requests} requests failed: {first}")
