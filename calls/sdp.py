"""Session descriptions: the offers that the unit makes, and what it takes from an answer (RFC 8866, 8829, 8843).

The unit always offers, which leaves no glare. A newcomer's first mistake is to move a section: its place in the
description is what it is known by, so a section is never removed, only silenced and used again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal

from calls.formats import CODECS, EXTENSIONS, FILM, LAYERS, URIS, Codec, Kind, codec_of
from calls.handshake import Role
from calls.ice import Credentials

MAX_ANSWER = 64 * 1024  # characters
MAX_SOURCES = 8  # of one section: two layers and their retransmissions are four

Direction = Literal["recvonly", "sendonly", "inactive"]  # as the unit sees it
ALLOWED = {
    "recvonly": {"sendonly", "inactive"},
    "sendonly": {"recvonly", "inactive"},
    "inactive": {"inactive"},
}

START_BITRATE = "x-google-start-bitrate=800"  # kbit/s; Chromium begins at 300 otherwise
WORD = re.compile(r"[A-Za-z0-9_.~-]{1,64}")  # what may name a stream or a track here: no space, colon or line end
FINGERPRINT = re.compile(r"(sha-(?:256|384|512)) ((?:[0-9A-Fa-f]{2}:)+[0-9A-Fa-f]{2})")
NUMBER = re.compile(r"[0-9]{1,10}")


class Unacceptable(ValueError):
    """The answer does not fit the offer it is for. The text says what was expected."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that the unit is reached at, over UDP or over TCP that the peer opens."""

    host: str
    port: int
    transport: Literal["udp", "tcp"] = "udp"

    def line(self, rank: int) -> str:
        """The attribute, `rank` 0 for the candidate that is liked best (RFC 8445, 5.1.2.1; RFC 6544, 4.2 and 5.1)."""
        tcp = self.transport == "tcp"
        local = (4 << 13 if tcp else 1 << 15) - rank  # 4: passive TCP from a host
        priority = ((125 if tcp else 126) << 24) + (local << 8) + 255
        kind = " tcptype passive" if tcp else ""
        return f"a=candidate:{rank + 1} 1 {self.transport} {priority} {self.host} {self.port} typ host{kind}"


def candidates(hosts: Sequence[str], port: int) -> tuple[Candidate, ...]:
    """Every host by UDP, then by TCP. Raises ValueError if one is no address."""
    known = [str(ip_address(host)) for host in hosts]
    return tuple(Candidate(host, port, transport) for transport in ("udp", "tcp") for host in known)


@dataclass(frozen=True, slots=True)
class Section:
    """One m-section of an offer. `stream`, `track`, `ssrc` and `rtx_ssrc` are of what the unit sends in it."""

    mid: str
    kind: Kind
    direction: Direction
    codecs: tuple[Codec, ...]
    layered: bool = False  # may the peer send it in two layers?
    stream: str = ""
    track: str = ""
    ssrc: int = 0
    rtx_ssrc: int = 0
    rejected: bool = False  # the peer wants no such section, for ever


@dataclass(frozen=True, slots=True)
class Offer:
    """All that an offer says."""

    session: int
    version: int
    credentials: Credentials
    fingerprint: str  # SHA-256
    candidates: tuple[Candidate, ...]
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        """The description, with CRLF at the end of each line."""
        return "".join(f"{line}\r\n" for line in self._lines())

    def _lines(self) -> Iterator[str]:
        yield "v=0"
        yield f"o=- {self.session} {self.version} IN IP4 127.0.0.1"
        yield "s=-"
        yield "t=0 0"
        yield " ".join(["a=group:BUNDLE", *(one.mid for one in self.sections if not one.rejected)])
        yield "a=ice-lite"
        yield "a=msid-semantic:WMS *"
        for place, section in enumerate(self.sections):
            yield from _section(section)
            if not section.rejected:
                yield f"a=ice-ufrag:{self.credentials.ufrag}"
                yield f"a=ice-pwd:{self.credentials.password}"
                yield f"a=fingerprint:sha-256 {self.fingerprint}"
                yield "a=setup:actpass"
            if place == 0:  # the others are bundled with it
                yield from (one.line(rank) for rank, one in enumerate(self.candidates))
                yield "a=end-of-candidates"


