"""The one table of payload types and header extensions: the same for all, so that a packet can be passed on as it is.

The unit always offers, so it is the unit that numbers (RFC 3264: an answer keeps the offer's numbers). A newcomer's
first mistake is to change a number between two versions while calls go on.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["audio", "video"]


@dataclass(frozen=True, slots=True)
class Codec:
    """One format. `rtx` is the payload type of its retransmissions (RFC 4588), 0 if it has none."""

    kind: Kind
    payload_type: int
    encoding: str  # name, clock rate and channels, as in a=rtpmap
    clock: int  # Hz
    rtx: int = 0
    parameters: str = ""  # as in a=fmtp
    feedback: tuple[str, ...] = ()  # as in a=rtcp-fb

    @property
    def name(self) -> str:
        """As in "VP8"."""
        return self.encoding.partition("/")[0]


PICTURE = ("ccm fir", "nack", "nack pli", "goog-remb")

# In the order in which they are offered: RFC 7742 asks every browser for VP8 and H264
OPUS = Codec("audio", 111, "opus/48000/2", 48_000, parameters="minptime=10;useinbandfec=1;usedtx=1")
# A film, in stereo (RFC 7587, 6.1): in a bundle a number means one thing, so it has its own (RFC 8843, 9.1)
FILM = Codec("audio", 112, "opus/48000/2", 48_000, parameters="minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1")
VP8 = Codec("video", 96, "VP8/90000", 90_000, 97, feedback=PICTURE)
H264 = Codec(
    "video",
    102,
    "H264/90000",
    90_000,
    103,
    "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
    PICTURE,
)
VP9 = Codec("video", 98, "VP9/90000", 90_000, 99, "profile-id=0", PICTURE)
AV1 = Codec("video", 100, "AV1/90000", 90_000, 101, feedback=PICTURE)

CODECS = (OPUS, FILM, VP8, H264, VP9, AV1)
BY_PAYLOAD_TYPE = {one.payload_type: one for one in CODECS}
BY_RTX = {one.rtx: one for one in CODECS if one.rtx}

# Header extensions by id; 1 to 14, so that one byte in front of each is enough (RFC 8285, 4.2)
MID = 1
STREAM_ID = 2
REPAIRED_STREAM_ID = 3
AUDIO_LEVEL = 4
SEND_TIME = 5

URIS = {
    MID: "urn:ietf:params:rtp-hdrext:sdes:mid",
    STREAM_ID: "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    REPAIRED_STREAM_ID: "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    AUDIO_LEVEL: "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    SEND_TIME: "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
}
EXTENSIONS: dict[Kind, tuple[int, ...]] = {
    "audio": (MID, AUDIO_LEVEL, SEND_TIME),
    "video": (MID, STREAM_ID, REPAIRED_STREAM_ID, SEND_TIME),
}

LAYERS = ("l", "h")  # the names of simulcast layers, from small to large


def codec_of(payload_type: int) -> Codec | None:
    """The codec that a payload type belongs to, as itself or as its retransmission."""
    return BY_PAYLOAD_TYPE.get(payload_type) or BY_RTX.get(payload_type)
