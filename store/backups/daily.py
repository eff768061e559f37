"""The server's own habit: one backup a day while it runs, the newest few kept.

Days are counted by the machine's uptime and not by its clock, which may jump. A newcomer's first mistake is to let a
backup that failed remove an older one: nothing goes before a new one is whole.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from store.backups.kept import BackupError
from store.backups.making import Source, make_backup
from store.backups.marks import marks_of, of_house
from store.backups.places import note_place
from store.backups.pruning import prune

DAY = 24 * 3600 * 1000  # ms
FIRST_SECONDS = 300.0  # after the start, when the phones are back
AGAIN_SECONDS = 3600.0  # after one that failed
LEAVE_SECONDS = 1.0  # who stops the server is promised five
FAILED = "The last backup failed. The server's log says why."

log = logging.getLogger("parley.backups")


class _GivenUpError(Exception):
    """The server leaves."""


@dataclass(frozen=True)
class Habit:
    """Where to, how many are kept (0: none are made), and how long between two."""

    folder: Path
    keep: int
    day_seconds: float = DAY / 1000
    first_seconds: float = FIRST_SECONDS
    again_seconds: float = AGAIN_SECONDS


class Backups:
    """Makes them in a thread of its own. `trouble` says that the last one failed, empty when it did not.

    Anybody may ask for it at /health, so why it failed, which names folders of the machine, is for the log alone.
    """

    def __init__(self, source: Source, habit: Habit, clock: Callable[[], int]) -> None:
        self._source = source
        self._habit = habit
        self._clock = clock
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.trouble = ""
        self.newest_at = 0  # ms, 0 while there is none

    def start(self) -> None:
        """Begin, unless none are wanted."""
        if self._habit.keep:
            self._thread = threading.Thread(target=self._look_after, name="backups", daemon=True)
            self._thread.start()

    async def close(self) -> None:
        """Give up the one that is under way; what there is of it is no backup, and is cleared by the next.

        While SQLite looks through a copy it hears nothing, and a slow disk may not either: they are not waited for.
        """
        self._stopping.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, LEAVE_SECONDS)

    def make(self) -> None:
        """One now, and away with those that are too many. Takes long. Raises BackupError."""
        began, at = time.monotonic(), self._clock()
        kept = make_backup(self._source, self._habit.folder, at, self._proceed)
        self._note_place()  # not before: until then the good ones are where they were
        self.trouble, self.newest_at = "", at
        manifest = kept.manifest()
        log.info(
            "backup %s: %d files, %d bytes, %.1f s, %d lacking",
            kept.path.name,
            len(manifest.entries),
            sum(entry.size for entry in manifest.entries),
            time.monotonic() - began,
            len(manifest.lacking),
        )
        try:
            for gone in prune(kept, self._habit.keep):
                log.info("backup %s removed", gone.path.name)
        except OSError as error:
            log.warning("old backups in %s cannot be removed: %s", self._habit.folder, error)

    def wait_seconds(self) -> float:
        """How long until one is due, by the newest there is. One from the future says nothing: the clock has moved."""
        age = self._clock() - self.newest_at
        left = self._habit.day_seconds - age / 1000 if self.newest_at and age >= 0 else 0.0
        return max(self._habit.first_seconds, left)

    def _look_after(self) -> None:
        self.newest_at = self._find_newest()
        seconds = self.wait_seconds()
        while not self._stopping.wait(seconds):
            try:
                self.make()
                seconds = self._habit.day_seconds
            except _GivenUpError:
                return
            except BackupError as reason:
                self.trouble = FAILED
                log.error("%s", reason)
                seconds = self._habit.again_seconds
            except Exception:  # a mistake of ours must not end the habit
                self.trouble = FAILED
                log.exception("a backup failed")
                seconds = self._habit.again_seconds

    def _find_newest(self) -> int:
        try:
            newest = next(of_house(marks_of(self._source.data), self._habit.folder), None)
            return newest.manifest().at if newest else 0
        except (BackupError, OSError):
            return 0

    def _note_place(self) -> None:
        try:
            note_place(self._source.data, self._habit.folder)
        except BackupError as reason:  # the backup is worth more than the word of where it is
            log.warning("where backups are kept is not noted: %s", reason)

    def _proceed(self) -> None:
        if self._stopping.is_set():
            raise _GivenUpError
