"""What is wrong though the server keeps its promises is one sentence each."""

from pathlib import Path

import pytest

from handlers.vitals import Vitals
from store.backups.daily import DAY, Backups, Habit
from store.backups.making import Source
from store.pulse import Pulse
from store.uploads import Settings, Uploads
from store.wholeness import DAMAGED, Wholeness
from tests.neighbours import NOON, House


async def keep(_table: str, _row: object) -> None:
    """No row is kept here."""


@pytest.fixture
def vitals(tmp_path: Path) -> Vitals:
    uploads = Uploads(tmp_path, keep, lambda: NOON, settings=Settings(margin=100), free=lambda _: free["bytes"])
    backups = Backups(Source(tmp_path), Habit(tmp_path / "backups", 7), lambda: NOON)
    return Vitals(House().store, uploads, backups, Pulse(), Wholeness(tmp_path, str), tmp_path, lambda: NOON)


free = {"bytes": 1000}


def said(vitals: Vitals) -> dict[str, str]:
    return {name: check() for name, check in vitals.checks().items()}


def test_a_server_that_is_well_says_so(vitals: Vitals) -> None:
    assert said(vitals) == {"disk": "ok", "loop": "ok", "backup": "ok", "database": "ok"}


def test_each_trouble_is_said_and_ends_with_it(vitals: Vitals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(free, "bytes", 100)
    assert "files are refused" in said(vitals)["disk"]
    vitals.pulse._late.append(1.5)
    assert said(vitals)["loop"] == "Something held the server for 1.5 s in the last minute."
    vitals.backups.trouble = "No backup was made: the disk is away."
    assert said(vitals)["backup"] == "No backup was made: the disk is away."
    vitals.backups.trouble = ""
    assert said(vitals)["backup"] == "ok"
    vitals.wholeness.trouble = DAMAGED
    assert said(vitals)["database"] == DAMAGED


@pytest.mark.parametrize(
    ("newest_at", "word"), [(0, "ok"), (NOON - DAY, "ok"), (NOON + 400 * DAY, "ok"), (NOON - 3 * DAY, "3 days old")]
)
def test_an_old_backup_is_said_and_one_from_the_future_is_not(vitals: Vitals, newest_at: int, word: str) -> None:
    vitals.backups.newest_at = newest_at
    assert word in said(vitals)["backup"]
