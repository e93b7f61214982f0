"""The archive of a release, in an empty folder: it migrates, seeds and serves, with nothing of the checkout."""

import re
import shutil
import tarfile

from scripts.dev import dist, net, proc, stack
from scripts.dev.say import Fault

from .stage import FOLDER, ask

_NEEDED = ("DATABASE_URL", "REDIS_URL", "STRIPE_SECRET_KEY", "STRIPE_API_URL", "STRIPE_WEBHOOK_SECRET", "SMTP_URL", "ENVIRONMENT")


def drill(stage):
    """Unpacks, starts, and asks for a page with all that it loads."""
    archive = dist.pack()
    folder = FOLDER / "unpacked"
    shutil.rmtree(folder, ignore_errors=True)
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    home = next(folder.iterdir())
    url = stage.server.fresh("mercer_drill_archive")
    ports = stack.Ports.free(3300)
    told = stack.environment(url, stage.redis_url, ports, folder / "media")
    env = {name: told[name] for name in _NEEDED}
    env.update(
        MEDIA_URL=str(folder / "media"),
        LISTEN_ADDR=f"{net.HOST}:{ports.shop}",
        INTERNAL_ADDR=f"{net.HOST}:{ports.internal}",
        PUBLIC_URL=f"http://{net.HOST}:{ports.shop}",
    )
    # What the build told this process is not there on a server.
    bare = {**{name: None for name in told}, **env}
    mercer = home / "mercer"
    log = FOLDER / "log" / "archive"
    with stack.sandbox(told, ports, log, stage.sandbox):
        for command in (["migrate"], ["seed", "--orders", "100"], ["check"]):
            proc.run([mercer, *command], env=bare, cwd=folder, quiet=True)
        with proc.service("the shop of the archive", [mercer, "serve"], log / "shop.log", bare, cwd=folder) as running:
            ready = f"http://{net.HOST}:{ports.internal}/health/ready"
            running.wait_for(lambda: net.answers(ready), "getting ready")
            loaded = _load(env["PUBLIC_URL"])
    stage.server.drop("mercer_drill_archive")
    size = archive.stat().st_size / 1e6
    return f"{archive.name}, {size:.1f} MB: unpacked, migrated, seeded, checked, served; a page and {loaded} files that it names"


def _load(url):
    """How many files a page names; each has to be there."""
    status, _, body = ask(url + "/products/ridge-mug")
    if status != 200:
        raise Fault(f"a product answers {status}")
    files = sorted(set(re.findall(r'(?:src|href)="(/(?:pkg|media|fonts)/[^"]+)"', body.decode())))
    for path in files:
        status = ask(url + path)[0]
        if status != 200:
            raise Fault(f"{path} answers {status}")
    if len(files) < 4:
        raise Fault(f"the page names {files} and nothing else")
    return len(files)
