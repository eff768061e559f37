"""Rows and batches for the tests of the durable stores."""

from collections.abc import Iterator
from itertools import count

from store.durable import LogRow

ROOM = "room.raaaaaaaaaaaaa"
OTHER = "room.raaaaaaaaaaaab"
ANNA = "paaaaaaaaaaaaa"
BEN = "pbbbbbbbbbbbbb"
PLENTY = 1_000_000  # bytes


def said(seq: int, *, conversation: str = ROOM, author: str = ANNA, text: str = "hello", frame: bytes = b"") -> LogRow:
    """A message."""
    return LogRow(conversation, seq, "message.sent", None, author, text, frame or b"frame %d" % seq)


def deleted(seq: int, target: int, *, conversation: str = ROOM, author: str = ANNA) -> LogRow:
    """The event that takes a message away."""
    return LogRow(conversation, seq, "message.deleted", target, author, "", b"gone %d" % target)


def ticking(start: int = 1_700_000_000_000, step: int = 1) -> Iterator[int]:
    """A clock that goes on by `step` ms at each look."""
    return count(start, step)
