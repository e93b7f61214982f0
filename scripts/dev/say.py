"""What the commands tell the person who runs them."""

import sys


class Fault(Exception):
    """Something a person has to know or do; printed without a traceback."""


def step(text):
    """One thing being done, as a line of its own."""
    print(f"· {text}", flush=True)


def block(text):
    """Several lines that belong together, set off from what is around them."""
    print(f"\n{text.strip()}\n", flush=True)


def warn(text):
    """A line that should not be missed."""
    print(f"! {text}", file=sys.stderr, flush=True)


def tail(path, lines=20):
    """The last lines of a log, indented, for the end of a fault's text."""
    try:
        text = path.read_text(errors="replace")
    except OSError:
        return ""
    last = text.splitlines()[-lines:]
    return "".join(f"\n    {line}" for line in last) + f"\n  (from {path})"
