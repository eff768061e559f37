"""A real nginx of our own before several servers: docs/deploy/nginx.conf, but for names, ports and certificates.

A newcomer's first mistake is to look for its program in PATH: Debian puts it into a folder that is not in everybody's.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.bench.house import ADDRESS, ROOT, opens
from scripts.bench.measured import children_of

MISSING = "nginx is missing, behind which several servers are one house. On Debian: apt-get install nginx-light"
CONF, MAIN = (ROOT / "docs" / "deploy" / name for name in ("nginx.conf", "nginx.main.conf"))
START_SECONDS = 60.0  # on a busy machine; else a tenth of one
SERVERS = re.compile(r"( *server )\S+:8443( .*;\n)(?:\1.*\n)*")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program() -> str:
    """Where nginx is. Raises RuntimeError where there is none."""
    if found := shutil.which("nginx") or shutil.which("/usr/sbin/nginx"):
        return found
    raise RuntimeError(MISSING)


@dataclass(frozen=True, slots=True)
class Front:
    """One that runs, at `port`."""

    port: int
    pid: int

    def pids(self) -> list[int]:
        """All its processes, the first of them first."""
        return [self.pid, *children_of(self.pid)]


@contextmanager
def running(folder: Path, certs: Path, port: int, servers: Sequence[int]) -> Iterator[Front]:
    """It passes on to servers at these ports, as `localhost`, with a household's own certificate.

    It keeps what it writes in `folder`. Raises RuntimeError when it does not start.
    """
    conf, main, said = folder / "parley.conf", folder / "nginx.conf", folder / "nginx.log"
    conf.write_text(adapted(CONF.read_text("utf-8"), certs, port, servers))
    user = "user root;\n" if os.geteuid() == 0 else ""
    places = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    main.write_text("daemon off;\n" + adapted_main(MAIN.read_text("utf-8"), user, folder, conf, places))
    process = subprocess.Popen([program(), "-c", str(main), "-p", str(folder)], stdin=subprocess.DEVNULL)
    try:
        if not opens(port, process, START_SECONDS):
            raise RuntimeError(f"nginx did not start:\n{said.read_text() if said.exists() else ''}")
        yield Front(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def adapted(conf: str, certs: Path, port: int, servers: Sequence[int]) -> str:
    """With what everybody has to put in their place. Raises ValueError where that is not there any more."""
    places = {
        "    listen [::]:443 ssl http2;\n": "",
        "listen 443 ssl http2;": f"listen {ADDRESS}:{port} ssl http2;",
        "server_name parley.example;": "server_name localhost;",
        "proxy_ssl_name parley.example;": "proxy_ssl_name localhost;",
        "/etc/ssl/parley/fullchain.pem": str(certs / "server.pem"),
        "/etc/ssl/parley/privkey.pem": str(certs / "server.key"),
        "/etc/ssl/certs/ca-certificates.crt": str(certs / "authority" / "root.pem"),
    }
    conf, count = SERVERS.subn(
        lambda one: "".join(f"{one[1]}{ADDRESS}:{at}{one[2]}" for at in servers), _replaced(conf, places)
    )
    if count != 1:
        raise ValueError("expected one list of servers in nginx.conf")
    return conf


def adapted_main(main: str, user: str, folder: Path, conf: Path, more: str) -> str:
    """nginx.main.conf in a folder of its own, run as `user` and with `more` of its words. Raises ValueError."""
    places = {
        "user nginx;\n": user,
        "pid /run/nginx.pid;": f"pid {folder}/nginx.pid;",
        "error_log /var/log/nginx/error.log warn;": f"error_log {folder}/nginx.log;",
        "include /etc/nginx/conf.d/*.conf;": f"{more} include {conf};",
    }
    return _replaced(main, places)


def _replaced(text: str, places: Mapping[str, str]) -> str:
    for theirs, ours in places.items():
        if theirs not in text:
            raise ValueError(f"expected {theirs.strip()!r} in docs/deploy")
        text = text.replace(theirs, ours)
    return text
