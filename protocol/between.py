"""What the nodes of one house tell each other over the bus. No client ever hears of it.

A newcomer's first mistake is to count on any of it: a message may be lost, come twice, or come from a node that has
died since. What counts is in the log.
"""

from typing import Any

import msgspec

Row = tuple[str, int, str, int | None, str, str, bytes]
"""A row of the log: conversation, seq, name, target, author, text, and its frame: as on disk and on every socket."""

Change = tuple[str, str, bytes | None]
"""A row of a shelf: table, key, JSON, or None where it went."""


class Between(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Said by `node`."""

    node: str


class Committed(Between, frozen=True, kw_only=True, tag="committed"):
    """The commit of this number is on disk. Without its content it is to be read there: it was too long to be said.

    `before` is the id of the commit it follows: an older copy of the house has the same numbers, and other commits.
    """

    number: int
    id: str
    before: str
    whole: bool
    rows: list[Row] = []
    rewrites: list[Row] = []
    shelves: list[Change] = []


class Passed(Between, frozen=True, kw_only=True, tag="passed"):
    """A passing event for whoever of these people, or this device, is connected to a node that hears it."""

    frame: bytes
    people: list[str] = []
    device: str = ""


class Here(Between, frozen=True, kw_only=True, tag="here"):
    """Who is connected to this node, as device -> [person, whether no hand is on it]; None: it is not any more.

    `version` counts the changes; with `whole` these are all there are. Said empty it is a beat: the node lives.
    """

    version: int
    devices: dict[str, tuple[str, bool] | None] = {}
    whole: bool = False


class Wondered(Between, frozen=True, kw_only=True, tag="wondered"):
    """This node wants to hear the whole of who is connected to `of`, or to each one when it is empty."""

    of: str = ""


class Left(Between, frozen=True, kw_only=True, tag="left"):
    """This node is gone, and everybody who was connected to it."""


class Remembered(Between, frozen=True, kw_only=True, tag="remembered"):
    """What lies in memory only, in the table of this name: a row under a key, or None where it went."""

    table: str
    key: str
    row: bytes | None = None


class Homed(Between, frozen=True, kw_only=True, tag="homed"):
    """The calls whose media this node forwards, all of them. Said with each beat."""

    calls: list[str]


class Signalled(Between, frozen=True, kw_only=True, tag="signalled"):
    """What a device said to the unit of the node `to`, which forwards the media of its call.

    `what` is the name of its command; `sdp` and `version` are those of an answer, `shown` is how tall it shows the
    video of which device and source, in pixels.
    """

    to: str
    call: str
    peer: str
    what: str
    version: int = 0
    sdp: str = ""
    shown: list[tuple[str, str, int]] = []


KINDS: Any = Committed | Passed | Here | Wondered | Left | Remembered | Homed | Signalled
"""What `read_between` reads."""
