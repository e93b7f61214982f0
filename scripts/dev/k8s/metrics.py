"""Whether what rules ask for is there: the shop's metrics are in docs/metrics.md, which is made from the code."""

import re
from dataclasses import dataclass

from ..project import ROOT
from ..say import Fault, step
from . import expressions

_DOCUMENT = ROOT / "docs" / "metrics.md"
_ROW = re.compile(r"^\| `(mercer_\w+)` \| (\w+) \| ([^|]*) \|", re.MULTILINE)
# What Prometheus knows of whom it reads.
_OF_TARGETS = {"namespace", "pod", "instance", "job", "component"}
# Metrics that rules ask for and the shop does not have, and whose they are.
_FOREIGN = {
    "up": "Prometheus",
    "certmanager_certificate_expiration_timestamp_seconds": "cert-manager",
    "kubelet_volume_stats_available_bytes": "the kubelet",
    "kubelet_volume_stats_capacity_bytes": "the kubelet",
    "kube_cronjob_created": "kube-state-metrics",
    "kube_cronjob_status_last_successful_time": "kube-state-metrics",
    "node_filesystem_avail_bytes": "node_exporter",
    "node_filesystem_size_bytes": "node_exporter",
}


@dataclass(frozen=True)
class Metric:
    """What the document says of one: its labels, each with its values where there are few."""

    labels: dict

    def faults(self, label, values):
        """What is wrong with asking for these values of a label."""
        if label not in self.labels:
            return [] if label in _OF_TARGETS else [f"has no label {label}"]
        known = self.labels[label]
        return [f"never has {label}={value}" for value in values if known and value not in known]


def check(rules, others):
    """A fault for each metric, label and value that rules or other expressions name and nobody has."""
    recorded = {rule["record"] for rule in rules if "record" in rule}
    asked = [rule["expr"] for rule in rules] + others
    named = set().union(*map(expressions.metrics, asked))
    exported = _exported()
    ours = {name for name in named if name.startswith("mercer_")}
    wrong = [f"{name} is not in {_DOCUMENT.name}" for name in sorted(ours) if not _find(exported, name)]
    wrong += [f"{name} is nobody's" for name in sorted(named - ours - recorded - _FOREIGN.keys())]
    wrong += [f"{name} is recorded, and nothing asks for it" for name in sorted(recorded - named)]
    wrong += [f"nothing asks for {name} any more" for name in sorted(_FOREIGN.keys() - named)]
    matchers = {one for expression in asked for one in expressions.matchers(expression)}
    for name, label, values in sorted(matchers):
        metric = _find(exported, name)
        wrong += [f"{name} {fault}" for fault in (metric.faults(label, values) if metric else [])]
    if wrong:
        raise Fault("Metrics and what asks for them differ:\n  " + "\n  ".join(wrong))
    whose = ", ".join(sorted({_FOREIGN[name] for name in named & _FOREIGN.keys()}))
    step(f"metrics: {len(ours)} of the shop are exported, with what is asked of their labels; {len(_FOREIGN)} are of {whose}")


def _exported():
    if not _DOCUMENT.exists():
        raise Fault(f"{_DOCUMENT.name} is not there: it says which metrics the shop has.")
    found = {}
    for name, kind, labels in _ROW.findall(_DOCUMENT.read_text()):
        # `kind`, `outcome`: `done`, `failed`. The last of them may have its values behind it.
        names, _, values = labels.partition(":")
        known = {label: [] for label in re.findall(r"`(\w+)`", names)}
        if values:
            known[list(known)[-1]] = re.findall(r"`([^`]+)`", values)
        if kind == "histogram":
            known["le"] = []
        found[name] = Metric(known)
    return found


def _find(exported, name):
    return next((exported[one] for one in expressions.exported_as(name) if one in exported), None)