def _section(section: Section) -> Iterator[str]:
    types = [str(number) for one in section.codecs for number in (one.payload_type, one.rtx) if number]
    port = 0 if section.rejected else 9
    yield f"m={section.kind} {port} UDP/TLS/RTP/SAVPF {' '.join(types)}"
    yield "c=IN IP4 0.0.0.0"
    yield f"a=mid:{section.mid}"
    yield f"a={section.direction}"
    yield "a=rtcp-mux"
    yield "a=rtcp-rsize"
    for number in EXTENSIONS[section.kind]:
        yield f"a=extmap:{number} {URIS[number]}"
    for codec in section.codecs:
        yield from _codec(codec, section.direction)
    if section.layered:
        yield from (f"a=rid:{layer} recv" for layer in LAYERS)
        yield f"a=simulcast:recv {';'.join(LAYERS)}"
    if section.direction == "sendonly":
        yield from _sources(section)


def _codec(codec: Codec, direction: Direction) -> Iterator[str]:
    yield f"a=rtpmap:{codec.payload_type} {codec.encoding}"
    start = START_BITRATE if codec.kind == "video" and direction == "recvonly" else ""
    if parameters := ";".join(filter(None, (codec.parameters, start))):
        yield f"a=fmtp:{codec.payload_type} {parameters}"
    for one in codec.feedback:
        yield f"a=rtcp-fb:{codec.payload_type} {one}"
    if codec.rtx:
        yield f"a=rtpmap:{codec.rtx} rtx/{codec.clock}"
        yield f"a=fmtp:{codec.rtx} apt={codec.payload_type}"


def _sources(section: Section) -> Iterator[str]:
    yield f"a=msid:{section.stream} {section.track}"
    if section.rtx_ssrc:
        yield f"a=ssrc-group:FID {section.ssrc} {section.rtx_ssrc}"
    for ssrc in filter(None, (section.ssrc, section.rtx_ssrc)):
        yield f"a=ssrc:{ssrc} cname:{section.stream}"


# -- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """What the peer says to one section. Sources are there when it sends, and names them before it does."""

    mid: str
    rejected: bool
    active: bool  # is there media in it, in the direction that was offered?
    payload_types: frozenset[int] = frozenset()
    ssrc: int = 0
    rtx_ssrc: int = 0
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the unit needs of an answer; of ICE nothing. `role` is the unit's own in the DTLS handshake."""

    fingerprints: tuple[tuple[str, str], ...]  # algorithm, value
    role: Role
    sections: tuple[Answered, ...]


@dataclass(slots=True)
class _Lines:
    """The attributes of a session or a section, in order, by name."""

    media: list[str] = field(default_factory=list)
    named: dict[str, list[str]] = field(default_factory=dict)

    def all(self, name: str) -> list[str]:
        return self.named.get(name, [])

    def one(self, name: str) -> str:
        return self.all(name)[0] if self.all(name) else ""


def read_answer(text: str, offered: Sequence[Section]) -> Answer:
    """What an answer to these sections says. Raises Unacceptable."""
    if len(text) > MAX_ANSWER:
        raise Unacceptable(f"expected at most {MAX_ANSWER} characters, got {len(text)}")
    session, *sections = _split(text)
    if len(sections) != len(offered):
        raise Unacceptable(f"expected {len(offered)} sections as in the offer, got {len(sections)}")
    answered = tuple(_answered(one, to) for one, to in zip(sections, offered, strict=True))
    carrier = next((lines for lines, one in zip(sections, answered, strict=True) if not one.rejected), None)
    if carrier is None:
        raise Unacceptable("expected at least one section that is not rejected")
    return Answer(_fingerprints(carrier, session), _role(carrier, session), answered)


def _split(text: str) -> list[_Lines]:
    """The session's lines, then each section's."""
    blocks = [_Lines()]
    for line in text.splitlines():
        if line.startswith("m="):
            blocks.append(_Lines(media=line[2:].split()))
        elif line.startswith("a="):
            name, _, value = line[2:].partition(":")
            blocks[-1].named.setdefault(name, []).append(value.strip())
    return blocks


