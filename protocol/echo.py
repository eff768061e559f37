"""What may be asked of the echo, with which somebody tries camera and microphone alone, and what is told of it."""

from typing import Annotated

from msgspec import Meta

from protocol.asking import Tells
from protocol.shapes import Sdp, Track
from protocol.telling import Passing

# -- commands ---------------------------------------------------------------------------------------------------------


class OpenEcho(Tells, frozen=True, kw_only=True):
    """Let this device try camera and microphone with the forwarding unit: what it sends comes back a second later.

    Nobody else hears or sees it, nothing of it is written down. Said again it begins anew. It ends with `echo.close`,
    with the connection of the device, or after five minutes.
    """

    name = "echo.open"


class TakeEcho(Tells, frozen=True, kw_only=True):
    """This device's SDP answer to the offer of this version."""

    name = "echo.take"
    version: Annotated[int, Meta(ge=1, le=2**31)]
    sdp: Sdp


class CloseEcho(Tells, frozen=True, kw_only=True):
    """It was tried. Nothing happens if there is none."""

    name = "echo.close"


# -- events -----------------------------------------------------------------------------------------------------------


class EchoOffered(Passing, frozen=True, kw_only=True):
    """The forwarding unit's SDP offer to this device, for its echo. `tracks` says by mid what comes back."""

    name = "echo.offered"
    version: int
    sdp: str
    tracks: dict[str, Track]
