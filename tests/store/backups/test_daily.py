"""One a day while the server runs, the newest few kept, whatever the clock does."""

import asyncio
import errno
import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from store.backups import daily, making, places
from store.backups.daily import DAY, Backups, Habit
from store.backups.kept import BackupError, find_backups
from store.backups.making import Source, make_backup
from store.backups.places import newest_of
from tests.store.backups.houses import NOON, lives, paths, sends_two_files, source_in
from tests.store.backups.test_kept import plant

YEAR = 365 * DAY


@pytest.fixture
def source(tmp_path: Path) -> Source:
    source = source_in(tmp_path)
    lives(source.data, sends_two_files)
    return source


def numbers(folder: Path) -> list[int]:
    return [kept.number for kept in find_backups(folder)]


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - what is waited for happens in another thread
        await asyncio.sleep(0.001)


@pytest.mark.gen_test
async def test_one_a_day_and_so_many_are_kept(source: Source, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    backups = Backups(source, Habit(folder, 2, day_seconds=0.01, first_seconds=0.01), lambda: NOON)
    backups.start()
    await until(lambda: numbers(folder)[-1:] >= [4])
    await backups.close()
    assert len(numbers(folder)) in (2, 3)  # the third when it left before the oldest went
    assert (backups.trouble, backups.newest_at) == ("", NOON)


@pytest.mark.gen_test
async def test_where_they_go_is_known_to_who_puts_one_back(source: Source, tmp_path: Path) -> None:
    backups = Backups(source, Habit(tmp_path / "stick", 2), lambda: NOON)
    backups.make()
    await backups.close()
    assert newest_of(source.data).path.parent == tmp_path / "stick"


def test_where_the_good_ones_are_is_known_until_there_is_one_elsewhere(source: Source, tmp_path: Path) -> None:
    Backups(source, Habit(tmp_path / "old", 2), lambda: NOON).make()
    moved = Backups(source, Habit(tmp_path / "stick", 2), lambda: NOON + 1)
    away = source.database.rename(tmp_path / "away.db")
    with pytest.raises(BackupError):
        moved.make()
    assert newest_of(source.data).path.parent == tmp_path / "old"
    away.rename(source.database)
    moved.make()
    assert newest_of(source.data).path.parent == tmp_path / "stick"


@pytest.mark.gen_test
async def test_one_that_another_house_made_today_is_not_its_own(source: Source, tmp_path: Path) -> None:
    make_backup(source, tmp_path / "stick", NOON - 2)
    plant(tmp_path / "stick", 2, NOON - 1, epoch="another")
    backups = Backups(source, Habit(tmp_path / "stick", 2), lambda: NOON)
    backups.start()
    await until(lambda: backups.newest_at != 0)
    await backups.close()
    assert backups.newest_at == NOON - 2


@pytest.mark.gen_test
async def test_those_of_another_house_are_left_alone(source: Source, tmp_path: Path) -> None:
    others = [plant(tmp_path / "stick", number, path="name", epoch="another") for number in (1, 2)]
    backups = Backups(source, Habit(tmp_path / "stick", 1), lambda: NOON)
    backups.make()
    backups.make()
    await backups.close()
    assert numbers(tmp_path / "stick") == [1, 2, 4]
    assert all(other.is_dir() for other in others)


def test_a_full_disk_of_the_data_keeps_no_backup_from_another_and_lets_old_ones_go(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(places, "write_synced", full)
    backups = Backups(source, Habit(tmp_path / "stick", 1), lambda: NOON)
    backups.make()
    backups.make()
    assert (numbers(tmp_path / "stick"), backups.trouble, backups.newest_at) == ([2], "", NOON)
    assert "is not noted" in caplog.text
    assert "No space left on device" in caplog.text


@pytest.mark.gen_test
async def test_none_are_made_where_none_are_wanted(source: Source, tmp_path: Path) -> None:
    backups = Backups(source, Habit(tmp_path / "backups", 0, first_seconds=0.0), lambda: NOON)
    backups.start()
    await backups.close()
    assert backups._thread is None


@pytest.mark.gen_test
async def test_one_that_fails_is_said_removes_nothing_and_is_tried_again(
    source: Source, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "backups"
    backups = Backups(source, Habit(folder, 1, 0.02, 0.0, 0.01), lambda: NOON)
    backups.make()
    away = source.database.rename(tmp_path / "away.db")
    backups.start()
    await until(lambda: backups.trouble != "")
    assert str(source.database) in caplog.text
    assert str(tmp_path) not in backups.trouble, "anybody may ask for that"
    assert numbers(folder) == [1]
    away.rename(source.database)
    await until(lambda: numbers(folder)[-1:] >= [2])
    await until(lambda: backups.trouble == "")
    await backups.close()


@pytest.mark.gen_test
async def test_leaving_gives_up_the_one_under_way(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    begun = threading.Event()

    def endless(path: Path, proceed: Callable[[], None]) -> None:
        begun.set()
        while True:
            proceed()

    monkeypatch.setattr(making, "require_whole", endless)
    backups = Backups(source, Habit(tmp_path / "backups", 7, first_seconds=0.0), lambda: NOON)
    backups.start()
    assert begun.wait(30)
    await backups.close()
    assert backups._thread is not None
    backups._thread.join()
    assert (paths(tmp_path / "backups"), backups.trouble, caplog.messages) == ({".making.lock"}, "", [])


@pytest.mark.gen_test
async def test_one_that_hears_nothing_holds_nobody_up_and_is_none(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while SQLite looks at a page after the other, which on a slow disk takes a minute for each GB."""
    folder, begun, over = tmp_path / "backups", threading.Event(), threading.Event()

    def deaf(path: Path, proceed: object) -> None:
        begun.set()
        over.wait()

    with monkeypatch.context() as patched:
        patched.setattr(making, "require_whole", deaf)
        patched.setattr(daily, "LEAVE_SECONDS", 0.01)
        backups = Backups(source, Habit(folder, 7, first_seconds=0.0), lambda: NOON)
        backups.start()
        assert begun.wait(30)
        await backups.close()
        assert backups._thread is not None
        assert backups._thread.is_alive()
        assert backups._thread.daemon, "nor the end of the process"
    [half] = folder.glob(".*.new")
    half = half.rename(tmp_path / half.name)  # as a process that ends leaves it
    over.set()
    backups._thread.join()
    half.rename(folder / half.name)
    assert find_backups(folder) == []
    Backups(source, Habit(folder, 7), lambda: NOON).make()
    assert numbers(folder) == [1]
    assert not list(folder.glob(".*.new"))


@pytest.mark.parametrize(
    ("newest_at", "seconds"),
    [
        (0, 300.0),
        (NOON, 86_400.0),
        (NOON - DAY // 2, 43_200.0),
        (NOON - DAY, 300.0),
        (NOON - YEAR, 300.0),
        (NOON + 1, 300.0),
        (NOON + YEAR, 300.0),
    ],
)
def test_the_next_is_due_a_day_after_the_last_and_soon_when_the_clock_has_moved(
    newest_at: int, seconds: float, tmp_path: Path
) -> None:
    backups = Backups(Source(tmp_path), Habit(tmp_path, 7), lambda: NOON)
    backups.newest_at = newest_at
    assert backups.wait_seconds() == seconds


@pytest.mark.gen_test
async def test_what_was_made_is_in_the_log(source: Source, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    backups = Backups(source, Habit(tmp_path / "backups", 7), lambda: NOON)
    backups.make()
    await backups.close()
    assert "backup 00001-2023-11-14T22-13: 7 files" in caplog.text
