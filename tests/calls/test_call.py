"""Who is in a call, and who else learns of it; what happens over time."""

import pytest

from calls import call as calls
from calls.call import Call, Event, Full, Left, Offered, Sent
from calls.ice import CONSENT_SECONDS, Agent
from tests.calls import packets
from tests.calls.answering import Sending, answer_to
from tests.calls.test_sdp import PRINT
from tests.calls.waiting import on_loop


class Scene:
    """A call without a network."""

    def __init__(self) -> None:
        self.now = 0.0
        self.events: list[Event] = []
        self.known: set[Agent] = set()
        self.call = Call("room", (), lambda: self.now, self.events.append, self.known.add, self.known.discard)

    def answer(self, name: str, **sending: Sending) -> None:
        """The newest offer to them, answered."""
        offer = next(one for one in reversed(self.events) if isinstance(one, Offered) and one.peer == name)
        self.call.answer(
            name, offer.version, answer_to(offer.sdp, PRINT, {mid.strip("_"): s for mid, s in sending.items()})
        )

    def offers(self, name: str) -> int:
        return sum(1 for one in self.events if isinstance(one, Offered) and one.peer == name)


@on_loop
async def test_who_joins_is_offered_at_once_and_nobody_else() -> None:
    scene = Scene()
    scene.call.join("ann")
    scene.call.join("bob")
    assert (scene.offers("ann"), scene.offers("bob")) == (1, 1)
    assert {peer.agent for peer in scene.call.peers.values()} == scene.known
    scene.call.close()


@on_loop
async def test_who_leaves_is_known_no_more_and_their_sources_are_free() -> None:
    scene = Scene()
    scene.call.join("ann")
    scene.answer("ann", _0=Sending(5))
    scene.call.join("bob")
    assert not scene.call.claim(5, scene.call.peers["bob"])
    scene.call.leave("ann")
    assert scene.call.claim(5, scene.call.peers["bob"])
    assert len(scene.known) == 1
    scene.call.leave("ann")
    assert scene.events.count(Left("room", "ann", "left")) == 1
    scene.call.close()
    assert scene.known == set()


@on_loop
async def test_a_call_can_be_full() -> None:
    scene = Scene()
    for number in range(calls.MAX_PEERS):
        scene.call.join(str(number))
    with pytest.raises(Full):
        scene.call.join("one more")
    scene.call.join("0")  # who is here already needs no place
    scene.call.close()


@on_loop
async def test_who_never_comes_is_gone_after_a_while() -> None:
    scene = Scene()
    scene.call.join("ann")
    scene.now = CONSENT_SECONDS - 1
    scene.call.tick()
    assert "ann" in scene.call.peers
    scene.now = CONSENT_SECONDS + 1
    scene.call.tick()
    assert scene.events[-1] == Left("room", "ann", "vanished")


@on_loop
async def test_who_hangs_up_leaves_and_a_former_self_cannot_throw_out_the_new_one() -> None:
    scene = Scene()
    scene.call.join("ann")
    former = scene.call.peers["ann"]
    scene.call.join("ann")
    scene.call.turned(former, "closed")
    assert "ann" in scene.call.peers
    scene.call.turned(scene.call.peers["ann"], "closed")
    assert scene.events[-1] == Left("room", "ann", "closed")


@on_loop
async def test_that_nothing_comes_of_who_joined_is_said_once_and_again_when_they_join_anew() -> None:
    scene = Scene()
    nothing = Sent("room", "ann", ())
    for times in (1, 2):  # whoever hears it may remember a video of before
        scene.call.join("ann")
        for _ in range(2):
            scene.now += calls.LOOK_SECONDS
            scene.call.tick()
        assert scene.events.count(nothing) == times
    scene.call.close()


@on_loop
async def test_a_lost_offer_is_made_anew_with_new_keys() -> None:
    scene = Scene()
    scene.call.join("ann")
    before = scene.call.peers["ann"].agent.credentials.ufrag
    scene.now += calls.OFFER_SECONDS
    scene.call.restart("ann")
    assert scene.offers("ann") == 2
    newest = scene.events[-1]
    assert isinstance(newest, Offered)
    assert before not in newest.sdp
    scene.answer("ann")
    scene.call.close()


def _opened(data: bytes) -> bytes:
    return data


@on_loop
async def test_who_comes_and_goes_all_the_time_does_not_keep_the_others_busy() -> None:
    scene = Scene()
    scene.call.join("ann")
    scene.answer("ann")
    scene.now += calls.OFFER_SECONDS
    for _ in range(50):
        scene.call.join("bob")
        scene.answer("bob", _0=Sending(5))
        bob = scene.call.peers["bob"]
        bob.secure.unprotect = _opened  # type: ignore[method-assign]
        bob.take(packets.voice(5, 1))
        scene.call.restart("ann")
    assert scene.offers("ann") == 2
    scene.now += calls.OFFER_SECONDS
    scene.call.tick()
    assert scene.offers("ann") == 3
    scene.call.close()


@on_loop
async def test_those_who_begin_one_after_another_do_not_put_an_offer_off() -> None:
    scene = Scene()
    for name in ("ann", "bob", "cleo"):
        scene.call.join(name)
    scene.answer("ann")
    scene.call.peers["ann"].secure._sending = object()  # type: ignore[assignment]
    scene.now += calls.OFFER_SECONDS
    for ssrc, name in ((5, "bob"), (6, "cleo")):
        scene.answer(name, _0=Sending(ssrc))
        scene.call.peers[name].secure.unprotect = _opened  # type: ignore[method-assign]
    scene.call.peers["bob"].take(packets.voice(5, 1))
    assert scene.offers("ann") == 1
    scene.now += calls.TOGETHER_SECONDS
    scene.call.peers["cleo"].take(packets.voice(6, 1))
    assert scene.offers("ann") == 2
    scene.call.peers["ann"].secure._sending = None
    scene.call.close()


@on_loop
async def test_only_who_is_here_can_answer_or_look() -> None:
    scene = Scene()
    for ask in (
        lambda: scene.call.answer("ann", 1, ""),
        lambda: scene.call.show("ann", {}),
        lambda: scene.call.restart("ann"),
    ):
        with pytest.raises(KeyError):
            ask()


@on_loop
async def test_figures_name_everybody_before_anything_flows() -> None:
    scene = Scene()
    scene.call.join("ann")
    scene.answer("ann", _0=Sending(5), _1=Sending(6, 7))
    told = scene.call.figures()["peers"]["ann"]
    assert not told["connected"]
    assert [(one["source"], one["codec"], one["packets"]) for one in told["ups"]] == [
        ("microphone", None, 0),
        ("camera", None, 0),
    ]
    scene.call.close()
