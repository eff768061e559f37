"""The rows of the shelves: what a rule may decide on, one class a noun.

A row that came of a logged event keeps that event's `seq`, so that every node and every rebuild comes to the same rows.
"""

from protocol.answers import Reach
from protocol.records import Record
from protocol.shapes import StandingCall

OPEN_END = 0  # as the last seq of a reach: still a member


class Person(Record, frozen=True, kw_only=True):
    """Somebody of the house. `keys` are what the name is compared by (chat/names.py); they stay taken after removal."""

    id: str
    name: str
    keys: list[str] = []
    about: str = ""
    avatar: str = ""
    host: bool = False
    removed: bool = False
    seq: int = 0


class Device(Record, frozen=True, kw_only=True):
    """A signed-in browser or program. `token` is the SHA-256 of its secret; `at` when it was added, in ms."""

    id: str
    person: str
    name: str
    token: str
    at: int
    seq: int = 0


class Conversation(Record, frozen=True, kw_only=True):
    """What the server folds of a log: who may see which part of it, where it ends, and the call that stands in it.

    `members` maps a person to the ranges of seq they may see, `last` 0 in the one that is still open. `line` and
    `line_at` are seq and time of the newest event worth a line in the list.
    """

    id: str
    kind: str
    members: dict[str, list[Reach]] = {}
    head: int = 0
    line: int = 0
    line_at: int = 0
    call: StandingCall | None = None

    def present(self) -> list[str]:
        """The people who are members now."""
        return [person for person, reach in self.members.items() if reach and reach[-1].last == OPEN_END]

    def audience(self, seq: int) -> list[str]:
        """The people who were members when this was said, which is who hears it."""
        return [
            person
            for person, reach in self.members.items()
            if any(one.first <= seq and (one.last == OPEN_END or seq <= one.last) for one in reach)
        ]


class Invitation(Record, frozen=True, kw_only=True):
    """An invitation by the SHA-256 of its code: `many` for the house, `one` for one person.

    `ended` is empty while it stands, else "spent" or "replaced": kept, so that a late guest hears which.
    """

    id: str
    kind: str
    expires_at: int
    ended: str = ""
    seq: int = 0


class Marks(Record, frozen=True, kw_only=True):
    """How far one person has come in one conversation; the key is `<conversation>|<person>`."""

    conversation: str
    person: str
    read: int = 0
    delivered: int = 0


class LastSeen(Record, frozen=True, kw_only=True):
    """When a person's last connection closed, in ms."""

    person: str
    at: int


class File(Record, frozen=True, kw_only=True):
    """An uploaded file. `type` was found in its bytes; `at` is when the upload began, in ms."""

    id: str
    uploader: str
    name: str
    size: int
    type: str = "application/octet-stream"
    sha256: str = ""
    width: int = 0
    height: int = 0
    thumbnail: bool = False
    complete: bool = False
    at: int = 0


class Hold(Record, frozen=True, kw_only=True):
    """The places of a file, as conversation -> seqs: whoever may see one of them may have the file.

    The directory among them means an avatar, which everybody may see.
    """

    file: str
    places: dict[str, list[int]] = {}


class Claim(Record, frozen=True, kw_only=True):
    """A device that says "That's me" and waits for a yes. Passing: in memory only, asked again after a restart.

    `token` is the SHA-256 of the secret the new device holds; `code` is what both screens show. `allowed` is None
    while nobody has answered, and stays so while a yes is being written (`settling`). `address` is the network address
    it came from, empty when unknown.
    """

    id: str
    person: str
    device: str
    device_name: str
    token: str
    code: str
    expires_at: int
    address: str = ""
    allowed: bool | None = None
    settling: bool = False
