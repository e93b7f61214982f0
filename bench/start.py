"""How long the binary takes from its start until it is ready, on a database that is warm."""

import statistics
import subprocess
import time
import urllib.error
import urllib.request

from scripts.dev import net

from .load import Unexpected

_TIMES = 5


def row(shop):
    """The median of some starts."""
    print("· starting the binary", flush=True)
    took = [_start(shop) for _ in range(_TIMES)]
    return {"case": "start to ready", "times": _TIMES, "median_seconds": round(statistics.median(took), 3), "longest_seconds": round(max(took), 3)}


def _start(shop):
    public, internal = net.first_free(3900), net.first_free(3901)
    env = {**shop.environment, "LISTEN_ADDR": f"{net.HOST}:{public}", "INTERNAL_ADDR": f"{net.HOST}:{internal}"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [shop.environment["SHOP_BINARY"], "serve"], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not net.answers(f"http://{net.HOST}:{internal}/health/ready"):
            if process.poll() is not None or time.perf_counter() - began > 30:
                raise Unexpected("a second process of the shop does not get ready")
            time.sleep(0.002)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(40)
