"""What pages weigh on their way, compressed as a browser asks for them."""

import re

from .cases import PAGES

_BROWSER = {"Accept-Encoding": "br, gzip", "User-Agent": "Mozilla/5.0"}
_STYLE = re.compile(r'<link\b[^>]*rel="?stylesheet"?[^>]*>')
_FONT = re.compile(r'<link\b[^>]*\bas="?font"?[^>]*>')
_HREF = re.compile(r'\bhref="?([^"\s>]+)')
_SOURCE = re.compile(r'<script\b[^>]*\bsrc="?([^"\s>]+)')
_LATER = {kind: re.compile(rf'<script\b[^>]*\bdata-{kind}="?([^"\s>]+)') for kind in ("js", "wasm")}


def rows(shop):
    """One row for each page."""
    return [_row(shop, name, path) for name, path in PAGES.items()]


def _row(shop, name, path):
    headers, body = shop.page(path, _BROWSER)
    html = shop.page(path)[1].decode()
    styles = [_HREF.search(tag).group(1) for tag in _STYLE.findall(html)]
    fonts = [_HREF.search(tag).group(1) for tag in _FONT.findall(html)]
    before = {
        "html": len(body),
        "css": _size(shop, styles),
        "js": _size(shop, _SOURCE.findall(html)),
    }
    after = {kind: _size(shop, pattern.findall(html)) for kind, pattern in _LATER.items()}
    return {
        "case": "bytes",
        "page": name,
        "encoding": headers.get("Content-Encoding", "identity"),
        "html": before["html"],
        "css": before["css"],
        "js": before["js"] + after["js"],
        "wasm": after["wasm"],
        "before_touch": sum(before.values()),
        "all": sum(before.values()) + sum(after.values()),
        "fonts": _size(shop, fonts),
    }


def _size(shop, addresses):
    return sum(len(shop.page(address, _BROWSER)[1]) for address in dict.fromkeys(addresses))
