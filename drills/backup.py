"""A backup of a large shop at work, everything lost, and all of it back; and what `scripts/restore` must refuse, refused."""

import hashlib
import re
import shutil
import subprocess
import time

from scripts.dev import proc
from scripts.dev.project import ROOT
from scripts.dev.say import Fault, step

from . import wares
from .crowd import Crowd, expect_no_failure
from .stage import FOLDER, ask

_ORDERS = 100_000
_SECONDS = 60
_PLACE = FOLDER / "backup"
_FIGURES = """select 'orders', count(*), sum(total) from "order" union all
    select 'payments', count(*), sum(amount) from payment where status = 'succeeded' union all
    select 'on hand', count(*), sum(on_hand) from stock_level union all
    select 'promised', count(*), sum(allocated + reserved) from stock_level order by 1"""


def drill(stage):
    """Backs up twice, once with visitors in the shop; loses everything; restores."""
    shutil.rmtree(_PLACE, ignore_errors=True)
    _PLACE.mkdir(parents=True)
    with stage.scene("backup") as scene:
        ware = wares.ware(scene)
        with proc.timed(f"a year of {_ORDERS} orders"):
            proc.run([stage.mercer, "seed", "--orders", str(_ORDERS)], env=scene.env, quiet=True)
        keeper = _Keeper(scene)
        with scene.replica(0) as shop:
            with Crowd(shop.url, 4, ware, scene.pay) as crowd:
                crowd.wait_for_more(100)
                keeper.back_up()
            expect_no_failure(crowd)
            keeper.refused("connections", "--replace")
            if ask(f"{shop.url}/")[0] != 200:
                raise Fault("the shop was disturbed by a restore that was refused")
        keeper.restored("--verify")
        backup = keeper.back_up()
        scene.expect_books_to_balance()
        figures, pictures = scene.rows(_FIGURES), keeper.pictures()
        _refusals(scene, keeper)
        if scene.rows(_FIGURES) != figures or keeper.leftovers():
            raise Fault("what was refused left something behind")
        stage.server.drop(keeper.database)
        shutil.rmtree(keeper.media)
        took = keeper.restored()
        scene.expect_books_to_balance()
        if scene.rows(_FIGURES) != figures:
            raise Fault(f"the figures are {scene.rows(_FIGURES)}, and were {figures}")
        if keeper.pictures() != pictures:
            raise Fault("the pictures are not those that were backed up")
        with scene.replica(0, MEDIA_URL=str(keeper.media)) as shop:
            if ask(f"{shop.url}/products/{ware.handle}")[0] != 200:
                raise Fault("the shop does not open on what was restored")
        if took > _SECONDS:
            raise Fault(f"the restore took {took:.0f} s, more than {_SECONDS}")
    orders = int(next(count for name, count, _ in figures if name == "orders"))
    return (
        f"{orders} orders, {len(pictures)} pictures: backup {backup:.0f} s, restore {took:.0f} s, every sum equal; one taken among "
        f"{len(crowd.placed)} orders being placed can be restored; {keeper.refusals} refusals, nothing touched"
    )


def _refusals(scene, keeper):
    """What must not be restored, or not there, and leaves the database as it was."""
    keeper.refused("With --replace", say="a database that holds something")
    dump, manifest = keeper.newest("dump.age"), keeper.newest("manifest")
    whole, said = dump.read_bytes(), manifest.read_text()
    try:
        changed = bytearray(whole)
        changed[len(whole) // 2] ^= 1
        dump.write_bytes(changed)
        keeper.refused("is not as it was written", "--replace", say="a dump with one bit changed")
        manifest.write_text(_signed(said, sha256=hashlib.sha256(changed).hexdigest()))
        keeper.refused("cannot be decrypted", "--replace", say="the same, with a checksum that fits")
        cut = whole[: len(whole) - 100_000]
        dump.write_bytes(cut)
        manifest.write_text(_signed(said, sha256=hashlib.sha256(cut).hexdigest()))
        keeper.refused("cannot be decrypted", "--replace", say="one that was cut off")
        dump.write_bytes(whole)
        manifest.write_text(said.replace("sum stock", "sum stocks", 1))
        keeper.refused("the manifest is not as it was written", "--replace", say="a manifest that was changed")
        manifest.write_text(_signed(re.sub(r"(?m)^(sum stock \d+) .*", r"\1 1 1 1", said)))
        keeper.refused("The sums differ", "--replace", say="sums that are not those of the dump")
        manifest.write_text(said)
        keeper.refused("cannot be decrypted", "--replace", say="another's key", BACKUP_IDENTITY=str(keeper.another_key))
    finally:
        dump.write_bytes(whole)
        manifest.write_text(said)


def _signed(manifest, **values):
    """A manifest that somebody changed and made to look right."""
    for name, value in values.items():
        manifest = re.sub(rf"(?m)^{name} .*", f"{name} {value}", manifest)
    body = re.sub(r"(?m)^end .*\n", "", manifest)
    return f"{body}end {hashlib.sha256(body.encode()).hexdigest()}\n"


class _Keeper:
    """Runs the operator's scripts for one shop."""

    def __init__(self, scene):
        self._scene, self.refusals = scene, 0
        self.database = scene.env["DATABASE_URL"].rpartition("/")[2]
        self.media = _PLACE / "media"
        shutil.copytree(scene.env["MEDIA_URL"], self.media)
        key, self.another_key = _PLACE / "key.txt", _PLACE / "another.txt"
        for file in (key, self.another_key):
            proc.run(["age-keygen", "-o", file], quiet=True)
        self._env = {
            "DATABASE_URL": scene.env["DATABASE_URL"],
            "MEDIA_URL": self.media,
            "BACKUP_TO": _PLACE / "kept",
            "BACKUP_RECIPIENT": proc.answer(["age-keygen", "-y", key]),
            "BACKUP_IDENTITY": key,
        }

    def _run(self, script, *options, **more):
        began = time.monotonic()
        done = subprocess.run(
            [ROOT / "scripts" / script, *options],
            env=proc.environment({**self._env, **more}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout, time.monotonic() - began

    def back_up(self):
        """One backup; how long it took."""
        step("a backup")
        status, said, took = self._run("backup")
        if status:
            raise Fault(f"scripts/backup failed:\n{said}")
        # Names of backups tell seconds apart.
        time.sleep(1)
        return took

    def restored(self, *options):
        """Restores the newest backup; how long it took."""
        step(" ".join(["a restore", *options]))
        status, said, took = self._run("restore", *options)
        if status or "every sum is equal" not in said:
            raise Fault(f"scripts/restore failed:\n{said}")
        return took

    def refused(self, because, *options, say="a database in use", **more):
        """A restore that must not happen."""
        step(f"refused: {say}")
        status, said, _ = self._run("restore", *options, **more)
        if status != 1 or because not in said:
            raise Fault(f"{say} was not refused as it should be ({status}):\n{said}")
        self.refusals += 1

    def newest(self, kind):
        """The newest file of a kind."""
        return max((_PLACE / "kept" / "database").glob(f"*.{kind}"))

    def pictures(self):
        """Every file, with the sum of what is in it."""
        files = [file for file in self.media.rglob("*") if file.is_file()]
        return {file.relative_to(self.media): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    def leftovers(self):
        """Databases that a restore began and did not take away."""
        return self._scene.rows(f"select datname from pg_database where datname like '{self.database}\\_%'")
