"""The sections of one peer's description over the life of a call, and the offer that is out: one at a time.

A newcomer's first mistake is to offer for every change: 24 people who join at once were a storm. What changes while an
offer is out goes into the next one.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from calls import sdp
from calls.formats import FILM, Codec, Kind
from calls.ice import Credentials
from calls.sdp import Answer, Candidate, Offer, Section, Unacceptable

MAX_SECTIONS = 128  # of one description: sound and picture of 39 others, some screens, and what was; no more


@dataclass(frozen=True, slots=True)
class Source:
    """Something that a peer may send, by its name."""

    name: str
    kind: Kind
    layered: bool = False
    stereo: bool = False

    @property
    def codecs(self) -> tuple[Codec, ...]:
        """What it may come in, in the order in which it is offered."""
        return (FILM,) if self.stereo else sdp.codecs(self.kind)


SOURCES = (
    Source("microphone", "audio"),
    Source("camera", "video", layered=True),
    Source("screen", "video"),
    Source("screen-sound", "audio", stereo=True),
)
"""What everybody is asked for from the first offer on, so that turning on a camera or a screen negotiates nothing."""


class Negotiation:
    """The description of what one peer sends (first, one section for each source) and gets."""

    def __init__(self, sources: Sequence[Source] = SOURCES) -> None:
        self.sources = {str(place): source for place, source in enumerate(sources)}  # by mid
        self.sections = [
            Section(mid, source.kind, "recvonly", source.codecs, source.layered) for mid, source in self.sources.items()
        ]
        self.changed = True  # is there something to offer?
        self.out: Offer | None = None  # the offer that has no answer yet
        self._session = secrets.randbits(62)
        self._version = 0

    def send(self, kind: Kind, codec: Codec, stream: str, track: str, ssrcs: tuple[int, int]) -> str | None:
        """The mid of a section that is free, or new, for this track; None if there are too many."""
        free = (one for one in self.sections if one.direction == "inactive" and one.kind == kind and not one.rejected)
        mid = next((one.mid for one in free if one.mid not in self.sources), str(len(self.sections)))
        if int(mid) >= MAX_SECTIONS:
            return None
        ssrc, rtx_ssrc = ssrcs
        section = Section(mid, kind, "sendonly", (codec,), False, stream, track, ssrc, rtx_ssrc if codec.rtx else 0)
        if int(mid) == len(self.sections):
            self.sections.append(section)
        else:
            self.sections[int(mid)] = section
        self.changed = True
        return mid

    def change_codec(self, mid: str, codec: Codec) -> None:
        """The track in this section comes in another codec now."""
        self._change(mid, codecs=(codec,))

    def stop(self, mid: str) -> None:
        """The track in this section is gone; the section waits to be used again."""
        self._change(mid, direction="inactive", stream="", track="", ssrc=0, rtx_ssrc=0)

    def _change(self, mid: str, **changes: object) -> None:
        place = int(mid)
        self.sections[place] = replace(self.sections[place], **changes)  # type: ignore[arg-type]
        self.changed = True

    def offer(self, credentials: Credentials, fingerprint: str, candidates: tuple[Candidate, ...]) -> Offer | None:
        """The next offer; None while one is out, or when there is nothing new to say."""
        if self.out or not self.changed:
            return None
        self._version += 1
        self.changed = False
        self.out = Offer(self._session, self._version, credentials, fingerprint, candidates, tuple(self.sections))
        return self.out

    def answer(self, version: int, text: str) -> tuple[Offer, Answer]:
        """The offer of this version, and what was answered. Raises Unacceptable, and the offer stays out."""
        if self.out is None or self.out.version != version:
            raise Unacceptable(f"expected an answer to offer {self.out.version if self.out else 'none'}, got {version}")
        offer, said = self.out, sdp.read_answer(text, self.out.sections)
        self.out = None
        for one in said.sections:
            if one.rejected:
                self.sections[int(one.mid)] = replace(self.sections[int(one.mid)], rejected=True)
        return offer, said

    def forget(self) -> None:
        """The peer lost the offer that is out, with its line to the server: say it anew."""
        self.out = None
        self.changed = True
