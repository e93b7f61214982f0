"""Who hears of an alert: the configuration of Alertmanager, with every alert sent through it."""

import re

from .. import alerts
from ..project import ROOT
from ..say import Fault, step
from . import programs

CONFIG = ROOT / "k8s" / "cluster" / "alertmanager.yaml"
_CASES = ROOT / "k8s" / "tests" / "routes.txt"
_BY_SEVERITY = {"page": "pager", "ticket": "tickets"}


def check():
    """Reads the configuration, and asks it about the cases that are written down and about each alert."""
    programs.said(["amtool", "check-config", CONFIG])
    cases = _written() + _of_alerts()
    for receiver, labels in cases:
        _expect(receiver, labels)
    step(f"amtool: {len(cases)} alerts reach whom they should")


def _expect(receiver, labels):
    command = ["amtool", "config", "routes", "test", f"--config.file={CONFIG}", f"--verify.receivers={receiver}", *labels]
    programs.said(command)


def _written():
    lines = [line.split() for line in _CASES.read_text().splitlines() if line and not line.startswith("#")]
    if not lines:
        raise Fault(f"{_CASES.name} is empty.")
    return [(receiver, labels) for receiver, *labels in lines]


def _of_alerts():
    found = []
    for path in alerts.rule_files():
        rules = re.split(r"^ +- alert: ", path.read_text(), flags=re.MULTILINE)[1:]
        for rule in rules:
            severity = re.search(r"^ +severity: (\w+)$", rule, re.MULTILINE)
            if not severity or severity.group(1) not in _BY_SEVERITY:
                raise Fault(f"{path.name}: {rule.split()[0]} is neither a page nor a ticket.")
            labels = [f"alertname={rule.split()[0]}", f"severity={severity.group(1)}", "namespace=mercer"]
            found.append((_BY_SEVERITY[severity.group(1)], labels))
    return found
