"""What search must know of a row of the log, whatever else the row may say."""

from typing import Any

import msgpack

from store.durable import LogRow
from store.search.changes import Deleted, Edited, Said, read_change


def row(name: str, aim: int | None = None, **body: Any) -> LogRow:
    frame = msgpack.packb([0, name, {"seq": 7, "author": "pa", "at": 5} | body])
    return LogRow("direct", 7, name, aim, "pa", str(body.get("text", "")), frame)


def test_a_message_with_words_files_and_a_thread() -> None:
    files = [{"name": "a.jpg", "id": "f"}, {"name": "b.pdf"}]
    told = read_change(row("message.sent", 3, text="Hello", files=files))
    assert told == (5, Said(7, "pa", 5, "Hello", ["a.jpg", "b.pdf"], 3))


def test_a_poll_with_its_options() -> None:
    told = read_change(row("message.sent", text="Lunch?", poll={"options": ["Soup", "Stew"], "multiple": False}))
    assert told == (5, Said(7, "pa", 5, "Lunch?", [], 0, ["Soup", "Stew"]))
    assert read_change(row("message.sent", text="Hello", poll=None)) == (5, Said(7, "pa", 5, "Hello"))


def test_an_edit_and_a_deletion_name_what_they_are_about() -> None:
    assert read_change(row("message.edited", 3, text="New", target=3)) == (5, Edited(7, 3, "New"))
    assert read_change(row("message.deleted", 3, target=3)) == (5, Deleted(3))


def test_a_message_whose_words_were_blanked_changes_nothing() -> None:
    assert read_change(row("message.sent", text="", files=[])) == (5, None)


def test_everything_else_only_moves_the_head() -> None:
    assert read_change(row("call.rang", call="c")) == (5, None)
    assert read_change(row("something.new", text="from a later version")) == (5, None)
