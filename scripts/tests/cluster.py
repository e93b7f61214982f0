"""A folder that plays a cluster, and a script that is run against it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
SCRIPTS = HERE.parent

# What `kubectl get` answers, by a pattern of what it is asked.
_ANSWERS = {
    r"service mercer-active .*colour": "blue",
    r"service mercer-active .*migration": "1",
    r"deployment mercer-web-\w+ .*(spec.replicas|readyReplicas)": "6",
    r"deployment mercer-web-\w+ -o name": "deployment.apps/mercer-web-green",
    r"pods .*restartCount": "0\n0\n",
    r"pods .*-o name": "pod/green-1\npod/green-2\n",
}


class OnCluster(unittest.TestCase):
    """A test with a cluster of its own."""

    def setUp(self):
        self.home = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.home)
        shutil.copy(HERE / "overlay.yaml", self.home)
        (self.home / "bin").mkdir()
        self._on_path("kubectl", f'exec "{sys.executable}" -S -E "{HERE / "kubectl.py"}" "$@"')
        (self.home / "migrations").mkdir()
        self.migration("0001_shop.sql", "create table a (b text);")
        self.scenario()

    def _on_path(self, name, line):
        program = self.home / "bin" / name
        program.write_text(f"#!/bin/sh\n{line}\n")
        program.chmod(0o755)

    def scenario(self, answers=None, **more):
        """How the cluster is, and what goes wrong in it."""
        # The first pattern that fits counts, so that what a test says goes first.
        own = answers or {}
        usual = {pattern: answer for pattern, answer in _ANSWERS.items() if pattern not in own}
        (self.home / "state.json").write_text(json.dumps({"answers": {**own, **usual}, **more}))

    def migration(self, name, text):
        """One of the release's migrations."""
        (self.home / "migrations" / name).write_text(text)

    def environment(self, **more):
        """The fake on PATH, and no setting of whoever runs the tests."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        path = f"{self.home / 'bin'}:{os.environ['PATH']}"
        return {**kept, "PATH": path, "FAKE_CLUSTER": str(self.home), "WATCH_PAUSE": "0.2", **more}

    def run_script(self, name, *options, **env):
        """Runs a script to its end."""
        return subprocess.run(
            [SCRIPTS / name, *options], env=self.environment(**env), cwd=self.home, capture_output=True, text=True, timeout=120
        )

    def blue_green(self, *options):
        """Brings out 1.1.0, as the scenario lets it."""
        return self.run_script("blue-green", "--migrations", "migrations", "--watch", "1", *options)

    def interrupt_blue_green(self, when):
        """The same, but ended from outside once a call was made."""
        command = [SCRIPTS / "blue-green", "--migrations", "migrations", "--watch", "60", "registry.example/mercer:1.1.0"]
        child = subprocess.Popen(
            command, env=self.environment(), cwd=self.home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 60
        while not any(when in call for call in self.calls()) and time.monotonic() < deadline:
            time.sleep(0.1)
        child.send_signal(signal.SIGTERM)
        return child.wait(60)

    def calls(self):
        """What kubectl was asked to do, without what only looks."""
        told = self.read("calls").splitlines()
        return [call for call in told if call.split()[0] not in ("get", "kustomize", "port-forward", "logs", "version")]

    def read(self, name):
        """What the fake wrote down; nothing where it was not called."""
        file = self.home / name
        return file.read_text() if file.exists() else ""

    def index(self, part):
        """Which of the calls is the first with `part` in it."""
        found = [number for number, call in enumerate(self.calls()) if part in call]
        self.assertTrue(found, f"nothing like {part} in {self.calls()}")
        return found[0]

    def led_to(self):
        """The colours that the active service was turned to, one after the other."""
        turns = [call for call in self.calls() if call.startswith("patch service mercer-active")]
        return ["green" if "green" in turn else "blue" for turn in turns]
