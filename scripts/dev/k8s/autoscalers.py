"""What the autoscalers ask for, and whether prometheus-adapter gives it to them."""

import re

from ..project import ROOT
from ..say import Fault, step
from . import programs

_ADAPTER = ROOT / "k8s" / "cluster" / "adapter.yaml"
# What an autoscaler calls a kind of metric, and what the adapter calls it.
_KINDS = {"Pods": "custom", "External": "external"}


def check(overlays):
    """A fault where they differ; the adapter's queries, as Prometheus is sent them."""
    asked, given = _asked(overlays), _given()
    if asked != set(given):
        raise Fault(f"The autoscalers ask for {sorted(asked)}, and {_ADAPTER.name} gives {sorted(given)}.")
    step(f"autoscalers: {len(asked)} metrics of the shop, each given by {_ADAPTER.name}")
    return list(given.values())


def _asked(overlays):
    scalers = [one for resources in overlays.values() for one in resources if one["kind"] == "HorizontalPodAutoscaler"]
    asked = [metric for scaler in scalers for metric in scaler["spec"]["metrics"] if metric["type"] in _KINDS]
    return {(_KINDS[one["type"]], one[one["type"].lower()]["metric"]["name"]) for one in asked}


def _given():
    rules = programs.documents(_ADAPTER.read_text())[0]["rules"]
    return {(kind, rule["name"]["as"]): _filled(rule) for kind in _KINDS.values() for rule in rules[kind]}


def _filled(rule):
    """The query of a rule, for a namespace."""
    holes = {
        "<<.Series>>": re.match(r"[\w:]+", rule["seriesQuery"]).group(),
        "<<.LabelMatchers>>": 'namespace="mercer"',
        "<<.GroupBy>>": "namespace",
    }
    query = rule["metricsQuery"]
    for hole, filling in holes.items():
        query = query.replace(hole, filling)
    return query
