"""A track as it passes through the unit: Up is what a peer sends, in one or two layers; Down is a copy for another.

A packet is made ready once and goes to every receiver as the same bytes; only a receiver whose layer was changed or
paused gets packets of its own. A newcomer's first mistake is to ask for a key frame whenever somebody wants one: a
picture that twenty people join would be nothing but key frames.
"""

from collections import deque
from collections.abc import Callable

from calls import rtcp, rtp, video
from calls.budget import Trial
from calls.burst import OneByOne, PassOn, Sink
from calls.formats import BY_PAYLOAD_TYPE, BY_RTX, Codec, Kind
from calls.reception import Reception
from calls.rewriting import Rewriter, again
from calls.rtcp import Report, SenderReport
from calls.rtp import Header
from calls.uplink import Uplink

RING = 512  # packets kept for who asks again: 2 s of a large picture
KEY_FRAME_SECONDS = 0.5  # at least between two requests for a key frame
FRESH_SECONDS = 0.3  # a key frame is no older to begin with, or who begins gets too much at once
RESENT = 500  # packets a second that one receiver may ask for again
STEADY_SECONDS = 3  # over which a screen's bitrate says something: it comes in bursts
REMEMBERED_SECONDS = 10  # for which a bitrate is remembered
ALIVE_SECONDS = 2.0  # a layer that sends nothing for so long is not there


