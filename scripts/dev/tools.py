"""The tools of the build: found on this machine where they fit, else installed for this user."""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from . import locks, proc, project, system
from .project import ROOT
from .say import Fault, step


def setup(tests=False):
    """Everything that a build needs (`tests`: and the tests), and the PATH that finds it."""
    _python()
    if tests:
        _chromium()
    _rust()
    _node()
    leptos = _cargo_tool("cargo-leptos", "cargo-leptos", project.CARGO_LEPTOS, ["--locked"], _same_minor)
    bindgen = _cargo_tool("wasm-bindgen-cli", "wasm-bindgen", project.wasm_bindgen_version(), [], _equal)
    npm(ROOT)
    if tests:
        npm(ROOT / "end2end")
    first = [str(leptos), str(bindgen), str(ROOT / "node_modules" / ".bin")]
    os.environ["PATH"] = os.pathsep.join([*first, os.environ["PATH"]])


def _python():
    if sys.version_info < (3, 9):
        raise Fault(f"Python 3.9 or newer is needed; this is {sys.version.split()[0]}.")


def _chromium():
    hint = "\n  (or set CHROMIUM_PATH to a Chromium or Chrome that you have)"
    found = system.require("Chromium, for the browser tests,", system.chromium, "chromium", "--cask chromium", hint)
    os.environ["CHROMIUM_PATH"] = found


def wrk():
    """The load generator of the bench."""
    system.require("wrk, for the bench,", lambda: shutil.which("wrk"), "wrk", "wrk")


def of_drills():
    """The servers that drills put around the shop."""
    for name in ("haproxy", "nginx"):
        system.require(f"{name}, for the drills,", lambda name=name: _server(name), name, name)


def _server(name):
    """A program that packages put where only administrators look."""
    return shutil.which(name, path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"]))


def version(text):
    """The numbers of the first version that a text names."""
    found = re.search(r"\d+(\.\d+)+", text or "")
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def _rust():
    wanted = project.rust_version()
    have = proc.answer(["rustc", "--version"])
    if have is None:
        raise Fault("Rust is missing. Install it from https://rustup.rs")
    if version(have) < version(wanted):
        raise Fault(f"Rust {wanted} or newer is needed; this is {have}. Update it with: rustup update stable")
    _compiler()
    target = "wasm32-unknown-unknown"
    libraries = proc.answer(["rustc", "--print", "target-libdir", "--target", target])
    if not (libraries and Path(libraries).is_dir()):
        step(f"adding the {target} target (rustup)")
        proc.run(["rustup", "target", "add", target], quiet=True)


def _compiler():
    if not any(shutil.which(name) for name in ("cc", "gcc", "clang")):
        how = "xcode-select --install" if system.MACOS else "sudo apt-get install -y build-essential"
        raise Fault(f"A C compiler is missing. Install one with: {how}")


def components():
    """The parts of Rust that only the checks need."""
    for component, command in (("rustfmt", "fmt"), ("clippy", "clippy")):
        if proc.answer(["cargo", command, "--version"]) is None:
            step(f"adding {component} (rustup)")
            proc.run(["rustup", "component", "add", component], quiet=True)


def _node():
    have = proc.answer(["node", "--version"])
    if have is None or proc.answer(["npm", "--version"]) is None:
        raise Fault(f"Node.js {project.NODE} or newer, with npm, is missing. Get it from https://nodejs.org")
    if version(have) < (project.NODE,):
        raise Fault(f"Node.js {project.NODE} or newer is needed; this is {have}.")


def _equal(have, wanted):
    return have == wanted


def _same_minor(have, wanted):
    return have[:2] == wanted[:2] and have >= wanted


def cache():
    """Where tools are kept for every checkout of this user."""
    named = os.environ.get("MERCER_TOOLS")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mercer" / "tools"


def _cargo_tool(package, program, release, options, fits):
    """The folder that holds a tool of the version asked for."""
    wanted = version(release)
    on_path = shutil.which(program)
    if on_path and fits(version(proc.answer([on_path, "--version"])), wanted):
        return Path(on_path).parent
    home = cache() / f"{program}-{release}"
    installed = home / "bin" / program
    if not installed.exists():
        with locks.alone(cache() / f".{program}.lock", lambda: step(f"waiting for another install of {program}")):
            if not installed.exists():
                _install_cargo_tool(package, release, options, home)
    return installed.parent


def _install_cargo_tool(package, release, options, home):
    quick = ["cargo", "binstall", "--no-confirm", "--disable-strategies", "compile", "--root", home]
    if shutil.which("cargo-binstall") and proc.answer([*quick, f"{package}@{release}"]) is not None:
        step(f"{package} {release}: installed by cargo-binstall")
        return
    # An interrupted install goes on where it was. Without the link-time optimisation it takes a third of the time.
    building = cache() / f"build-{package}-{release}"
    env = {
        "CARGO_TARGET_DIR": building,
        "CARGO_PROFILE_RELEASE_LTO": "off",
        "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
    }
    with proc.timed(f"installing {package} {release} into {home} (some minutes, once)"):
        command = ["cargo", "install", package, "--version", release, "--root", home, "--quiet", *options]
        # Elsewhere than in the checkout, whose cargo settings are not for tools.
        proc.run(command, env=env, cwd=cache())
    shutil.rmtree(building, ignore_errors=True)


def npm(folder):
    """Installs what a folder's lock file says, unless that is what is there."""
    lock = folder / "package-lock.json"
    stamp = folder / "node_modules" / ".mercer-lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    with locks.alone(project.LOCAL / "npm.lock", lambda: step("waiting for another npm")):
        if stamp.exists() and stamp.read_text() == digest:
            return
        name = "." if folder == ROOT else folder.relative_to(ROOT)
        with proc.timed(f"npm parts of {name} (npm ci)"):
            quiet = {"PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1", "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
            proc.run(["npm", "ci", "--no-audit", "--no-fund"], env=quiet, cwd=folder, quiet=True)
        stamp.write_text(digest)
