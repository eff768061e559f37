"""Preferences: what one wants to hear is one's own business, follows one's devices, and withholds nothing."""

import pytest

from chat.preferences import MANY, calls_attention, usual
from chat.visibility import DIRECTORY, direct, own
from protocol.answers import Reach, Row
from protocol.commands import SetPreference
from protocol.events import Event, PreferenceChanged
from protocol.shapes import Preference
from store.drafts import Draft, Shelves, View
from store.durable.memory import Memory
from store.rows import OPEN_END, Conversation, Preferred
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, refusal_of, settles

HOUR = 3_600_000  # ms


def wants(conversation: str, notify: str = "", muted_until: int = 0) -> SetPreference:
    return SetPreference(nonce=nonce(), conversation=conversation, notify=notify, muted_until=muted_until)  # type: ignore[arg-type]


async def row_of(phone: Phone, conversation: str) -> Row:
    return next(row for row in (await phone.resumes()).rows if row.conversation == conversation)


async def pair(house: House) -> tuple[Phone, Phone, str]:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await ben.says("Hello", anna)
    await settles()
    return anna, ben, direct(anna.person, ben.person)


@lived
async def test_what_one_wants_to_hear_is_told_to_one_s_other_devices_and_to_nobody_else(house: House) -> None:
    anna, ben, place = await pair(house)
    tablet = await house.adds_device(anna)
    await anna.asks(wants(place, "none", HOUR))
    await settles()
    event = tablet.of(PreferenceChanged)[0]
    assert (event.conversation, event.subject, event.notify) == (own(anna.person), place, "none")
    assert ben.of(PreferenceChanged) == []


@lived
async def test_a_new_device_learns_it_with_the_row_and_the_other_person_s_row_is_untouched(house: House) -> None:
    anna, ben, place = await pair(house)
    await anna.asks(wants(place, "mentions", HOUR))
    tablet = await house.adds_device(anna)
    said = (await row_of(tablet, place)).preference
    assert (said.notify, said.muted_until) == ("mentions", HOUR)
    assert (await tablet.opens(place)).row.preference == said
    assert (await row_of(ben, place)).preference == Preference()


@lived
async def test_the_row_says_which_event_it_is_of_so_that_the_newer_of_the_two_counts(house: House) -> None:
    anna, _, place = await pair(house)
    await anna.asks(wants(place, "none"))
    written = await anna.asks(wants(place, "all"))
    assert (await row_of(anna, place)).preference == Preference(notify="all", seq=written["seq"])


@lived
async def test_previews_are_turned_off_for_all_of_one_s_devices(house: House) -> None:
    anna, ben, place = await pair(house)
    tablet = await house.adds_device(anna)
    assert (await row_of(anna, own(anna.person))).preference.previews
    hidden = SetPreference(nonce=nonce(), conversation=own(anna.person), previews=False)
    await anna.asks(hidden)
    await anna.asks(wants(place, "all"))
    await settles()
    assert [event.previews for event in tablet.of(PreferenceChanged)] == [False, True]
    assert not (await row_of(tablet, own(anna.person))).preference.previews
    assert (await row_of(ben, own(ben.person))).preference.previews


@lived
async def test_a_message_one_does_not_want_to_hear_of_is_delivered_and_counted_all_the_same(house: House) -> None:
    anna, ben, place = await pair(house)
    await anna.asks(wants(place, "none", 2**53 - 1))
    await ben.says("Still there?", anna)
    await settles()
    assert anna.texts()[-1] == "Still there?"
    assert (await row_of(anna, place)).unread == 2


@lived
async def test_a_stranger_prefers_nothing_of_a_conversation_just_as_of_one_that_is_not_there(house: House) -> None:
    _, ben, place = await pair(house)
    cleo = await house.joins("Cleo")
    assert await refusal_of(cleo.asks(wants(place, "none"))) == "not-found"
    assert await refusal_of(cleo.asks(wants(direct(ben.person, "pnobodyaaaaaaa"), "none"))) == "not-found"
    assert await refusal_of(cleo.asks(wants(own(ben.person), "none"))) == "not-found"


