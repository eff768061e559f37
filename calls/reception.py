"""How well one RTP stream arrives: what is lost and must be asked for again, and the figures of a receiver report.

A newcomer's first mistake is to count a packet as lost at once: the next may be the one that was overtaken.
"""

from calls.rtcp import Report

MAX_GAP = 256  # packets; a larger jump is another stream's beginning, not a loss
ASK_AGAIN_SECONDS = 0.1  # a request, or its answer, may be lost too
MAX_ASKED = 8  # times; then a receiver asks for a key frame
REORDERED = 2  # packets that may come before a missing one is asked for


class Missing:
    """A packet that has not come: how often it was asked for, and when last."""

    __slots__ = ("asked", "asked_at")

    def __init__(self) -> None:
        self.asked = 0
        self.asked_at = 0.0


class Reception:
    """What came of one source (RFC 3550, A.1, A.3 and A.8). `clock` is the codec's, in Hz."""

    def __init__(self, clock: int) -> None:
        self.clock = clock
        self.packets = 0
        self.octets = 0
        self.jitter = 0.0  # in units of the clock
        self.timestamp = 0  # of the newest packet
        self._first = 0
        self._highest = -1  # extended: with the number of wraps in front
        self._transit = 0.0
        self.missing: dict[int, Missing] = {}  # what must be asked for again, by its extended number
        self._expected_before = 0
        self._packets_before = 0

    @property
    def seq(self) -> int:
        """The newest sequence number."""
        return self._highest & 0xFFFF

    def took(self, seq: int, timestamp: int, octets: int, now: float) -> None:
        """A packet came; `now` in seconds."""
        self.packets += 1
        self.octets += octets
        if self._highest < 0:
            self._first = self._highest = seq
            self.timestamp = timestamp
        else:
            step = (seq - self._highest) & 0xFFFF
            if step < 0x8000:
                if step > 1:
                    self._skipped(step)
                self._highest += step
                self.timestamp = timestamp
            else:
                self.came_again(seq)
        self._measure(timestamp, now)

    def came_again(self, seq: int) -> None:
        """A packet that was late, or lost and sent again: nobody needs to ask for it any more."""
        self.missing.pop(self._highest - (self._highest - seq & 0xFFFF), None)

    def _skipped(self, step: int) -> None:
        if step > MAX_GAP:
            self.missing.clear()
            return
        for one in range(self._highest + 1, self._highest + step):
            self.missing[one] = Missing()
        while len(self.missing) > MAX_GAP:
            del self.missing[next(iter(self.missing))]

    def _measure(self, timestamp: int, now: float) -> None:
        """Interarrival jitter (RFC 3550, A.8), over the wrap of the timestamp."""
        transit = now * self.clock - timestamp
        if self.packets > 1:
            moved = (transit - self._transit + 0x80000000) % 0x100000000 - 0x80000000
            self.jitter += (abs(moved) - self.jitter) / 16
        self._transit = transit

    def wanted(self, now: float, late: float = 0.0) -> list[int]:
        """The sequence numbers to ask for again, now. To be called after packets came, and every now and then.

        What waits for `late` seconds on its way cannot have come sooner: asked for twice, it would come twice.
        """
        asked = []
        for one, missing in list(self.missing.items()):
            if self._highest - one < REORDERED and missing.asked == 0:
                continue
            if missing.asked and now - missing.asked_at < ASK_AGAIN_SECONDS + late:
                continue
            if missing.asked == MAX_ASKED:
                del self.missing[one]
                continue
            missing.asked += 1
            missing.asked_at = now
            asked.append(one & 0xFFFF)
        return asked

    @property
    def lost(self) -> int:
        """Packets lost for good or yet to come again; below 0 when some came twice (RFC 3550, 6.4.1)."""
        return self._highest - self._first + 1 - self.packets if self._highest >= 0 else 0

    def report(self, ssrc: int, last_sr: int = 0, delay: int = 0) -> Report:
        """The block of a receiver report, for the time since the last one."""
        expected = self._highest - self._first + 1 if self._highest >= 0 else 0
        since, came = expected - self._expected_before, self.packets - self._packets_before
        self._expected_before, self._packets_before = expected, self.packets
        fraction = max(0, min(255, (since - came) * 256 // since)) if since > 0 else 0
        return Report(ssrc, fraction, self.lost, max(0, self._highest) & 0xFFFFFFFF, int(self.jitter), last_sr, delay)
