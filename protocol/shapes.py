"""The words of the protocol: ids, texts and numbers, each with the limit that is checked while decoding."""

from typing import Annotated

import msgspec
from msgspec import Meta

MAX_TEXT = 4000  # characters of a message
MAX_NAME = 40  # characters of a person's name, after trimming
MAX_ABOUT = 200  # characters
MAX_LABEL = 80  # characters of a device's name
MAX_FILES = 20  # files in one message
MAX_SDP = 48 * 1024  # characters; Chromium's largest two-person offer is under 8 KiB
MAX_PULL = 200  # events in one answer to `sync.pull`
MAX_PULL_BYTES = 48 * 1024
MAX_PAGE = 100  # events in one page
MAX_ROWS = 500  # conversations in one answer, heads in one resume
MAX_WATCH = 200  # people on one screen
MAX_BEHIND = 1000  # a client further behind than this opens afresh

PersonId = Annotated[str, Meta(pattern=r"^p[a-z2-7]{13}\Z", description="a person")]
DeviceId = Annotated[str, Meta(pattern=r"^d[a-z2-7]{13}\Z", description="one signed-in browser or program")]
FileId = Annotated[str, Meta(pattern=r"^f[a-z2-7]{26}\Z", description="an uploaded file")]
PersonIdOrEmpty = Annotated[str, Meta(pattern=r"^(p[a-z2-7]{13})?\Z", description="a person, or empty")]
FileIdOrEmpty = Annotated[str, Meta(pattern=r"^(f[a-z2-7]{26})?\Z", description="an uploaded file, or empty")]
CallId = Annotated[str, Meta(pattern=r"^c[a-z2-7]{13}\Z", description="a call, chosen by the caller")]
ClaimId = Annotated[str, Meta(pattern=r"^q[a-z2-7]{13}\Z", description='a "That\'s me" waiting for a yes')]
ConversationId = Annotated[
    str,
    Meta(
        pattern=r"^(directory|house|own\.p[a-z2-7]{13}|direct\.p[a-z2-7]{13}\.p[a-z2-7]{13}|room\.r[a-z2-7]{13})\Z",
        description="`directory`, `house`, `own.<person>`, `direct.<lower person>.<higher person>` or `room.<id>`",
    ),
]
Nonce = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z", description="128 random bits, base64url")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", description="SHA-256, hexadecimal")]
DigestOrEmpty = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z", description="SHA-256, hexadecimal, or empty")]
Seq = Annotated[int, Meta(ge=0, le=2**53 - 1, description="a place in a conversation's log, from 1; 0 is before all")]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53 - 1, description="ms since the epoch, server's clock")]
Text = Annotated[str, Meta(max_length=MAX_TEXT)]
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
About = Annotated[str, Meta(max_length=MAX_ABOUT)]
Label = Annotated[str, Meta(max_length=MAX_LABEL)]
Sdp = Annotated[str, Meta(min_length=1, max_length=MAX_SDP)]


class FileInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A file as a message carries it; the bytes are at `/api/files/<id>`.

    `type` is the media type the server found in the bytes, never the one a client claimed. `width` and `height` are
    pixels after rotation, 0 when it is not a picture; where `thumbnail` is true, `/api/files/<id>/thumbnail` has one.
    """

    id: FileId
    name: str
    type: str
    size: int
    width: int = 0
    height: int = 0
    thumbnail: bool = False


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a person has come in one conversation. Both seqs only grow; `read` implies `delivered`."""

    conversation: ConversationId
    read: Seq = 0
    delivered: Seq = 0


class PersonCard(msgspec.Struct, frozen=True, kw_only=True):
    """A person as others see them. `avatar` is a file id or empty."""

    id: PersonId
    name: str
    about: str = ""
    avatar: str = ""
    host: bool = False
    removed: bool = False


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """`last_seen` is ms since the epoch, 0 for never; meaningless while `online`."""

    person: PersonId
    online: bool
    last_seen: Milliseconds = 0


class StandingCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that rings or goes on. `at` is when it rang, `since` when it was answered.

    `picked_up_by` is the answering device, empty while it rings.
    """

    call: CallId
    caller: PersonId
    device: DeviceId
    video: bool
    seq: Seq
    at: Milliseconds
    picked_up_by: str = ""
    since: Milliseconds = 0
