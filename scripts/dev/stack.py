"""The whole shop at work: its database with the demo data, the sandbox, and the process itself."""

import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass

from . import build, net, proc, project
from .project import LOCAL, ROOT
from .say import Fault, step

STRIPE_KEY = "sk_test_sandbox"
# All of a test's visitors come from one address: each says itself who it is, as a proxy would.
OF_TESTS = {"TRUSTED_PROXIES": "1"}
# A load generator is one client that never stops.
OF_BENCH = {"LIMIT_CHECKOUT": "0", "LIMIT_SEARCH": "0", "LIMIT_LOOKUP": "0", "LOG_FORMAT": "json"}


@dataclass(frozen=True)
class Ports:
    """Where the shop and its sandbox listen."""

    shop: int = 3000
    internal: int = 3001
    sandbox: int = 3002
    smtp: int = 3025

    @classmethod
    def free(cls, base):
        """A set of ports that nobody uses, from `base` on."""
        for start in range(base, base + 2000, 100):
            ports = cls(start, start + 1, start + 2, start + 25)
            if all(map(net.free, ports.all())):
                return ports
        raise Fault(f"No free ports between {base} and {base + 2000}.")

    @classmethod
    def chosen(cls):
        """The usual ports, or those of the addresses that the environment names."""
        names = ("LISTEN_ADDR", "INTERNAL_ADDR", "SANDBOX_ADDR", "SANDBOX_SMTP_ADDR")
        usual = cls()
        try:
            return cls(*(int(os.environ.get(n, f":{port}").rpartition(":")[2]) for n, port in zip(names, usual.all())))
        except ValueError:
            raise Fault(f"One of {', '.join(names)} has no port: an address such as {_at(usual.shop)} is needed.") from None

    def all(self):
        """Each of them."""
        return [self.shop, self.internal, self.sandbox, self.smtp]

    def expect_free(self):
        """A fault that names those that are taken."""
        taken = [str(port) for port in self.all() if not net.free(port)]
        if taken:
            names = ", ".join(taken)
            raise Fault(f"Something listens on {names} already. Is the shop running in another window? (lsof -i :{taken[0]})")


def _at(port):
    return f"{net.HOST}:{port}"


def environment(database_url, redis_url, ports, media):
    """What the shop is told when it runs beside the sandbox."""
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": f"http://{_at(ports.shop)}",
        "LISTEN_ADDR": _at(ports.shop),
        "INTERNAL_ADDR": _at(ports.internal),
        "SITE_ROOT": project.site_root(),
        "MEDIA_URL": media,
        "DEMO_DIR": ROOT / "demo",
        "STRIPE_SECRET_KEY": STRIPE_KEY,
        "STRIPE_API_URL": f"http://{_at(ports.sandbox)}",
        "STRIPE_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(24)}",
        "SMTP_URL": f"smtp://{_at(ports.smtp)}",
        "MAIL_FROM": "Tarn & Tallow <hello@tarnandtallow.example>",
        "ENVIRONMENT": "development",
        "LOG_FORMAT": "text",
        **build.leptos(),
    }


def with_own_settings(env):
    """The same, but what the person has set goes first: a Stripe key of theirs means the real Stripe."""
    own = {name: os.environ.get(name, value) for name, value in env.items()}
    if "STRIPE_SECRET_KEY" in os.environ and "STRIPE_API_URL" not in os.environ:
        own["STRIPE_API_URL"] = None
    return own


def prepare(env, program=None):
    """Brings the schema up to date and fills in the demo shop where it is missing."""
    mercer = program or project.binary("mercer")
    with proc.timed("migrating the database"):
        proc.run([mercer, "migrate"], env=env, quiet=True)
    with proc.timed("demo data"):
        proc.run([mercer, "seed"], env=env, quiet=True)


@contextmanager
def sandbox(env, ports, logs, program=None):
    """The sandbox beside whatever runs the shop."""
    extra = {
        "SANDBOX_ADDR": _at(ports.sandbox),
        "SANDBOX_SMTP_ADDR": _at(ports.smtp),
        "SANDBOX_KEY": env["STRIPE_SECRET_KEY"],
        "SANDBOX_WEBHOOK_URL": f"http://{_at(ports.shop)}/webhooks/stripe",
        "SANDBOX_WEBHOOK_SECRET": env["STRIPE_WEBHOOK_SECRET"],
    }
    with proc.service("sandbox", [program or project.binary("sandbox")], logs / "sandbox.log", extra) as running:
        running.wait_for(lambda: net.accepts(ports.sandbox) and net.accepts(ports.smtp), "starting")
        yield running


@contextmanager
def shop(env, ports, logs, profile="release"):
    """The sandbox and the shop, ready for visitors."""
    step(f"starting the shop on port {ports.shop} and the sandbox on port {ports.sandbox}")
    with sandbox(env, ports, logs, project.binary("sandbox", profile)) as stripe:
        with proc.service("shop", [project.binary("mercer", profile), "serve"], logs / "shop.log", env) as running:
            ready = f"http://{_at(ports.internal)}/health/ready"
            running.wait_for(lambda: net.answers(ready), "getting ready")
            yield [stripe, running]


def addresses(env, ports):
    """What a test or a measurement needs to find everything."""
    return {
        "BASE_URL": f"http://{_at(ports.shop)}",
        "INTERNAL_URL": f"http://{_at(ports.internal)}",
        "SANDBOX_URL": f"http://{_at(ports.sandbox)}",
        "MAIL_URL": f"http://{_at(ports.sandbox)}/mail",
        "DATABASE_URL": env["DATABASE_URL"],
        "REDIS_URL": env["REDIS_URL"],
        "STRIPE_WEBHOOK_SECRET": env["STRIPE_WEBHOOK_SECRET"],
    }


LOGS = LOCAL / "log"
