"""Rows at rest: JSON that a person can read, and that an older or newer version can."""

import json

import pytest

from protocol.records import Record, as_json, from_json, replaced, to_json


class Jar(Record, frozen=True, kw_only=True):
    id: str
    marbles: int = 0


def test_a_row_comes_back_as_it_was_kept() -> None:
    assert from_json(to_json(Jar(id="a", marbles=3)), Jar) == Jar(id="a", marbles=3)


def test_a_row_on_disk_is_plain_json() -> None:
    assert json.loads(to_json(Jar(id="a"))) == {"id": "a", "marbles": 0} == as_json(Jar(id="a"))


def test_a_row_of_an_older_version_gets_the_defaults() -> None:
    assert from_json(b'{"id": "a"}', Jar) == Jar(id="a")


def test_a_row_of_a_newer_version_is_read_without_what_it_gained() -> None:
    assert from_json(b'{"id": "a", "colour": "red"}', Jar) == Jar(id="a")


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"marbles": 1}', b'{"id": 5}', b"\xff"])
def test_what_is_not_a_row_is_a_value_error(raw: bytes) -> None:
    with pytest.raises(ValueError):
        from_json(raw, Jar)


def test_a_changed_row_is_another_row() -> None:
    before = Jar(id="a", marbles=1)
    assert replaced(before, marbles=2) == Jar(id="a", marbles=2)
    assert before.marbles == 1
