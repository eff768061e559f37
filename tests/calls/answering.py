"""Answers as a browser makes them, for tests and the load client: from the offer's text, section by section."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

PASSWORD = "a-password-nobody-asks-for".replace("-", "")


@dataclass(frozen=True, slots=True)
class Sending:
    """What is sent in a section."""

    ssrc: int = 0
    rtx_ssrc: int = 0
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One section of an offer, as a client reads it."""

    lines: list[str]

    @property
    def kind(self) -> str:
        return self.lines[0][2:].split()[0]

    @property
    def rejected(self) -> bool:
        return self.lines[0].split()[1] == "0"

    def all(self, name: str) -> list[str]:
        return [line.partition(":")[2] for line in self.lines if line.startswith(f"a={name}:")]

    def has(self, attribute: str) -> bool:
        return f"a={attribute}" in self.lines

    @property
    def mid(self) -> str:
        return self.all("mid")[0]


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """An offer, as a client reads it."""

    parts: list[Part]
    ufrag: str = ""
    password: str = ""
    fingerprint: str = ""
    candidates: list[str] = field(default_factory=list)


def read_offer(text: str) -> ReadOffer:
    """Raises IndexError if something is missing that a client needs."""
    blocks = [block.splitlines() for block in re.split(r"(?m)^(?=m=)", text)]
    parts = [Part(lines) for lines in blocks[1:]]
    first = parts[0]
    return ReadOffer(
        parts,
        first.all("ice-ufrag")[0],
        first.all("ice-pwd")[0],
        first.all("fingerprint")[0].split()[1],
        first.all("candidate"),
    )


def answer_to(offer: str, fingerprint: str, sending: Mapping[str, Sending], setup: str = "active") -> str:
    """Takes everything that is offered, and sends what `sending` says by mid."""
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0"]
    for part in read_offer(offer).parts:
        lines += _part(part, fingerprint, sending.get(part.mid), setup)
    return "".join(f"{line}\r\n" for line in lines)


def _part(part: Part, fingerprint: str, sending: Sending | None, setup: str) -> list[str]:
    lines = [part.lines[0], "c=IN IP4 0.0.0.0", f"a=mid:{part.mid}", "a=rtcp-mux"]
    lines += ["a=ice-ufrag:them", f"a=ice-pwd:{PASSWORD}", f"a=fingerprint:sha-256 {fingerprint}", f"a=setup:{setup}"]
    lines += [line for line in part.lines if line.startswith(("a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=extmap:"))]
    if part.has("sendonly"):
        return [*lines, "a=recvonly"]
    if sending is None or part.has("inactive"):
        return [*lines, "a=inactive"]
    lines.append("a=sendonly")
    if sending.layers:
        return [
            *lines,
            *(f"a=rid:{one} send" for one in sending.layers),
            f"a=simulcast:send {';'.join(sending.layers)}",
        ]
    if sending.rtx_ssrc:
        lines.append(f"a=ssrc-group:FID {sending.ssrc} {sending.rtx_ssrc}")
    return [*lines, *(f"a=ssrc:{one} cname:them" for one in (sending.ssrc, sending.rtx_ssrc) if one)]
