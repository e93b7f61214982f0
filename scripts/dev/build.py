"""Builds: the site that the browser loads, and the programs."""

import hashlib
import os
import shutil
import time

from . import proc, project
from .project import ROOT
from .say import Fault

# One optimised profile for everything that runs: the shop, its tests and the browser tests share what is compiled.
RELEASE = ["--release"]
_PROGRAMS = ["server", "sandbox"]


def packages(names):
    """The cargo options that choose crates."""
    return [part for name in project.crates_present(names) for part in ("-p", name)]


def site():
    """Wasm, style sheet and assets, hashed and compressed, into the site root; nothing where no source has changed."""
    stamp = project.target_dir() / ".site-built"
    if stamp.exists() and project.site_root().is_dir() and stamp.stat().st_mtime > _newest_source():
        return
    stamp.unlink(missing_ok=True)
    began = time.time()
    with proc.timed("building what the browser loads (cargo leptos)"):
        proc.run(["cargo", "leptos", "build", "--release", "--precompress", "--frontend-only"])
        admin()
    stamp.touch()
    os.utime(stamp, (began, began))


def admin():
    """What the admin loads besides: none of it is the shop's, so that shoppers pay nothing for it."""
    _admin_style()
    _admin_script()


def _admin_style():
    """Its style sheet: cargo-leptos makes one, and shoppers shall not load two."""
    tailwind = ROOT / "node_modules" / ".bin" / "tailwindcss"
    proc.run([tailwind, "-i", "style/admin.css", "-o", project.site_root() / "admin.css", "--minify"], quiet=True)


def _admin_script():
    """Its script: `admin.js`, and the parts that it loads, under names that change with their content."""
    folder = ROOT / "app" / "src" / "admin" / "script"
    entry = without_comments((folder / "admin.js").read_text())
    package = project.site_root() / "pkg"
    package.mkdir(parents=True, exist_ok=True)
    for part in sorted(folder.glob("*.js")):
        if part.name == "admin.js":
            continue
        text = without_comments(part.read_text())
        name = f"admin-{part.stem}.{hashlib.sha256(text.encode()).hexdigest()[:16]}.js"
        (package / name).write_text(text)
        entry = entry.replace(f'"./{part.name}"', f'"/pkg/{name}"')
    if '"./' in entry:
        raise Fault("admin.js loads a part that is not there.")
    (project.site_root() / "admin.js").write_text(entry)


def without_comments(script):
    """A script without the lines that are comments, and without what stands before a line: nothing that can change it."""
    lines = [line.strip() for line in script.splitlines()]
    return "".join(line + "\n" for line in lines if line and not line.startswith(("//", "/**")))


def programs():
    """The shop and the sandbox."""
    with proc.timed("building the shop and the sandbox (cargo)"):
        proc.run(["cargo", "build", *RELEASE, *packages(_PROGRAMS), "--bins"], env=leptos())


def shipped():
    """The same two as they are shipped, which is how they are measured and drilled."""
    with proc.timed("building the shop and the sandbox as they are shipped (cargo)"):
        proc.run(["cargo", "build", "--profile", project.SHIPPED, *packages(_PROGRAMS), "--bins"], env=leptos())
    # The program reads beside itself how the site's files are named.
    shutil.copy(project.binary("hash.txt"), project.binary("hash.txt", project.SHIPPED))


def programs_of_tests():
    """The same two, made of the parts that `cargo test` makes: the tests' own dependencies switch on features of a few crates
    far below, and a second choice of those would compile nearly everything again."""
    with proc.timed("building the shop and the sandbox as the tests do (cargo)"):
        proc.run(["cargo", "build", *RELEASE, *packages(_PROGRAMS), "--bins", "--tests"], env=leptos())


def leptos():
    """What leptos reads of its settings, while compiling and while running: the same both times."""
    return {
        "LEPTOS_OUTPUT_NAME": "mercer",
        "LEPTOS_SITE_ROOT": project.site_root(),
        "LEPTOS_SITE_PKG_DIR": "pkg",
        "LEPTOS_HASH_FILES": "true",
        "LEPTOS_HASH_FILE_NAME": "hash.txt",
    }


_SOURCES = ("app", "domain", "frontend", "style", "public")
_FILES = ("Cargo.toml", "Cargo.lock", "package-lock.json")


def _newest_source():
    """When anything that the site is made of was last changed."""
    newest = max(((ROOT / name).stat().st_mtime for name in _FILES if (ROOT / name).exists()), default=0)
    for source in _SOURCES:
        for folder, _, files in os.walk(ROOT / source):
            # A folder's own time tells of files that were taken away.
            newest = max(newest, os.stat(folder).st_mtime)
            for name in files:
                newest = max(newest, os.stat(os.path.join(folder, name)).st_mtime)
    return newest