class Layer:
    """One stream that a peer sends. `ask` takes RTCP for that peer, `own` is the unit's SSRC towards it."""

    def __init__(self, up: "Up", name: str, ssrc: int) -> None:
        self.up = up
        self.name = name
        self.ssrc = ssrc
        self.codec: Codec | None = None
        self.reception = Reception(clock=1)
        self.bitrate = 0.0  # bit/s, of the last second
        self._bitrates: deque[float] = deque(maxlen=REMEMBERED_SECONDS)  # of each of the last seconds
        self.heard_at = 0.0
        self.common: list[Sink] = []  # who gets the same bytes; another list at each change (PassOn.send)
        self.apart: list[Down] = []  # who gets packets of its own
        self.waiting: list[Down] = []  # who begins with the next key frame
        self._ring: list[tuple[int, bytes] | None] = [None] * RING
        self._clock_report: tuple[SenderReport, float] | None = None
        self._key_asked_at = -KEY_FRAME_SECONDS
        self._key_due = False  # is a key frame to be asked for as soon as one may be?
        self._key: tuple[int, int, float] | None = (
            None  # number, timestamp and time of the newest key frame's first packet
        )
        self._octets = 0

    def take(self, data: bytes, now: float) -> None:
        """A packet of this stream. Raises rtp.Malformed if it is none."""
        header = Header(data)
        is_new = self.codec is None or header.payload_type != self.codec.payload_type
        if is_new and not self._begin(header, now):
            return
        self.heard_at = now
        self.up.uplink.took(header.sent, len(data), now)
        self.reception.took(header.seq, header.timestamp, len(data), now)
        if header.level < self.up.level:
            self.up.level = header.level
        if self.reception.missing:
            self._ask_again(now)
        self._pass(data, header, now)

    def take_again(self, data: bytes, now: float) -> None:
        """A retransmission, on a stream of its own (RFC 4588). Raises rtp.Malformed if it is none."""
        header = Header(data)
        if self.codec is None or BY_RTX.get(header.payload_type) is not self.codec:
            return
        self.up.uplink.took(header.sent, len(data), now)
        repaired = rtp.unwrap(data, header, self.codec.payload_type, self.ssrc)
        if repaired is not None:
            header = Header(repaired)
            self.reception.came_again(header.seq)
            self._pass(repaired, header, now)

    def _begin(self, header: Header, now: float) -> bool:
        """Whether this is a codec of ours. The first packet, or a change of codec, begins everything anew."""
        codec = BY_PAYLOAD_TYPE.get(header.payload_type)
        if codec is None or codec.kind != self.up.kind:
            return False
        self.codec = codec
        self.reception = Reception(codec.clock)
        self._octets = 0
        self.heard_at = now  # who is told of it asks whether it comes
        self.up.speaks(codec)
        return True

    def _pass(self, data: bytes, header: Header, now: float) -> None:
        slot = header.seq % RING
        kept = self._ring[slot]
        if kept and kept[0] == header.seq:  # it came late, after it came again
            return
        packet = rtp.passed_on(data, header, self.up.ssrc, now)
        self._ring[slot] = (header.seq, packet)
        if (self.waiting or self.up.kind == "video") and self._can_begin(packet, header):  # sound can always
            self._begins(packet, header, now)
        self.up.pass_on.send(packet, self.common)
        for down in self.apart:
            down.send(packet, header, now)

    def _begins(self, packet: bytes, header: Header, now: float) -> None:
        """With this packet whoever waits for it."""
        self._key_due = False
        if self._key is None or self._key[1] != header.timestamp:  # of a key frame the first such packet counts
            self._key = (header.seq, header.timestamp, now)
        for down in list(self.waiting):
            down.begin(self, packet, header, now)

    def since_key_frame(self, now: float) -> list[bytes]:
        """What was passed on of a picture from its newest key frame on; nothing if that is not fresh."""
        if self._key is None or self.up.kind == "audio" or now - self._key[2] > FRESH_SECONDS:
            return []
        first = self._key[0]
        passed = (self.reception.seq - first & 0xFFFF) + 1
        if passed > RING:  # numbers may jump, and are the sender's to choose
            return []
        packets = [self.ring(first + step & 0xFFFF) for step in range(passed)]
        return [one for one in packets if one] if packets[0] else []

    def forget_key_frame(self) -> None:
        """What came until now is for nobody who begins later."""
        self._key = None

    def _can_begin(self, packet: bytes, header: Header) -> bool:
        """Whether a decoder could begin with this packet."""
        return self.up.kind == "audio" or video.begins_key_frame(header.payload_type, packet, header.start)

    def ring(self, seq: int) -> bytes | None:
        """The packet of this number as it was passed on, while it is kept."""
        kept = self._ring[seq % RING]
        return kept[1] if kept and kept[0] == seq else None

    def leave(self, down: "Down") -> None:
        """This receiver gets nothing of this layer any more."""
        self.common = [one for one in self.common if one is not down.sink]
        self.apart = [one for one in self.apart if one is not down]
        self.waiting = [one for one in self.waiting if one is not down]

    def want_key_frame(self, now: float) -> None:
        """Ask for one now, or as soon as the last request is old enough: whoever came meanwhile is not forgotten."""
        if self.codec is None or self.up.kind != "video":
            return
        self._key_due = True
        if now - self._key_asked_at >= KEY_FRAME_SECONDS:
            self._key_asked_at = now
            self.up.ask(rtcp.picture_loss(self.up.own, self.ssrc))

    def tick(self, now: float) -> None:
        """What waits for its time; to be called every few hundredths of a second."""
        if self.reception.missing:
            self._ask_again(now)
        if self.waiting or self._key_due:
            self.want_key_frame(now)

    def _ask_again(self, now: float) -> None:
        if self.codec and self.codec.rtx and (lost := self.reception.wanted(now, self.up.uplink.queue)):
            self.up.ask(rtcp.nack(self.up.own, self.ssrc, lost))

    def measure(self, seconds: float) -> None:
        """Take the bitrate of the time since the last call."""
        self.flows((self.reception.octets - self._octets) * 8 / seconds)
        self._octets = self.reception.octets

    def flows(self, bitrate: float) -> None:
        """Another second so much came, in bit/s."""
        self.bitrate = bitrate
        self._bitrates.append(bitrate)

    def steady(self) -> float:
        """The mean bitrate of the last STEADY_SECONDS; before it began nothing came."""
        return sum(list(self._bitrates)[-STEADY_SECONDS:]) / STEADY_SECONDS

    def peak(self, seconds: int = REMEMBERED_SECONDS) -> float:
        """The largest bitrate of so many last seconds."""
        return max(list(self._bitrates)[-seconds:], default=0.0)

    def is_alive(self, now: float) -> bool:
        """Whether packets come."""
        return self.codec is not None and now - self.heard_at < ALIVE_SECONDS

    def clock(self, said: SenderReport, now: float) -> None:
        """The sender's report: remembered for its answer, and passed on to who gets this layer."""
        self._clock_report = (said, now)
        for down in self.up.downs:
            if down.layer is self:
                down.pass_clock(said, now)

    def report(self, now: float) -> Report:
        """The block about this stream, for its sender."""
        if self._clock_report is None:
            return self.reception.report(self.ssrc)
        said, at = self._clock_report
        delay = int((now - at) * rtcp.FRACTIONS)
        if delay >= 1 << 32:  # a camera that has been off since yesterday: the number has no room for it
            return self.reception.report(self.ssrc)
        return self.reception.report(self.ssrc, said.middle, delay)


