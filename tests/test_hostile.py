"""Bad input: whatever is written in any field is given back as documented or refused in words, and nothing breaks.

The fields are read from the commands themselves: a new one with a text in it fails here until it is said what becomes
of the text. Each is tried over a real socket, on a store on disk, with everything tests/hostile.py has.
"""

import asyncio
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgpack
import msgspec
import msgspec.inspect as inspect
import pytest
from tornado.ioloop import IOLoop

from chat.visibility import DIRECTORY, own
from protocol.commands import (
    COMMANDS,
    Command,
    FindMessages,
    Inner,
    ListPeople,
    OpenConversation,
    Ping,
    Resume,
)
from protocol.events import Logged
from protocol.shapes import MAX_LABEL
from scripts.protocol_examples import example
from tests.hostile import chosen, named, naughty, spaced
from tests.stage import Stage, is_refusal_in_words, played
from tests.test_law import judged

TEXTS = naughty()

Given = Callable[[str], str]


def as_typed(text: str) -> str:
    return text


def nothing(text: str) -> str:
    return ""


KEPT: dict[tuple[str, str], tuple[str, Given]] = {
    ("message.send", "text"): ("text", as_typed),
    ("message.edit", "text"): ("text", as_typed),
    ("message.send", "everyone"): ("everyone", as_typed),
    ("message.edit", "everyone"): ("everyone", nothing),  # between two there is nobody else to call
    ("reaction.set", "emoji"): ("emoji", as_typed),
    ("profile.change", "display_name"): ("display_name", named),
    ("profile.change", "about"): ("about", str.strip),
    ("room.create", "title"): ("title", named),
    ("room.change", "title"): ("title", named),
}
"""Where a text stands in the event, and what is promised to stand there."""

SHORN = {
    ("message.send", "poll.options"): "poll.options",
    ("room.create", "topic"): "topic",
    ("room.change", "topic"): "topic",
    ("device.rename", "device_name"): "device_name",
}
"""Kept without what cannot be seen: where in the event, read with all that cannot be seen left out."""

SHORT = {("reaction.set", "emoji"), ("message.send", "everyone"), ("message.edit", "everyone")}
"""Fields that few texts fit into."""

PASSED_ON = {
    ("call.add", "title"): "a room's title, cleaned as that of room.create: tests/chat/test_adding.py",
    ("call.offer", "sdp"): "for the other device's browser, which reads it itself; nobody is shown it",
    ("call.answer", "sdp"): "the same",
    ("call.answer", "offer"): "compared by that device with its own; nobody is shown it",
    ("call.candidate", "candidate"): "the same",
    ("call.take", "sdp"): "read by the port of calls in rooms, and refused by it; nobody is shown it",
    ("echo.take", "sdp"): "the same",
    ("call.cheer", "emoji"): "for a moment, to those in a call: one emoji or refused, as under a message",
}
ASKED_WITH = {
    ("search.find", "text"): "looked for, and not kept",
    ("rooms.find", "query"): "looked for, and not kept",
    ("sync.resume", "epoch"): "compared, and not kept",
    ("sync.list", "before"): "a cursor of ours that comes back",
}
MARKED = {("status.set", "text"): "a mark and no event; has a test of its own below"}


def texts_of(kind: inspect.Type, path: str = "") -> Iterator[str]:
    """The paths to every text that may say anything, within a type of the wire."""
    match kind:
        case inspect.Metadata():
            yield from texts_of(kind.type, path)
        case inspect.StrType() if not kind.pattern:
            yield path
        case inspect.ListType() | inspect.SetType():
            yield from texts_of(kind.item_type, path)
        case inspect.DictType():
            yield from texts_of(kind.key_type, path)
            yield from texts_of(kind.value_type, path)
        case inspect.UnionType():
            for one in kind.types:
                yield from texts_of(one, path)
        case inspect.StructType():
            for field in kind.fields:
                yield from texts_of(field.type, f"{path}.{field.name}".strip("."))


