"""What an overlay comes to: is it what Kubernetes takes, does it keep to the rules of hardening, and does it fit together?"""

import json

from ..project import ROOT
from ..say import Fault, step
from . import programs, wiring

K8S = ROOT / "k8s"
# The oldest and the newest that the manifests are for.
VERSIONS = ("1.31.0", "1.37.0")
_CUSTOM = ("monitoring.coreos.com/", "cert-manager.io/")
_EXCEPTIONS = K8S / "exceptions.yaml"


def render(work):
    """The resources of each overlay, by its name; as text they are in a folder of `work`."""
    folder = programs.fresh(work / "manifests")
    overlays = {}
    for overlay in sorted(path.parent for path in K8S.glob("overlays/*/kustomization.yaml")):
        text = programs.said(["kubectl", "kustomize", overlay])
        (folder / f"{overlay.name}.yaml").write_text(text)
        overlays[overlay.name] = programs.documents(text)
    told = ", ".join(f"{name} {len(resources)}" for name, resources in overlays.items())
    step(f"kustomize: {len(overlays)} overlays ({told} resources)")
    return overlays


def check(overlays, work):
    """Schemas, hardening, and what only the whole shows."""
    _schemas(overlays, work)
    _custom(overlays)
    _hardening(work / "manifests")
    wiring.check(overlays, {one["metadata"]["name"] for one in _of_cluster("secrets")})


def _is_custom(resource):
    return resource["apiVersion"].startswith(_CUSTOM)


def _schemas(overlays, work):
    folder = programs.fresh(work / "builtin")
    count = 0
    for name, resources in overlays.items():
        builtin = [one for one in resources if not _is_custom(one)]
        count += len(builtin)
        for number, one in enumerate(builtin):
            (folder / f"{name}-{number}.yaml").write_text(json.dumps(one))
    files = sorted(folder.iterdir())
    for version in VERSIONS:
        command = [programs.of_venv("kubernetes-validate"), "--strict", "--quiet", "-k", version, *files]
        # A kind that it does not know is only a warning to it.
        told = programs.said(command)
        if told.strip():
            raise Fault(f"kubernetes-validate:\n{told}")
    step(f"kubernetes-validate --strict: {count} resources against {' and '.join(VERSIONS)}")


def _custom(overlays):
    resources = [one for overlay in overlays.values() for one in overlay if _is_custom(one)]
    resources += _of_cluster("issuer") + _of_cluster("secrets")
    programs.said(["node", programs.CRDS / "check.mjs"], given=json.dumps(resources))
    kinds = sorted({one["kind"] for one in resources})
    step(f"models of the operators: {len(resources)} resources of {', '.join(kinds)}, unknown fields included")


def _of_cluster(name):
    return programs.documents((K8S / "cluster" / f"{name}.yaml").read_text())


def _hardening(folder):
    # By file: it passes over folders whose name begins with a dot.
    command = [programs.of_venv("checkov"), "--framework", "kubernetes", "--file", *sorted(folder.iterdir())]
    command += ["--skip-download", "--quiet", "--compact", "--output", "json"]
    # 1: some checks failed. Which of them may, is for the exceptions to say.
    report = json.loads(programs.said(command, fine=(0, 1)))
    failed, summary = report["results"]["failed_checks"], report["summary"]
    excepted = {one["check"]: one["reason"] for one in programs.documents(_EXCEPTIONS.read_text())[0]}
    by_check = {one["check_id"] for one in failed}
    wrong = {f"{one['check_id']} {one['check_name']}: {one['resource']}" for one in failed if one["check_id"] not in excepted}
    wrong |= {f"{check} passes now: take it out of {_EXCEPTIONS.name}" for check in excepted.keys() - by_check}
    wrong |= {f"{check} is excepted without a reason" for check, reason in excepted.items() if not reason}
    if summary["parsing_errors"] or not summary["passed"]:
        wrong.add(f"{summary['parsing_errors']} files could not be read, {summary['passed']} checks passed")
    if wrong:
        raise Fault("checkov:\n  " + "\n  ".join(sorted(wrong)))
    step(f"checkov: {summary['passed']} checks passed, {len(excepted)} excepted with a reason")
