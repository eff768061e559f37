"""The kinds of event there are; protocol/events.py says what each of them is."""

from typing import ClassVar

import msgspec

from protocol.shapes import ConversationId, Milliseconds, Seq


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Anything that can be told. `name` is its name on the wire."""

    name: ClassVar[str]


class Logged(Event, frozen=True, kw_only=True):
    """An event of a conversation's log. The rule leaves `seq`, `author` and `at` empty; the writer fills them in.

    `is_line`: worth a line in the conversation and in the list.
    """

    is_line: ClassVar[bool] = False

    conversation: ConversationId
    seq: Seq = 0
    author: str = ""
    at: Milliseconds = 0


class Passing(Event, frozen=True, kw_only=True):
    """An event that is told once and kept nowhere."""
