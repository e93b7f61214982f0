"""Told to stop under load: what was begun is answered, jobs are handed back, and the process is gone in time."""

import signal
import time

from scripts.dev.say import Fault

from . import wares
from .crowd import Crowd, expect_no_failure

_VISITORS = 16
_DRAIN = 2
_REQUESTS = 3_000
_DUE = "select count(*) from job where died_at is null and run_at <= now()"
_UNPAID = """select count(*) from "order" where paid_at is null"""


def drill(stage):
    """Stops a shop in the middle of everything, and lets another finish the jobs."""
    with stage.scene("stop", DRAIN=str(_DRAIN)) as scene:
        ware = wares.ware(scene)
        with scene.replica(0) as shop:
            # Stripe takes its time to say what became of a payment, so that jobs are at work when the signal comes.
            slow = {"fault": "slow", "ms": 1000, "times": 100_000, "method": "GET", "path": "/checkout/sessions"}
            scene.control("/faults", slow)
            with Crowd(shop.url, _VISITORS, ware, scene.pay) as crowd:
                crowd.wait_for_more(_REQUESTS)
                began = time.monotonic()
                shop.signal(signal.SIGTERM)
                status = shop.wait(_DRAIN + 40)
                took = time.monotonic() - began
        last = shop.log.read_text().splitlines()[-1]
        if status != 0 or '"message":"stopped"' not in last:
            raise Fault(f"it ended with status {status}: {last}")
        expect_no_failure(crowd)
        most = _DRAIN + max(crowd.slowest, 1) + 1
        if took > most:
            raise Fault(f"it took {took:.1f} s to end, more than {most:.1f}")
        held = scene.number("select count(*) from job where leased_until > now()")
        if held:
            raise Fault(f"{held} jobs are still held by a process that is gone")
        scene.control("/faults", method="DELETE")
        left = scene.number(_DUE)
        with scene.replica(0) as another:
            # Webhooks that found nobody come again, at once here.
            scene.control("/webhooks/hurry")
            another.running.wait_for(lambda: not scene.number(_DUE) and not scene.number(_UNPAID), f"{left} jobs", 180)
        if scene.number("select count(*) from job where died_at is not null"):
            raise Fault("a job died")
        scene.expect_books_to_balance()
        return (
            f"{crowd.requests} requests, 0 cut off; gone {took - _DRAIN:.1f} s after {_DRAIN} s of draining (slowest request "
            f"{crowd.slowest:.1f} s); {left} jobs handed back and done by another"
        )
