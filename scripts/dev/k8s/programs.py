"""The programs that look at manifests, and how they are called."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from .. import locks, proc, system, tools
from ..project import LOCAL
from ..say import Fault, step

HERE = Path(__file__).parent
CRDS = HERE / "crds"
_REQUIREMENTS = HERE / "requirements.txt"
_VENV = LOCAL / "k8s-venv"
_TO_JSON = "import json, sys, yaml; json.dump([one for one in yaml.safe_load_all(sys.stdin) if one], sys.stdout)"


def require():
    """Finds or installs all of them."""
    _kubectl()
    for name, apt, brew in (("promtool", "prometheus", "prometheus"), ("amtool", "prometheus-alertmanager", "alertmanager")):
        system.require(f"{name}, for the alerts,", lambda name=name: shutil.which(name), apt, brew)
    _python_parts()
    tools.npm(CRDS)


def _kubectl():
    # The one that Debian packages is years too old for the manifests.
    have = proc.answer(["kubectl", "version", "--client", "--output=json"])
    kustomize = tools.version(json.loads(have).get("kustomizeVersion")) if have else ()
    if kustomize < (5,):
        raise Fault("kubectl 1.27 or newer, with kustomize 5, is needed. Get it from https://kubernetes.io/docs/tasks/tools")


def _python_parts():
    stamp = _VENV / ".installed"
    wanted = _REQUIREMENTS.read_text()
    LOCAL.mkdir(exist_ok=True)
    with locks.alone(LOCAL / "k8s-venv.lock", lambda: step("waiting for another install of the checkers")):
        if stamp.exists() and stamp.read_text() == wanted:
            return
        with proc.timed("installing checkov and kubernetes-validate into .dev (pip)"):
            shutil.rmtree(_VENV, ignore_errors=True)
            proc.run([sys.executable, "-m", "venv", _VENV], quiet=True)
            proc.run([_VENV / "bin" / "pip", "install", "--quiet", "--requirement", _REQUIREMENTS], quiet=True)
        stamp.write_text(wanted)


def of_venv(name):
    """A program that pip installed."""
    return _VENV / "bin" / name


def fresh(folder):
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def said(command, given=None, fine=(0,)):
    """What a command prints; a fault with all of it where its status is none of `fine`."""
    command = [str(part) for part in command]
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in fine:
        told = "".join(f"\n    {line}" for line in (done.stdout + done.stderr).strip().splitlines()[-30:])
        raise Fault(f"`{' '.join(command)}` failed ({done.returncode}).{told}")
    return done.stdout


def documents(text):
    """YAML as plain data."""
    return json.loads(said([of_venv("python"), "-c", _TO_JSON], given=text))
