"""Events: stored bytes are frames for ever."""

from pathlib import Path

import msgspec
import pytest

from protocol.codec import read_event
from protocol.events import EVENTS, Event, Logged, Passing
from scripts.protocol_samples import ENDING, SAMPLES, missing

RELEASED = sorted(SAMPLES.glob(f"*{ENDING}"))
MADE_BY_THE_SERVER = {"conversation", "seq", "author", "at"}


def test_every_event_has_a_sample() -> None:
    assert missing(SAMPLES) == [], "Run: python scripts/protocol_samples.py"


def test_no_sample_is_of_an_event_that_is_gone() -> None:
    assert [path.name for path in RELEASED if path.name.removesuffix(ENDING) not in EVENTS] == []


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.name.removesuffix(ENDING))
def test_what_was_once_stored_is_still_read(path: Path) -> None:
    event = read_event(path.read_bytes())
    assert type(event).name == path.name.removesuffix(ENDING)
    if isinstance(event, Logged):
        assert (event.seq, event.at) > (0, 0)


@pytest.mark.parametrize("kind", EVENTS.values(), ids=lambda kind: kind.name)
def test_an_event_is_logged_or_passing_and_says_what_it_means(kind: type[Event]) -> None:
    assert issubclass(kind, Logged) is not issubclass(kind, Passing)
    assert kind.__doc__
    assert kind.__doc__ != Event.__doc__


@pytest.mark.parametrize("kind", [kind for kind in EVENTS.values() if issubclass(kind, Logged)])
def test_what_the_writer_fills_in_has_a_default(kind: type[Logged]) -> None:
    defaults = {field.name for field in msgspec.structs.fields(kind) if not field.required}
    assert MADE_BY_THE_SERVER - {"conversation"} <= defaults


def test_no_event_can_be_changed() -> None:
    moved = EVENTS["directory.moved"](head=1)
    with pytest.raises(AttributeError):
        moved.head = 2  # type: ignore[attr-defined]
