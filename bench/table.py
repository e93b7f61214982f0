"""The rows as tables that a person reads, and the goals."""

_LOAD = {
    "case": "case",
    "connections": "at once",
    "requests_per_second": "req/s",
    "p50_ms": "p50 ms",
    "p99_ms": "p99 ms",
    "errors": "errors",
    "cpu_us_per_request": "CPU µs/req",
    "queries_per_request": "queries/req",
    "memory_bytes": "memory MB",
}
_BYTES = {
    "page": "bytes of",
    "html": "HTML",
    "css": "CSS",
    "js": "JS",
    "wasm": "wasm",
    "before_touch": "before the first touch",
    "all": "all",
    "fonts": "fonts, besides",
}


def show(rows):
    """Prints everything."""
    loads = [row for row in rows if "requests_per_second" in row]
    _table(_LOAD, loads)
    _table(_BYTES, [row for row in rows if row["case"] == "bytes"])
    print()
    for words, met in goals(rows):
        print(f"{'✓' if met else '✗'} {words}")


def goals(rows):
    """What is to be reached, and whether it was."""
    at = {(row["case"], row.get("connections", row.get("page"))): row for row in rows}
    product, listing, add = (at[name, 64] for name in ("product", "listing", "add to cart"))
    bytes_of_listing, start = at["bytes", "listing"], at["start to ready", None]
    memory = max(row.get("memory_bytes", 0) for row in rows) / 1e6
    speed = "requests_per_second"
    yield f"product page: {product[speed]:,.0f} req/s (≥ 3,000)", product[speed] >= 3000
    yield f"product page: p99 {product['p99_ms']:.1f} ms at 64 (≤ 40)", product["p99_ms"] <= 40
    yield f"product page: {product['queries_per_request']} queries (≤ 3)", product["queries_per_request"] <= 3
    yield f"listing: {listing[speed]:,.0f} req/s (≥ 1,500)", listing[speed] >= 1500
    yield f"listing: {listing['queries_per_request']} queries (≤ 3)", listing["queries_per_request"] <= 3
    yield f"add to cart: {add[speed]:,.0f} req/s at 64 (≥ 1,500)", add[speed] >= 1500
    yield f"memory: {memory:.0f} MB at most (≤ 150)", memory <= 150
    yield f"start to ready: {start['median_seconds']:.2f} s (≤ 0.5)", start["median_seconds"] <= 0.5
    yield f"listing: {bytes_of_listing['all'] / 1e3:.0f} KB in all (≤ 200)", bytes_of_listing["all"] <= 200e3
    before = bytes_of_listing["before_touch"]
    yield f"listing: {before / 1e3:.0f} KB before the first touch (≤ 40)", before <= 40e3


def _table(columns, rows):
    lines = [list(columns.values())] + [[_cell(name, row[name]) for name in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines)]
    print()
    for line in lines:
        first, *others = (cell.ljust(width) if index == 0 else cell.rjust(width) for index, (cell, width) in enumerate(zip(line, widths)))
        print("  ".join([first, *others]))


def _cell(name, value):
    if name == "memory_bytes":
        return f"{value / 1e6:.0f}"
    if isinstance(value, float) and value >= 100:
        return f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
