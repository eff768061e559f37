"""Bytes: what we pack is read again, and whatever else comes is refused in one of two ways."""

from typing import Any

import msgpack
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.answers import ANSWERS, Answer, Done
from protocol.codec import (
    MAX_CLIENT_FRAME,
    MAX_ITEMS,
    MAX_SERVER_FRAME,
    MAX_VALUES,
    pack_command,
    pack_error,
    pack_event,
    pack_ok,
    packed_size,
    read_command,
    read_event,
    unpack,
)
from protocol.commands import COMMANDS, Command, Inner, Ping, SendMessage, SetMarks
from protocol.errors import BadFrame, Refusal
from protocol.events import EVENTS, Event
from scripts.protocol_examples import ANNA, BEN, example

ASKABLE = [kind for kind in COMMANDS.values() if not issubclass(kind, Inner)]
DIRECT = f"direct.{ANNA}.{BEN}"
NONCE = "q83vEjRWeJCrze8SNFZ4kA"


def packed(*values: Any) -> bytes:
    return b"".join(msgpack.packb(value) for value in values)


def refused(name: str, body: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_command(name, body)
    return caught.value


# -- what is packed is read again


@pytest.mark.parametrize("kind", ASKABLE, ids=lambda kind: kind.name)
def test_every_command_is_read_as_it_was_packed(kind: type[Command]) -> None:
    command = example(kind)
    ((ref, name, body),) = unpack(pack_command(7, command))
    assert (ref, read_command(name, body)) == (7, command)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.name)
def test_every_event_is_read_as_it_was_packed(kind: type[Event]) -> None:
    event = example(kind)
    frame = pack_event(event)
    assert read_event(frame) == event
    assert unpack(frame)[0][:2] == (0, kind.name)


@pytest.mark.parametrize("kind", ANSWERS, ids=lambda kind: kind.__name__)
def test_every_answer_is_read_as_it_was_packed(kind: type[Answer]) -> None:
    answer = example(kind)
    ((ref, name, body),) = unpack(pack_ok(7, answer))
    assert (ref, name, msgspec.convert(body, kind)) == (7, "ok", answer)


def test_a_refusal_says_code_message_and_field() -> None:
    ((ref, name, body),) = unpack(pack_error(3, Refusal("not-found", "No.", field="conversation")))
    assert (ref, name) == (3, "error")
    assert body == {"code": "not-found", "message": "No.", "field": "conversation"}


def test_frames_joined_are_their_values_joined() -> None:
    frames = [pack_command(ref, Ping()) for ref in (1, 2, 3)]
    assert [ref for ref, _, _ in unpack(b"".join(frames))] == [1, 2, 3]


def test_the_size_of_a_part_is_what_it_adds_to_an_answer() -> None:
    for kind in ANSWERS:
        answer = example(kind)
        assert packed_size(answer) == len(pack_ok(0, answer)) - len(pack_ok(0, Done())) + 1


def test_a_frame_in_an_answer_is_the_very_bytes_of_the_event() -> None:
    frame = pack_event(example(EVENTS["message.sent"]))
    opened = next(kind for kind in ANSWERS if kind.__name__ == "Opened")
    assert frame in pack_ok(1, example(opened))


# -- limits


def test_a_client_may_fill_a_frame_to_the_last_byte_and_no_further() -> None:
    room = MAX_CLIENT_FRAME - len(packed([1, "a", {"text": "x" * 60_000}])) + 60_000
    full = packed([1, "a", {"text": "x" * room}])
    assert len(full) == MAX_CLIENT_FRAME
    assert len(unpack(full)) == 1
    with pytest.raises(BadFrame, match="65536 bytes"):
        unpack(packed([1, "a", {"text": "x" * (room + 1)}]))


def test_a_client_may_join_so_many_values_and_no_more() -> None:
    one = packed([1, "a", {}])
    assert len(unpack(one * MAX_VALUES)) == MAX_VALUES
    with pytest.raises(BadFrame, match="256 values"):
        unpack(one * (MAX_VALUES + 1))


def test_our_own_frames_may_join_as_many_as_fit() -> None:
    ours = pack_event(example(EVENTS["directory.moved"]))
    many = MAX_SERVER_FRAME // len(ours)
    assert len(unpack(ours * many, MAX_SERVER_FRAME, max_values=None)) == many > MAX_VALUES


