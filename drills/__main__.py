"""The whole of `make drills`, or those that DRILLS names: one line each, with its figure."""

import os
import shutil
import sys
import time
from pathlib import Path

from scripts.dev import proc
from scripts.dev.database import Server
from scripts.dev.say import Fault, warn

from . import alert, archive, backup, cdn, crash, observatory, resilience, stop, switch
from .stage import FOLDER, Stage

DRILLS = {
    "archive": archive.drill,
    "backup": backup.drill,
    "switch": switch.drill,
    "stop": stop.drill,
    "crash": crash.drill,
    "cdn": cdn.drill,
    "resilience": resilience.drill,
    "observatory": observatory.drill,
    "alert": alert.drill,
}


def main():
    """Runs them one after the other; exits with 1 where one did not hold."""
    chosen = os.environ.get("DRILLS", "").split() or list(DRILLS)
    unknown = [name for name in chosen if name not in DRILLS]
    if unknown:
        warn(f"There is no drill {', '.join(unknown)}: there are {', '.join(DRILLS)}.")
        return 2
    proc.catch_signals()
    told, failed = [], 0
    try:
        shutil.rmtree(FOLDER / "log", ignore_errors=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        programs = (Path(os.environ[name]) for name in ("MERCER", "SANDBOX"))
        stage = Stage(*programs, Server(os.environ["DATABASE_URL"]), os.environ["REDIS_URL"])
        for name in chosen:
            began = time.monotonic()
            try:
                said = f"held    {name:<11} {DRILLS[name](stage)}"
            except Fault as fault:
                failed += 1
                said = f"FAILED  {name:<11} {fault}"
            told.append(f"{said} ({time.monotonic() - began:.0f} s)")
            print(told[-1], flush=True)
    except proc.Stopped as stopped:
        return 128 + stopped.number
    finally:
        proc.end_all()
    if len(told) > 1:
        print("\n" + "\n".join(told))
    return 1 if failed else 0


sys.exit(main())
