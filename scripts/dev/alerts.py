"""The alerts and their pages: each alert tells where to read on, and no page is about an alert that is gone."""

import re

from . import sqlx
from .database import Refused
from .project import ROOT
from .say import Fault

RULES = ROOT / "k8s" / "base" / "shop" / "monitoring"
PAGES = ROOT / "docs" / "runbooks"

_SECTIONS = ["Meaning", "Impact", "First look", "Fix", "Afterwards"]
_ALERT = re.compile(r"^ +- alert: (\w+)$", re.MULTILINE)
_PAGE_OF = re.compile(r"- alert: (\w+)\n(?:(?! +- alert:).*\n)*? +runbook_url: \S+/([\w-]+)$", re.MULTILINE)

# In blocks of their own, and those that change something also within a sentence.
_QUERY = re.compile(r"^ *```sql\n(.*?)^ *```$|`((?:update|delete) [^`\n]+;)`", re.MULTILINE | re.DOTALL)


def rule_files():
    """The manifests that hold rules."""
    return [path for path in sorted(RULES.glob("*.yaml")) if "\nkind: PrometheusRule\n" in path.read_text()]


def plain(path):
    """The rules of a manifest as Prometheus and promtool read them: what stands under `spec`."""
    _, _, spec = path.read_text().partition("\nspec:\n")
    return re.sub("^  ", "", spec, flags=re.MULTILINE)


def names():
    """Every alert."""
    return {name for path in rule_files() for name in _ALERT.findall(path.read_text())}


def page_name(alert):
    """`JobsDead` is explained in `jobs-dead`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", alert).lower()


def check_pages():
    """A fault that lists alerts and pages that do not belong together; the number of alerts, where all do."""
    alerts = names()
    if not alerts:
        raise Fault(f"There are no alerts in {RULES.relative_to(ROOT)}.")
    pages = {path.stem: path.read_text() for path in PAGES.glob("*.md") if path.name != "README.md"}
    wanted = {page_name(alert): alert for alert in alerts}
    wrong = [f"{wanted[name]} has no page {name}.md" for name in sorted(wanted.keys() - pages.keys())]
    wrong += [f"{name}.md is about no alert" for name in sorted(pages.keys() - wanted.keys())]
    for name in sorted(pages.keys() & wanted.keys()):
        wrong += [f"{name}.md: {fault}" for fault in _faults_in(pages[name], wanted[name])]
    wrong += _wrong_addresses()
    if wrong:
        raise Fault(f"Alerts and {PAGES.relative_to(ROOT)} differ:\n  " + "\n  ".join(wrong))
    return len(alerts)


def _faults_in(text, alert):
    if not text.startswith(f"# {alert}\n"):
        yield f"its title is not {alert}"
    sections = re.findall(r"^## (.+)$", text, re.MULTILINE)
    if sections != _SECTIONS:
        yield f"its parts are {', '.join(sections)} and not {', '.join(_SECTIONS)}"


def _wrong_addresses():
    wrong = []
    for path in rule_files():
        text = path.read_text()
        led = _PAGE_OF.findall(text)
        if len(led) != len(_ALERT.findall(text)):
            wrong.append(f"{path.name}: an alert has no runbook_url")
        wrong += [f"{path.name}: {alert} leads to {page}" for alert, page in led if page != page_name(alert)]
    return wrong


def check_queries(server):
    """Runs every query of the pages on an empty shop, and keeps nothing of it; their number."""
    name, wrong, count = "mercer_runbooks", [], 0
    server.fresh(name)
    try:
        sqlx.migrate(server, name)
        for page in sorted(PAGES.glob("*.md")):
            for query in ("".join(found) for found in _QUERY.findall(page.read_text())):
                count += 1
                try:
                    server.query(f"begin; {query} rollback;", database=name)
                except Refused as error:
                    wrong.append(f"{page.name}: {' '.join(query.split())[:80]}: {error}")
    finally:
        server.drop(name)
    if wrong:
        raise Fault("Runbooks ask what the database does not know:\n  " + "\n  ".join(wrong))
    return count