def _answered(lines: _Lines, offered: Section) -> Answered:
    if len(lines.media) < 4 or lines.media[0] != offered.kind or not NUMBER.fullmatch(lines.media[1]):
        raise Unacceptable(f"expected a section of {offered.kind} at {offered.mid}")
    if int(lines.media[1]) == 0 or offered.rejected:
        return Answered(offered.mid, rejected=True, active=False)
    if lines.one("mid") != offered.mid:
        raise Unacceptable(f"expected the section {offered.mid}, got {lines.one('mid')[:20]!r}")
    if "rtcp-mux" not in lines.named:
        raise Unacceptable(f"expected rtcp-mux at {offered.mid}: there is one port")
    direction = next(
        (one for one in ("sendonly", "recvonly", "inactive", "sendrecv") if one in lines.named), "sendrecv"
    )
    if direction not in ALLOWED[offered.direction]:
        raise Unacceptable(f"expected {' or '.join(sorted(ALLOWED[offered.direction]))} at {offered.mid}")
    types = _payload_types(lines, offered)
    if direction != "sendonly":
        return Answered(offered.mid, rejected=False, active=direction != "inactive", payload_types=types)
    ssrc, rtx_ssrc = _ssrcs(lines)
    layers = _layers(lines) if offered.layered else ()
    return Answered(offered.mid, False, True, types, ssrc, rtx_ssrc, layers)


def _payload_types(lines: _Lines, offered: Section) -> frozenset[int]:
    """Those that are answered. The numbers are the offer's, or nothing could be passed on as it is."""
    types = frozenset(int(one) for one in lines.media[3:] if NUMBER.fullmatch(one))
    ours = {number for one in offered.codecs for number in (one.payload_type, one.rtx) if number}
    if not types or not types <= ours:
        raise Unacceptable(f"expected payload types of the offer at {offered.mid}")
    for value in lines.all("rtpmap"):
        number, _, encoding = value.partition(" ")
        codec = codec_of(int(number)) if NUMBER.fullmatch(number) else None
        name = "" if codec is None else codec.name if codec.payload_type == int(number) else "rtx"
        if encoding.partition("/")[0].lower() != name.lower():
            raise Unacceptable(f"expected the offer's payload types to mean the same at {offered.mid}")
    return types


def _ssrcs(lines: _Lines) -> tuple[int, int]:
    """The first source that is named, and the one of its retransmissions; 0 for what is not named."""
    named = list(dict.fromkeys(value.split(" ")[0] for value in lines.all("ssrc")))
    groups = [value.split() for value in lines.all("ssrc-group")]
    pairs = {one[1]: one[2] for one in groups if len(one) == 3 and one[0] == "FID"}
    if len(named) > MAX_SOURCES or not all(NUMBER.fullmatch(one) and int(one) < 1 << 32 for one in named):
        raise Unacceptable(f"expected at most {MAX_SOURCES} sources of 32 bits")
    main = next((one for one in named if one not in pairs.values()), "0")
    rtx = pairs.get(main, "0")
    return int(main), int(rtx) if rtx in named else 0


def _layers(lines: _Lines) -> tuple[str, ...]:
    """The simulcast layers that the peer sends (RFC 8853), from small to large; none if it sends one stream."""
    told, _, names = lines.one("simulcast").partition(" ")
    if told != "send":
        return ()
    named = {one.lstrip("~") for one in re.split("[;,]", names)}
    if not named <= set(LAYERS):
        raise Unacceptable(f"expected the layers {' and '.join(LAYERS)}")
    return tuple(one for one in LAYERS if one in named)


def _fingerprints(carrier: _Lines, session: _Lines) -> tuple[tuple[str, str], ...]:
    told = carrier.all("fingerprint") or session.all("fingerprint")
    found = [one.groups() for one in map(FINGERPRINT.fullmatch, told) if one]
    if not 1 <= len(found) <= 3:
        raise Unacceptable("expected the fingerprint of a certificate, by SHA-2")
    return tuple((str(algorithm), str(value)) for algorithm, value in found)


def _role(carrier: _Lines, session: _Lines) -> Role:
    """The unit's role: who answered `active` begins the handshake (RFC 8842, 5.3)."""
    setup = carrier.one("setup") or session.one("setup")
    if setup not in ("active", "passive"):
        raise Unacceptable("expected setup active or passive")
    return "server" if setup == "active" else "client"


def codecs(kind: Kind) -> tuple[Codec, ...]:
    """All codecs of a kind but a film's, in the order in which they are offered."""
    return tuple(one for one in CODECS if one.kind == kind and one is not FILM)
