"""Documents outlive the code they describe, unless something looks: what they name has to exist, and every setting be named."""

import re

from .project import ROOT
from .say import Fault

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
_PLACE = re.compile(r"\]\(([\w./-]*)#([\w-]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"^[\w.-]+(/[\w.-]+)*/?$")
# A test or another function, such as `server/tests/it/pages.rs::machines_find_their_way`.
_INSIDE = re.compile(r"^([\w./-]+\.(?:rs|py))::(\w+)$")
_KINDS = (".rs", ".toml", ".md", ".sql", ".css", ".ts", ".py", ".yaml", ".yml", ".json", ".csv", ".sh")
# What builds and runs leave behind is not in a fresh checkout.
_MADE = ("target/", ".dev/", "node_modules/")


# Where the environment is read, and where it is written about.
_READERS = ("server/src/config.rs", "sandbox/src/main.rs")
_SETTINGS = ROOT / "docs" / "development.md"
_VARIABLE = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)"')
_COMMAND = re.compile(r"`make ([\w-]+)`")


def check():
    """A fault that lists what is named and not there, and what is there and not named."""
    wrong = []
    commands = set(re.findall(r"^([\w -]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)[-1].split())
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]:
        wrong += [f"{page.relative_to(ROOT)}: {path} does not exist" for path in _named(page) if not _there(page, path)]
        wrong += [f"{page.relative_to(ROOT)}: {word} is no test that runs, and no function" for word in _missing(page)]
        wrong += [f"{page.relative_to(ROOT)}: {place} is no heading" for place in _lost(page)]
        named = _COMMAND.findall(page.read_text())
        wrong += [f"{page.relative_to(ROOT)}: there is no `make {name}`" for name in named if name not in commands]
    wrong += [f"{_SETTINGS.relative_to(ROOT)}: {name} is not named" for name in sorted(_unnamed_settings())]
    if wrong:
        raise Fault("Documents and what they describe differ:\n  " + "\n  ".join(wrong))


def _unnamed_settings():
    """Variables that a program reads and no document explains."""
    read = set()
    for reader in _READERS:
        read.update(_VARIABLE.findall((ROOT / reader).read_text().partition("#[cfg(test)]")[0]))
    return {name for name in read if f"`{name}`" not in _SETTINGS.read_text()}


def _named(page):
    text = page.read_text()
    links = [path for path in _LINK.findall(_FENCE.sub("", text)) if "://" not in path and not path.startswith("mailto:")]
    tops = {entry.name for entry in ROOT.iterdir()}
    return links + [word for word in _CODE.findall(text) if _is_path(word, tops)]


def _lost(page):
    """Places in documents that links lead to and that are not there."""
    for path, place in _PLACE.findall(page.read_text()):
        target = page.parent / path if path else page
        headings = _HEADING.findall(_FENCE.sub("", target.read_text())) if target.is_file() else []
        if place not in [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]:
            yield f"{path}#{place}"


def _missing(page):
    """Functions that a page names and that are not there."""
    return [word for word in _CODE.findall(page.read_text()) if _INSIDE.match(word) and not _holds(*_INSIDE.match(word).groups())]


def _holds(path, name):
    """Whether a file has a function of this name; where it stands among tests, one that is run."""
    if not (ROOT / path).is_file():
        return False
    found = re.search(rf"((?:^ *#\[.*\]\n)*)^ *[\w() ]*\b(?:fn|def) {name}\b", (ROOT / path).read_text(), re.MULTILINE)
    if not found:
        return False
    marks = found.group(1)
    is_test = path.endswith(".py") or "/tests/" not in path or re.search(r"\btest\b", marks)
    return "#[ignore" not in marks and bool(is_test)


def _is_path(word, tops):
    """Whether a word in code type is a path of the repository, and not a route, a module or a command."""
    if not _FILE.match(word) or word.startswith(_MADE):
        return False
    in_tree = "/" in word and word.split("/")[0] in tops
    return in_tree or ("/" in word and word.endswith(_KINDS))


def _there(page, path):
    return (page.parent / path).exists() or (ROOT / path).exists()
