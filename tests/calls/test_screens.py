"""A shared screen has no smaller layer to give: what then becomes of those whose network is too narrow for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

from calls import rtp
from calls.budget import PAUSE_SECONDS, SCREEN_ROOM, TRIAL_SECONDS, WIDE, cap
from calls.call import Call, _share_of_one
from calls.peer import Peer
from calls.track import ALIVE_SECONDS, REMEMBERED_SECONDS, STEADY_SECONDS, Down
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client
from tests.calls.halls import Hall, hall, of
from tests.calls.waiting import on_loop, until

SCREEN = 1_200_000.0  # bit/s
CAMERA = {"l": 150_000.0, "h": 800_000.0}
SHOWN = {("ann", "screen"): 900, ("ann", "camera"): 120}


class Class:
    """Ann shows her camera in two layers and her screen; Bob sees both, and time stands still."""

    def __init__(self, here: Hall, ann: Client, bob: Client) -> None:
        self.ann = ann
        self.bob = bob
        self.call: Call = here.unit._calls["call"]
        self.sender: Peer = here.peer(ann)
        self.watcher: Peer = here.peer(bob)
        self.now = here.clock()
        for _ in range(STEADY_SECONDS):
            self.flows()

    def down(self, source: str) -> Down:
        """What Bob gets of it."""
        return next(one for one in self.watcher.downs.values() if one.up.source == source)

    def flows(self, screen: float = SCREEN, camera: float = 1.0) -> None:
        """Another second the screen comes so, in bit/s, and this part of the camera."""
        for name, rate in CAMERA.items():
            next(one for one in self.down("camera").up.layers if one.name == name).flows(rate * camera)
        self.down("screen").up.layers[0].flows(screen)

    def serve(self, later: float = 0.0) -> str | None:
        """The layer of the screen that goes to Bob, so many seconds later; None for none."""
        self.call._serve(self.watcher, self.now + later)
        target = self.down("screen").target
        return target.name if target else None


def show(ann: Client, seq: int) -> None:
    """A key frame of everything."""
    ann.send(packets.picture(1001, seq, True, layer="l"))
    ann.send(packets.picture(1002, seq, True, layer="h"))
    ann.send(packets.picture(401, seq, True, mid="2"))


@asynccontextmanager
async def sharing() -> AsyncIterator[Class]:
    """Returns when Bob gets Ann's voice, camera and screen."""
    async with hall() as here:
        sending = {"0": Sending(101), "1": Sending(layers=("l", "h")), "2": Sending(401)}
        ann = Client(here.unit, here.desk, "ann", sending)
        bob = await here.joined(2)
        await ann.join()
        here.unit.show("call", "p2", SHOWN)
        ann.send(packets.voice(101, 0))
        show(ann, 1)
        downs = here.peer(bob).downs
        await until(lambda: len(here.peer(ann).layers()) == 4 and sum(1 for one in downs.values() if one.target) == 3)
        show(ann, 2)
        await until(lambda: here.open_downs(bob) == 3)
        with here.clock.held():
            yield Class(here, ann, bob)


@on_loop
async def test_a_screen_far_above_a_budget_is_held_back_and_sound_and_camera_go_on() -> None:
    async with sharing() as school:
        assert school.serve() == ""
        school.watcher.budget.limit = 500_000
        assert school.serve() is None
        camera = school.down("camera").target
        assert camera
        assert camera.name == "l"
        school.ann.send(packets.voice(101, 1))
        await until(lambda: 1 in [rtp.Header(one).seq for one in of(school.bob, 101)])


@on_loop
async def test_it_is_tried_again_and_held_back_again_for_twice_as_long() -> None:
    async with sharing() as school:
        school.watcher.budget.limit = 500_000
        assert school.serve() is None
        assert school.serve(PAUSE_SECONDS - 0.1) is None
        assert school.serve(PAUSE_SECONDS) == ""
        assert school.serve(PAUSE_SECONDS + TRIAL_SECONDS) is None
        assert school.serve(3 * PAUSE_SECONDS + TRIAL_SECONDS - 0.1) is None
        assert school.serve(3 * PAUSE_SECONDS + TRIAL_SECONDS) == ""


