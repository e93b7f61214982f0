"""`make lint`: form, types, dependencies and documents."""

import ast
import json
import shutil

from . import alerts, asvs, build, docs, proc, project, shell, tools
from .project import ROOT
from .say import Fault, step, warn

# Who may depend on whom, inside the workspace; and whom its tests may start besides.
_MAY = {
    "domain": set(),
    "shop": {"domain"},
    "app": {"domain", "shop"},
    "server": {"domain", "shop", "app"},
    "frontend": {"app"},
    "sandbox": set(),
}
_TESTS_MAY = {"shop": {"sandbox"}, "server": {"sandbox"}}


def check():
    """Everything, the quick parts first."""
    tools.components()
    step("form (cargo fmt)")
    proc.run(["cargo", "fmt", "--all", "--check"])
    step("scripts, documents and the direction of dependencies")
    _scripts()
    docs.check()
    asvs.check()
    alerts.check_pages()
    _directions()
    _licences()
    # Together, because `server` asks for the features of the others; what the browser gets is asked for by `frontend`.
    with proc.timed("clippy, for this machine"):
        _clippy(project.NATIVE, "--all-targets")
    with proc.timed("clippy, for the browser"):
        _clippy(project.BROWSER, "--target", "wasm32-unknown-unknown")


def form():
    """Puts the sources into form."""
    tools.components()
    proc.run(["cargo", "fmt", "--all"])


def _clippy(crates, *options):
    # In the profile of the tests: what runs while compiling is then built once for both.
    command = ["cargo", "clippy", *build.RELEASE, *build.packages(crates), *options]
    proc.run([*command, "--", "--deny", "warnings"], env=build.leptos())


def _scripts():
    for folder in ("scripts", "bench", "drills"):
        for script in sorted((ROOT / folder).glob("**/*.py")):
            if "node_modules" not in script.parts:
                ast.parse(script.read_text(), str(script), feature_version=(3, 9))
    shell.check()
    proc.run(["npm", "run", "--silent", "types"], cwd=ROOT / "end2end", quiet=True)


def _directions():
    """Dependencies go one way, the shop's are optional in `app`, and every crate takes the workspace's lints."""
    said = json.loads(proc.answer(["cargo", "metadata", "--no-deps", "--format-version", "1"]) or "null")
    if said is None:
        raise Fault("`cargo metadata` failed.")
    wrong = []
    for package in said["packages"]:
        name = package["name"]
        inside = [one for one in package["dependencies"] if one["name"] in _MAY and one.get("path")]
        for one in inside:
            tests = _TESTS_MAY.get(name, set()) if one["kind"] == "dev" else set()
            if one["name"] not in _MAY[name] | tests:
                wrong.append(f"{name} depends on {one['name']}")
            if (name, one["name"]) == ("app", "shop") and not one["optional"]:
                wrong.append("app depends on shop without `optional`")
        if "[lints]\nworkspace = true" not in (ROOT / name / "Cargo.toml").read_text():
            wrong.append(f"{name} does not take the workspace's lints")
    if wrong:
        raise Fault("The crates do not hold to their order:\n  " + "\n  ".join(wrong))


def _licences():
    if shutil.which("cargo-deny"):
        step("licences, sources and doubles (cargo deny)")
        proc.run(["cargo", "deny", "check", "bans", "licenses", "sources"], quiet=True)
    else:
        warn("cargo-deny is not installed: licences and sources of the dependencies were not checked")
