"""A real PostgreSQL of our own, from Debian's programs: on loopback, its data in a folder that goes at the end.

A newcomer's first mistake is to run it as root, which it refuses: what root starts runs as the user of the package.
"""

import atexit
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp

import psycopg

from scripts.bench.house import ADDRESS, free_port
from scripts.bench.measured import children_of

MISSING = (
    "PostgreSQL is missing, over which the store must keep its promises too. On Debian: apt-get install postgresql"
)
DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"  # whom Debian's package brings


def programs() -> Path:
    """The folder of the newest initdb. Raises RuntimeError where there is none."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if beside := shutil.which("initdb"):
        found.append(Path(beside).resolve().parent)
    if not found:
        raise RuntimeError(MISSING)
    return max(found, key=lambda path: [int(part) for part in path.parts if part.isdigit()])


class Server:
    """One that may be stopped, started again, and frozen. `url` names a database of it."""

    def __init__(self, *settings: str) -> None:
        self._programs = programs()
        self._folder = _folder()
        self._settings = settings
        self.port = free_port()
        _demoted("cp", "-a", str(template()), str(self._folder / "data"))

    def start(self) -> None:
        """Returns when it takes connections."""
        asked = {"port": self.port, "listen_addresses": ADDRESS, "unix_socket_directories": self._folder}
        given = [f"{name}={value}" for name, value in asked.items()] + list(self._settings)
        options = " ".join(f"-c {one}" for one in given)
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={self._folder / 'log'}", f"--options={options}")

    def stop(self, how: str = "fast") -> None:
        """`immediate` is what a crash leaves."""
        self._run("pg_ctl", "stop", "--wait", "--silent", f"--mode={how}")

    def database(self) -> str:
        """The URL of a new, empty one."""
        name = f"house_{secrets.token_hex(4)}"
        self.execute(f"create database {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        """Of the database of this name."""
        return f"postgresql://parley@{ADDRESS}:{self.port}/{name}"

    def execute(self, ask: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """What a database answers."""
        with psycopg.connect(self.url(name), autocommit=True) as link:
            found = link.execute(ask.encode())
            return found.fetchall() if found.description else []

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Every process of it stands still, as on a machine that swaps or a disk that hangs."""
        pids = self.pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def pids(self) -> list[int]:
        """All its processes as they are now, the first of them first."""
        first = int((self._folder / "data" / "postmaster.pid").read_text("ascii").split()[0])
        return [first, *children_of(first)]

    def program(self, name: str, *words: str) -> None:
        """One of PostgreSQL's own, as whoever calls. Raises RuntimeError when it fails."""
        done = subprocess.run([str(self._programs / name), *words], capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr.decode()}")

    def remove(self) -> None:
        """Stops it if it runs, and takes its folder away."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self._folder)

    def _run(self, program: str, *words: str) -> None:
        _demoted(str(self._programs / program), f"--pgdata={self._folder / 'data'}", *words)


@cache
def template() -> Path:
    """What initdb makes, once for all servers of a run."""
    folder = _folder()
    atexit.register(shutil.rmtree, folder)
    given = ("--username=parley", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    _demoted(str(programs() / "initdb"), f"--pgdata={folder / 'data'}", *given)
    return folder / "data"


def _folder() -> Path:
    folder = Path(mkdtemp(prefix="parley-postgres-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder


def _demoted(*command: str) -> None:
    user = USER if os.geteuid() == 0 else None
    with TemporaryFile("w+") as said:  # and not a pipe, which a server that goes on would keep open
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False, user=user, group=user
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {said.read()}")


@contextmanager
def running(*settings: str) -> Iterator[Server]:
    """One that runs, gone afterwards with all it had. Raises RuntimeError where PostgreSQL is missing."""
    server = Server(*settings)
    try:
        server.start()
        yield server
    finally:
        server.remove()