class Up:
    """A track that a peer sends. `ssrc` and `rtx_ssrc` are what all receivers know it by."""

    def __init__(
        self, source: str, kind: Kind, ssrc: int, rtx_ssrc: int, own: int, ask: Callable[[bytes], None]
    ) -> None:
        self.source = source
        self.kind = kind
        self.ssrc = ssrc
        self.rtx_ssrc = rtx_ssrc
        self.own = own  # the unit's SSRC towards the peer
        self.ask = ask  # sends RTCP to the peer
        self.pass_on: PassOn = OneByOne()
        self.owner = ""  # the peer's name
        self.uplink = Uplink(0.0)  # the peer's
        self.codec: Codec | None = None
        self.changed: Callable[[Up], None] = lambda up: None  # told when it begins to send, and in which codec
        self.layers: list[Layer] = []  # from small to large
        self.downs: list[Down] = []
        self.level = rtp.SILENT  # -dBov, the loudest since it was last looked at

    def speaks(self, codec: Codec) -> None:
        """Packets of this codec come."""
        if codec is not self.codec:
            self.codec = codec
            self.changed(self)

    def loudness(self) -> int:
        """The loudest since the last call, in -dBov."""
        level, self.level = self.level, rtp.SILENT
        return level


class Down:
    """What one peer gets of another's track."""

    def __init__(self, up: Up, sink: Sink) -> None:
        self.up = up
        self.sink = sink
        self.layer: Layer | None = None  # what it gets
        self.target: Layer | None = None  # what it is to get
        self.rewriter: Rewriter | None = None  # from the first change on
        self.report: Report | None = None  # the peer's last
        self.round_trip = 0.0  # seconds
        self.trial = Trial()  # of a picture without layers that is too much for the peer's network
        self.resent = 0
        self._allowed = RESENT
        self._first = 0  # number of the first packet it got
        self._rtx_seq = 0
        self._clock_sent: tuple[int, float] | None = None
        up.downs.append(self)

    def show(self, layer: Layer | None, now: float) -> None:
        """Get this layer, as soon as it can be begun with; nothing at all for None."""
        if layer is self.target:
            return
        if self.target and self.target is not self.layer:
            self.target.leave(self)
        self.target = layer
        if layer is None:
            self._stop(now)
        elif layer is not self.layer:
            self._await(layer, now)

    def expect(self, now: float) -> None:
        """The peer is about to come: a key frame asked for now is there when it does."""
        for layer in self.up.layers:
            if layer.is_alive(now):
                layer.want_key_frame(now)

    def _await(self, layer: Layer, now: float) -> None:
        is_new = self.layer is None and self.rewriter is None
        if is_new and (fresh := layer.since_key_frame(now)):
            self._catch_up(layer, fresh, now)
            return
        if is_new and len(self.up.layers) == 1:
            self._join(layer)  # from now on; what comes before the key frame asked for does no harm
        else:
            layer.waiting.append(self)
        layer.want_key_frame(now)

    def _catch_up(self, layer: Layer, packets: list[bytes], now: float) -> None:
        """Begin with a key frame that is there already, and all that came since; nothing was sent before."""
        self.begin(layer, packets[0], Header(packets[0]), now)
        for packet in packets:
            self.sink.send_rtp(packet)

    def _join(self, layer: Layer) -> None:
        """The bytes that everybody gets."""
        self.layer = layer
        self._first = layer.reception.seq
        layer.common = [*layer.common, self.sink]  # what was there may still be on its way to those before

    def _stop(self, now: float) -> None:
        if self.layer:
            self._remember(self.layer, now)
            self.layer.leave(self)
            self.layer = None

    def _remember(self, layer: Layer, now: float) -> None:
        """From here on packets are its own: where did it stand?"""
        newest = layer.ring(layer.reception.seq)
        if self.rewriter is None and newest is not None:
            self.rewriter = Rewriter()
            self.rewriter.continues(layer.name, self._first, newest, now)

    def begin(self, layer: Layer, packet: bytes, header: Header, now: float) -> None:
        """The key frame that was waited for begins with this packet, which is about to be sent."""
        if self.layer:
            self._remember(self.layer, now)
            self.layer.leave(self)
        layer.leave(self)
        if self.rewriter is None:
            self._join(layer)
            self._first = header.seq
            return
        self.layer = layer
        clock = layer.codec.clock if layer.codec else 1
        self.rewriter.begin(layer.name, packet, header, clock, now)
        layer.apart.append(self)

    def send(self, packet: bytes, header: Header, now: float) -> None:
        """A packet of its own, made of everybody's."""
        assert self.rewriter
        if out := self.rewriter.rewrite(packet, header, now):
            self.sink.send_rtp(out)

    def resend(self, lost: tuple[int, ...]) -> None:
        """Send again what the peer lacks, as far as it is still kept.

        What is not kept counts too: to look for it costs as much, and one datagram may ask for 6000 packets.
        """
        lost = lost[: self._allowed]
        self._allowed -= len(lost)
        for seq in lost:
            packet = self._sent(seq)
            if packet is None:
                continue
            self.resent += 1
            self._rtx_seq += 1
            codec = BY_PAYLOAD_TYPE[packet[1] & 0x7F]
            if codec.rtx:
                packet = rtp.wrap(packet, codec.rtx, self.up.rtx_ssrc, self._rtx_seq)
            self.sink.send_rtp(packet)

    def _sent(self, seq: int) -> bytes | None:
        if self.rewriter is None:
            return self.layer.ring(seq) if self.layer else None
        found = self.rewriter.find(seq)
        if found is None:
            return None
        segment, number = found
        packet = next((one.ring(number) for one in self.up.layers if one.name == segment.layer), None)
        return again(packet, segment) if packet else None

    def want_key_frame(self, now: float) -> None:
        """The peer cannot decode what it gets."""
        if self.layer:
            self.layer.want_key_frame(now)

    def pass_clock(self, said: SenderReport, now: float) -> None:
        """The sender's clock, in the timestamps that this peer gets: sound and picture stay together."""
        offset = self.rewriter.timestamp_offset if self.rewriter else 0
        self._clock_sent = (said.middle, now)
        self.sink.send_rtcp(
            rtcp.sender_report(
                SenderReport(self.up.ssrc, said.ntp, said.timestamp + offset & 0xFFFFFFFF, said.packets, said.octets)
            )
        )

    def arrives(self, report: Report, now: float) -> None:
        """What the peer says of how it arrives."""
        self.report = report
        if self._clock_sent and report.last_sr == self._clock_sent[0]:
            self.round_trip = max(0.0, now - self._clock_sent[1] - report.delay / rtcp.FRACTIONS)

    def refill(self) -> None:
        """Another second: the peer may ask again for so many packets."""
        self._allowed = RESENT

    def close(self) -> None:
        """Nothing of it is sent any more."""
        for layer in self.up.layers:
            layer.leave(self)
        self.layer = self.target = None
        self.up.downs.remove(self)
