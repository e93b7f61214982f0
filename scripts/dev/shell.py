"""The operator's scripts: their form, and their tests."""

import shutil
import sys

from . import proc
from .project import ROOT
from .say import step, warn


def scripts():
    """Those that people call; what they share is read with them."""
    files = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").iterdir())]
    return [file for file in files if file.is_file() and file.read_text().startswith("#!/usr/bin/env bash")]


def check():
    """Whether bash reads them, and what shellcheck says."""
    for script in [*scripts(), *sorted((ROOT / "scripts" / "lib").glob("*.sh"))]:
        proc.run(["bash", "-n", script], quiet=True)
    if shutil.which("shellcheck"):
        proc.run(["shellcheck", "--external-sources", "--check-sourced", *scripts()], quiet=True)
    else:
        warn("shellcheck is not installed: the operator's scripts were only read")


def test():
    """The tests that need no server."""
    if sys.platform == "darwin":
        step("the operator's scripts are made for Linux: not tested here")
        return
    with proc.timed("tests of the operator's scripts"):
        proc.run([sys.executable, "-m", "unittest", "discover", "-s", "scripts/tests", "-t", "."], quiet=True)
