"""The machine: who runs this, and packages that only its administrator can add."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

from . import proc
from .say import Fault, step

MACOS = sys.platform == "darwin"


def is_root():
    """Whether this runs as root."""
    return os.geteuid() == 0


def can_install():
    """Whether system packages can be added without asking anybody."""
    return is_root() and shutil.which("apt-get") is not None


def install_command(apt, brew):
    """The command that adds a package here, for a person to run."""
    if MACOS:
        return f"brew install {brew}"
    return f"sudo apt-get install -y {apt}"


def install(apt):
    """Adds Debian packages, without starting the services that come with them."""
    step(f"installing {apt} (apt-get)")
    options = ["-o", "DPkg::Lock::Timeout=300"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    proc.run(["apt-get", *options, "update", "-q"], env=quiet, quiet=True)
    proc.run(["apt-get", *options, "install", "-qy", "--no-install-recommends", *apt.split()], env=quiet, quiet=True)


def require(what, find, apt, brew, hint=""):
    """Finds a system program; adds its package as root, names the command to everybody else."""
    found = find()
    if found is None and can_install():
        install(apt)
        found = find()
    if found is None:
        raise Fault(f"{what} is missing. Install it with: {install_command(apt, brew)}{hint}")
    return found


def unprivileged():
    """What runs a child as a user without rights when this runs as root: Postgres refuses to be root."""
    if not is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def reachable(path):
    """Whether that user can get there."""
    probe = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(path)], cwd="/", capture_output=True, **unprivileged())
    return probe.returncode == 0


def chromium():
    """A Chromium or Chrome, or `None`."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    for app in ("Google Chrome", "Chromium"):
        inside = Path(f"/Applications/{app}.app/Contents/MacOS/{app}")
        if inside.exists():
            return str(inside)
    return None
