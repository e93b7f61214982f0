"""Rules of Prometheus: are they read, do their tests pass, does each alert have tests and a page, and who has the metrics?"""

import json
import re

from .. import alerts
from ..project import ROOT
from ..say import Fault, step
from . import metrics, programs

TESTS = ROOT / "k8s" / "tests"
_ADAPTER = ROOT / "k8s" / "cluster" / "adapter.yaml"
_PROMQL = re.compile(r"^```promql\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def check(overlays, work):
    """Everything about rules."""
    folder = programs.fresh(work / "rules")
    files = write_plain(folder)
    programs.said(["promtool", "check", "rules", *files])
    found = [rule for file in files for group in programs.documents(file.read_text())[0]["groups"] for rule in group["rules"]]
    step(f"promtool check rules: {len(found)} rules in {len(files)} files")
    _tests(folder)
    adapted = _adapter(folder, overlays)
    documented = _documented(folder)
    metrics.check(found, adapted + documented)
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
    """Runs the tests, and wants of each alert that one test sees it, and that one sees it gone or not there."""
    seen, unseen, count = set(), set(), 0
    for path in sorted(TESTS.glob("*.yaml")):
        file = folder / f"test-{path.name}"
        file.write_text(path.read_text())
        programs.said(["promtool", "test", "rules", file])
        for test in programs.documents(path.read_text())[0]["tests"]:
            shown = set()
            for case in test["promql_expr_test"]:
                count += 1
                alert = re.search(r'alertname="(\w+)"', case["expr"]).group(1)
                if case["exp_samples"]:
                    shown.add(alert)
                elif alert in shown:
                    seen.add(alert)
                else:
                    unseen.add(alert)
    wrong = [f"no test sees {name} come and go" for name in sorted(alerts.names() - seen)]
    wrong += [f"no test sees {name} stay away" for name in sorted(alerts.names() - unseen)]
    if wrong:
        raise Fault("Alerts without tests:\n  " + "\n  ".join(wrong))
    step(f"promtool test rules: {count} expectations; each of {len(seen)} alerts stays away, comes and goes")


def _adapter(folder, overlays):
    """What the autoscalers ask for, as expressions of what Prometheus has."""
    given = {}
    for kind, rules in programs.documents(_ADAPTER.read_text())[0]["rules"].items():
        for rule in rules if isinstance(rules, list) else ():
            series = re.match(r"[\w:]+", rule["seriesQuery"]).group()
            query = rule["metricsQuery"]
            for hole, filled in (("<<.Series>>", series), ("<<.LabelMatchers>>", 'namespace="mercer"'), ("<<.GroupBy>>", "namespace")):
                query = query.replace(hole, filled)
            given[kind, rule["name"]["as"]] = query
    _expect_read(folder / "adapter.yaml", given.values())
    asked = set()
    for resources in overlays.values():
        for scaler in (one for one in resources if one["kind"] == "HorizontalPodAutoscaler"):
            for metric in scaler["spec"]["metrics"]:
                if metric["type"] in ("Pods", "External"):
                    kind = {"Pods": "custom", "External": "external"}[metric["type"]]
                    asked.add((kind, metric[metric["type"].lower()]["metric"]["name"]))
    if asked != set(given):
        raise Fault(f"The autoscalers ask for {sorted(asked)}, and {_ADAPTER.name} gives {sorted(given)}.")
    step(f"autoscalers: {len(asked)} metrics of the shop, each given by {_ADAPTER.name}")
    return list(given.values())


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
