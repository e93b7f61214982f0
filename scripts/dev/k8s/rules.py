"""Rules of Prometheus: are they read, do their tests pass, does each alert have tests and a page, and who has the metrics?"""

import json
import re

from .. import alerts
from ..project import ROOT
from ..say import Fault, step
from . import autoscalers, metrics, programs

TESTS = ROOT / "k8s" / "tests"
_PROMQL = re.compile(r"^```promql\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def check(overlays, work):
    """Everything about rules."""
    folder = programs.fresh(work / "rules")
    files = write_plain(folder)
    programs.said(["promtool", "check", "rules", *files])
    found = [rule for file in files for group in programs.documents(file.read_text())[0]["groups"] for rule in group["rules"]]
    step(f"promtool check rules: {len(found)} rules in {len(files)} files")
    _tests(folder)
    given = autoscalers.check(overlays)
    _expect_read(folder / "adapter.yaml", given)
    metrics.check(found, given + _documented(folder))
    step(f"runbooks: {alerts.check_pages()} alerts have their page, and every page its alert")


def write_plain(folder):
    """The rules as Prometheus reads them, as files in a folder."""
    files = []
    for path in alerts.rule_files():
        file = folder / path.name
        file.write_text(alerts.plain(path))
        files.append(file)
    return files


def _tests(folder):
    """Runs the tests, and wants of each alert that one sees it come and go, and that one sees it stay away."""
    gone, away, count = set(), set(), 0
    for path in sorted(TESTS.glob("*.yaml")):
        file = folder / f"test-{path.name}"
        file.write_text(path.read_text())
        programs.said(["promtool", "test", "rules", file])
        for test in programs.documents(path.read_text())[0]["tests"]:
            count += len(test["promql_expr_test"])
            _sort(test, gone, away)
    wrong = [f"no test sees {name} come and go" for name in sorted(alerts.names() - gone)]
    wrong += [f"no test sees {name} stay away" for name in sorted(alerts.names() - away)]
    if wrong:
        raise Fault("Alerts without tests:\n  " + "\n  ".join(wrong))
    step(f"promtool test rules: {count} expectations; each of {len(gone)} alerts stays away, comes and goes")


def _sort(test, gone, away):
    """Adds the alerts that a test expects to be gone again, and those that it expects not to be there yet or at all."""
    there = set()
    for expected in test["promql_expr_test"]:
        alert = re.search(r'alertname="(\w+)"', expected["expr"]).group(1)
        if expected["exp_samples"]:
            there.add(alert)
        else:
            (gone if alert in there else away).add(alert)


def _documented(folder):
    """The expressions that documents tell people to ask Prometheus."""
    found = [text for page in sorted((ROOT / "docs").glob("**/*.md")) for text in _PROMQL.findall(page.read_text())]
    _expect_read(folder / "documents.yaml", found)
    step(f"documents: {len(found)} expressions of PromQL are read")
    return found


def _expect_read(file, queries):
    """A fault where Prometheus would not read one of them. To it, JSON is YAML."""
    rules = [{"record": f"number{at}", "expr": query} for at, query in enumerate(queries)]
    file.write_text(json.dumps({"groups": [{"name": "queries", "rules": rules}]}))
    programs.said(["promtool", "check", "rules", file])
