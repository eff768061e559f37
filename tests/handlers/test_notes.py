"""The few words a server leaves itself."""

import os
from pathlib import Path

import pytest

from handlers.notes import node_word, read_note, write_first_note, write_note
from handlers.settings import CannotUse


def test_a_note_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "name"
    write_note(path, "parley.local")
    write_note(path, "küche.local")
    assert read_note(path) == "küche.local"
    assert [one.name for one in tmp_path.iterdir()] == ["name"]


def test_a_note_nobody_wrote_is_empty(tmp_path: Path) -> None:
    assert read_note(tmp_path / "name") == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder's own rights")
def test_a_note_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_note(tmp_path / "secret", "word")
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_a_note_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "name").write_bytes(b"\xff\xfe")
    with pytest.raises(CannotUse, match="name is damaged"):
        read_note(tmp_path / "name")


def test_a_folder_in_the_place_of_a_note_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "name").mkdir()
    with pytest.raises(CannotUse, match="cannot be read"):
        read_note(tmp_path / "name")
    with pytest.raises(CannotUse, match="cannot be written"):
        write_note(tmp_path / "name", "word")


def test_a_server_calls_itself_the_same_at_every_start_and_no_other_does(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert node_word(one) == node_word(one) != node_word(other)
    (one / "node").write_text("../elsewhere")
    with pytest.raises(CannotUse, match="damaged"):
        node_word(one)


def test_a_first_note_stays(tmp_path: Path) -> None:
    write_first_note(tmp_path / "secret", "one")
    write_first_note(tmp_path / "secret", "two")
    assert read_note(tmp_path / "secret") == "one"
    with pytest.raises(CannotUse, match="cannot be written"):
        write_first_note(tmp_path / "nowhere" / "secret", "one")
