"""What may be asked of threads: limits that are checked before any rule is."""

from typing import Any

import pytest

from protocol import threads
from protocol.codec import read_command
from protocol.commands import FollowThread, PageThread
from protocol.errors import Refusal
from protocol.shapes import MAX_PAGE
from tests.protocol.registered import asks_and_tells, unregistered

NONCE = "0" * 22
ROOM = "room.raaaaaaaaaaaaa"


def test_every_command_and_event_of_a_thread_is_in_its_registry() -> None:
    assert unregistered(threads) == []
    assert min(asks_and_tells(threads)) > 0


def test_a_thread_is_followed_or_not() -> None:
    asked = read_command("thread.follow", {"nonce": NONCE, "conversation": ROOM, "target": 3, "on": False})
    assert isinstance(asked, FollowThread)
    assert asked.places() == [(ROOM, 3)]


def test_the_largest_page_fits() -> None:
    asked = {"conversation": ROOM, "target": 3, "limit": MAX_PAGE}
    assert isinstance(read_command("thread.page", asked), PageThread)
    assert isinstance(read_command("thread.page", {**asked, "at": 1_700_000_000_000}), PageThread)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("thread.follow", {"nonce": NONCE, "target": 3, "on": "yes"}),
        ("thread.follow", {"nonce": NONCE, "target": -1, "on": True}),
        ("thread.follow", {"target": 3, "on": True}),
        ("thread.page", {"target": 3, "limit": MAX_PAGE + 1}),
        ("thread.page", {"target": 3, "limit": 0}),
    ],
)
def test_what_does_not_fit_is_refused(name: str, given: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match=r"\w"):
        read_command(name, {"conversation": ROOM, **given})