def fields_of(*, patterned: bool = False) -> list[tuple[str, str]]:
    """Every command's every text; or, of those that have a pattern, each that stands in the command itself."""
    found = []
    for name, kind in COMMANDS.items():
        if issubclass(kind, Inner):
            continue
        described = inspect.type_info(kind)
        assert isinstance(described, inspect.StructType)
        if patterned:
            plain = ((one.name, bare(one.type)) for one in described.fields)
            found += [(name, field) for field, one in plain if isinstance(one, inspect.StrType) and one.pattern]
        else:
            found += [(name, path) for path in texts_of(described)]
    return found


def bare(kind: inspect.Type) -> inspect.Type:
    return bare(kind.type) if isinstance(kind, inspect.Metadata) else kind


FIELDS = fields_of()


def test_it_is_said_of_every_text_of_every_command_what_becomes_of_it() -> None:
    said = [*KEPT, *SHORN, *PASSED_ON, *ASKED_WITH, *MARKED]
    assert sorted(said) == sorted(FIELDS), "say above what becomes of a new text, or take away what is gone"
    assert len(FIELDS) > 15


def test_a_text_within_a_list_or_a_struct_is_found() -> None:
    class Inside(msgspec.Struct):
        words: list[str]

    class Outside(msgspec.Struct):
        one: str
        number: int
        inside: Inside | None

    assert list(texts_of(inspect.type_info(Outside))) == ["one", "inside.words"]


@pytest.fixture
def stage(io_loop: IOLoop, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Stage]:
    """On a store that forgets."""
    with played(Stage(tmp_path, on_disk=False), io_loop, caplog) as stage:
        yield stage


@pytest.fixture
def kept_stage(io_loop: IOLoop, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Stage]:
    """On disk, with search."""
    with played(Stage(tmp_path, on_disk=True), io_loop, caplog) as stage:
        yield stage


def all_of(stage: Stage, name: str, path: str) -> list[tuple[str, Command]]:
    """The commands that hold one of the texts each; what the types refuse already is left out."""
    made = []
    for text in chosen() if name == "room.create" else TEXTS:  # one may be in 500 rooms
        try:
            made.append((text, stage.command(name, path, text)))
        except msgspec.ValidationError:
            continue
    return made


def at(event: Logged, path: str) -> Any:
    """What stands there in an event."""
    value: Any = event
    for part in path.split("."):
        value = getattr(value, part)
    return value[0] if isinstance(value, list) else value


def is_shorn(text: str, shown: str) -> bool:
    """Whether all of a text that can be seen is shown, on one line, up to where the longest name of a device ends."""
    whole, left = seen(text), seen(shown)
    is_line = shown == spaced(shown) and not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", shown)
    return is_line and (whole == left or (len(shown) == MAX_LABEL and whole.startswith(left)))


def seen(text: str) -> str:
    """Letters, digits and signs alone, one form of each."""
    plain = unicodedata.normalize("NFKC", text)
    kept = (one for one in plain if unicodedata.category(one)[0] in "LNPSM")
    return re.sub("[\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u2800\ufe00-\ufe0f\u034f]", "", "".join(kept))


@pytest.mark.gen_test(timeout=120)
async def test_every_text_is_given_back_as_promised_or_refused_in_words(kept_stage: Stage, tmp_path: Path) -> None:
    stage = kept_stage
    await stage.phone.do(OpenConversation(conversation=stage.place))
    await stage.phone.do(OpenConversation(conversation=stage.room))
    taken: list[tuple[tuple[str, str], str, str, int]] = []
    for field in [*ASKED_WITH, *PASSED_ON, *KEPT, *SHORN]:
        asked = all_of(stage, *field)
        assert asked, f"teach tests/stage.py to make a {field[0]}"
        answers = await stage.phone.all([command for _, command in asked])
        for (text, _), (said, body) in zip(asked, answers, strict=True):
            assert said == "ok" or is_refusal_in_words(said, body), (field, text, body)
            if said == "ok" and field in KEPT | SHORN:
                taken.append((field, text, body["conversation"], body["seq"]))
    places = {conversation for _, _, conversation, _ in taken}
    assert {stage.place, stage.room, DIRECTORY, own(stage.anna.id)} <= places
    logs: dict[str, dict[int, Logged]] = {}
    for place in places:
        logs[place] = await stage.phone.log(place)
    for field, text, conversation, seq in taken:
        event = logs[conversation][seq]
        if field in KEPT:
            path, promised = KEPT[field]
            assert at(event, path) == promised(text), field
        else:
            shown = at(event, SHORN[field])
            assert is_shorn(text, shown), (field, text, shown)
    counted = {field: sum(1 for one in taken if one[0] == field) for field in KEPT | SHORN}
    assert {field for field, count in counted.items() if count < 50} <= SHORT, "most do no harm, and are taken"
    assert all(counted.values())
    await still_lives(stage, tmp_path)
    await found_again(stage)
    await survives(stage, logs)