def test_nesting_without_end_is_a_bad_frame_and_no_crash() -> None:
    for opening in (b"\x91", b"\x81\xa1a"):
        deep = b"\x93\x01\xa1a\x81\xa1b" + opening * (MAX_CLIENT_FRAME // len(opening) - 16)
        with pytest.raises(BadFrame):
            unpack(deep)


def test_a_length_that_the_frame_cannot_hold_is_refused_before_it_is_made_room_for() -> None:
    for promise in (b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff"):
        with pytest.raises(BadFrame):
            unpack(b"\x93\x01\xa1a" + promise)


def test_a_frame_full_of_empty_maps_is_an_error_of_one_command() -> None:
    ((_, name, body),) = unpack(packed([1, "mark.set", {"marks": [{}] * MAX_ITEMS}]))
    assert refused(name, body).code == "bad-field"


@pytest.mark.parametrize("items", [[{}] * (MAX_ITEMS + 1), {str(key): 1 for key in range(MAX_ITEMS + 1)}])
@pytest.mark.parametrize("more", [[], [[2, "ping", {}]]])
def test_no_room_is_made_for_longer_lists_than_anybody_sends(items: Any, more: list[Any]) -> None:
    with pytest.raises(BadFrame):
        unpack(packed([1, "mark.set", {"marks": items}], *more))
    assert len(unpack(packed([1, "mark.set", {"marks": items}], *more), MAX_SERVER_FRAME)) == 1 + len(more)


# -- bad input


@given(st.binary(max_size=300))
def test_any_bytes_are_values_or_a_bad_frame(frame: bytes) -> None:
    try:
        values = unpack(frame)
    except BadFrame:
        return
    assert all(isinstance(name, str) and isinstance(body, dict) for _, name, body in values)


plain = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary()
bodies = st.dictionaries(
    st.sampled_from([*{name for kind in ASKABLE for name in kind.__struct_fields__}, "__proto__", "constructor"]),
    st.recursive(
        plain | st.builds(msgpack.ExtType, st.integers(0, 127), st.binary()),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.binary(), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=6,
)


def said(name: str, body: Any) -> Command | Refusal:
    try:
        return read_command(name, body)
    except Refusal as refusal:
        return refusal


@given(st.sampled_from([*COMMANDS, "message.sent", "", "x" * 500]), bodies)
def test_any_body_is_a_command_or_a_refusal(name: str, body: dict[str, Any]) -> None:
    ((_, read, values),) = unpack(packed([1, name, body]))
    outcome = said(read, values)
    if isinstance(outcome, Refusal):
        assert outcome.code in ("unknown-command", "bad-field")
        assert len(outcome.message) < 300
        assert len(outcome.field) < 300
    else:
        assert type(outcome) is COMMANDS[name]


WRONG = {
    "nothing": b"",
    "half a value": packed([1, "a", {}])[:-1],
    "a value and a half": packed([1, "a", {}], [2, "b", {}])[:-1],
    "a byte that is never used": b"\xc1",
    "a number": packed(7),
    "a list of two": packed([1, "a"]),
    "a list of four": packed([1, "a", {}, {}]),
    "a ref that is a truth value": packed([True, "a", {}]),
    "a ref below 0": packed([-1, "a", {}]),
    "a ref JavaScript cannot count": packed([2**53, "a", {}]),
    "a ref that is a fraction": packed([1.0, "a", {}]),
    "a name in bytes": packed([1, b"a", {}]),
    "a list for a body": packed([1, "a", []]),
    "nothing for a body": packed([1, "a", None]),
    "a text that is not UTF-8": b"\x93\x01\xa1\xff\x80",
    "a map with a number as key": b"\x93\x01\xa1a\x81\x01\x01",
    "a map with a list as key": b"\x93\x01\xa1a\x81\x90\x01",
    "a time that cannot be": b"\x93\x01\xa1a\x81\xa1b\xd7\xff" + b"\xff" * 8,
}


@pytest.mark.parametrize("what", WRONG)
def test_not_a_frame(what: str) -> None:
    with pytest.raises(BadFrame):
        unpack(WRONG[what])


def message(**changes: Any) -> dict[str, Any]:
    return {"nonce": NONCE, "conversation": DIRECT, "text": "Hello", **changes}


def test_a_message_as_a_client_sends_it_is_read() -> None:
    assert read_command("message.send", message()) == SendMessage(nonce=NONCE, conversation=DIRECT, text="Hello")


FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown field": (message(colour="red"), "colour"),
    "a __proto__ key": (message(__proto__={"admin": True}), "__proto__"),
    "a constructor key": (message(constructor={}), "constructor"),
    "a missing field": ({"conversation": DIRECT}, "nonce"),
    "a text that is bytes": (message(text=b"Hello"), "text"),
    "a text that is a number": (message(text=5), "text"),
    "a text that is nothing": (message(text=None), "text"),
    "a text that is too long": (message(text="x" * 4001), "text"),
    "too many files": (message(files=["f" + "a" * 26] * 21), "files"),
    "a file that is no id": (message(files=["../../etc/passwd"]), "files[0]"),
    "a conversation with a path in it": (message(conversation=f"{DIRECT}/../own"), "conversation"),
    "a conversation with a line after it": (message(conversation=f"{DIRECT}\n"), "conversation"),
    "a nonce that is short": (message(nonce="abc"), "nonce"),
}


@pytest.mark.parametrize("what", FIELDS)
def test_a_refusal_names_the_field_at_fault(what: str) -> None:
    body, field = FIELDS[what]
    refusal = refused("message.send", body)
    assert (refusal.code, refusal.field) == ("bad-field", field)


MARKS: dict[str, tuple[Any, str]] = {
    "a truth value for a number": ({"conversation": DIRECT, "read": True}, "marks[0].read"),
    "a fraction": ({"conversation": DIRECT, "read": 1.5}, "marks[0].read"),
    "a whole fraction": ({"conversation": DIRECT, "read": 1.0}, "marks[0].read"),
    "not a number": ({"conversation": DIRECT, "read": float("nan")}, "marks[0].read"),
    "a number below 0": ({"conversation": DIRECT, "read": -1}, "marks[0].read"),
    "a number JavaScript cannot count": ({"conversation": DIRECT, "read": 2**53}, "marks[0].read"),
    "a field that is missing further in": ({"read": 1}, "marks[0].conversation"),
    "an unknown field further in": ({"conversation": DIRECT, "__proto__": {}}, "marks[0].__proto__"),
    "an extension type": (msgpack.ExtType(5, b"x"), "marks[0]"),
}


@pytest.mark.parametrize("what", MARKS)
def test_a_refusal_names_the_place_of_the_field(what: str) -> None:
    mark, field = MARKS[what]
    ((_, name, body),) = unpack(packed([1, "mark.set", {"marks": [mark]}]))
    refusal = refused(name, body)
    assert (refusal.code, refusal.field) == ("bad-field", field)


def test_marks_are_read_where_they_are_right() -> None:
    body = {"marks": [{"conversation": DIRECT, "read": 3}]}
    assert isinstance(read_command("mark.set", body), SetMarks)


@pytest.mark.parametrize("name", ["message.sent", "", "__proto__", "toString", "x" * 60_000])
def test_a_command_that_does_not_exist_is_refused_in_few_words(name: str) -> None:
    refusal = refused(name, {})
    assert refusal.code == "unknown-command"
    assert len(refusal.message) < 200


@pytest.mark.parametrize("kind", [kind for kind in COMMANDS.values() if issubclass(kind, Inner)])
def test_what_only_the_server_may_ask_is_unknown_to_clients(kind: type[Command]) -> None:
    body = msgspec.to_builtins(example(kind))
    assert refused(kind.name, body).code == "unknown-command"


@pytest.mark.parametrize(
    "frame",
    [
        pack_command(0, Ping()),
        packed([0, "message.sent", {}]),
        packed([1, "directory.moved", {"head": 1}]),
        pack_event(example(EVENTS["directory.moved"])) * 2,
        b"",
    ],
)
def test_what_is_not_one_event_of_ours_is_no_stored_frame(frame: bytes) -> None:
    with pytest.raises(BadFrame):
        read_event(frame)


def test_an_event_with_a_field_of_a_later_version_is_read_without_it() -> None:
    assert read_event(packed([0, "directory.moved", {"head": 1, "later": True}])) == EVENTS["directory.moved"](head=1)
