"""The commands behind `make`."""

import os
import sys

from . import build, commands, dist, k8s, lint, proc, services, tools
from .project import ROOT
from .say import Fault, warn


def _setup():
    """the tools of the build and of the tests"""
    tools.setup(tests=True)


def _build():
    """the release: programs and site"""
    tools.setup()
    build.site()
    build.programs()


def _dist():
    """a release as one archive"""
    tools.setup()
    dist.pack()


def _lint():
    """form, types, dependencies, documents"""
    tools.setup()
    tools.npm(ROOT / "end2end")
    lint.check()


COMMANDS = {
    "setup": _setup,
    "build": _build,
    "run": commands.run,
    "dev": commands.dev,
    "test": commands.test,
    "e2e": commands.e2e,
    "shots": commands.shots,
    "bench": commands.bench,
    "lighthouse": commands.lighthouse,
    "dist": _dist,
    "drills": commands.drills,
    "lint": _lint,
    "fmt": lint.form,
    "sqlx": commands.rewrite_sqlx,
    "check-sqlx": commands.check_sqlx,
    "check-k8s": k8s.check,
    "clean-dev": services.clean,
}


def main():
    """Runs one command; whatever happens, nothing that it started is left behind."""
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: python3 -m scripts.dev {{{'|'.join(COMMANDS)}}}")
    proc.catch_signals()
    try:
        COMMANDS[sys.argv[1]]()
    except Fault as fault:
        warn(str(fault))
        return 1
    except proc.Stopped as stopped:
        print("\n· stopped", flush=True)
        return 128 + stopped.number
    finally:
        proc.end_all()
    return 0


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
