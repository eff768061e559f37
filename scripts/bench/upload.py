"""What a large upload takes of the server: memory, CPU and time, beside the plainest Tornado handler that does it.

The bytes are made while they are sent, so nothing of them is read here. A newcomer's first mistake is to look at memory
afterwards: what counts is the most it was meanwhile.
"""

import argparse
import asyncio
import http.client
import ssl
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import tornado.httpserver
import tornado.web

from scripts.bench.baselines import context
from scripts.bench.client import Place
from scripts.bench.figures import Figure, show
from scripts.bench.house import ADDRESS, free_port, is_open, running_house
from scripts.bench.measured import Measured

BLOCK = bytes(range(256)) * 1024  # 256 KiB
MOST_MB = 20  # what an upload of any size may add to the server's memory
EVERY_SECONDS = 0.05  # between two looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """What one upload took of the server: resident bytes before and at the most, CPU seconds, seconds by the clock."""

    before: float
    most: float
    cpu: float
    seconds: float


def plain_upload(port: int, certs: Path, folder: str) -> None:
    """A Tornado server that writes what comes to a file, on its loop, with neither hash nor sync."""

    @tornado.web.stream_request_body
    class Plain(tornado.web.RequestHandler):
        file: BinaryIO

        def prepare(self) -> None:
            self.file = open(Path(folder) / "plain", "wb", buffering=0)  # noqa: SIM115 - closed in `patch`

        def data_received(self, chunk: bytes) -> None:
            self.file.write(chunk)

        def patch(self) -> None:
            self.file.close()
            self.set_status(http.client.NO_CONTENT)

    async def live() -> None:
        app = tornado.web.Application([("/.*", Plain)])
        server = tornado.httpserver.HTTPServer(app, ssl_options=context(certs), max_body_size=1 << 40)
        server.listen(port, ADDRESS)
        await asyncio.Event().wait()

    asyncio.run(live())


def cost(server: Measured, place: Place, path: str, size: int) -> Cost:
    """Send so many bytes in one request and watch the server meanwhile."""
    most = before = server.resident_bytes()
    cpu, began, done = server.cpu_seconds(), time.monotonic(), threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(EVERY_SECONDS):
            most = max(most, server.resident_bytes())

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        ask(place, "PATCH", path, size, {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"})
    finally:
        done.set()
        watching.join()
    most = max(most, server.resident_bytes())
    return Cost(before, most, server.cpu_seconds() - cpu, time.monotonic() - began)


def begin(place: Place, size: int) -> str:
    """The path of a new upload."""
    return ask(place, "POST", "/api/files", 0, {"Upload-Length": str(size)}) or ""


def ask(place: Place, method: str, path: str, size: int, headers: dict[str, str]) -> str | None:
    """One request with so many bytes; the Location of its answer. Raises RuntimeError if it is refused."""
    trusted = ssl.create_default_context(cafile=place.authority)
    link = http.client.HTTPSConnection(ADDRESS, place.port, context=trusted)
    given = {"Authorization": f"Bearer {place.token}", "X-Parley": "1", "Tus-Resumable": "1.0.0"} | headers
    link.request(method, path, blocks(size), given | {"Content-Length": str(size)})
    answer = link.getresponse()
    told = answer.read()
    link.close()
    if answer.status >= http.client.BAD_REQUEST:
        raise RuntimeError(f"expected the server to take the upload, got {answer.status}: {told!r}")
    return answer.getheader("Location")


def blocks(size: int) -> Iterator[bytes]:
    """So many bytes."""
    for first in range(0, size, len(BLOCK)):
        yield BLOCK[: size - first]


def measure(size: int) -> tuple[Cost, Cost]:
    """Ours and the plain one's. A small upload first warms either server up."""
    small = len(BLOCK) * 16
    with running_house() as house:
        place = house.join("Anna").place
        cost(house.measured, place, begin(place, small), small)
        ours = cost(house.measured, place, begin(place, size), size)
        port = free_port()
        with (
            tempfile.TemporaryDirectory(dir=house.certs) as folder,
            Measured(plain_upload, port, house.certs, folder) as server,
        ):
            server.wait_until(lambda: is_open(port))
            nobody = Place(port, house.authority, "")
            cost(server, nobody, "/", small)
            return ours, cost(server, nobody, "/", size)


def figures(ours: Cost, theirs: Cost, size: int) -> list[Figure]:
    """Megabytes of memory, CPU seconds for a gigabyte, and megabytes a second."""
    before = Figure("memory before the upload", ours.before / 1e6, "MB")
    return [
        before,
        Figure("memory at the most during it", ours.most / 1e6, "MB", before),
        *compared("CPU for a GB", "s", theirs.cpu / size * 1e9, ours.cpu / size * 1e9),
        *compared("bytes a second", "MB", size / 1e6 / theirs.seconds, size / 1e6 / ours.seconds),
    ]


def compared(what: str, unit: str, plain: float, ours: float) -> list[Figure]:
    """A baseline and what is compared with it."""
    baseline = Figure(f"{what}, written to a file and no more", plain, unit)
    return [baseline, Figure(f"{what}, Parley: hashed, synced, resumable", ours, unit, baseline)]


def main(arguments: list[str] | None = None) -> int:
    """Reads the flags, measures, prints; 1 when an upload takes more memory than it may."""
    parser = argparse.ArgumentParser(description="What a large upload takes of the server.")
    parser.add_argument("--megabytes", type=int, default=1000, help="size of the upload (default 1000)")
    asked = parser.parse_args(arguments)
    size = asked.megabytes * 1_000_000
    ours, theirs = measure(size)
    show(f"upload, TLS, one request of {asked.megabytes} MB", figures(ours, theirs, size))
    added = (ours.most - ours.before) / 1e6
    if added > MOST_MB:
        print(f"expected at most {MOST_MB} MB more memory, got {added:.1f} MB", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
