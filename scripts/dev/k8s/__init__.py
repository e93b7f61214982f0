"""`make check-k8s`: manifests, rules and routes, as far as they can be checked where there is no cluster."""

from ..project import LOCAL
from . import manifests, programs, routes, rules


def check():
    """Every check, one line each with what it looked at."""
    programs.require()
    work = programs.fresh(LOCAL / "check-k8s")
    overlays = manifests.render(work)
    manifests.check(overlays, work)
    rules.check(overlays, work)
    routes.check()
