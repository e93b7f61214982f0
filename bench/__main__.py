"""The whole of `make bench`: measures, prints the table, and writes target/bench.json."""

import json
import os
import sys
from pathlib import Path

from . import cases, start, table, weight
from .load import Unexpected
from .shop import Shop

_OUT = Path(__file__).resolve().parents[1] / "target" / "bench.json"


def main():
    """Runs everything; an unexpected answer ends it."""
    shop = Shop(os.environ)
    seconds = float(os.environ.get("BENCH_SECONDS", "6"))
    try:
        rows = list(cases.rows(shop, seconds))
        rows += weight.rows(shop)
        rows.append(start.row(shop))
    except Unexpected as unexpected:
        print(f"! {unexpected}", file=sys.stderr)
        return 1
    table.show(rows)
    _OUT.parent.mkdir(exist_ok=True)
    _OUT.write_text("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
    print(f"\n· written to {_OUT.relative_to(_OUT.parents[1])}")
    return 0


sys.exit(main())
