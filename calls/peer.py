"""One participant's connection: its ways and keys, the tracks it sends (Ups) and those it gets (Downs).

A newcomer's first mistake is to trust what is behind the keys: a participant may send anything too, so sources are
counted before their state is made, and none is taken that another peer of the call holds.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import Protocol

from calls import rtcp, rtp
from calls.budget import WIDE, Budget, Passage
from calls.burst import PassOn, Post, post_to
from calls.counts import Counts
from calls.formats import LAYERS, MID, REPAIRED_STREAM_ID, STREAM_ID
from calls.ice import Agent
from calls.negotiation import SOURCES, Negotiation, Source
from calls.rtcp import Estimate, KeyFrameWanted, Nack, Report, SenderReport
from calls.rtp import Header
from calls.sdp import Answered, Candidate, Offer
from calls.secure import MAX_PACKET, Secure, SrtpError
from calls.track import Down, Layer, Up
from calls.uplink import Uplink

LEAST_PICTURES = 30_000  # bit/s; what a browser makes a picture of at the least
MAX_UNKNOWN = 16  # sources of one peer that belong to nothing; libsrtp keeps state for each
MAX_HEARD = 512  # sources of one peer in all, also such as only report; libsrtp walks through a list of them
MAX_DATAGRAMS = 1200  # a second from one peer: a camera, a screen, sound and all reports are about 700

Taker = Callable[[bytes, float], None]


class House(Protocol):
    """What a peer needs of its call."""

    pass_on: PassOn

    def claim(self, ssrc: int, peer: "Peer") -> bool:
        """Whether this source is this peer's from now on: nobody else has it."""

    def release(self, ssrc: int, peer: "Peer") -> None:
        """This source is nobody's any more, if it was this peer's."""

    def published(self, peer: "Peer", up: Up) -> None:
        """A track began to come, or comes in another codec."""

    def turned(self, peer: "Peer", state: str) -> None:
        """The keys are agreed on ("connected"), or the peer hung up ("closed")."""


