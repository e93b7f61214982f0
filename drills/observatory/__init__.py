"""What MDN's Observatory says of the shop's headers, behind TLS and with https as its address: 120 points or more."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from scripts.dev import net, proc, tools
from scripts.dev.say import Fault

from ..stage import FOLDER

_HERE = Path(__file__).parent
_GOAL = 120
_NAME = "localhost"


def drill(stage):
    """Scans the home page as shoppers get it."""
    tools.npm(_HERE)
    port = net.first_free(3490)
    host = f"{_NAME}:{port}"
    with stage.scene("observatory", PUBLIC_URL=f"https://{host}", ENVIRONMENT="production") as scene:
        # The page to pay on is part of the policy, and the sandbox' has no TLS: this shop names Stripe's own, and asks it nothing.
        with scene.replica(0, roles="web", STRIPE_API_URL=None) as shop, _tls(shop, port) as certificate:
            said = proc.answer(["node", "scan.mjs", host], {"NODE_EXTRA_CA_CERTS": certificate}, _HERE)
    if said is None:
        raise Fault("the Observatory did not come to an end: `node scan.mjs` in drills/observatory tells why")
    found = json.loads(said)
    lost = "; ".join(found["lost"]) or "nothing lost"
    if found["score"] < _GOAL:
        raise Fault(f"{found['score']} points, less than {_GOAL}: {lost}")
    return f"{found['score']} points ({found['grade']}), {lost}"


@contextmanager
def _tls(shop, port):
    """nginx with a certificate of its own; yields the file that says whom to trust."""
    folder = FOLDER / "observatory"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    named = ["-subj", f"/CN={_NAME}", "-addext", f"subjectAltName=DNS:{_NAME}", "-keyout", key, "-out", certificate]
    proc.run([*made, *named], quiet=True)
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(folder=folder, host=net.HOST, name=_NAME, port=port, shop=shop.url))
    program = shutil.which("nginx", path=os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/usr/local/sbin"]))
    command = [program, "-p", folder, "-c", configuration, "-g", "daemon off;"]
    with proc.service("nginx", command, FOLDER / "log" / "observatory" / "nginx.log") as running:
        running.wait_for(lambda: net.accepts(port), "starting")
        yield certificate


# One port for both: who comes by http is led to https, as in production.
_NGINX = """
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {host}:{port} ssl;
        error_page 497 =301 https://{name}:{port}$request_uri;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        location / {{
            proxy_pass {shop};
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
    }}
}}
"""
