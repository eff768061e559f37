"""A database that the start did not look through is looked through beside its use."""

import logging
import threading
from pathlib import Path

import pytest

from store import wholeness
from store.durable import Batch, schema
from store.durable.sqlite import Sqlite
from store.wholeness import DAMAGED, Wholeness
from tests.neighbours import NOON
from tests.store.durable.rows import said

OFFER = "The last good backup was made today."


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is too large for the start."""
    monkeypatch.setattr(schema, "CHECKED_WHOLE", 0)


async def lived_in(folder: Path) -> Path:
    """A database with some pages of messages."""
    path = folder / "parley.db"
    store = Sqlite(path, lambda: NOON)
    await store.start()
    await store.commit(Batch(rows=[said(seq, frame=b"x" * 400) for seq in range(1, 61)]))
    await store.close()
    return path


def blank(path: Path) -> None:
    """The page that holds the last of the messages."""
    content = path.read_bytes()
    at = content.rindex(b"x" * 100) // 4096 * 4096
    path.write_bytes(content[:at] + b"\xff" * 4096 + content[at + 4096 :])


async def looked(path: Path) -> Wholeness:
    """After its look."""
    looking = Wholeness(path, lambda: OFFER, first_seconds=0.0)
    looking.start()
    assert looking._thread is not None
    looking._thread.join()
    await looking.close()
    return looking


@pytest.mark.usefixtures("large")
@pytest.mark.gen_test
async def test_one_that_is_whole_is_well_while_it_is_written_to(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = await lived_in(tmp_path)
    store = Sqlite(path, lambda: NOON)
    await store.start()
    with caplog.at_level(logging.INFO):
        looking = await looked(path)
    await store.commit(Batch(rows=[said(61)]))
    await store.close()
    assert looking.trouble == ""
    assert "the database is whole" in caplog.text


@pytest.mark.usefixtures("large")
@pytest.mark.gen_test
async def test_damage_is_told_with_the_backup_that_is_good(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = await lived_in(tmp_path)
    blank(path)
    assert (await looked(path)).trouble == DAMAGED
    damage, offer = caplog.messages
    assert "parley.db is damaged" in damage
    assert damage.endswith("Stop the server.")
    assert offer == OFFER


@pytest.mark.usefixtures("large")
@pytest.mark.gen_test
async def test_damage_is_told_before_a_backup_is_looked_for(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = await lived_in(tmp_path)
    blank(path)
    told: list[str] = []

    def offer() -> str:
        told.extend(caplog.messages)
        return OFFER

    looking = Wholeness(path, offer, first_seconds=0.0)
    looking.start()
    assert looking._thread is not None
    looking._thread.join()
    await looking.close()
    assert [said.endswith("Stop the server.") for said in told] == [True]


@pytest.mark.usefixtures("large")
@pytest.mark.gen_test
async def test_what_cannot_be_read_is_no_damage(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await lived_in(tmp_path)

    def away(path: Path, proceed: object) -> None:
        raise wholeness.CannotCopy(f"{path.name} could not be looked through.")

    monkeypatch.setattr(wholeness, "require_whole_while_used", away)
    assert (await looked(path)).trouble == ""
    assert "parley.db could not be looked through." in caplog.text


@pytest.mark.usefixtures("large")
@pytest.mark.gen_test
async def test_who_leaves_waits_for_no_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = await lived_in(tmp_path)
    begun = threading.Event()

    def endless(path: Path, proceed: object) -> None:
        begun.set()
        while callable(proceed):
            proceed()

    monkeypatch.setattr(wholeness, "require_whole_while_used", endless)
    looking = Wholeness(path, str, first_seconds=0.0)
    looking.start()
    assert begun.wait(30)
    await looking.close()
    waiting = Wholeness(path, str, first_seconds=3600.0)
    waiting.start()
    await waiting.close()
    assert (looking.trouble, waiting.trouble) == ("", "")


@pytest.mark.usefixtures("large")
@pytest.mark.gen_test
async def test_a_look_that_hears_nothing_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = await lived_in(tmp_path)
    over = threading.Event()
    monkeypatch.setattr(wholeness, "require_whole_while_used", lambda path, proceed: over.wait())
    monkeypatch.setattr(wholeness, "LEAVE_SECONDS", 0.01)
    looking = Wholeness(path, str, first_seconds=0.0)
    looking.start()
    await looking.close()
    assert looking._thread is not None
    assert looking._thread.is_alive()
    over.set()
    looking._thread.join()


@pytest.mark.gen_test
async def test_what_the_start_looked_through_is_not_looked_through_again(tmp_path: Path) -> None:
    for path in (await lived_in(tmp_path), tmp_path / "elsewhere"):
        looking = Wholeness(path, str, first_seconds=0.0)
        looking.start()
        assert looking._thread is None
        await looking.close()
