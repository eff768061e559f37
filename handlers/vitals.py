"""The vitals of a server: what is wrong though it still keeps its promises, each in one sentence for the host."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from store import Store
from store.backups.daily import DAY, Backups
from store.pulse import Pulse
from store.uploads import Uploads
from store.wholeness import Wholeness

SLOW_SECONDS = 1.0  # behind its time, the loop is felt by everybody
OLD_DAYS = 2  # of the newest backup, where one a day is wanted


@dataclass(frozen=True)
class Vitals:
    """What is asked about the server. `folder` is where its data lies."""

    store: Store
    uploads: Uploads
    backups: Backups
    pulse: Pulse
    wholeness: Wholeness
    folder: Path
    clock: Callable[[], int]

    def checks(self) -> dict[str, Callable[[], str]]:
        """What /health asks, by name; each answers "ok" or a sentence."""
        return {"disk": self.disk, "loop": self.loop, "backup": self.backup, "database": self.database}

    def disk(self) -> str:
        """Whether files have room, which they lose before messages do."""
        try:
            has_room = self.uploads.room() > 0
        except OSError as error:
            return f"The disk cannot be asked: {error.strerror}."
        return "ok" if has_room else "The disk is nearly full: files are refused. Free some space on it."

    def loop(self) -> str:
        """Whether what is due was done in its time."""
        slowest = self.pulse.slowest()
        return "ok" if slowest < SLOW_SECONDS else f"Something held the server for {slowest:.1f} s in the last minute."

    def backup(self) -> str:
        """Whether the newest backup is as young as it should be. A clock that jumped says nothing about that."""
        if self.backups.trouble:
            return self.backups.trouble
        age = self.clock() - self.backups.newest_at
        if self.backups.newest_at and age > OLD_DAYS * DAY:
            return f"The newest backup is {age // DAY} days old. The log says why."
        return "ok"

    def database(self) -> str:
        """Whether every page of a large database was as it should be when it was looked through after the start."""
        return self.wholeness.trouble or "ok"
