"""Status: the last word counts, it is told to those who look, and it ends by itself."""

import pytest

from chat.status import LONGEST_MS, clean_words, take_up_statuses
from protocol.answers import Watched
from protocol.commands import SetStatus, WatchPresence
from protocol.errors import Refusal
from protocol.events import PresenceChanged
from protocol.shapes import MAX_STATUS, Presence
from store.durable.memory import Memory
from store.rows import Status
from tests.neighbours import House, Phone, lived, passes, refusal_of


async def looks(phone: Phone, other: Phone) -> Presence:
    """How the other is, as the phone hears it when it begins to look."""
    answer = await phone.asks(WatchPresence(people=[other.person]), Watched)
    return answer.people[0]


def told(phone: Phone) -> list[tuple[str, str]]:
    return [(one.status, one.text) for event in phone.of(PresenceChanged) for one in event.people]


@lived
async def test_who_looks_hears_how_one_is_and_the_last_word_counts(house: House) -> None:
    anna, ben, cleo = [await house.joins(name) for name in ("Anna", "Ben", "Cleo")]
    await looks(ben, anna)
    await anna.asks(SetStatus(status="away", text="Lunch"))
    await anna.asks(SetStatus(status="busy", text="📞 On the phone"))
    await passes(1.1)
    assert told(ben) == [("busy", "📞 On the phone")]
    assert told(cleo) == []
    assert (await looks(cleo, anna)).text == "📞 On the phone"


@lived
async def test_a_status_ends_by_itself_and_who_looks_hears_it(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await looks(ben, anna)
    until = house.clock() + 1_800_000
    await anna.asks(SetStatus(status="busy", text="In class", until=until))
    await passes(1_799)
    assert (await looks(ben, anna)) == Presence(
        person=anna.person, online=True, last_seen=(await looks(ben, anna)).last_seen,
        status="busy", text="In class", until=until,
    )  # fmt: skip
    await passes(3)
    assert told(ben)[-1] == ("available", "")
    assert (await looks(ben, anna)).status == "available"


@lived
async def test_one_without_an_end_stays(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.asks(SetStatus(status="away"))
    await passes(500_000)
    assert (await looks(ben, anna)).status == "away"


@lived
async def test_the_reader_too_sees_that_it_is_over(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.asks(SetStatus(status="busy", until=house.clock() + 10_000))
    house.store.timers.cancel(f"status:{anna.person}")
    await passes(11)
    assert (await looks(ben, anna)).status == "available"


@lived
async def test_it_is_on_disk_within_a_second_and_ends_after_a_restart_too() -> None:
    disk = Memory()
    house = await House(disk).start()
    anna = await house.joins("Anna")
    until = house.clock() + 60_000
    await anna.asks(SetStatus(status="busy", text="Back soon", until=until))
    await passes(1.1)
    rows = [raw for table, _, raw in (await disk.start()).shelves if table == "statuses"]
    assert len(rows) == 1
    await house.close()
    again = await House(disk).start()
    ben = await again.joins("Ben")
    ben.heard.clear()
    await ben.asks(WatchPresence(people=[anna.person]))
    assert again.store.timers.is_set(f"status:{anna.person}")
    await passes(61)
    assert told(ben) == [("available", "")]
    await again.close()


@lived
async def test_the_timers_of_what_is_over_are_not_taken_up(house: House) -> None:
    anna = await house.joins("Anna")
    await house.store.keep("statuses", Status(person=anna.person, status="busy", until=house.clock() - 1))
    take_up_statuses(house.store)
    assert not house.store.timers.is_set(f"status:{anna.person}")


@lived
async def test_a_time_that_is_over_or_years_away_is_refused(house: House) -> None:
    anna = await house.joins("Anna")
    for until in (house.clock(), 1, house.clock() + LONGEST_MS + 1):
        assert await refusal_of(anna.asks(SetStatus(status="busy", until=until))) == "bad-field"
    await anna.asks(SetStatus(status="busy", until=house.clock() + LONGEST_MS))


@lived
async def test_a_status_has_no_more_words_than_fit(house: House) -> None:
    anna = await house.joins("Anna")
    await anna.asks(SetStatus(status="busy", text="x" * MAX_STATUS))
    with pytest.raises(Refusal):
        await anna.asks(SetStatus(status="busy", text="x" * (MAX_STATUS + 1)))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("  two \n lines ", "two lines"),
        ("\u202eevil", "evil"),
        ("a\x00b\u200bc", "a b c"),
        ("👩‍🍳 cooking", "👩‍🍳 cooking"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_words_are_one_line_that_nothing_turns_round(said: str, kept: str) -> None:
    assert clean_words(said) == kept
