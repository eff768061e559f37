"""A data folder beside PostgreSQL: held by one server, never given to a database that knows none of its files."""

from contextlib import closing
from pathlib import Path

import pytest

from store.durable import CannotStart
from store.durable.bound import bind, hold_folder, require_free, require_same
from store.durable.committing import Committing


def test_a_folder_belongs_to_one_house(tmp_path: Path) -> None:
    bind(tmp_path, "a house")
    bind(tmp_path, "a house")
    with pytest.raises(CannotStart, match="belong to another database"):
        bind(tmp_path, "another")


def test_a_folder_of_no_house_is_not_that_of_one_that_has_its_files_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="same --data") as told:
        require_same(tmp_path, "a house")
    assert "\n" not in str(told.value)
    (tmp_path / "postgresql.house").write_text("a house")  # as the sentence says
    require_same(tmp_path, "a house")
    bind(tmp_path, "a house")


def test_a_folder_where_a_house_lives_is_not_begun_anew(tmp_path: Path) -> None:
    require_free(tmp_path)
    bind(tmp_path, "a house")
    with pytest.raises(CannotStart, match="the files of a house"):
        require_free(tmp_path)


def test_files_without_messages_are_not_given_to_an_empty_database(tmp_path: Path) -> None:
    (tmp_path / "files" / "ab").mkdir(parents=True)
    require_free(tmp_path)
    (tmp_path / "files" / "ab" / "abcd").write_bytes(b"a photo")
    with pytest.raises(CannotStart, match="the files of a house"):
        require_free(tmp_path)


def test_the_folder_of_an_sqlite_house_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "parley.db").write_bytes(b"a house")
    with pytest.raises(CannotStart, match="--store sqlite"):
        bind(tmp_path, "another")


def test_sqlite_does_not_begin_a_house_where_postgresql_has_one(tmp_path: Path) -> None:
    bind(tmp_path, "a house")
    with pytest.raises(CannotStart, match="--store postgresql"):
        Committing(tmp_path / "parley.db", lambda: 0).start()


def test_two_servers_do_not_share_a_folder(tmp_path: Path) -> None:
    with closing(hold_folder(tmp_path)), pytest.raises(CannotStart, match="Another Parley is running"):
        hold_folder(tmp_path)
    hold_folder(tmp_path).close()
