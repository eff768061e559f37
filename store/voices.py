"""Voice messages: what a browser recorded, made into what every phone plays.

Chrome and Firefox record Opus in webm, ogg or mp4, and not every iPhone plays that. Safari records AAC, and Firefox on
a Linux without codecs plays none. MP3 plays everywhere. The work is store/recode.py's, in a child process with a time
limit. Whatever goes wrong there means "as it came": a recording that plays on most phones is better than none.
"""

import asyncio
import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePath

from store.filetypes import found_type
from store.parts import Stopped

PROGRAM = Path(__file__).with_name("recode.py")
RECORDED = {"audio/webm", "audio/ogg", "audio/mp4"}  # what browsers record in
MAX_SOURCE = 64 * 1024 * 1024  # bytes; an hour at 128 kbit/s
SECONDS = 60.0  # for one recording; a quarter of an hour takes a Raspberry Pi about half of it
ENDING = ".mp3"

log = logging.getLogger(__name__)


class Voices:
    """A thread that waits for one child process after another."""

    def __init__(self, seconds: float = SECONDS, program: Path = PROGRAM) -> None:
        self._seconds = seconds
        self._program = program
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="voices")
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    async def make(self, source: Path, target: Path) -> bool:
        """Whether `target` is now what the recording was, playable everywhere.

        Raises Stopped if the server leaves meanwhile: it is made after the next start.
        """
        made = await asyncio.get_running_loop().run_in_executor(self._pool, self._make, source, target)
        if not made and self._closed:
            raise Stopped
        return made

    def close(self) -> None:
        """End the recording that is being made, and make no further one."""
        self._closed = True
        if child := self._child:
            child.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _make(self, source: Path, target: Path) -> bool:
        kind = found_type(source)
        if kind not in RECORDED or source.stat().st_size > MAX_SOURCE:
            log.info("a voice message is kept as it came: it is %s of %s bytes", kind, source.stat().st_size)
            return False
        command = [sys.executable, "-P", str(self._program), str(source), kind, str(target)]
        quiet = subprocess.DEVNULL
        try:
            child = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=subprocess.PIPE)
        except OSError as error:
            log.error("voice messages cannot be made playable: %s", error)
            return False
        self._child = child  # before the look at `_closed`, so that one of the two threads ends it
        with child:
            if self._closed:
                child.kill()
            try:
                _, said = child.communicate(timeout=self._seconds)
            except subprocess.TimeoutExpired:
                child.kill()
                said = f"it took longer than {self._seconds} s".encode()
        self._child = None
        if child.returncode:
            target.unlink(missing_ok=True)
            log.info("a voice message is kept as it came: %s", said.decode(errors="replace").strip()[-200:])
        return child.returncode == 0


def playable_name(name: str) -> str:
    """The name of a recording, with the ending of what it was made into."""
    return str(PurePath(name).with_suffix(ENDING)) if PurePath(name).suffix else f"{name}{ENDING}"