@lived
async def test_there_is_nothing_to_prefer_of_the_directory(house: House) -> None:
    anna = await house.joins("Anna")
    assert await refusal_of(anna.asks(wants(DIRECTORY, "none"))) == "not-found"


@lived
async def test_it_may_be_said_before_the_first_message(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    place = direct(anna.person, ben.person)
    await anna.asks(wants(place, "none"))
    await ben.says("Hello", anna)
    assert (await row_of(anna, place)).preference.notify == "none"


@lived
async def test_it_is_there_again_after_a_restart() -> None:
    disk = Memory()
    house = await House(disk).start()
    anna, _, place = await pair(house)
    await anna.asks(wants(place, "none"))
    loaded = Shelves()
    loaded.load((await disk.start()).shelves)
    assert View(loaded, 0).preference(anna.person, place).notify == "none"
    await house.close()


@lived
async def test_old_state_and_events_are_fresh_state(house: House) -> None:
    anna, _, place = await pair(house)
    heard: list[Event] = []
    for level, until in (("none", 0), ("mentions", HOUR), ("", 5)):
        await anna.asks(wants(place, level, until))
        general = SetPreference(nonce=nonce(), conversation=own(anna.person), previews=bool(until))
        await anna.asks(general)
    heard = await pull_all(anna, own(anna.person))
    draft = Draft(Shelves())
    for event in heard:
        if isinstance(event, PreferenceChanged):
            house.store._writer._rules.fold(event, draft)
    for conversation in (place, own(anna.person)):
        folded = View(draft, 0).preference(anna.person, conversation)
        assert folded == (await row_of(anna, conversation)).preference


# -- what calls attention ---------------------------------------------------------------------------------------------


def attention(*, kind: str = "direct", members: int = 2, preference: Preference | None = None, mentioned: bool) -> bool:
    people = [f"p{number}" for number in range(members)]
    row = Conversation(
        id="x", kind=kind, members={one: [Reach(first=1, last=OPEN_END)] for one in people}, size=members
    )
    shelves = Shelves()
    if preference:
        shelves.preferences.put(Preferred(conversation="x", person="p0", preference=preference))
    return calls_attention(View(shelves, now=HOUR), "p0", row, mentioned=mentioned)


@pytest.mark.parametrize(
    ("preference", "plain", "mention"),
    [
        (Preference(), True, True),
        (Preference(notify="all"), True, True),
        (Preference(notify="mentions"), False, True),
        (Preference(notify="none"), False, False),
        (Preference(notify="all", muted_until=HOUR + 1), False, False),
        (Preference(notify="all", muted_until=HOUR), True, True),
    ],
)
def test_a_message_calls_attention_as_far_as_one_wants(preference: Preference, plain: bool, mention: bool) -> None:
    assert attention(preference=preference, mentioned=False) is plain
    assert attention(preference=preference, mentioned=True) is mention


def test_a_large_room_tells_of_mentions_only_and_a_smaller_one_of_everything() -> None:
    assert (usual("room", MANY), usual("room", MANY + 1), usual("direct", 2)) == ("all", "mentions", "all")
    assert not attention(kind="room", members=MANY + 1, mentioned=False)
    assert attention(kind="room", members=MANY + 1, mentioned=True)
    assert attention(kind="room", members=MANY, mentioned=False)


@lived
async def test_a_mute_ends_by_itself(house: House) -> None:
    anna, _, place = await pair(house)
    await anna.asks(wants(place, "", house.clock() + HOUR))
    row = house.store.view().conversation(place)
    assert row
    assert not calls_attention(house.store.view(), anna.person, row, mentioned=True)
    await passes(HOUR / 1000)
    assert calls_attention(house.store.view(), anna.person, row, mentioned=False)
