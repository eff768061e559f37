"""Whoever sends more than their network carries is told so before sound is lost or late, and nobody else is."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import pytest

from calls import rtp
from calls.budget import WIDE
from calls.uplink import LEAST, Uplink

STEP, LOOK = 0.02, 0.25  # seconds
SOUND = 40_000  # bit/s
VOICE, PICTURE = 100, 1000  # bytes of a packet
EVERY_SECOND = 50  # steps


@dataclass
class Road:
    """A sender who sends sound, and pictures as many as they want and may, and what lies between them and the unit."""

    carries: float = 50e6  # bit/s
    wants: float = 2_000_000.0  # of pictures
    delay: float = 0.02  # seconds
    jitter: float = 0.0  # seconds that any packet may take longer
    drift: float = 0.0  # seconds that the sender's clock gains in one
    clock: float = 0.0  # what it showed at the beginning
    is_timed: bool = True
    holds: float = 0.5  # seconds, in its queue; the rest is lost
    burst: int = 0  # bytes of a key frame, every three seconds
    held: Callable[[float], float] = lambda at: at  # when something that came is read
    now: float = 0.0
    queues: list[float] = field(default_factory=list)  # seconds, of each step
    limits: list[float] = field(default_factory=list)
    urgent: list[float] = field(default_factory=list)  # when it was told at once
    uplink: Uplink = field(default_factory=lambda: Uplink(0.0))
    _free: float = 0.0
    _spared: float = 0.0  # bytes of pictures that may go yet
    _coming: list[tuple[float, int, int]] = field(default_factory=list)
    _looked: float = 0.0
    _chance: Random = field(default_factory=lambda: Random(4))

    def goes_on(self, seconds: float, *, speaks: bool = True) -> None:
        """So many more seconds."""
        for _ in range(round(seconds * EVERY_SECOND)):
            self._sends(VOICE if speaks else 0)
            self._spared += min(self.wants, self.uplink.limit - SOUND) / 8 * STEP
            if self.burst and round(self.now * EVERY_SECOND) % (3 * EVERY_SECOND) == 0:
                self._spared += self.burst
            while self._spared >= PICTURE:
                self._spared -= PICTURE
                self._sends(PICTURE)
            self.now += STEP
            self._reads()
            self.queues.append(max(0.0, self._free - self.now))
            self.limits.append(self.uplink.limit)

    def _sends(self, octets: int) -> None:
        free = max(self._free, self.now) + octets * 8 / self.carries
        if not octets or free - self.now > self.holds:
            return
        self._free = free
        at = self.held(free + self.delay + self._chance.random() * self.jitter)
        clock = self.clock + self.now * (1 + self.drift)
        sent = int.from_bytes(rtp.send_time(clock), "big") if self.is_timed else rtp.UNTIMED
        heapq.heappush(self._coming, (at, sent, octets))

    def _reads(self) -> None:
        while self._coming and self._coming[0][0] <= self.now:
            at, sent, octets = heapq.heappop(self._coming)
            self.uplink.took(sent, octets, at)
        due = self.held(self._looked + LOOK)
        if self.now >= due:
            self._looked = due
            if self.uplink.look(due):
                self.urgent.append(due)

    def lately(self, figures: list[float], seconds: float) -> list[float]:
        return figures[-round(seconds * EVERY_SECOND) :]


@pytest.mark.parametrize("carries", [200_000, 400_000, 900_000, 1_500_000])
def test_pictures_that_a_network_does_not_carry_do_not_hold_up_sound(carries: float) -> None:
    road = Road(carries)
    road.goes_on(60)
    after = road.lately(road.queues, 57)
    assert max(after) < 0.35
    assert sum(queue > 0.15 for queue in after) < len(after) / 10
    limits = road.lately(road.limits, 50)
    assert carries * 0.7 < sum(limits) / len(limits) < carries


def test_one_who_begins_to_send_too_much_hears_so_at_once_and_only_then() -> None:
    road = Road()
    road.goes_on(5)
    road.carries = 400_000
    road.goes_on(1.5)
    assert road.urgent
    assert road.urgent[0] < 6
    road.urgent.clear()
    road.goes_on(3)
    assert not road.urgent


@pytest.mark.parametrize("road", [Road(), Road(is_timed=False), Road(jitter=0.09), Road(burst=60_000, carries=4e6)])
def test_a_network_that_carries_all_limits_nothing(road: Road) -> None:
    road.goes_on(60)
    assert min(road.limits) == WIDE


def test_a_packet_that_does_not_say_when_it_was_sent_says_nothing() -> None:
    road = Road(carries=400_000, is_timed=False)
    road.goes_on(10)
    assert min(road.limits) == WIDE


@pytest.mark.parametrize("drift", [1e-3, -1e-3])
def test_a_clock_that_goes_too_fast_or_too_slow_is_no_queue(drift: float) -> None:
    road = Road(drift=drift, wants=100_000)
    road.goes_on(600)
    assert min(road.limits) == WIDE


@pytest.mark.parametrize("clock", [0.0, 31.5, 63.5])
def test_the_time_of_sending_begins_anew_every_minute(clock: float) -> None:
    road = Road(clock=clock)
    road.goes_on(70)
    assert min(road.limits) == WIDE
    road.carries = 400_000
    road.goes_on(70)
    assert max(road.lately(road.limits, 65)) < 500_000


@pytest.mark.parametrize("drift", [1e-3, -1e-3])
def test_a_pause_is_no_queue_however_the_clocks_go(drift: float) -> None:
    road = Road(drift=drift)
    road.goes_on(5)
    road.wants = 0
    road.goes_on(400, speaks=False)
    road.wants = 2_000_000
    road.goes_on(10)
    assert min(road.limits) == WIDE


def test_a_longer_way_costs_a_picture_a_little_and_for_a_moment_only() -> None:
    road = Road()
    road.goes_on(10)
    road.delay += 0.2
    road.goes_on(25)
    assert min(road.limits) > 900_000
    assert road.limits[-1] > 1_500_000


def test_a_way_a_little_longer_limits_nothing() -> None:
    road = Road()
    road.goes_on(10)
    road.delay += 0.1
    road.goes_on(10)
    assert min(road.limits) == WIDE


def test_of_another_way_nothing_is_known_yet() -> None:
    road = Road(carries=400_000)
    road.goes_on(10)
    road.carries, road.delay = 50e6, 0.4
    road.goes_on(0.5)  # until all that went the former way is there
    road.uplink.moves("elsewhere")
    assert road.uplink.limit == WIDE
    road.goes_on(20)
    assert min(road.lately(road.limits, 20)) == WIDE


def test_another_way_that_is_narrow_too_is_measured_anew() -> None:
    road = Road(carries=400_000)
    road.goes_on(1)
    assert road.uplink.limit < 400_000
    road.carries, road._free = 900_000, 0.0
    road.uplink.moves("elsewhere")
    road.goes_on(20)
    assert min(road.lately(road.limits, 20)) > 450_000


def test_another_port_of_the_same_host_has_the_same_network() -> None:
    road = Road(carries=400_000)
    road.uplink.moves("here")
    road.goes_on(10)
    limit = road.uplink.limit
    road.uplink.moves("here")
    assert road.uplink.limit == limit < 400_000


def test_a_deep_queue_is_not_forgotten_before_it_is_empty() -> None:
    road = Road(carries=8e6, holds=4)
    road.goes_on(5)
    road.carries = 200_000
    road.goes_on(60)
    assert max(road.queues) > 3
    assert max(road.lately(road.queues, 40)) < 0.35
    rises = [
        queue for queue, limit, after in zip(road.queues, road.limits, road.limits[1:], strict=False) if after > limit
    ]
    assert max(rises) < 0.35


def test_a_queue_that_others_fill_is_charged_once() -> None:
    road = Road()
    road.goes_on(10)
    road.delay += 0.5
    road.goes_on(19)
    assert min(road.limits) > 1_000_000


def test_a_shorter_way_limits_nothing() -> None:
    road = Road(delay=0.3)
    road.goes_on(10)
    road.delay = 0.02
    road.goes_on(10)
    assert min(road.limits) == WIDE


def test_a_network_that_becomes_better_gets_more_again() -> None:
    road = Road(400_000)
    road.goes_on(20)
    road.carries = 50e6
    road.goes_on(25)
    assert road.limits[-1] > road.wants


def test_whoever_only_speaks_is_not_told_to_send_less() -> None:
    road = Road(carries=50_000, wants=0)
    road.goes_on(10)
    road.carries = 35_000
    road.goes_on(10)
    assert min(road.limits) == WIDE


def test_room_is_left_for_sound_in_the_narrowest_network() -> None:
    road = Road(carries=50_000)
    road.goes_on(20)
    assert min(road.limits) >= LEAST


def test_a_moment_in_which_nothing_comes_through_is_no_queue() -> None:
    road = Road(held=lambda at: at + max(0.0, 0.3 - at % 2))
    road.goes_on(30)
    assert min(road.limits) == WIDE


def test_a_machine_that_has_no_time_to_read_is_no_queue() -> None:
    road = Road(held=lambda at: at - at % 0.8 + 0.8)
    road.goes_on(30)
    assert min(road.limits) == WIDE


def test_whoever_sends_nothing_for_long_may_try_again() -> None:
    road = Road(carries=400_000)
    road.goes_on(20)
    road.wants = 0
    road.goes_on(60, speaks=False)
    assert road.uplink.queue == 0
    assert road.limits[-1] > 1_500_000
