"""Names and numbers that have to fit each other: what no schema knows."""

import re

from ..project import ROOT
from ..say import Fault, step

_SERVE = ROOT / "server" / "src" / "serve.rs"
_WORKLOADS = ("Deployment", "Job", "CronJob")


class Overlay:
    """The resources of one overlay, and what is wrong with them."""

    def __init__(self, name, resources):
        self.name, self.resources, self.wrong, self.looked_at = name, resources, [], 0
        self.pods = {(one["kind"], one["metadata"]["name"]): _pod(one) for one in self.of(*_WORKLOADS)}
        self.settings = {one["metadata"]["name"]: one["data"] for one in self.of("ConfigMap")}

    def of(self, *kinds):
        """The resources of these kinds."""
        return [one for one in self.resources if one["kind"] in kinds]

    def expect(self, true, words):
        """Notes what is not as it should be."""
        self.looked_at += 1
        if not true:
            self.wrong.append(f"{self.name}: {words}")

    def named(self, kind, name):
        """Whether there is such a resource."""
        return any(one["metadata"]["name"] == name for one in self.of(kind))

    def selected(self, labels):
        """The pods that a selector by labels finds."""
        return [pod for pod in self.pods.values() if labels.items() <= pod["metadata"]["labels"].items()]

    def setting(self, pod, name):
        """What the first container of a pod is told."""
        container = pod["spec"]["containers"][0]
        told = {}
        for source in container.get("envFrom", []):
            told.update(self.settings.get(source.get("configMapRef", {}).get("name"), {}))
        told.update({one["name"]: one.get("value") for one in container.get("env", [])})
        return told.get(name)


def _pod(workload):
    spec = workload["spec"]
    return spec["jobTemplate"]["spec"]["template"] if workload["kind"] == "CronJob" else spec["template"]


def check(overlays, secrets):
    """Everything that is named is there; who is stopped has the time that it takes; and how many connections there can be."""
    all_of_them = [Overlay(name, resources) for name, resources in overlays.items()]
    for overlay in all_of_them:
        _selectors(overlay)
        _references(overlay, secrets)
        _time_to_stop(overlay)
    wrong = [fault for overlay in all_of_them for fault in overlay.wrong]
    if wrong:
        raise Fault("The manifests do not fit together:\n  " + "\n  ".join(wrong))
    step(f"wiring: {sum(overlay.looked_at for overlay in all_of_them)} names, selectors and times fit")
    told = ", ".join(f"{overlay.name} {_connections(overlay)}" for overlay in all_of_them)
    step(f"connections to Postgres at most, with every autoscaler at its end: {told}")


def _selectors(overlay):
    for one in overlay.of("Service"):
        pods = overlay.selected(one["spec"]["selector"])
        name = one["metadata"]["name"]
        overlay.expect(pods, f"the service {name} selects nobody")
        for port in one["spec"]["ports"]:
            ports = [[open_port["name"] for open_port in _ports(pod)] for pod in pods]
            overlay.expect(all(port["targetPort"] in names for names in ports), f"{name}: a pod has no port {port['targetPort']}")
    for one in overlay.of("PodDisruptionBudget"):
        pods = overlay.selected(one["spec"]["selector"]["matchLabels"])
        overlay.expect(pods, f"the budget {one['metadata']['name']} is about nobody")
    for one in overlay.of("NetworkPolicy"):
        labels = one["spec"]["podSelector"].get("matchLabels", {})
        # Pods that cert-manager makes are in no manifest.
        of_others = any(label.startswith("acme.cert-manager.io/") for label in labels)
        overlay.expect(of_others or overlay.selected(labels), f"the policy {one['metadata']['name']} is about nobody")
    for one in overlay.of("ServiceMonitor"):
        labels = one["spec"]["selector"]["matchLabels"]
        found = [service for service in overlay.of("Service") if labels.items() <= service["metadata"]["labels"].items()]
        overlay.expect(len(found) == 1, f"{len(found)} services are what {one['metadata']['name']} monitors")


def _ports(pod):
    return [port for container in pod["spec"]["containers"] for port in container.get("ports", [])]


def _references(overlay, secrets):
    for (kind, name), pod in overlay.pods.items():
        account = pod["spec"]["serviceAccountName"]
        overlay.expect(overlay.named("ServiceAccount", account), f"{name}: there is no account {account}")
        for container in pod["spec"]["containers"]:
            for source in container["envFrom"]:
                config, secret = (source.get(ref, {}).get("name") for ref in ("configMapRef", "secretRef"))
                there = overlay.named("ConfigMap", config) if config else secret in secrets
                overlay.expect(there, f"{name}: nothing is called {config or secret}")
            for probe in ("startupProbe", "livenessProbe", "readinessProbe") if kind == "Deployment" else ():
                asked = container.get(probe, {}).get("httpGet", {}).get("port")
                fits = asked == "internal" and asked in {port["name"] for port in _ports(pod)}
                overlay.expect(fits, f"{name}: the {probe} does not ask the internal port")
    _scaled_and_reached(overlay)


def _scaled_and_reached(overlay):
    for one in overlay.of("HorizontalPodAutoscaler"):
        target = one["spec"]["scaleTargetRef"]
        overlay.expect(overlay.named(target["kind"], target["name"]), f"nothing is called {target['name']}, which is to be scaled")
    services = {one["metadata"]["name"]: {port["name"] for port in one["spec"]["ports"]} for one in overlay.of("Service")}
    secrets = {one["spec"]["secretName"]: set(one["spec"]["dnsNames"]) for one in overlay.of("Certificate")}
    for one in overlay.of("Ingress"):
        for rule in one["spec"]["rules"]:
            for path in rule["http"]["paths"]:
                to = path["backend"]["service"]
                there = to["port"]["name"] in services.get(to["name"], ())
                overlay.expect(there, f"the ingress leads to {to['name']}, which is not there")
            address = f"https://{rule['host']}"
            told = [settings["PUBLIC_URL"] for settings in overlay.settings.values()]
            overlay.expect(told == [address], f"PUBLIC_URL is {told}, the ingress is {address}")
        for tls in one["spec"]["tls"]:
            overlay.expect(set(tls["hosts"]) <= secrets.get(tls["secretName"], set()), f"no certificate for {tls['hosts']}")


def _time_to_stop(overlay):
    grace = int(re.search(r"GRACE: Duration = Duration::from_secs\((\d+)\)", _SERVE.read_text()).group(1))
    for one in overlay.of("Deployment"):
        pod = _pod(one)
        takes = int(overlay.setting(pod, "DRAIN")) + grace
        has = pod["spec"]["terminationGracePeriodSeconds"]
        overlay.expect(has > takes, f"{one['metadata']['name']} has {has} s to stop and takes up to {takes}")


def _connections(overlay):
    total = 0
    for one in overlay.of("HorizontalPodAutoscaler"):
        pod = overlay.pods["Deployment", one["spec"]["scaleTargetRef"]["name"]]
        total += one["spec"]["maxReplicas"] * int(overlay.setting(pod, "DATABASE_CONNECTIONS"))
    return total
