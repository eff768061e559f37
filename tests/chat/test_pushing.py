"""Pushing: who is away is told, as far as they want, in words that only their device reads; and nobody else."""

import json
from contextlib import suppress
from typing import Any

import pytest

from chat.pushing import ELSEWHERE_SECONDS, MAX_BODY, RETURN_SECONDS, SWALLOWED_SECONDS, clipped, topic_of
from chat.visibility import direct, own
from protocol.commands import (
    BlockPerson,
    EndCall,
    PickUpCall,
    RemovePerson,
    RevokeDevice,
    RingCall,
    SendMessage,
    SetMarks,
    SetPreference,
    SetStatus,
)
from protocol.errors import Refusal
from protocol.shapes import Mark
from store.push import Outcome, Parcel
from store.push.post import Post
from store.rows import Subscription
from tests.neighbours import House, Phone, lived, nonce, passes, settles


class Neighbour:
    """Ben's phone, which is subscribed, and what was pushed to whom."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.got: list[Parcel] = []
        self.outcome = Outcome("sent", 201)

        async def send(parcel: Parcel) -> Outcome:
            self.got.append(parcel)
            return self.outcome

        gone = house.store.post.gone
        house.store.post = Post("the key", send, house.clock)
        house.store.post.gone = gone

    async def begin(self) -> "Neighbour":
        self.anna, self.ben = await self.house.joins("Anna"), await self.house.joins("Ben")
        self.place = direct(self.anna.person, self.ben.person)
        for phone in (self.anna, self.ben):
            await self.subscribe(phone)
        self.ben.disconnect()
        return self

    async def subscribe(self, phone: Phone) -> None:
        row = Subscription(device=phone.device, person=phone.person, endpoint="https://a", p256dh="k", auth="s")
        await self.house.store.keep("subscriptions", row)

    async def says(self, text: str, **rest: Any) -> None:
        await self.anna.asks(SendMessage(**{"nonce": nonce(), "conversation": self.place, "text": text, **rest}))
        await settles()

    async def rings(self) -> str:
        call = self.house.new_id("c")
        await self.anna.asks(RingCall(nonce=nonce(), conversation=self.place, call=call, video=True))
        await settles()
        return call

    async def wants(self, phone: Phone, **preference: Any) -> None:
        await self.house.does(SetPreference(nonce=nonce(), **{"conversation": self.place, **preference}), phone.who)

    @property
    def words(self) -> list[dict[str, Any]]:
        return [json.loads(parcel.payload) for parcel in self.got]

    def kinds(self) -> list[str]:
        return [words["kind"] for words in self.words]


# -- messages ---------------------------------------------------------------------------------------------------------


@lived
async def test_who_is_away_is_told_who_wrote_and_what(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("See you at eight 👋")
    assert near.words == [
        {
            "kind": "message",
            "conversation": near.place,
            "seq": 2,
            "at": near.words[0]["at"],
            "title": "Anna",
            "body": "See you at eight 👋",
        }
    ]
    parcel = near.got[0]
    assert (parcel.subscription.device, parcel.urgent, parcel.topic) == (near.ben.device, False, topic_of(near.place))


@lived
async def test_who_is_here_is_not_pushed_to_nor_is_the_author(house: House) -> None:
    near = await Neighbour(house).begin()
    near.ben.connect()
    await near.says("Hello")
    near.anna.disconnect()
    await house.does(SendMessage(nonce=nonce(), conversation=near.place, text="away"), near.anna.who)
    await settles()
    assert near.got == []


@lived
async def test_with_previews_off_nobody_reads_who_wrote_or_what_on_a_locked_screen(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.wants(near.ben, conversation=own(near.ben.person), previews=False)
    await near.says("secret")
    await near.rings()
    assert near.kinds() == ["message", "ring"]
    assert not any(word in parcel.payload.decode() for parcel in near.got for word in ("secret", "Anna"))


@pytest.mark.parametrize(
    ("preference", "pushed"),
    [({"notify": "all"}, 1), ({"notify": "none"}, 0), ({"notify": "mentions"}, 0), ({"muted_until": 2**53 - 1}, 0)],
)
@lived
async def test_a_message_is_pushed_as_far_as_one_wants(preference: dict[str, Any], pushed: int, house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("first")
    near.got.clear()
    await near.wants(near.ben, **preference)
    await near.says("second")
    assert len(near.got) == pushed


@lived
async def test_a_mention_is_pushed_where_only_mentions_are_wanted(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("first")
    await near.wants(near.ben, notify="mentions")
    await near.says("@Ben, second", mentions=[near.ben.person])
    await near.says("third")
    assert [words["body"] for words in near.words] == ["first", "@Ben, second"]


@lived
async def test_on_another_device_one_may_read_it_first_and_then_nothing_is_pushed(house: House) -> None:
    near = await Neighbour(house).begin()
    tablet = await house.adds_device(near.ben)
    await near.says("read at once")
    await tablet.asks(SetMarks(marks=[Mark(conversation=near.place, read=2)]))
    await passes(ELSEWHERE_SECONDS + 1)
    assert near.got == []
    await near.says("not read")
    assert near.got == []
    await passes(ELSEWHERE_SECONDS + 1)
    assert [words["body"] for words in near.words] == ["not read"]


@lived
async def test_a_push_that_waits_is_not_sent_once_it_is_read(house: House) -> None:
    near = await Neighbour(house).begin()
    near.outcome = Outcome("later", 503, 30)
    await near.says("Hello")
    near.ben.connect()
    await near.ben.asks(SetMarks(marks=[Mark(conversation=near.place, read=2)]))
    near.ben.disconnect()
    await passes(100)
    assert len(near.got) == 1


@lived
async def test_a_device_that_was_signed_out_and_a_person_who_was_removed_hear_nothing(house: House) -> None:
    near = await Neighbour(house).begin()
    tablet = await house.adds_device(near.ben)
    await near.subscribe(tablet)
    tablet.disconnect()
    await house.does(RevokeDevice(nonce=nonce(), device=tablet.device), near.ben.who)
    await near.says("Hello")
    assert [parcel.subscription.device for parcel in near.got] == [near.ben.device]
    near.got.clear()
    near.outcome = Outcome("later", 503, 30)
    await near.says("waits")
    near.got.clear()
    await near.anna.asks(RemovePerson(nonce=nonce(), person=near.ben.person))
    await passes(100)
    assert near.got == []


@lived
async def test_a_row_that_outlived_its_device_is_not_used(house: House) -> None:
    near = await Neighbour(house).begin()
    await house.does(RevokeDevice(nonce=nonce(), device=near.ben.device), near.ben.who)
    await settles()
    await near.subscribe(near.ben)
    await near.says("Hello")
    assert near.got == []


@lived
async def test_a_stranger_s_device_hears_nothing(house: House) -> None:
    near = await Neighbour(house).begin()
    eve = await house.joins("Eve")
    await near.subscribe(eve)
    eve.disconnect()
    await near.says("Hello")
    await near.rings()
    assert {parcel.subscription.device for parcel in near.got} == {near.ben.device}


@lived
async def test_who_is_busy_is_left_alone_until_they_are_not_and_a_call_shows_without_a_sound(house: House) -> None:
    near = await Neighbour(house).begin()
    until = house.clock() + 60_000
    await house.does(SetStatus(status="busy", until=until), near.ben.who)
    await near.says("Hello")
    await near.rings()
    await passes(50)
    assert [(words["kind"], words.get("quiet")) for words in near.words] == [("ring", True), ("missed", True)]
    await passes(11)
    near.got.clear()
    await near.says("Hello again")
    assert near.kinds() == ["message"]


@lived
async def test_of_who_is_blocked_nothing_is_pushed(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("Hello")
    near.got.clear()
    await house.does(BlockPerson(nonce=nonce(), person=near.anna.person), near.ben.who)
    with suppress(Refusal):
        await near.says("Hello?")
    with suppress(Refusal):
        await near.rings()
    await passes(60)
    assert near.got == []


@lived
async def test_files_are_named_and_the_longest_message_fits(house: House) -> None:
    near = await Neighbour(house).begin()
    files = [await house.uploads(near.anna, name=f"{number}.jpg") for number in range(2)]
    await near.says("", files=files)
    await near.says("😀" * 4000)
    assert near.words[0]["body"] == "0.jpg, 1.jpg"
    assert near.words[1]["body"].endswith("😀…")
    assert len(near.got[1].payload) < 3000


def test_what_is_cut_is_cut_between_characters() -> None:
    assert clipped("short", 20) == "short"
    assert clipped("ä" * 20, 10) == "äää…"
    assert len(clipped("😀" * 1000, MAX_BODY).encode()) <= MAX_BODY


def test_a_topic_is_what_a_push_service_takes_and_tells_it_nothing() -> None:
    topic = topic_of("direct.pannaaaaaaaaaa.pbenaaaaaaaaaa")
    assert len(topic) == 32
    assert "anna" not in topic
    assert topic != topic_of("direct.pannaaaaaaaaaa.pcleoaaaaaaaaa")


# -- a line that broke ------------------------------------------------------------------------------------------------


@lived
async def test_what_a_dead_line_swallowed_is_pushed_once_it_is_known_to_be_dead(house: House) -> None:
    near = await Neighbour(house).begin()
    near.ben.connect()
    await near.says("swallowed")
    await passes(40)
    assert near.got == []
    near.ben.disconnect()
    await passes(RETURN_SECONDS + 1)
    assert [words["body"] for words in near.words] == ["swallowed"]


@lived
async def test_what_was_delivered_or_is_old_is_not_pushed_when_one_leaves(house: House) -> None:
    near = await Neighbour(house).begin()
    near.ben.connect()
    await near.says("old")
    await passes(SWALLOWED_SECONDS + 10)
    near.ben.disconnect()
    await passes(RETURN_SECONDS + 1)
    near.ben.connect()
    await near.says("delivered")
    await near.ben.asks(SetMarks(marks=[Mark(conversation=near.place, delivered=3)]))
    near.ben.disconnect()
    await passes(RETURN_SECONDS + 1)
    assert near.got == []


@lived
async def test_what_is_said_after_one_has_left_is_pushed_once(house: House) -> None:
    near = await Neighbour(house).begin()
    near.ben.connect()
    near.ben.disconnect()
    await passes(1)
    await near.says("Hello")
    await passes(60)
    assert near.kinds() == ["message"]


@lived
async def test_who_only_loads_the_page_again_is_pushed_nothing(house: House) -> None:
    near = await Neighbour(house).begin()
    near.ben.connect()
    await near.says("Hello")
    near.ben.disconnect()
    await passes(RETURN_SECONDS / 2)
    near.ben.connect()
    await passes(60)
    assert near.got == []


# -- calls ------------------------------------------------------------------------------------------------------------


@lived
async def test_a_call_rings_at_once_whatever_is_muted_and_not_longer_than_it_rings(house: House) -> None:
    near = await Neighbour(house).begin()
    await near.says("Hello")
    await near.wants(near.ben, muted_until=2**53 - 1)
    near.got.clear()
    call = await near.rings()
    ring = near.words[0]
    assert (ring["kind"], ring["call"], ring["video"], ring["title"]) == ("ring", call, True, "Anna")
    assert near.got[0].urgent
    assert near.got[0].expires_at - house.clock() <= 45_000


@lived
async def test_an_answer_on_another_device_ends_the_ring(house: House) -> None:
    near = await Neighbour(house).begin()
    tablet = await house.adds_device(near.ben)
    call = await near.rings()
    await tablet.asks(PickUpCall(nonce=nonce(), conversation=near.place, call=call))
    await settles()
    assert near.kinds() == ["ring", "over"]
    assert near.got[0].topic == near.got[1].topic, "undelivered, the ring is replaced"
    await tablet.asks(EndCall(nonce=nonce(), conversation=near.place, call=call))
    await settles()
    assert near.kinds() == ["ring", "over"]


@lived
async def test_a_call_nobody_answered_was_missed_and_the_caller_is_told_nothing(house: House) -> None:
    near = await Neighbour(house).begin()
    near.anna.disconnect()
    call = house.new_id("c")
    await house.does(RingCall(nonce=nonce(), conversation=near.place, call=call, video=False), near.anna.who)
    await passes(50)
    assert near.kinds() == ["ring", "missed"]
    assert {parcel.subscription.device for parcel in near.got} == {near.ben.device}


@lived
async def test_a_ring_that_waits_is_not_sent_once_it_rings_no_longer(house: House) -> None:
    near = await Neighbour(house).begin()
    near.outcome = Outcome("unreachable")
    call = await near.rings()
    near.outcome = Outcome("sent", 201)
    await near.anna.asks(EndCall(nonce=nonce(), conversation=near.place, call=call))
    await passes(40)
    assert near.kinds() == ["ring", "missed"]


@lived
async def test_declined_elsewhere_it_is_only_over(house: House) -> None:
    near = await Neighbour(house).begin()
    tablet = await house.adds_device(near.ben)
    call = await near.rings()
    await tablet.asks(EndCall(nonce=nonce(), conversation=near.place, call=call))
    await settles()
    assert near.kinds() == ["ring", "over"]


@lived
async def test_a_server_that_pushes_nothing_looks_at_nobody(house: House) -> None:
    near = await Neighbour(house).begin()
    house.store.post.key = ""
    await near.says("Hello")
    await near.rings()
    assert near.got == []
