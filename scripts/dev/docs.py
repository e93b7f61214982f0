"""Documents outlive the code they describe, unless something looks: what they name has to exist, and every setting be named."""

import re

from .project import ROOT
from .say import Fault

_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
_CODE = re.compile(r"`([^`\n]+)`")
_FILE = re.compile(r"^[\w.-]+(/[\w.-]+)*/?$")
_KINDS = (".rs", ".toml", ".md", ".sql", ".css", ".ts", ".py", ".yaml", ".yml", ".json", ".csv", ".sh")
# What builds and runs leave behind is not in a fresh checkout.
_MADE = ("target/", ".dev/", "node_modules/")


def check():
    """A fault that lists what is named and not there."""
    missing = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]:
        if page.exists():
            missing += [f"{page.relative_to(ROOT)}: {path}" for path in _named(page) if not _there(page, path)]
    if missing:
        raise Fault("Documents name what does not exist:\n  " + "\n  ".join(missing))


def _named(page):
    text = page.read_text()
    links = [path for path in _LINK.findall(_FENCE.sub("", text)) if "://" not in path and not path.startswith("mailto:")]
    tops = {entry.name for entry in ROOT.iterdir()}
    return links + [word for word in _CODE.findall(text) if _is_path(word, tops)]


def _is_path(word, tops):
    """Whether a word in code type is a path of the repository, and not a route, a module or a command."""
    if not _FILE.match(word) or word.startswith(_MADE):
        return False
    in_tree = "/" in word and word.split("/")[0] in tops
    return in_tree or ("/" in word and word.endswith(_KINDS))


def _there(page, path):
    return (page.parent / path).exists() or (ROOT / path).exists()
