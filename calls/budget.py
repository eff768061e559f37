"""Who gets which layer of whom, from what each screen shows and what each network carries. Numbers in, names out.

A newcomer's first mistake is to believe a receiver's estimate upwards: it never exceeds half as much again as what is
sent, so whoever once got a small picture would never see a large one. Hence a budget that grows while nothing is lost.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

SMALL = 360  # pixels of height up to which the small layer is whole: half of the 1280x720 that pages ask a camera for
HEADROOM = 1.2  # what begins must fit so many times: a layer that comes and goes is worse than a small one
FLOOR = 150_000  # bit/s: sound and one small picture; less is never reckoned with
FAR = 1.15  # what a picture without layers may be of what is left: above, a quarter is lost, and of the sound too
PAUSE_SECONDS = 5.0  # for which such a picture is then held back, twice as long after each trial in vain
LONGEST_PAUSE_SECONDS = 60.0
TRIAL_SECONDS = 2.0  # for which it is tried again: reports come every second

# Loss and what it does, as in Google's congestion control (draft-ietf-rmcat-gcc-02, section 6)
HEAVY_LOSS = 0.10
LIGHT_LOSS = 0.02
CAUTION = 0.85  # an estimate below so much of what is sent says that it is too much
LATE_SECONDS = 0.1  # a way back that takes so much longer than the shortest: something is queueing
GROWTH = 1.15  # a second, once it was calm
CALM_SECONDS = 3.0
WIDE = 30_000_000.0  # bit/s: more than a call of 16 needs, so no limit any more

# What one peer may send, in bit/s, by the number of people: everybody's line carries all the others
CAPS = ((2, 3_000_000), (4, 2_000_000), (9, 1_200_000))
CROWD = 600_000
SCREEN_ROOM = 1_500_000  # bit/s more for who shares a screen: writing stays legible, and camera and sound go on


@dataclass(frozen=True, slots=True)
class Picture:
    """A video that somebody could see: how tall their screen shows it, and the bit/s of each layer that comes."""

    key: Hashable
    height: int  # pixels; 0 is not shown at all
    layers: Mapping[str, float]  # from small to large
    now: str | None = None  # the layer that they get
    must: bool = True  # does it go whatever the budget, if no larger one does?


def share(pictures: Sequence[Picture], budget: float) -> dict[Hashable, str | None]:
    """The layer of each picture, None for none, so that all together stay within `budget` bit/s.

    Large ones come first. First as many as fit get their smallest layer, then what is left makes large ones better. The
    largest always gets its smallest layer, or a network that always loses a little would never be known to be better.
    One that has no smaller layer to give, such as a screen, goes on beyond the budget by FAR at most, and by more only
    while it is tried (Trial): it would take the sound with it. Held back it begins with room to spare, as any other.
    """
    shown = sorted((one for one in pictures if one.height > 0 and one.layers), key=lambda one: -one.height)
    chosen: dict[Hashable, str | None] = {one.key: None for one in pictures}
    left = budget
    is_first = True
    for one in shown:
        name, cost = next(iter(one.layers.items()))
        goes_on = one.now is not None and cost <= left * FAR
        if (is_first and (one.must or goes_on)) or left >= _needs(cost, kept=one.now is not None):
            is_first = False
            chosen[one.key] = name
            left -= cost
    for one in shown:
        (_, small), *larger = one.layers.items()
        for name, cost in larger:
            more = cost - small
            if chosen[one.key] and one.height > SMALL and left >= _needs(more, kept=one.now == name):
                chosen[one.key] = name
                left -= more
    return chosen


def _needs(cost: float, kept: bool) -> float:
    return cost if kept else cost * HEADROOM


@dataclass(slots=True)
class Trial:
    """When a picture that is held back, as it is far above a budget, is tried all the same. Times in seconds.

    Each trial that failed doubles the time until the next: it costs everybody's voice a moment.
    """

    paused_at: float | None = None
    pause: float = PAUSE_SECONDS
    began_at: float | None = None  # while it is tried

    def is_on(self, now: float, budget: "Budget") -> bool:
        """Whether it is tried now. A budget that shrinks meanwhile has said what there was to learn, and so has a way
        that is late; while it is, none begins."""
        if self.paused_at is None or budget.is_late:
            return False
        if self.began_at is None:
            return now >= self.paused_at + self.pause
        return now < self.began_at + TRIAL_SECONDS and budget.shrank_at <= self.began_at

    def went(self, shown: bool, now: float, budget: "Budget") -> None:
        """Whether it goes out now."""
        if shown and self.is_on(now, budget):
            self.began_at = now if self.began_at is None else self.began_at
        elif shown:
            self.paused_at, self.pause, self.began_at = None, PAUSE_SECONDS, None
        elif self.paused_at is None:
            self.paused_at = now
        elif self.began_at is not None:
            self.paused_at, self.pause, self.began_at = now, min(LONGEST_PAUSE_SECONDS, self.pause * 2), None


@dataclass(frozen=True, slots=True)
class Passage:
    """How the last `seconds` went for one receiver: bit/s sent, its own estimate of what it could take, the share that
    was lost, and the time there and back (0 while it is not known)."""

    sent: float
    estimate: float | None
    loss: float
    round_trip: float
    seconds: float = 1.0


@dataclass(slots=True)
class Budget:
    """What the network of one receiver may be given, in bit/s; as good as without limit until it shows one.

    A low estimate alone is not believed: a browser on a busy phone makes one too, and takes a minute to forget it. What
    arrived in time the network does carry, whatever was believed before.
    """

    limit: float = WIDE
    shortest: float = WIDE  # seconds there and back
    calm_at: float = float("-inf")  # seconds, from when on it may grow
    is_late: bool = False  # does the way there and back take much longer than it could?

    def hears(self, went: Passage, now: float) -> None:
        """Another look at how it goes."""
        if went.round_trip:
            self.shortest = min(self.shortest, went.round_trip)
        self.is_late = went.round_trip > self.shortest + LATE_SECONDS
        strained = self.is_late or went.loss > LIGHT_LOSS
        if went.loss > HEAVY_LOSS:
            self._shrink(went.sent * (1 - went.loss / 2), now)
        elif strained and went.estimate is not None and went.estimate < went.sent * CAUTION:
            self._shrink(max(went.estimate, went.sent / 2), now)
            return
        elif not strained and now >= self.calm_at:
            self.limit = min(WIDE, self.limit * GROWTH**went.seconds)
        if not self.is_late:
            self.limit = min(WIDE, max(self.limit, went.sent * (1 - went.loss)))

    @property
    def shrank_at(self) -> float:
        """When it last became less, in seconds."""
        return self.calm_at - CALM_SECONDS

    def _shrink(self, limit: float, now: float) -> None:
        self.limit = max(FLOOR, min(self.limit, limit))
        self.calm_at = now + CALM_SECONDS


def cap(people: int) -> int:
    """What each peer may send, in bit/s, when so many are in a call."""
    return next((limit for most, limit in CAPS if people <= most), CROWD)


def publisher_limit(people: int, shares: Sequence[float], beside: float = 0.0, screen: bool = False) -> int:
    """What one peer is told to send at most, in bit/s.

    `shares` is what each of its watchers could get of a picture that comes in one layer: that goes by what more than
    half of them can take, as one who says that much is lost must not spoil it for others. `beside` is what comes in two
    layers meanwhile. Who sends all in two is not slowed down by one bad network: its owner gets the small one. A
    `screen` has room of its own: few share one at a time, and nobody can read by a part of 600 kbit/s.
    """
    limit = cap(people) + (SCREEN_ROOM if screen else 0)
    if shares:
        limit = min(limit, int(sorted(shares, reverse=True)[len(shares) // 2] + beside))
    return max(FLOOR, limit)
