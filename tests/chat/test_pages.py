"""Pages: entries in both directions with what stands of each, however much was said about them."""

import pytest

from chat.pages import MAX_ANSWER, newest_fitting, oldest_fitting
from protocol.answers import Messages, Written
from protocol.codec import read_event
from protocol.commands import EndCall, GetMessages, RingCall
from store.durable import LogRow
from tests.chat.rooming import adds, leaves
from tests.chat.said import Said, seqs
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of


async def talk(house: House, count: int = 20) -> Said:
    """Twenty messages from seq 2 on, a second apart, each with a reaction behind it."""
    said = await Said().begin(house, "0")
    for number in range(1, count):
        await passes(1)
        said.seq = await said.says(said.anna, f"{number}")
        await said.reacts(said.ben)
    return said


@lived
async def test_a_page_counts_entries_and_not_what_was_said_about_them(house: House) -> None:
    said = await talk(house)
    page = await said.page(said.ben, limit=5)
    assert len(page.frames) == 5
    assert [one.seq for one in page.about] == seqs(page)
    assert (page.more, page.newer) == (True, False)


@lived
async def test_pages_meet_in_both_directions_and_none_is_missing(house: House) -> None:
    said = await talk(house)
    every = seqs(await said.page(said.ben, limit=100))
    back, page = list[int](), await said.page(said.ben, limit=7)
    back = seqs(page)
    while page.more:
        page = await said.page(said.ben, before=page.first, limit=7)
        back = seqs(page) + back
    forth, page = list[int](), await said.page(said.ben, after=0, limit=7)
    forth = seqs(page)
    while page.newer:
        page = await said.page(said.ben, after=page.last, limit=7)
        forth += seqs(page)
    assert back == forth == every


@lived
async def test_a_page_around_a_place_holds_it_and_its_neighbours(house: House) -> None:
    said = await talk(house)
    every = seqs(await said.page(said.ben, limit=100))
    page = await said.page(said.ben, around=every[10], limit=6)
    assert seqs(page) == every[7:13]
    assert (page.more, page.newer, page.first, page.last) == (True, True, every[7], every[12])
    assert seqs(await said.page(said.ben, around=1, limit=4)) == every[:2] + every[2:2]


@lived
async def test_a_page_around_a_time_begins_its_day(house: House) -> None:
    said = await talk(house)
    newest = await said.page(said.ben, limit=100)
    events = [read_event(frame) for frame in newest.frames]
    tenth = events[10]
    page = await said.page(said.ben, at=tenth.at, limit=4)  # type: ignore[attr-defined]
    assert tenth.seq in seqs(page)  # type: ignore[attr-defined]
    assert seqs(await said.page(said.ben, at=2**52, limit=4))[-1] == seqs(newest)[-1]


@lived
async def test_a_call_is_one_entry_with_all_that_came_of_it(house: House) -> None:
    said = await talk(house, 3)
    call = house.new_id("c")
    await said.anna.asks(RingCall(nonce=nonce(), conversation=said.place, call=call, video=False))
    await said.anna.asks(EndCall(nonce=nonce(), conversation=said.place, call=call))
    page = await said.page(said.ben, limit=1)
    assert [read_event(frame).name for frame in page.frames] == ["call.rang", "call.ended"]


@lived
async def test_what_is_said_in_a_thread_is_on_no_page(house: House) -> None:
    said = await Said().begin(house)
    await said.says(said.ben, "in the thread", target=said.seq)
    assert seqs(await said.page(said.ben)) == [1, said.seq]
    assert (await said.anna.opens(said.place)).row.unread == 0


@lived
async def test_messages_are_had_by_their_seq_and_what_is_not_theirs_is_left_out(house: House) -> None:
    said = await talk(house, 5)
    asked = GetMessages(conversation=said.place, seqs=[said.seq, 1, 2, 99, said.seq])
    got = await said.ben.asks(asked, Messages)
    assert [read_event(frame).seq for frame in got.frames] == [2, said.seq]  # type: ignore[attr-defined]
    assert [one.seq for one in got.about] == [said.seq]
    assert await refusal_of(said.eve.asks(asked)) == "not-found"


def test_a_page_always_has_one() -> None:
    huge = LogRow("x", 1, "message.sent", None, "", "", b"x" * (MAX_ANSWER + 1))
    small = LogRow("x", 2, "message.sent", None, "", "", b"x")
    assert newest_fitting([small, huge]) == [huge]
    assert newest_fitting([huge, small]) == [small]
    assert newest_fitting([]) == []
    assert oldest_fitting([small, huge]) == [small]
    assert oldest_fitting([huge, small]) == [huge]


@pytest.mark.parametrize("count", [1, 2, 50])
@lived
async def test_ten_thousand_reactions_are_one_entry(count: int, house: House) -> None:
    said = await Said().begin(house)
    for number in range(count):
        await said.reacts(said.ben, on=number % 2 == 0)
    page = await said.page(said.ben, limit=2)
    assert seqs(page) == [1, said.seq]


# -- a history with a gap ---------------------------------------------------------------------------------------------

LONG = 101  # messages, one more than a page has


async def gap(house: House) -> tuple[Said, Phone, list[int]]:
    """Cleo was away from a room while much was said; what she may see of it. It is said in by nobody else."""
    said = await Said().begin(house)
    cleo = await house.joins("Cleo")
    room = said.place = await said.anna.makes_room("Garden", cleo, history="joining")
    for number in range(3):
        await said.says(said.anna, f"before {number}")
    left = (await cleo.asks(leaves(room), Written)).seq
    for number in range(LONG):
        await said.says(said.anna, f"meanwhile {number}")
    came = (await said.anna.asks(adds(room, cleo), Written)).seq
    for number in range(3):
        said.seq = await said.says(said.anna, f"after {number}")
    return said, cleo, [*range(1, left + 1), *range(came, said.seq + 1)]


@pytest.mark.parametrize("limit", [3, 50, 100])
@lived
async def test_who_was_away_walks_over_that_in_both_directions(limit: int, house: House) -> None:
    said, cleo, every = await gap(house)
    page = await said.page(cleo, limit=limit)
    back = seqs(page)
    while page.more:
        page = await said.page(cleo, before=page.first, limit=limit)
        back = seqs(page) + back
    assert back == every
    page = await said.page(cleo, after=0, limit=limit)
    forth = seqs(page)
    while page.newer:
        page = await said.page(cleo, after=page.last, limit=limit)
        forth += seqs(page)
    assert forth == every


@lived
async def test_a_place_or_a_time_that_is_not_theirs_shows_what_is_nearest(house: House) -> None:
    said, cleo, every = await gap(house)
    page = await said.page(cleo, around=every[-1] // 2, limit=4)
    assert seqs(page) == every[3:7]
    eve = said.eve
    came = (await said.anna.asks(adds(said.place, eve), Written)).seq
    for asked in ({"at": 1}, {"around": 1}):
        page = await said.page(eve, **asked, limit=4)
        assert (seqs(page), page.more, page.newer) == ([came], False, False)
