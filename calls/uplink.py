"""What the network of one sender carries up to here, by how late its packets come: pictures give way to sound.

Sound waits in the same queue as pictures, so a queue that stands is to be empty again before sound is lost or late.
A newcomer's first mistake is to take a packet that was late for a queue: also a machine without time makes it late. In
a queue that stands all are, the quickest too; and how late is told by the time of sending that each carries
(abs-send-time), which leaves out what it waited inside its sender.
"""

from collections import deque

from calls.budget import WIDE

LEAST = 64_000  # bit/s: sound. Whoever sends no more fills no queue, and nobody is told to send less
LATE_SECONDS = 0.12  # that the quickest packets come later than they could: a queue stands
EARLY_SECONDS = 0.05  # it is as good as empty
LOOKS = 2  # over which a rate is taken, and a queue must stand; together half a second
REMEMBERED_SECONDS = 5.0  # of which the quickest packet says how long the way takes: clocks drift, and ways change
DRAINING_SECONDS = 20.0  # the same while a queue stands: a deep one is not to be forgotten before it is empty
CAUTION = 0.85  # of what came through a queue that stands, as in draft-ietf-rmcat-gcc-02, section 5.5
LEAST_CAUTION = 0.6
TOLERANCE = 1.1  # of what they were told, that they may send more
SETTLING_SECONDS = 1.0  # until it shows in a rate that less is sent
PATIENCE_SECONDS = 2.0  # for which who sends no more than they were told may wait for a queue to become empty
GROWTH = 1.15  # a second, while no queue stands
CAREFUL_GROWTH = 1.03  # around what once was too much, and where it is not used
BUSY_SECONDS = 0.4  # between two looks: it is this process that has no time
URGENT = 0.97  # of what was told before: so much less is told at once

TICKS = 1 << 18  # a second of abs-send-time
WRAP = 1 << 24  # it begins anew every 64 s
HALF = WRAP >> 1


class Uplink:
    """`limit` is what may be sent, in bit/s; as good as without limit until a queue stands, and where no packet says
    when it was sent."""

    def __init__(self, now: float) -> None:
        self.limit = WIDE
        self.queue = 0.0  # seconds
        self._shortest = 0.0  # seconds, that it was since the last of what was measured
        self._carried = 0.0  # bit/s, what came through the last queue
        self._carried_at = float("-inf")  # when that was measured
        self._told = WIDE
        self._host = ""  # from which packets come
        self._looked_at = now
        self._transit = 0  # ticks, of the newest packet
        self._late = 0  # ticks that the newest packet took longer than the first
        self._least: float = float("inf")  # of those since the last look
        self._octets = 0  # since the last look
        self._came: deque[tuple[int, float]] = deque(maxlen=LOOKS)  # bytes and seconds of each look
        self._leasts: deque[tuple[float, float]] = deque()  # when, and the least late of each look, in ticks

    def took(self, sent: int, octets: int, now: float) -> None:
        """A packet came that says it was `sent` at so many ticks, below 0 if it does not; `now` in seconds."""
        self._octets += octets
        if sent < 0:
            return
        transit = int(now * TICKS) - sent
        self._late += (transit - self._transit + HALF) % WRAP - HALF
        self._transit = transit
        if self._late < self._least:
            self._least = self._late

    def moves(self, host: str) -> None:
        """Packets come another way from now on, which may be longer. What another host's network carries is not known
        yet; another port of the same host is a router's whim."""
        self._leasts.clear()
        self._least, self.queue, self._shortest = float("inf"), 0.0, 0.0
        if host == self._host:
            return
        self._host = host
        self.limit = self._told = WIDE
        self._carried, self._carried_at = 0.0, float("-inf")
        self._came.clear()

    def look(self, now: float) -> bool:
        """Another look, a few times a second. Whether the limit became so much less that it is to be told at once."""
        seconds = now - self._looked_at
        if seconds <= 0:
            return False
        self._came.append((self._octets, seconds))
        self._looked_at, self._octets = now, 0
        self._measure(now)
        if max(took for _, took in self._came) > BUSY_SECONDS:
            return False
        rate = self._rate()
        if self.queue > LATE_SECONDS:
            self._shrink(rate, now)
        elif self.queue < EARLY_SECONDS:
            self._grow(rate, seconds)
        is_urgent = self.limit < self._told * URGENT
        if is_urgent or self.limit > self._told:
            self._told = self.limit
        return is_urgent

    def _rate(self) -> float:
        """The bit/s that came. A look in which much less did is left out: something held it up for a moment."""
        rates = [octets * 8 / took for octets, took in self._came]
        return max(rates) if min(rates) < max(rates) / 2 else sum(rates) / len(rates)

    def _measure(self, now: float) -> None:
        """How long the queue is: by how much the quickest packets came later than the quickest of all. Of who sends
        nothing none is known."""
        if self._least == float("inf"):
            self.queue = 0.0
            return
        self._leasts.append((now, self._least))
        self._least = float("inf")
        remembered = REMEMBERED_SECONDS if self.queue < EARLY_SECONDS else DRAINING_SECONDS
        while self._leasts[0][0] < now - remembered:
            self._leasts.popleft()
        lately = min(late for _, late in list(self._leasts)[-LOOKS:])
        self.queue = (lately - min(late for _, late in self._leasts)) / TICKS
        self._shortest = min(self._shortest, self.queue)

    def _shrink(self, rate: float, now: float) -> None:
        """To what leaves the queue empty after a second or so. What comes through a queue that stands comes as fast as
        the network can. Who sends no more than they were told is told less only where the queue grows all the same:
        else it is somebody else's, or the way has become longer."""
        if rate <= LEAST:
            return
        obeys = rate <= self.limit * TOLERANCE
        grows = self.queue > self._shortest + EARLY_SECONDS
        if now - self._carried_at >= (PATIENCE_SECONDS if obeys else SETTLING_SECONDS) and (grows or not obeys):
            self._carried, self._carried_at, self._shortest = rate, now, self.queue
        caution = max(LEAST_CAUTION, min(CAUTION, 1 - self.queue))
        self.limit = min(self.limit, max(LEAST, self._carried * caution))

    def _grow(self, rate: float, seconds: float) -> None:
        is_near = 0.8 < self.limit / max(self._carried, 1.0) < 1.15
        is_used = rate > self.limit / 2
        growth = GROWTH if is_used and not is_near else CAREFUL_GROWTH
        self.limit = min(WIDE, self.limit * growth**seconds)