class Peer:
    """`name` is the caller's name for it; `now` tells seconds."""

    is_echo = False  # does it get what it sends itself?

    def __init__(self, name: str, house: House, now: Callable[[], float], sources: Sequence[Source] = SOURCES) -> None:
        self.name = name
        self.own = secrets.randbits(32)  # the unit's SSRC towards it
        self.agent = Agent(self.take, now(), self._moves)
        self.secure = Secure(self.agent.send, self._turns)
        self.post: Post | None = None
        self.negotiation = Negotiation(sources)
        self.budget = Budget()
        self.uplink = Uplink(now())
        self.ups: dict[str, Up] = {}  # by mid
        self.downs: dict[str, Down] = {}  # by mid
        self.agreed: set[str] = set()  # mids of Downs that it takes
        self.heights: dict[tuple[str, str], int] | None = None  # what it shows, once it said so
        self.allowed: frozenset[str] | None = None  # the sources that may reach others, once that was said
        self.estimate: float | None = None  # bit/s, its own
        self.packets = 0  # sent to it
        self.octets = 0
        self.refused = 0  # datagrams of it that were nothing we know
        self.unsent = 0  # packets that could not be sealed
        self.gone = Counts()  # of tracks that ended
        self._house = house
        self._now = now
        self._takers: dict[int, tuple[Up, Taker]] = {}  # by source
        self._unknown: set[int] = set()
        self._heard: set[int] = set()  # sources whose packets were opened
        self._room = 0  # what may still come in the second that began at `_second`
        self._second = float("-inf")
        self._octets_before = 0
        self._most = int(WIDE)  # bit/s that it may send, whatever its network carries

    # -- describing

    def offer(self, candidates: tuple[Candidate, ...]) -> Offer | None:
        """The next offer to make, if there is one to make now."""
        return self.negotiation.offer(self.agent.credentials, self.secure.fingerprint, candidates)

    def answer(self, version: int, text: str) -> None:
        """Takes an answer. Raises Unacceptable."""
        offer, said = self.negotiation.answer(version, text)
        for offered, one in zip(offer.sections, said.sections, strict=True):
            if source := self.negotiation.sources.get(one.mid):
                self._sends(one, source)
            elif one.active and one.mid in self.downs and offered.ssrc == self.downs[one.mid].up.ssrc:
                self.agreed.add(one.mid)  # it may hold another track than the one that was offered by now
            else:
                self.agreed.discard(one.mid)
        if self.agent.selected:
            self._expect()
        self.secure.start(said.fingerprints, said.role)

    def _moves(self) -> None:
        """It is reached on another way."""
        self._readdress()
        way = self.agent.selected
        self.uplink.moves(way.address[0] if way else "")
        if way:
            self._expect()

    def _turns(self, state: str) -> None:
        """There are keys, or it hung up."""
        self._readdress()
        self._house.turned(self, state)

    def _readdress(self) -> None:
        self.post = None if self.is_echo else post_to(self.agent.selected, self.secure.session)

    def _expect(self) -> None:
        """A way is found, and only the keys are left to agree on: what it gets is to begin with a key frame by then."""
        if self.secure.connected:
            return
        for mid in self.agreed & self.downs.keys():
            self.downs[mid].expect(self._now())

    def _sends(self, said: Answered, source: Source) -> None:
        """What the peer says to a section in which it may send."""
        up = self.ups.get(said.mid)
        if not said.active:
            if up:
                self._drop(said.mid)
        elif up is None or (said.ssrc and not said.layers and said.ssrc not in [one.ssrc for one in up.layers]):
            if up:
                self._drop(said.mid)
            self.ups[said.mid] = self._up(said, source)

    def _up(self, said: Answered, source: Source) -> Up:
        known = not said.layers and said.ssrc and self._house.claim(said.ssrc, self)
        ssrc = said.ssrc if known and not self.is_echo else self._fresh()
        up = Up(source.name, source.kind, ssrc, self._fresh(), self.own, self.ask)
        up.owner = self.name
        up.pass_on = self._house.pass_on
        up.uplink = self.uplink
        up.changed = lambda one: self._house.published(self, one)
        if known:
            self._add(Layer(up, "", said.ssrc), said.rtx_ssrc)
        return up

    def _drop(self, mid: str) -> None:
        up = self.ups.pop(mid)
        for ssrc in (up.ssrc, up.rtx_ssrc, *(ssrc for ssrc, one in self._takers.items() if one[0] is up)):
            self._house.release(ssrc, self)
        self._takers = {ssrc: one for ssrc, one in self._takers.items() if one[0] is not up}
        for layer in up.layers:
            self.gone.came(layer.reception)
        for down in list(up.downs):
            down.close()

    def _add(self, layer: Layer, rtx_ssrc: int = 0) -> None:
        """Packets of this stream are known from now on."""
        layer.up.layers.append(layer)
        layer.up.layers.sort(key=lambda one: one.name == LAYERS[-1])
        self._takers[layer.ssrc] = layer.up, layer.take
        if rtx_ssrc and self._house.claim(rtx_ssrc, self):
            self._takers[rtx_ssrc] = layer.up, layer.take_again

    def _fresh(self) -> int:
        """A source that nobody in the call has."""
        while True:
            ssrc = secrets.randbits(32)
            if ssrc and self._house.claim(ssrc, self):
                return ssrc

    # -- hearing

    def take(self, data: bytes) -> None:
        """A datagram from one of its proven addresses (RFC 7983). What is too much would slow down everybody else."""
        now = self._now()
        if now - self._second >= 1:
            self._second, self._room = now, MAX_DATAGRAMS
        if self._room == 0:
            self.refused += 1
            return
        self._room -= 1
        if 127 < data[0] < 192:
            if rtp.is_rtcp(data):
                self._take_rtcp(data, now)
            else:
                self._take_rtp(data, now)
        elif 19 < data[0] < 64:
            self.secure.take(data)

    def _take_rtp(self, data: bytes, now: float) -> None:
        ssrc = rtp.ssrc_of(data)
        known = self._takers.get(ssrc)
        if len(data) > MAX_PACKET or (known is None and not self._may_be_new(ssrc)):
            self.refused += 1
            return
        plain = self.secure.unprotect(data) if self._may_be_heard(ssrc) else None
        if plain is None:
            self.refused += 1
            return
        self.agent.opened()
        self._heard.add(ssrc)
        try:
            known = known or self._learn(ssrc, Header(plain))
            if known:
                known[1](plain, now)
        except rtp.Malformed:
            self.refused += 1

    def _may_be_new(self, ssrc: int) -> bool:
        return ssrc in self._unknown or len(self._unknown) < MAX_UNKNOWN

    def _may_be_heard(self, ssrc: int) -> bool:
        return ssrc in self._heard or len(self._heard) < MAX_HEARD

    def _learn(self, ssrc: int, header: Header) -> tuple[Up, Taker] | None:
        """Where a source belongs that no answer named: its first packets say so themselves (RFC 8852)."""
        up = self.ups.get(header.label(MID))
        repaired = header.label(REPAIRED_STREAM_ID)
        name = repaired or header.label(STREAM_ID)
        layer = next((one for one in up.layers if one.name == name), None) if up else None
        if up is None or (layer is None) == bool(repaired) or name not in ("", *LAYERS) or not self._claims(ssrc):
            self._unknown.add(ssrc)
            self.refused += 1
            return None
        self._unknown.discard(ssrc)
        if layer is None:
            self._add(Layer(up, name, ssrc))
        else:
            self._takers[ssrc] = up, layer.take_again
        return self._takers[ssrc]

    def _claims(self, ssrc: int) -> bool:
        return self._house.claim(ssrc, self)

    def _take_rtcp(self, data: bytes, now: float) -> None:
        ssrc = rtp.reporter_of(data)
        plain = self.secure.unprotect_rtcp(data) if self._may_be_heard(ssrc) else None
        try:
            said = [] if plain is None else rtcp.read(plain)
        except rtcp.Malformed:
            plain = None
        if plain is None:
            self.refused += 1
            return
        self.agent.opened()
        self._heard.add(ssrc)
        for one in said:
            self._hear(one, now)

    def _hear(self, said: rtcp.Said, now: float) -> None:
        if isinstance(said, Estimate):
            self.estimate = said.bitrate
        elif isinstance(said, SenderReport):
            if layer := next((one for one in self.layers() if one.ssrc == said.ssrc), None):
                layer.clock(said, now)
        elif down := next((one for one in self.downs.values() if one.up.ssrc == said.ssrc), None):
            if isinstance(said, Report):
                down.arrives(said, now)
            elif isinstance(said, Nack):
                down.resend(said.lost)
            elif isinstance(said, KeyFrameWanted):
                down.want_key_frame(now)

    # -- sending

    def send_rtp(self, packet: bytes) -> None:
        """Seals and sends one packet; never waits, never raises."""
        try:
            self.agent.send(self.secure.protect(packet))
        except SrtpError:
            self.unsent += 1
        else:
            self.packets += 1
            self.octets += len(packet)

    def send_rtcp(self, packet: bytes) -> None:
        """The same for RTCP."""
        try:
            self.agent.send(self.secure.protect_rtcp(packet))
        except SrtpError:
            self.unsent += 1

    def ask(self, packet: bytes) -> None:
        """RTCP about what it sends."""
        self.send_rtcp(packet)

    # -- over time

    def layers(self) -> list[Layer]:
        """All streams that it sends."""
        return [layer for up in self.ups.values() for layer in up.layers]

    def watch(self, stream: str, up: Up) -> None:
        """Offer another peer's track, in its codec of now."""
        assert up.codec
        mid = self.mid_of(up)
        if mid is not None:
            self.negotiation.change_codec(mid, up.codec)
            return
        mid = self.negotiation.send(up.kind, up.codec, stream, f"{stream}.{up.source}", (up.ssrc, up.rtx_ssrc))
        if mid is not None:
            self.agreed.discard(mid)
            self.downs[mid] = Down(up, self)

    def unwatch(self, up: Up) -> None:
        """That track is gone."""
        mid = self.mid_of(up)
        if mid is not None:
            down = self.downs.pop(mid)
            self.gone.went(down)
            if down in up.downs:
                down.close()
            self.secure.forget(up.ssrc)
            self.secure.forget(up.rtx_ssrc)
            self.agreed.discard(mid)
            self.negotiation.stop(mid)

    def allows(self, up: Up) -> bool:
        """Whether what it sends there may reach the others."""
        return self.allowed is None or up.source in self.allowed

    def mid_of(self, up: Up) -> str | None:
        """The section in which it gets this track."""
        return next((mid for mid, down in self.downs.items() if down.up is up), None)

    def measure(self, now: float, seconds: float) -> None:
        """Another second is over: what came, what went, and what its network carries."""
        for layer in self.layers():
            layer.measure(seconds)
        for down in self.downs.values():
            down.refill()
        sent = (self.octets - self._octets_before) * 8 / seconds
        self._octets_before = self.octets
        self.budget.hears(Passage(sent, self.estimate, self.loss(), self.round_trip(), seconds), now)

    def counts(self) -> Counts:
        """All that it sent and got."""
        standing = Counts(out_packets=self.packets, out_octets=self.octets, refused=self.refused, unsent=self.unsent)
        for layer in self.layers():
            standing.came(layer.reception)
        for down in self.downs.values():
            standing.went(down)
        return self.gone + standing

    def loss(self) -> float:
        """The share of packets that it says were lost, by how much of each track goes to it."""
        told = [
            (one.report.fraction / 256, one.layer.bitrate) for one in self.downs.values() if one.report and one.layer
        ]
        total = sum(weight for _, weight in told)
        return sum(loss * weight for loss, weight in told) / total if total else 0.0

    def round_trip(self) -> float:
        """Seconds there and back, by the track that took the least; 0 while it is not known."""
        return min((one.round_trip for one in self.downs.values() if one.round_trip), default=0.0)

    def look(self, now: float) -> None:
        """Another look at how late its packets come; where they wait in a queue it is told to send less at once."""
        layers = [one for one in self.layers() if one.codec]
        if self.uplink.look(now) and layers and self.secure.connected:
            self.send_rtcp(self._estimate(layers))

    def report(self, limit: int, now: float) -> None:
        """Tell it how its streams arrive, and how much it may send: `limit` bit/s, or what its network carries."""
        self._most = limit
        layers = [one for one in self.layers() if one.codec]
        if layers and self.secure.connected:
            blocks = rtcp.receiver_reports(self.own, [one.report(now) for one in layers])
            self.send_rtcp(blocks + self._estimate(layers))

    def _estimate(self, layers: Sequence[Layer]) -> bytes:
        """What it may send. Sound is taken off what its network carries: browsers share out only pictures by this."""
        sound = sum(one.bitrate for one in layers if one.up.kind == "audio")
        carried = max(LEAST_PICTURES, round(self.uplink.limit - sound))
        return rtcp.estimate(self.own, min(self._most, carried), [one.ssrc for one in layers])

    def close(self) -> None:
        """It gets nothing and sends nothing any more."""
        for mid in list(self.ups):
            self._drop(mid)
        for down in self.downs.values():
            if down in down.up.downs:
                down.close()
        self.downs.clear()
        self.secure.close()
        self.agent.close()  # which leads nowhere then
