"""The index follows what the log says, and deleted words are gone from its file."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from protocol.answers import Reach
from store.search import index as index_file
from store.search.changes import Change, Deleted, Edited, Said
from store.search.finding import Question, find
from store.search.index import Index
from store.search.schema import open_reader, open_writer

SECRET = "𒀀𒀁𒀂𒀃𒀄𒀅"  # no other text has any of these bytes


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    link = open_writer(tmp_path / "search.db", "epoch")
    yield Index(link)
    link.close()


def apply(index: Index, *changes: Change | None) -> None:
    """Changes of one conversation, one row each."""
    head = index.heads().get("a", 0)
    index.apply([("a", head + at, change) for at, change in enumerate(changes, start=1)])


def said(seq: int, text: str, names: list[str] | None = None) -> Said:
    return Said(seq, "anna", 1000 + seq, text, names or [])


def found(index: Index, text: str) -> list[tuple[int, int]]:
    """Seq and source of what is found."""
    reach = {"a": [Reach(first=1, last=10**6)]}
    return [(hit.seq, hit.source) for hit in find(index.link, Question(reach, text)).hits]


def test_it_remembers_how_far_each_log_is_in_it(index: Index) -> None:
    apply(index, None, said(2, "hello"))
    index.apply([("b", 1, None)])
    assert index.heads() == {"a": 2, "b": 1}
    assert Index(index.link).heads() == {"a": 2, "b": 1}


def test_a_message_is_found_by_its_last_words_only(index: Index) -> None:
    apply(index, said(1, "first words", ["photo.jpg"]), Edited(2, 1, "other words"), Edited(3, 1, "third"))
    assert found(index, "first") == []
    assert found(index, "other") == []
    assert found(index, "third") == [(1, 3)]
    assert found(index, "photo third") == [(1, 3)]


def test_a_poll_is_found_by_each_option_and_never_by_two_run_together(index: Index) -> None:
    apply(index, Said(1, "anna", 1001, "Lunch?", options=["Soup", "Stew 日"]))
    assert found(index, "soup") == found(index, "lunch stew") == found(index, "日") == [(1, 1)]
    assert found(index, "soupstew") == []
    apply(index, Deleted(1))
    assert found(index, "soup") == found(index, "日") == []


def test_a_deleted_message_is_not_found_nor_are_its_edits(index: Index) -> None:
    apply(index, said(1, "first words"), Edited(2, 1, "other words"), said(3, "other"), Deleted(1))
    assert found(index, "words") == []
    assert found(index, "other") == [(3, 3)]
    apply(index, Edited(5, 1, "too late"))
    assert found(index, "late") == []


def test_what_follows_the_deletion_of_the_newest_is_found(index: Index) -> None:
    apply(index, said(1, "one apple"), Deleted(1), said(3, "two pears"))
    assert found(index, "apple") == []
    assert found(index, "pears") == [(3, 3)]


def test_a_batch_that_fails_leaves_nothing(index: Index) -> None:
    apply(index, said(1, "hello"))
    doubled = [("a", 2, said(2, "world")), ("c", 1, None), ("a", 3, said(2, "twice"))]
    with pytest.raises(sqlite3.IntegrityError):
        index.apply(doubled)
    assert index.heads() == {"a": 1}
    assert found(index, "world") == []
    index.apply(doubled[:2])
    assert (index.heads(), found(index, "world")) == ({"a": 2, "c": 1}, [(2, 2)])


def bytes_of(path: Path) -> bytes:
    """All that stands in the file and beside it."""
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))


def traces(path: Path) -> list[str]:
    """Which characters of the secret stand in the file."""
    stored = bytes_of(path)
    return [one for one in SECRET if one.encode() in stored]


@pytest.mark.parametrize("between", [False, True], ids=["in one go", "after a restart"])
def test_deleted_words_are_gone_from_the_file(index: Index, tmp_path: Path, between: bool) -> None:
    path = tmp_path / "search.db"
    apply(index, *(said(seq, f"words before, number {seq}") for seq in range(1, 300)))
    apply(index, said(300, f"so {SECRET}", [f"{SECRET}.jpg"]), Edited(301, 300, f"or {SECRET} then"))
    apply(index, *(said(seq, f"words after, number {seq}") for seq in range(302, 600)))
    assert index.tidy()
    assert traces(path) == list(SECRET), "the test can see them"

    apply(index, Deleted(300))
    assert not index.is_tidy()
    assert traces(path) != []
    again = Index(index.link) if between else index
    assert again.tidy()
    assert traces(path) == []
    assert again.is_tidy()
    assert [seq for seq, _ in found(index, "number 299")] == [299]


def test_a_deletion_is_not_done_while_a_reader_is_in_the_way(index: Index, tmp_path: Path) -> None:
    apply(index, said(1, SECRET), said(2, "hello"))
    assert index.tidy()
    reader = open_reader(tmp_path / "search.db")
    reader.execute("begin")
    reader.execute("select count(*) from messages").fetchone()
    apply(index, Deleted(1))
    assert not index.tidy()
    assert not index.is_tidy()
    reader.close()
    assert index.tidy()
    assert traces(tmp_path / "search.db") == []


def test_drawers_are_opened_one_after_another(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "DRAWER_BITS", 3)
    monkeypatch.setattr("store.search.finding.DRAWER_BITS", 3)
    apply(index, *(said(seq, f"apple {seq}") for seq in range(1, 30)))
    assert [seq for seq, _ in found(index, "apple")] == list(range(29, 9, -1))
    assert found(index, "apple 5") == [(25, 25), (15, 15), (5, 5)]
    apply(index, Edited(30, 5, "pear"), Deleted(9))
    assert found(index, "pear") == [(5, 30)]
    assert index.tidy()
    assert found(index, "apple 9") == [(29, 29), (19, 19)]
    again = Index(index.link)
    apply(again, said(32, "apple 32"))
    assert found(again, "apple 32") == [(32, 32)]
