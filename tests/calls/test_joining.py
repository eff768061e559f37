"""Who comes is shown a picture at once: with a key frame that was just sent, or that was asked for before they came."""

from calls import rtp
from calls.call import OFFER_SECONDS
from calls.rtcp import KeyFrameWanted
from calls.track import FRESH_SECONDS, KEY_FRAME_SECONDS
from tests.calls import packets
from tests.calls.answering import Sending
from tests.calls.client import Client
from tests.calls.halls import hall, of
from tests.calls.test_track import Stage, watching
from tests.calls.waiting import on_loop, until


def test_who_comes_soon_after_a_key_frame_begins_with_it_and_asks_for_none() -> None:
    stage = Stage("")
    sent = [stage.frame(0, seq, key=seq == 2, now=1.0) for seq in (1, 2, 3)]
    down, ear = watching(stage, now=1.0 + FRESH_SECONDS / 2)
    assert ear.rtp == sent[1:]
    assert stage.asked == []
    assert down.layer is stage.layers[0]
    assert stage.frame(0, 4, now=1.2) == ear.rtp[-1]
    assert ear.seqs() == [2, 3, 4]


def test_who_comes_later_waits_for_the_next_one() -> None:
    stage = Stage("")
    stage.frame(0, 1, key=True, now=1.0)
    _, ear = watching(stage, now=1.1 + FRESH_SECONDS)
    assert ear.rtp == []
    assert stage.asked == [KeyFrameWanted(7)]


def test_who_saw_it_before_waits_for_the_next_one() -> None:
    stage = Stage("l", "h")
    stage.frame(0, 1, key=True, now=1.0)
    down, ear = watching(stage, now=1.0)
    stage.frame(1, 100, key=True, now=1.1)
    down.show(stage.layers[1], 1.1)
    stage.frame(1, 101, now=1.1)
    assert ear.seqs() == [1]  # another layer would show again what was just seen
    down.show(None, 1.1)
    down.show(stage.layers[0], 1.1)
    stage.frame(0, 2, now=1.1)
    assert ear.seqs() == [1]


def test_what_was_lost_of_it_is_left_out_and_can_come_again() -> None:
    stage = Stage("")
    for seq in (2, 3, 5):
        stage.frame(0, seq, key=seq == 2, now=1.0)
    _, ear = watching(stage, now=1.0)
    assert ear.seqs() == [2, 3, 5]
    stage.frame(0, 4, now=1.1)
    assert ear.seqs() == [2, 3, 5, 4]


def test_of_a_key_frame_of_several_beginnings_the_first_counts() -> None:
    stage = Stage("")
    for seq, said in ((1, b"\x67 parameters"), (2, b"\x65 picture")):
        stage.layers[0].take(packets.rtp(7, seq, said, 102, timestamp=90), 1.0)
    _, ear = watching(stage, now=1.0)
    assert ear.seqs() == [1, 2]


def test_a_voice_begins_with_what_is_said_next() -> None:
    stage = Stage("", kind="audio")
    stage.layers[0].take(packets.voice(7, 1), 1.0)
    _, ear = watching(stage, now=1.0)
    assert ear.rtp == []


@on_loop
async def test_a_key_frame_is_asked_for_before_whoever_comes_can_get_it() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        ann.send(packets.picture(201, 0, key=True))
        await until(lambda: here.peer(ann).ups["1"].codec)
        here.clock.ahead += 2 * KEY_FRAME_SECONDS
        ann.send(packets.picture(201, 1))
        await until(lambda: here.peer(ann).ups["1"].layers[0].reception.seq == 1)
        (layer,) = here.peer(ann).ups["1"].layers
        asked = layer._key_asked_at
        bob = Client(here.unit, here.desk, "bob", {"0": Sending(102)})
        bob.lose = lambda data: True
        here.unit.join("call", "bob")
        bob.call = "call"
        await until(lambda: here.peer(bob).agreed and bob._udp)
        assert layer._key_asked_at == asked  # an answer alone is no way: what came would be lost
        bob.lose = lambda data: 19 < data[0] < 64  # and now no keys are agreed on yet, so it is not connected
        bob.check()
        await until(lambda: ann.heard(KeyFrameWanted))
        assert layer._key_asked_at > asked
        assert bob.states == []


@on_loop
async def test_a_way_that_was_found_before_the_answer_came_is_remembered() -> None:
    async with hall() as here:
        ann = await here.joined(1)
        ann.send(packets.picture(201, 0, key=True))
        await until(lambda: here.peer(ann).ups["1"].codec)
        bob = Client(here.unit, here.desk, "bob", {"0": Sending(102)})
        bob.call = "call"
        bob.lose = lambda data: 19 < data[0] < 64
        held: list[tuple[str, str, int, str]] = []
        take = here.unit.answer
        here.unit.answer = lambda *answer: held.append(answer)  # type: ignore[method-assign]
        here.unit.join("call", "bob")
        await until(lambda: here.peer(bob).agent.selected)
        here.clock.ahead += 2 * KEY_FRAME_SECONDS
        ann.send(packets.picture(201, 1))
        await until(lambda: here.peer(ann).ups["1"].layers[0].reception.seq == 1)
        assert not ann.heard(KeyFrameWanted)
        take(*held[0])
        await until(lambda: ann.heard(KeyFrameWanted))


@on_loop
async def test_nothing_is_shown_later_of_what_was_not_allowed() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        await here.talk(ann, bob)
        here.unit.allow("call", "p1", ["microphone"])
        ann.send(packets.picture(201, 1, key=True))
        ann.send(packets.voice(101, 1))
        await until(lambda: of(bob, 101)[-1:] and rtp.Header(of(bob, 101)[-1]).seq == 1)
        bob.packets.clear()
        await here.allow(ann, "microphone", "camera")
        ann.send(packets.picture(201, 2, key=True))
        await until(lambda: of(bob, 201))
        secret = packets.picture(201, 1, key=True)
        assert [rtp.Header(one).timestamp for one in of(bob, 201)] == [rtp.Header(secret).timestamp + 3000]


@on_loop
async def test_sound_and_picture_that_begin_together_are_offered_together() -> None:
    async with hall() as here:
        ann, bob = await here.joined(1), await here.joined(2)
        here.clock.ahead += OFFER_SECONDS  # since the offer with which they came
        before = len(bob.offers)
        with here.clock.held():
            ann.send(packets.voice(101, 0))
            ann.send(packets.picture(201, 0, key=True))
            await until(lambda: all(up.codec for up in here.peer(ann).ups.values()))
            assert len(bob.offers) == before
        await until(lambda: here.open_downs(bob) == 2)
        assert len(bob.offers) - before == 1
