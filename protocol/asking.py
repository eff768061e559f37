"""The kinds of command there are; protocol/commands.py says what each of them is."""

from typing import ClassVar

import msgspec

from protocol.shapes import ConversationId, Nonce, Seq


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Anything that can be asked. `name` is its name on the wire, `cost` how many ordinary ones it counts as."""

    name: ClassVar[str]
    cost: ClassVar[int] = 1


class Writes(Command, frozen=True, kw_only=True):
    """A command whose rule yields logged events. (device, nonce) is remembered for ever: a resend never doubles."""

    nonce: Nonce

    def places(self) -> list[tuple[str, int]]:
        """The earlier events it is about, as (conversation, seq): the writer reads them before a rule decides."""
        return []


class Targets(Writes, frozen=True, kw_only=True):
    """A command about one earlier message."""

    conversation: ConversationId
    target: Seq

    def places(self) -> list[tuple[str, int]]:
        """The message."""
        return [(self.conversation, self.target)]


class Inner(Writes, frozen=True, kw_only=True):
    """A command that writes and that only the server itself gives; a client that sends it is told it is unknown."""


class Asks(Command, frozen=True, kw_only=True):
    """A query: it reads, and logs nothing itself."""


class Tells(Command, frozen=True, kw_only=True):
    """Passing things and marks: told on, never logged."""
