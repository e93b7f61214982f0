"""What a person asks for: the shop running, tested, looked at and measured."""

import os
from contextlib import contextmanager

from . import alerts, build, proc, project, services, shell, sqlx, stack, tools
from .locks import alone
from .project import LOCAL, ROOT
from .say import block, step

_ARRIVED = """
Tarn & Tallow is open.

  shop            {shop}
  admin           {shop}/admin
  sandbox         {sandbox}        its payments, and the pay page after checkout
  mailbox         {sandbox}/mail   every mail that the shop sends

  Who runs it (sign in at /admin):
    wren@tarnandtallow.example   candle-house-yard   an owner
    tom@tarnandtallow.example    brown-paper-twine   sends orders out

  Who buys there (sign in at /account):
    marian@post.example          kettle-on-the-hob   with orders and an address book

  Cards (any date to come, any three digits):
    4242 4242 4242 4242   succeeds
    4000 0000 0000 0002   is declined
    4000 0000 0000 9995   is declined: insufficient funds
    4000 0025 0000 3155   asks for authentication, then succeeds
    4000 0082 6000 3178   asks for authentication, then insufficient funds

  Logs are in {logs}. Ctrl-C stops everything.
"""


def run():
    """The shop with the demo data, until Ctrl-C."""
    ports = stack.Ports.chosen()
    ports.expect_free()
    tools.setup()
    build.site()
    build.programs()
    with _for_a_person(ports) as env:
        stack.prepare(env)
        with stack.shop(env, ports, stack.LOGS) as running:
            _say_where(env, ports)
            proc.watch(running)


def dev():
    """The shop built for development, again after every edit, until Ctrl-C."""
    ports = stack.Ports.chosen()
    ports.expect_free()
    tools.setup()
    with proc.timed("building the shop and the sandbox (cargo, dev profile)"):
        proc.run(["cargo", "build", "-p", "server", "-p", "sandbox", "--bins"], env=build.leptos())
    with _for_a_person(ports) as env:
        stack.prepare(env, project.binary("mercer", "debug"))
        with stack.sandbox(env, ports, stack.LOGS, project.binary("sandbox", "debug")):
            _say_where(env, ports)
            build.admin()
            proc.run(["cargo", "leptos", "watch", "--", "serve"], env=env)


@contextmanager
def _for_a_person(ports):
    with services.up(services.DEV) as up:
        url = up.server.url if up.own_database else up.server.create("mercer", if_missing=True)
        yield stack.with_own_settings(stack.environment(url, up.redis_url, ports, LOCAL / "media"))


def _say_where(env, ports):
    sandbox = f"http://127.0.0.1:{ports.sandbox}"
    block(_ARRIVED.format(shop=env["PUBLIC_URL"], sandbox=sandbox, logs=stack.LOGS))


def test():
    """Everything: the scripts, the queries, the crates, and the whole shop in a browser."""
    with _one_test_at_a_time():
        tools.setup(tests=True)
        shell.test()
        with services.up(services.TEST) as up:
            sqlx.check(up.server)
            step(f"runbooks: {alerts.check_queries(up.server)} queries fit the schema")
            _crates(up)
            build.programs_of_tests()
            build.site()
            _browser(up, "npx", "playwright", "test")
    step("all tests passed")


def _crates(up):
    env = {"DATABASE_URL": up.server.url, "TEST_REDIS_URL": up.redis_url, "REDIS_URL": None, **build.leptos()}
    with proc.timed("tests of the crates (cargo test)"):
        proc.run(["cargo", "test", *build.RELEASE, *build.packages(project.NATIVE)], env=env)


def e2e():
    """The browser tests alone. PLAYWRIGHT holds further options of theirs."""
    with _built_for_the_browser() as up:
        _browser(up, "npx", "playwright", "test", *os.environ.get("PLAYWRIGHT", "").split())


def shots():
    """Pictures of every kind of page, into target/shots."""
    with _built_for_the_browser() as up:
        _browser(up, "npm", "run", "--silent", "shots")


@contextmanager
def _built_for_the_browser():
    with _one_test_at_a_time():
        tools.setup(tests=True)
        build.site()
        build.programs_of_tests()
        with services.up(services.TEST) as up:
            yield up


def _browser(up, *command):
    """Runs a command in end2end/ beside a shop whose database is new."""
    ports = stack.Ports.free(3100)
    with _own_shop(up, "mercer_e2e", ports, "test", stack.OF_TESTS) as addresses:
        with proc.timed(f"in the browser ({' '.join(command)})"):
            proc.run(command, env=addresses, cwd=ROOT / "end2end")


def bench():
    """Measures what is shipped with the demo data, on servers that write to the disk as they should."""
    tools.setup()
    tools.wrk()
    with _measured() as addresses:
        proc.run(["python3", "-m", "bench"], env=addresses)


def lighthouse():
    """What Lighthouse, as a phone, says of the pages that shoppers come to first."""
    tools.setup(tests=True)
    folder = ROOT / "bench" / "lighthouse"
    tools.npm(folder)
    with _measured() as addresses:
        # It asks for a newer Node.js than anything else here, so npm brings that along.
        proc.run([folder / "node_modules" / ".bin" / "node", "run.mjs"], env=addresses, cwd=folder)


@contextmanager
def _measured():
    build.site()
    build.shipped()
    with services.up(services.DEV) as up:
        ports = stack.Ports.free(3200)
        with _own_shop(up, "mercer_bench", ports, "bench", stack.OF_BENCH, project.SHIPPED) as addresses:
            yield addresses


def drills():
    """Tries on this machine what operators rely on: `DRILLS` names some of them."""
    tools.setup()
    tools.of_drills()
    build.site()
    build.shipped()
    with services.up(services.DEV) as up:
        env = {
            "DATABASE_URL": up.server.url,
            "REDIS_URL": up.redis_url,
            "MERCER": project.binary("mercer", project.SHIPPED),
            "SANDBOX": project.binary("sandbox", project.SHIPPED),
        }
        proc.run(["python3", "-m", "drills"], env=env)


@contextmanager
def _own_shop(up, database, ports, name, extra, profile="release"):
    """A shop with a database of its own, gone afterwards; yields its settings and where everything is."""
    url = up.server.fresh(database)
    try:
        env = {**stack.environment(url, up.redis_url, ports, LOCAL / f"media-{name}"), **extra}
        stack.prepare(env, project.binary("mercer", profile))
        with stack.shop(env, ports, stack.LOGS / name, profile) as running:
            binary = project.binary("mercer", profile)
            yield {**env, **stack.addresses(env, ports), "SHOP_PID": running[1].pid, "SHOP_BINARY": binary}
    finally:
        up.server.drop(database)


@contextmanager
def _one_test_at_a_time():
    with alone(LOCAL / "test.lock", lambda: step("waiting for another test run of this checkout")):
        yield


def rewrite_sqlx():
    """`.sqlx` anew from the migrations and the queries."""
    tools.setup()
    with services.up(services.TEST) as up:
        sqlx.rewrite(up.server)


def check_sqlx():
    """Whether `.sqlx` still says what the database says."""
    tools.setup()
    with services.up(services.TEST) as up:
        sqlx.check(up.server)
