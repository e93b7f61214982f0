"""Told to stop under load: what was begun is answered, jobs are handed back, and the process is gone in time."""

import signal
import time

from scripts.dev.say import Fault

from .crowd import Crowd, expect_no_failure
from .wares import with_plenty

_VISITORS = 16
_DRAIN = 2
_REQUESTS = 3_000


def drill(stage):
    """Stops a shop in the middle of everything, and lets another finish the jobs."""
    with stage.scene("stop", DRAIN=str(_DRAIN)) as scene:
        ware = with_plenty(scene)
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
        if status != 0:
            raise Fault(f"it ended with status {status}")
        expect_no_failure(crowd)
        most = _DRAIN + max(crowd.slowest, 1) + 1
        if took > most:
            raise Fault(f"it took {took:.1f} s to end, more than {most:.1f}")
        held = scene.number("select count(*) from job where leased_until > now()")
        if held:
            raise Fault(f"{held} jobs are still held by a process that is gone")
        scene.control("/faults", method="DELETE")
        with scene.replica(0, roles="worker") as worker:
            due = "select count(*) from job where died_at is null and run_at <= now()"
            left = scene.number(due)
            worker.running.wait_for(lambda: scene.number(due) == 0, f"{left} jobs", 120)
        if scene.number("select count(*) from job where died_at is not null"):
            raise Fault("a job died")
        unpaid = scene.number("""select count(*) from "order" where paid_at is null""")
        if unpaid > len(crowd.failures):
            raise Fault(f"{unpaid} orders that were paid at Stripe are not")
        return (
            f"{crowd.requests} requests, 0 cut off; gone {took - _DRAIN:.1f} s after {_DRAIN} s of draining (slowest request "
            f"{crowd.slowest:.1f} s); {left} jobs handed back and done by another"
        )
