"""`make dist`: a release as one archive that runs by itself, wherever it is unpacked."""

import io
import re
import tarfile

from . import build, proc, project
from .project import ROOT
from .say import Fault, step

# Beside the program and what the browser loads: what an operator reads, sets, and starts it with.
_BESIDES = ("migrations", "demo", "deploy/mercer.env.example", "deploy/mercer.service", "LICENSE-MIT", "LICENSE-APACHE")
_LARGEST = 40 * 1000 * 1000


def pack():
    """Builds, packs, and returns the archive's path."""
    build.site()
    build.shipped()
    name = f"mercer-{_version()}-{_machine()}"
    archive = project.target_dir() / project.SHIPPED / f"{name}.tar.xz"
    with proc.timed(f"packing {archive.name}"), tarfile.open(archive, "w:xz", preset=6) as tar:
        _add(tar, project.binary("mercer", project.SHIPPED), f"{name}/mercer")
        _add(tar, project.binary("hash.txt", project.SHIPPED), f"{name}/hash.txt")
        for file in _site():
            _add(tar, file, f"{name}/site/{file.relative_to(project.site_root())}")
        for besides in _BESIDES:
            _add(tar, ROOT / besides, f"{name}/{(ROOT / besides).name}")
        # Not the day of its build: the same sources make the same archive.
        _write(tar, f"{name}/VERSION", _version() + "\n")
    size = archive.stat().st_size
    if size > _LARGEST:
        raise Fault(f"{archive} has {size / 1e6:.1f} MB, more than {_LARGEST / 1e6:.0f}.")
    step(f"{archive.relative_to(ROOT) if archive.is_relative_to(ROOT) else archive}: {size / 1e6:.1f} MB")
    return archive


def _site():
    """What the browser loads, without what builds before left in the folder."""
    hashes = dict(line.split(": ", 1) for line in project.binary("hash.txt").read_text().split("\n") if ": " in line)
    current = {value.strip() for value in hashes.values()}
    for file in sorted(project.site_root().rglob("*")):
        if not file.is_file():
            continue
        if file.match("*.d.*.ts*"):
            continue
        built = re.match(r"mercer\.([\w-]+)\.(css|js|wasm)(\.\w+)?$", file.name)
        if built and built.group(1) not in current:
            continue
        yield file


def _add(tar, path, name):
    def plain(entry):
        entry.uid = entry.gid = entry.mtime = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    tar.add(path, name, filter=plain)


def _write(tar, name, text):
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text), 0o644
    tar.addfile(entry, io.BytesIO(text.encode()))


def _version():
    found = re.search(r'^version = "([\w.-]+)"', project.manifest(), re.MULTILINE)
    if not found:
        raise Fault("Cargo.toml names no version.")
    return found.group(1)


def _machine():
    said = proc.answer(["rustc", "-vV"]) or ""
    return next((line[6:] for line in said.splitlines() if line.startswith("host: ")), "unknown")
