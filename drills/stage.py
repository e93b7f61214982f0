"""What drills are played on: databases with the demo shop, the sandbox, and any number of shops."""

import json
import os
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager

from scripts.dev import net, proc, stack
from scripts.dev.project import LOCAL
from scripts.dev.say import Fault, step

FOLDER = LOCAL / "drills"
_TEMPLATE = "mercer_drills"
# Loads are one client that never stops; each visitor says itself who it is, as a proxy would.
_OF_DRILLS = {
    "TRUSTED_PROXIES": "1",
    "LIMIT_CHECKOUT": "0",
    "LIMIT_SEARCH": "0",
    "LIMIT_LOOKUP": "0",
    "LOG_FORMAT": "json",
}


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_open = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay()).open


def ask(url, data=None, headers=(), method=None, patience=30):
    """Status, headers and body of an answer; a status of 0 where none came."""
    request = urllib.request.Request(url, data=data, headers=dict(headers), method=method)
    try:
        with _open(request, timeout=patience) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()
    except OSError as error:
        return 0, {}, str(error).encode()


class Stage:
    """The servers and programs that all drills share."""

    def __init__(self, mercer, sandbox, server, redis_url):
        self.mercer, self.sandbox, self.server, self.redis_url = mercer, sandbox, server, redis_url
        self._seeded = False

    def on(self, server, redis_url):
        """The same programs on other servers, which may be stopped."""
        return Stage(self.mercer, self.sandbox, server, redis_url)

    def database(self, name):
        """A database with the demo shop and no orders; gone with the next of its name."""
        if not self._seeded:
            url = self.server.fresh(_TEMPLATE)
            env = self._environment(url, stack.Ports())
            step("the demo shop, for all drills")
            proc.run([self.mercer, "migrate"], env=env, quiet=True)
            proc.run([self.mercer, "seed", "--orders", "0"], env=env, quiet=True)
            self._seeded = True
        self.server.drop(name)
        self.server.query(f'CREATE DATABASE "{name}" TEMPLATE "{_TEMPLATE}"')
        return self.server.url_for(name)

    @contextmanager
    def scene(self, name, **settings):
        """A new shop with its sandbox, and nobody working in it yet."""
        url = self.database(f"mercer_drill_{name}")
        ports = stack.Ports.free(3300)
        env = {**self._environment(url, ports), **settings}
        with stack.sandbox(env, ports, FOLDER / "log" / name, self.sandbox) as sandbox:
            yield Scene(self, name, env, ports, sandbox)
        self.server.drop(f"mercer_drill_{name}")

    def _environment(self, url, ports):
        env = stack.environment(url, self.redis_url, ports, FOLDER / "media")
        return {**env, **_OF_DRILLS, "LEPTOS_HASH_FILE_NAME": "hash.txt"}


class Scene:
    """One shop: its settings, its database, its sandbox, and its processes."""

    def __init__(self, stage, name, env, ports, sandbox):
        self.stage, self.name, self.env, self.ports, self._sandbox = stage, name, env, ports, sandbox
        self.stripe = f"http://{net.HOST}:{ports.sandbox}"

    @contextmanager
    def replica(self, number=0, roles="web,worker", **settings):
        """A process of the shop, ready for visitors."""
        ports = self.ports if number == 0 else stack.Ports.free(3500 + 100 * number)
        env = {
            **self.env,
            "LISTEN_ADDR": f"{net.HOST}:{ports.shop}",
            "INTERNAL_ADDR": f"{net.HOST}:{ports.internal}",
            **settings,
        }
        log = FOLDER / "log" / self.name / f"shop-{number}.log"
        with proc.service(f"shop {number}", [self.stage.mercer, "serve", "--roles", roles], log, env) as running:
            ready = f"http://{net.HOST}:{ports.internal}/health/ready"
            running.wait_for(lambda: net.answers(ready), "getting ready")
            yield Replica(running, ports)

    @contextmanager
    def replicas(self, count, **settings):
        """So many of them."""
        with ExitStack() as stack_of:
            yield [stack_of.enter_context(self.replica(number, **settings)) for number in range(count)]

    def rows(self, sql):
        """Rows of the shop's database."""
        return self.stage.server.query(sql, self.env["DATABASE_URL"].rpartition("/")[2])

    def number(self, sql):
        """The one number that a query gives."""
        return int(self.rows(sql)[0][0])

    def control(self, path, body=None, method="POST"):
        """Tells the sandbox what to do, and returns what it says."""
        data = json.dumps(body or {}).encode()
        status, _, said = ask(f"{self.stripe}/_control{path}", data, {"Content-Type": "application/json"}, method)
        if status != 200:
            raise Fault(f"the sandbox answers {status} to {path}: {said.decode(errors='replace')[:200]}")
        return json.loads(said)

    def pay(self, pay_page):
        """Pays on the pay page of an order, with a card that is good."""
        self.control(f"/sessions/{pay_page.rpartition('/')[2]}/pay", {"card": "4242424242424242"})

    def expect_books_to_balance(self):
        """A fault that says what does not add up of money and stock."""
        wrong = [words for words, sql in _BOOKS if self.number(sql)]
        if wrong:
            raise Fault("; ".join(wrong))


class Replica:
    """One process of the shop."""

    def __init__(self, running, ports):
        self.running, self.ports = running, ports
        self.url = f"http://{net.HOST}:{ports.shop}"
        self.internal = f"http://{net.HOST}:{ports.internal}"
        self.log = running.log

    def signal(self, number):
        """Sends the process a signal."""
        os.kill(self.running.pid, number)

    def wait(self, seconds):
        """Waits for its end, and returns its exit status."""
        return self.running.child.wait(seconds)


_BOOKS = [
    (
        "a level of stock is not what its movements make it",
        """select count(*) from stock_level s left join (
               select variant_id, location_id,
                      sum(case when kind in ('received', 'adjusted', 'restocked') then quantity
                               when kind = 'shipped' then -quantity else 0 end) as on_hand,
                      sum(case when kind = 'allocated' then quantity
                               when kind in ('deallocated', 'shipped') then -quantity else 0 end) as allocated,
                      sum(case when kind = 'reserved' then quantity
                               when kind in ('released', 'allocated') then -quantity else 0 end) as reserved
               from stock_movement group by 1, 2) m using (variant_id, location_id)
           where (s.on_hand, s.allocated, s.reserved) is distinct from
                 (coalesce(m.on_hand, 0), coalesce(m.allocated, 0), coalesce(m.reserved, 0))""",
    ),
    (
        "an order is paid and has no payment of its total, or the other way round",
        """select count(*) from "order" o left join payment p on p.order_id = o.id and p.status = 'succeeded'
           where (o.paid_at is not null) <> (p.id is not null) or p.amount <> o.total""",
    ),
    (
        "what is owed to paid orders is not what is set aside",
        """select count(*) from (
               select variant_id, sum(owed) as owed, sum(allocated) as allocated from (
                   select l.variant_id, l.quantity - l.fulfilled - l.withdrawn as owed, 0 as allocated
                   from order_line l join "order" o on o.id = l.order_id where o.status = 'open'
                   union all select variant_id, 0, allocated from stock_level) u group by 1) w
           where owed <> allocated""",
    ),
]
