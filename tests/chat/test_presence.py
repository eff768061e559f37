"""Presence: told to those who look, gathered, and written seldom."""

from itertools import pairwise

import pytest

from chat import presence
from chat.presence import SEEN_SECONDS
from chat.visibility import DIRECTORY
from protocol.answers import Watched
from protocol.commands import ChangeProfile, SetIdle, WatchPresence
from protocol.events import DirectoryMoved, PresenceChanged
from protocol.shapes import Presence
from tests.neighbours import House, Phone, lived, nonce, passes, settles


async def watches(phone: Phone, *others: Phone, directory: bool = False) -> Watched:
    people = [other.person for other in others]
    return await phone.asks(WatchPresence(people=people, directory=directory), Watched)


def told(phone: Phone) -> list[dict[str, bool]]:
    """What each event said: who is online."""
    return [{one.person: one.online for one in event.people} for event in phone.of(PresenceChanged)]


@lived
async def test_the_answer_says_how_they_are_right_now(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await passes(5)
    cleo.disconnect()
    gone_at = house.clock()
    answer = await watches(anna, ben, cleo)
    assert answer.people == [
        Presence(person=ben.person, online=True),
        Presence(person=cleo.person, online=False, last_seen=gone_at),
    ]
    assert answer.head == house.store.view().conversation(DIRECTORY).head  # type: ignore[union-attr]


@lived
async def test_who_looks_hears_gathered_who_came_and_went(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await watches(anna, ben, cleo)
    ben.disconnect()
    cleo.disconnect()
    cleo.connect()
    await settles()
    assert told(anna) == []
    await passes(1.1)
    assert told(anna) == [{ben.person: False, cleo.person: True}]


@lived
async def test_who_does_not_look_hears_nothing(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await watches(anna, ben)
    cleo.disconnect()
    ben.disconnect()
    await passes(3)
    assert told(anna) == [{ben.person: False}]
    assert (told(ben), told(cleo)) == ([], [])


@lived
async def test_who_looks_elsewhere_now_hears_no_more(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await watches(anna, ben)
    await watches(anna)
    ben.disconnect()
    await passes(3)
    assert told(anna) == []
    assert house.store.sockets.watchers(ben.person) == []


@lived
async def test_a_second_device_that_comes_or_goes_changes_nothing(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await watches(anna, ben)
    tablet = await house.adds_device(ben)
    tablet.disconnect()
    await passes(3)
    assert told(anna) == []
    ben.disconnect()
    await passes(3)
    assert told(anna) == [{ben.person: False}]


@lived
async def test_last_seen_is_written_when_the_last_line_closes_and_every_5_minutes(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    seen = house.store.shelves.last_seen
    await passes(10)
    assert seen.get(anna.person) is None
    await passes(SEEN_SECONDS)
    assert abs(seen.get(anna.person).at - house.clock()) < 11_000  # type: ignore[union-attr]
    await passes(100)
    ben.disconnect()
    assert seen.get(ben.person).at == house.clock()  # type: ignore[union-attr]
    await passes(2 * SEEN_SECONDS)
    assert seen.get(ben.person).at < house.clock() - SEEN_SECONDS * 1000  # type: ignore[union-attr]


@lived
async def test_a_full_house_is_noted_a_few_at_a_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "NOTED_WITHIN", 5)
    phones = [await house.joins(f"Person {number}") for number in range(20)]
    await passes(SEEN_SECONDS - 1)
    for phone in phones[:3]:
        phone.disconnect()
    gone_at = house.clock()
    noted = []
    for _ in range(8):
        noted.append(sum(house.store.shelves.last_seen.get(phone.person) is not None for phone in phones[3:]))
        await passes(1)
    assert max(after - before for before, after in pairwise(noted)) <= 4
    assert noted[-1] == 17
    assert all(house.store.shelves.last_seen.get(phone.person).at <= gone_at for phone in phones[:3])  # type: ignore[union-attr]
    await passes(SEEN_SECONDS)
    assert house.store.shelves.last_seen.get(phones[-1].person).at > gone_at + 290_000  # type: ignore[union-attr]


@lived
async def test_who_does_not_exist_looks_like_who_was_never_here(house: House) -> None:
    anna = await house.joins("Anna")
    command = WatchPresence(people=["pnobodyaaaaaaa"])
    assert (await anna.asks(command, Watched)).people == [Presence(person="pnobodyaaaaaaa", online=False)]


@lived
async def test_a_page_that_shows_people_hears_the_directory_s_head_at_most_once_a_second(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await watches(anna, directory=True)
    await passes(5)
    anna.heard.clear()
    for about in ("a", "b", "c"):
        await ben.asks(ChangeProfile(nonce=nonce(), about=about))
    await passes(5)
    assert [moved.head for moved in anna.of(DirectoryMoved)] == [6]
    assert ben.of(DirectoryMoved) == []


@lived
async def test_telling_costs_one_event_a_watcher_however_many_changed(house: House) -> None:
    phones = [await house.joins(f"Person {number}") for number in range(20)]
    for phone in phones[:3]:
        await watches(phone, *phones)
    for phone in phones[3:]:
        phone.disconnect()
    await passes(2)
    assert [len(told(phone)) for phone in phones[:3]] == [1, 1, 1]
    assert len(told(phones[0])[0]) == 17


@lived
async def test_a_line_that_is_gone_watches_nobody(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await watches(anna, ben, directory=True)
    anna.disconnect()
    assert house.store.sockets.watchers(ben.person) == []


async def falls_idle(phone: Phone, idle: bool = True) -> None:
    await phone.asks(SetIdle(idle=idle))


def idle(phone: Phone) -> list[bool]:
    return [one.idle for event in phone.of(PresenceChanged) for one in event.people]


@lived
async def test_a_person_is_idle_when_all_of_their_devices_are(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    tablet = await house.adds_device(ben)
    await watches(anna, ben)
    await falls_idle(ben)
    await passes(2)
    assert idle(anna) == []
    await falls_idle(tablet)
    await passes(2)
    assert idle(anna) == [True]
    await falls_idle(ben, idle=False)
    await passes(2)
    assert idle(anna) == [True, False]


@lived
async def test_the_one_device_with_a_hand_on_it_leaves_and_comes(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    tablet = await house.adds_device(ben)
    await falls_idle(ben)
    await watches(anna, ben)
    tablet.disconnect()
    await passes(2)
    assert idle(anna) == [True]
    tablet.connect()
    await passes(2)
    assert idle(anna) == [True, False]


@lived
async def test_saying_the_same_again_is_told_to_nobody(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await watches(anna, ben)
    await falls_idle(ben, idle=False)
    await passes(2)
    assert idle(anna) == []
    await falls_idle(ben)
    await falls_idle(ben)
    await passes(2)
    assert idle(anna) == [True]


@lived
async def test_who_is_gone_is_not_idle(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await falls_idle(ben)
    ben.disconnect()
    assert (await watches(anna, ben)).people[0].idle is False
