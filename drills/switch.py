"""Two shops behind haproxy, and a switch from the one to the other and back under load: nobody notices."""

import csv
import io
import signal
import socket
import subprocess
from contextlib import ExitStack, contextmanager

from scripts.dev import net, proc
from scripts.dev.project import ROOT
from scripts.dev.say import Fault

from . import wares
from .crowd import Crowd, expect_no_failure
from .stage import FOLDER

# Six times as many: more than 10,000.
_EACH = 2_000
_VISITORS = 16
_DRAIN = 3


def drill(stage):
    """Switches, switches back, and stops what nobody uses any more, while visitors browse and order."""
    with stage.scene("switch", DRAIN=str(_DRAIN)) as scene, ExitStack() as shops:
        ware = wares.ware(scene)
        blue, green = (shops.enter_context(scene.replica(number)) for number in (0, 1))
        balancer = shops.enter_context(_balancer(blue, green))
        with Crowd(balancer.url, _VISITORS, ware) as crowd:
            crowd.wait_for_more(_EACH)
            balancer.use("green", instead_of="blue")
            crowd.wait_for_more(_EACH)
            # The one that nobody uses goes, and comes back as the release before.
            _stop(blue)
            crowd.wait_for_more(_EACH)
            shops.enter_context(scene.replica(0))
            balancer.wait_until_well("blue")
            balancer.use("blue", instead_of="green")
            crowd.wait_for_more(_EACH)
            # Without a word to the balancer: it sees that green drains, and so does everybody who is there.
            balancer.enable("green")
            crowd.wait_for_more(_EACH)
            _stop(green)
            crowd.wait_for_more(_EACH)
        expect_no_failure(crowd)
        if crowd.refused:
            raise Fault(f"{crowd.refused} visitors found the door closed")
        scene.expect_books_to_balance()
    return (
        f"{crowd.requests} requests, {len(crowd.placed)} orders placed among them, 0 failed through a switch, a switch back "
        f"and two stops; slowest {crowd.slowest * 1000:.0f} ms"
    )


def _stop(shop):
    shop.signal(signal.SIGTERM)
    if shop.wait(_DRAIN + 30) != 0:
        raise Fault("the shop that was stopped ended badly")


class _Balancer:
    def __init__(self, running, url, door):
        self._running, self.url, self._door = running, url, door

    def _tell(self, command):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self._door))
            connection.sendall(f"{command}\n".encode())
            return connection.makefile().read()

    def use(self, color, instead_of):
        """New requests go to this one from now on; what the other has begun, it finishes."""
        self.enable(color)
        said = self._tell(f"set server shop/{instead_of} state drain").strip()
        if said:
            raise Fault(f"haproxy says: {said}")

    def enable(self, color):
        """Lets visitors go there."""
        self._tell(f"set server shop/{color} state ready")

    def wait_until_well(self, color):
        """Waits until the balancer has seen that it is ready, whether visitors are sent there or not."""
        self._running.wait_for(lambda: self._checked().get(color) == "L7OK", f"seeing {color}")

    def _checked(self):
        """What each shop answered to the last look at its health."""
        rows = csv.DictReader(io.StringIO(self._tell("show stat").lstrip("# ")))
        return {row["svname"]: row["check_status"] for row in rows if row["pxname"] == "shop"}


@contextmanager
def _balancer(blue, green):
    """haproxy with the configuration that operators are given, on a port of its own."""
    port = net.first_free(3480, 1)
    # A socket's path must be short.
    door = FOLDER / "haproxy.sock"
    door.unlink(missing_ok=True)
    env = {
        "FRONT": f"{net.HOST}:{port}",
        "BLUE": f"{net.HOST}:{blue.ports.shop}",
        "BLUE_HEALTH": str(blue.ports.internal),
        "GREEN": f"{net.HOST}:{green.ports.shop}",
        "GREEN_HEALTH": str(green.ports.internal),
        "DOOR": str(door),
    }
    configuration = ROOT / "deploy" / "haproxy.cfg"
    checked = subprocess.run(["haproxy", "-c", "-f", configuration], env=proc.environment(env), capture_output=True, text=True)
    if checked.returncode:
        raise Fault(f"haproxy does not take its configuration:\n{checked.stderr}")
    log = FOLDER / "log" / "switch" / "haproxy.log"
    with proc.service("haproxy", ["haproxy", "-db", "-f", configuration], log, env) as running:
        running.wait_for(lambda: net.accepts(port), "starting")
        balancer = _Balancer(running, f"http://{net.HOST}:{port}", door)
        for color in ("blue", "green"):
            balancer.wait_until_well(color)
        yield balancer