async def still_lives(stage: Stage, folder: Path) -> None:
    """A device that comes now opens everything, and what the first one heard is what it is told."""
    for place in (stage.place, stage.room):
        said, opened = await stage.phone.do(OpenConversation(conversation=place))
        assert said == "ok", opened
        recording = folder / "recording"
        recording.write_bytes(b"".join(bytes(msgpack.packb(value)) for value in stage.phone.values))
        judge = await asyncio.to_thread(judged, recording)
        assert judge.returncode == 0, judge.stdout
    newcomer = await stage.connect(stage.ben)
    said, rows = await newcomer.do(Resume())
    assert said == "ok"
    assert {stage.place, stage.room} <= {row["conversation"] for row in rows["rows"]}
    for row in rows["rows"]:
        said, _ = await newcomer.do(OpenConversation(conversation=row["conversation"]))
        assert said == "ok"
    await newcomer.end()


async def found_again(stage: Stage) -> None:
    """What has letters is found by them."""
    for text in (one for one in TEXTS if one.isalnum() and len(one) <= 40):
        while True:
            said, found = await stage.phone.do(FindMessages(text=text, conversation=stage.place))
            assert said == "ok"
            if found["hits"]:
                break


async def survives(stage: Stage, before: dict[str, dict[int, Logged]]) -> None:
    """After a restart the same stands in every log."""
    await stage.end()
    stage.house = stage.new_house()
    await stage.house.start()
    stage.phone, stage.other = await stage.connect(stage.anna), await stage.connect(stage.ben)
    for place, events in before.items():
        assert await stage.phone.log(place) == events


@pytest.mark.gen_test(timeout=60)
async def test_a_status_is_shown_without_what_cannot_be_seen(stage: Stage) -> None:
    taken = 0
    for text, command in all_of(stage, "status.set", "text"):
        said, body = await stage.phone.do(command)
        assert said == "ok" or is_refusal_in_words(said, body), (text, body)
        row = stage.house.store.shelves.statuses.get(stage.anna.id)
        if said == "ok" and row:
            assert is_shorn(text, row.text), (text, row.text)
            taken += 1
    assert taken > 100
    said, listed = await stage.other.do(ListPeople())
    assert (said, len(listed["presence"])) == ("ok", 2)


@pytest.mark.gen_test(timeout=60)
async def test_what_is_no_id_is_refused_by_the_name_of_its_field(stage: Stage) -> None:
    texts = [text for text in chosen() if text and len(text) < 200]
    for name, field in fields_of(patterned=True):
        body = msgspec.to_builtins(example(COMMANDS[name]), builtin_types=(bytes,))
        asked = [[at, name, body | {field: text}] for at, text in enumerate(texts, 1)]
        for some in (asked[:60], asked[60:]):  # a frame takes 64 KiB
            await stage.phone.socket.write_message(b"".join(bytes(msgpack.packb(one)) for one in some), binary=True)
        for _ in asked:
            ref, said, why = await stage.phone.answer()
            assert (said, why.get("code"), why.get("field")) == ("error", "bad-field", field), (asked[ref - 1], why)
    assert await stage.phone.do(Ping()) == ("ok", {})
