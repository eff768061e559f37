"""Whether a database that is too large to be looked through at the start is whole: looked at while people use it.

A newcomer's first mistake is to refuse a start that takes a minute longer each year. Damage is found all the same, and
told to the host; what is not damaged goes on meanwhile, for nobody but the host can choose to go back to a backup.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from store.durable.schema import is_checked_at_start
from store.durable.snapshot import CannotCopy, NotWhole, require_whole_while_used

FIRST_SECONDS = 10.0  # after the start, when the phones are back
LEAVE_SECONDS = 1.0  # who stops the server is promised five
DAMAGED = "The database is damaged. The server's log says what to do."

log = logging.getLogger("parley.store")


class _GivenUpError(Exception):
    """The server leaves."""


class Wholeness:
    """Looks through the database at `path` once, in a thread of its own. `trouble` is a sentence when it is damaged.

    `offer` says which backup is good and how it is put back; it reads a whole backup for that.
    """

    def __init__(self, path: Path, offer: Callable[[], str], first_seconds: float = FIRST_SECONDS) -> None:
        self._path = path
        self._offer = offer
        self._first_seconds = first_seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.trouble = ""

    def start(self) -> None:
        """Begin, if the start did not look through it. Where there is no such file, messages are kept elsewhere."""
        if self._path.is_file() and not is_checked_at_start(self._path):
            self._thread = threading.Thread(target=self._look, name="wholeness", daemon=True)
            self._thread.start()

    async def close(self) -> None:
        """Give up what is under way. In the middle of all pages SQLite hears nothing, but it only reads."""
        self._stopping.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, LEAVE_SECONDS)

    def _look(self) -> None:
        if self._stopping.wait(self._first_seconds):
            return
        began = time.monotonic()
        try:
            require_whole_while_used(self._path, self._proceed)
            log.info("the database is whole: %.1f s", time.monotonic() - began)
        except _GivenUpError:
            return
        except NotWhole as reason:
            self.trouble = DAMAGED
            log.error("%s Stop the server.", reason)  # first: to look for a backup takes long on a bad disk
            log.error("%s", self._offer())
        except CannotCopy as reason:
            log.warning("%s", reason)

    def _proceed(self) -> None:
        if self._stopping.is_set():
            raise _GivenUpError