@on_loop
async def test_it_stays_when_it_was_carried() -> None:
    async with sharing() as school:
        school.watcher.budget.limit = 500_000
        school.serve()
        assert school.serve(PAUSE_SECONDS) == ""
        school.watcher.budget.limit = 1_600_000
        assert school.serve(PAUSE_SECONDS + TRIAL_SECONDS) == ""
        assert school.down("screen").trial.paused_at is None


@on_loop
async def test_a_screen_that_comes_in_bursts_does_not_come_and_go() -> None:
    for limit in (200_000, 500_000, 900_000, 2_600_000):
        async with sharing() as school:
            for _ in range(STEADY_SECONDS):
                school.flows(50_000)
            school.watcher.budget.limit = limit
            went = []
            for second, screen in enumerate([50_000, 2_000_000, 50_000, 50_000, 50_000]):
                school.flows(screen)
                went.append(school.serve(second))
            assert went[0] == ""
            assert sum(one != other for one, other in pairwise(went)) <= 1, limit


@on_loop
async def test_who_has_a_camera_in_layers_beside_it_slows_the_screen_down_all_the_same() -> None:
    async with sharing() as school:
        school.serve()
        beside = sum(CAMERA.values())
        school.call._shares = {school.watcher: 300_000.0}
        assert school.call._limit(school.sender, school.now) == 300_000 + beside
        assert school.call._limit(school.sender, school.now + 60) == cap(2)


@on_loop
async def test_a_camera_that_the_limit_itself_slows_down_for_a_moment_keeps_its_room_beside_a_screen() -> None:
    async with sharing() as school:
        room = 300_000 + sum(CAMERA.values())
        school.call._shares = {school.watcher: 300_000.0}
        for second in range(1, REMEMBERED_SECONDS):
            school.flows(camera=0.1)
            assert school.call._limit(school.sender, school.now) == room, second
        school.flows(camera=0.1)
        assert school.call._limit(school.sender, school.now) < room


@on_loop
async def test_who_sends_layers_alone_is_not_slowed_down_by_a_narrow_network() -> None:
    async with sharing() as school:
        school.down("screen").up.layers[0].heard_at = school.now - ALIVE_SECONDS
        school.call._shares = {school.watcher: 300_000.0}
        assert school.call._limit(school.sender, school.now) == cap(2)


@on_loop
async def test_who_shares_a_screen_may_send_more_for_as_long_as_it_comes() -> None:
    async with sharing() as school:
        school.call._shares = {school.watcher: WIDE, school.sender: WIDE}
        assert school.call._limit(school.sender, school.now) == cap(2) + SCREEN_ROOM
        assert school.call._limit(school.watcher, school.now) == cap(2)
        assert school.call._limit(school.sender, school.now + ALIVE_SECONDS) == cap(2)


@on_loop
async def test_what_is_left_for_a_screen_is_what_small_pictures_of_others_leave() -> None:
    async with sharing() as school:
        school.watcher.budget.limit = 2_000_000
        assert school.serve() == ""
        assert _share_of_one(school.watcher) == 2_000_000 - CAMERA["l"]


@on_loop
async def test_a_large_layer_that_begins_again_counts_by_what_it_was_and_the_one_that_is_shown_by_what_it_is() -> None:
    async with sharing() as school:
        down = school.down("camera")
        assert down.target
        assert down.target.name == "l"
        for layer in down.up.layers:
            layer.flows(1_000)  # the first moment after both were held up
        picture = school.call._picture(school.watcher, down, school.now)
        assert picture.layers == {"l": 1_000, "h": CAMERA["h"]}
        for _ in range(REMEMBERED_SECONDS):
            down.up.layers[-1].flows(2_000)
        assert school.call._picture(school.watcher, down, school.now).layers["h"] == 2_000
