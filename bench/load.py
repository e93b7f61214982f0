"""One run of wrk."""

import json
import subprocess
from pathlib import Path

_LUA = Path(__file__).resolve().parent / "lua"


class Unexpected(Exception):
    """An answer that is not the one to be measured."""


def run(url, connections, seconds, script="page.lua", arguments=(), headers=(), own_threads=False):
    """Loads an address for some seconds and returns what wrk saw, times in milliseconds."""
    # Two threads keep the shop busy from one core; a script that has state for each connection needs a thread for each.
    threads = connections if own_threads else min(connections, 2)
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "10s", "-s", str(_LUA / script)]
    for header in headers:
        command += ["-H", header]
    done = subprocess.run([*command, url, "--", *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    result = next((line[7:] for line in done.stdout.splitlines() if line.startswith("RESULT ")), None)
    if done.returncode or result is None:
        raise Unexpected(f"wrk failed on {url}:\n{done.stdout}{done.stderr}")
    return json.loads(result)


def expect_clean(name, seen):
    """A fault where anything but the expected answer came."""
    if seen["errors"] or not seen["requests"]:
        raise Unexpected(f"{name}: {seen['errors']} of {seen['requests']} requests were not answered as they should: {seen}")
