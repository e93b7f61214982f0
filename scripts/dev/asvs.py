"""What `docs/security.md` says of the OWASP ASVS: every item up to level 2 stands in one of its tables, and once.

That the tests and the code exist that a row names is seen to by `docs`, as for every document.
"""

import re

from .project import ROOT
from .say import Fault

_PAGE = ROOT / "docs" / "security.md"

# Version 5.0.0: the chapters with their sections in order, and of each section the level of item 1, item 2, …
_LEVELS = """
1   22 1111122223 112222222223 222 123
2   122 112 12223 23
3   3 113 12223 11222233 11122333 3 22333
4   12233 23333 22 1222
5   2 112333 113 222
6   122 111111112222 11223333 112233 22222333 2223 33 2222
7   222 1111 22 11222 223 22
8   1233 1123 133 23
9   111 1222
10  22 223 22223 1111122222233333 22222 22 222
11  2233 22233 11233 1222 23 23 33
12  12233 11 22223
13  2333 222223 2233 1222233
14  22 12223333 122
15  12233 12233 1222222 3333
16  2 22222 2222 222 2223
17  23 22223333 22
"""
_LEVEL = 2

_ROW = re.compile(r"^\| (\d[\d., ]*) \|(.*)\|$", re.MULTILINE)
_HEADING = re.compile(r"^## ", re.MULTILINE)
# The part of the page whose rows have to name what meets them.
_MET = "What is met"


def check():
    """A fault that lists the items that are missing, told twice, unknown, or met by nothing."""
    wanted, known = _items()
    told, wrong = {}, []
    for part in _HEADING.split(_PAGE.read_text()):
        title = part.partition("\n")[0]
        for items, rest in _ROW.findall(part):
            if title == _MET and "`" not in rest:
                wrong.append(f"{items}: nothing is named that meets it")
            for named in items.replace(" ", "").split(","):
                covered = _covered(named, known)
                wrong += [] if covered else [f"{named}: there is no such item"]
                for item in covered:
                    told.setdefault(item, []).append(named)
    wrong += [f"{item}: not told" for item in wanted if item not in told]
    wrong += [f"{item}: told more than once" for item, by in told.items() if len(by) > 1]
    if wrong:
        raise Fault(f"{_PAGE.relative_to(ROOT)} and the ASVS differ:\n  " + "\n  ".join(wrong))


def _items():
    """The items up to the level that the shop is held to, and all that there are."""
    levels = {}
    for line in _LEVELS.strip().splitlines():
        chapter, *sections = line.split()
        for section, items in enumerate(sections, 1):
            for item, level in enumerate(items, 1):
                levels[f"{chapter}.{section}.{item}"] = int(level)
    return [item for item, level in levels.items() if level <= _LEVEL], list(levels)


def _covered(named, known):
    """A chapter or a section stands for all that is in it."""
    return [item for item in known if item == named or item.startswith(f"{named}.")]
