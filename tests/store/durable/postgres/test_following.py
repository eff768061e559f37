"""What other nodes committed, as PostgreSQL keeps it: by places alone, and read as it stands."""

import psycopg
import pytest

from store.durable import Batch, Behind
from store.durable.postgres import following
from store.durable.postgres.link import Parted
from store.durable.postgres.sharing import Sharing
from tests.store.durable.rows import ROOM, said


@pytest.fixture
def sharing(url: str, tmp_path_factory: pytest.TempPathFactory) -> Sharing:
    """The writing side of a node that has begun, closed with the test's process."""
    folder = tmp_path_factory.mktemp("house")
    return Sharing(url, folder, lambda: 1, folder)


def test_it_is_by_places_alone_and_as_it_stands(url: str, sharing: Sharing) -> None:
    begun = sharing.start(["standing"])
    sharing.enter(begun.number, begun.id)
    batch = Batch(rows=[said(1, text="secret")], shelves=[("people", "p", b"{}"), ("standing", "s", b"{}")])
    batch.number, batch.id = begun.number + 1, "one"
    sharing.commit(batch)
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("set search_path = parley")
        noted = link.execute("select changed from commits where number = %s", (batch.number,)).fetchone()
        assert noted == (f'{{"rows":[["{ROOM}",1]],"shelves":[["people","p"]]}}',)
        link.execute("update shelves set value = 'later' where name = 'people'")
        (commit,) = following.commits_apart(link, begun.number, begun.id)
        assert list(commit.rows) == [said(1, text="secret")]
        assert commit.shelves == [("people", "p", b"later")]
        link.execute("rollback")
        with pytest.raises(Parted, match="away too long"):
            following.noted_after(link, begun.number, "another")
        with pytest.raises(Parted, match="away too long"):
            following.noted_after(link, begun.number + 9, "one")
    sharing.close()


def test_one_question_reads_so_many_commits_and_places_and_who_is_further_behind_gets_no_turn(
    url: str, sharing: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = sharing.start()
    for number, rows in enumerate(([1, 2], [3], [4], [5, 6, 7, 8]), start=begun.number + 1):
        sharing.enter(number - 1, begun.id if number == begun.number + 1 else f"{number - 1}")
        sharing.commit(Batch(rows=list(map(said, rows)), number=number, id=f"{number}"))

    def read(link: psycopg.Connection[tuple[object, ...]], after: int, commit_id: str) -> list[int]:
        found = following.commits_apart(link, after, commit_id)
        link.execute("rollback")
        return [row.seq for commit in found for row in commit.rows]

    with psycopg.connect(url, autocommit=True) as link:
        link.execute("set search_path = parley")
        monkeypatch.setattr(following, "MOST_COMMITS", 2)
        assert read(link, begun.number, begun.id) == [1, 2, 3]
        with pytest.raises(Behind):
            sharing.enter(begun.number, begun.id)
        assert not sharing.link.holds
        monkeypatch.setattr(following, "MOST_COMMITS", 500)
        monkeypatch.setattr(following, "MOST_PLACES", 3)
        assert read(link, begun.number, begun.id) == [1, 2, 3]
        assert read(link, begun.number + 3, f"{begun.number + 3}") == [5, 6, 7, 8], "but always one"
    assert len(sharing.enter(begun.number + 3, f"{begun.number + 3}")) == 1
    sharing.close()
