"""Pictures of files that are no picture a browser shows: phones' photos, films, PDFs. Made by store/develop.py.

That runs in a child process with limits, one at a time: whatever a file does to its decoder, the server goes on. What
goes wrong there means "nothing to show", and the file is kept all the same.
"""

import asyncio
import json
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from store.blobs import make_directory, write_synced
from store.develop import FILMS
from store.parts import Stopped

PROGRAM = Path(__file__).with_name("develop.py")
SECONDS = 30.0  # for one file
MAX_PIXELS = 1 << 20  # a side; what a decoder says beyond that is no size

DEVELOPED = {"image/heic", "image/avif", "application/pdf", *FILMS}
"""The media types there may be something to show of."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Print:
    """The file's own size in pixels, how long a film lasts, and whether there is a `large` copy to show for it."""

    width: int
    height: int
    seconds: int = 0
    large: bool = False


class Darkroom:
    """A thread that waits for one child process after another."""

    def __init__(self, seconds: float = SECONDS, program: Path = PROGRAM) -> None:
        self._seconds = seconds
        self._program = program
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="darkroom")
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    async def look(self, source: Path, kind: str, small: Path, large: Path) -> Print | None:
        """What there is to show, its copies written to `small` and `large`; None if there is nothing.

        Raises Stopped if the server leaves meanwhile: it is looked at after the next start.
        """
        if kind not in DEVELOPED:
            return None
        work = asyncio.get_running_loop().run_in_executor(self._pool, self._develop, source, kind, small, large)
        found = await work
        if found is None and self._closed:
            raise Stopped
        return found

    def close(self) -> None:
        """End what is being developed, and begin nothing more."""
        self._closed = True
        if child := self._child:
            child.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _develop(self, source: Path, kind: str, small: Path, large: Path) -> Print | None:
        with TemporaryDirectory(prefix="parley-darkroom-") as folder:
            made = [Path(folder) / "small", Path(folder) / "large"]
            said = self._run([str(source), kind, *map(str, made)])
            if said is None:
                return None
            try:
                words = json.loads(said)
                width, height, seconds = (int(words[name]) for name in ("width", "height", "seconds"))
                for path, place in zip(made, (small, large), strict=True):
                    if path.exists():
                        make_directory(place.parent)
                        write_synced(place, path.read_bytes())
            except (ValueError, KeyError, TypeError) as error:
                log.error("what was developed cannot be read: %s", error)
                return None
            if not (0 < width < MAX_PIXELS and 0 < height < MAX_PIXELS and made[0].exists()):
                return None
            return Print(width, height, seconds, large=made[1].exists())

    def _run(self, words: list[str]) -> bytes | None:
        """What the child prints; None if it came to nothing."""
        command = [sys.executable, "-P", str(self._program), *words]
        try:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except OSError as error:
            log.error("nothing can be developed: %s", error)
            return None
        self._child = child  # before the look at `_closed`, so that one of the two threads ends it
        with child:
            if self._closed:
                child.kill()
            try:
                said, why = child.communicate(timeout=self._seconds)
            except subprocess.TimeoutExpired:
                child.kill()
                said, why = b"", f"it took longer than {self._seconds} s".encode()
        self._child = None
        if child.returncode:
            log.info("a %s is kept without a picture of it: %s", words[1], why.decode(errors="replace").strip()[-200:])
            return None
        return said
