"""Marks in threads: one's own, told to one's own devices only."""

from chat.marks import new_threads, thread_card
from chat.visibility import visible
from protocol.commands import SetMarks
from protocol.events import MarkChanged, ThreadMoved
from protocol.shapes import Mark, ThreadNews
from tests.chat.said import Said
from tests.neighbours import House, Phone, lived, passes, settles


def news(said: Said, phone: Phone) -> list[ThreadNews]:
    store = said.house.store
    return new_threads(store, phone.person, said.place, visible(store.view(), phone.person, said.place))


@lived
async def test_who_follows_hears_of_what_is_new_and_who_said_it_does_not(house: House) -> None:
    said = await Said().begin(house)
    answer = await said.says(said.ben, "one", target=said.seq)
    await settles()
    assert [event.last for event in said.anna.of(ThreadMoved)] == [answer]
    assert said.ben.of(ThreadMoved) == said.eve.of(ThreadMoved) == []
    assert news(said, said.anna) == [ThreadNews(thread=said.seq, last=answer)]
    assert news(said, said.ben) == []


@lived
async def test_what_was_read_on_one_device_is_read_on_all_and_nobody_else_hears(house: House) -> None:
    said = await Said().begin(house)
    tablet = await house.adds_device(said.anna)
    answer = await said.says(said.ben, "one", target=said.seq)
    mark = Mark(conversation=said.place, thread=said.seq, read=answer + 50)
    await said.anna.asks(SetMarks(marks=[mark]))
    await passes(1)
    assert [(event.thread, event.read) for event in tablet.of(MarkChanged) if event.thread] == [(said.seq, answer)]
    assert [event for event in said.ben.of(MarkChanged) if event.thread and event.person == said.anna.person] == []
    assert (await said.anna.opens(said.place)).row.threads == []
    card = thread_card(house.store, said.anna.person, said.place, said.seq)
    assert card is not None
    assert (card.read, card.follows, card.count) == (answer, True, 1)


@lived
async def test_a_mark_in_a_thread_only_grows_and_a_stranger_has_none(house: House) -> None:
    said = await Said().begin(house)
    answer = await said.says(said.ben, "one", target=said.seq)
    for read in (answer, 1):
        await said.anna.asks(SetMarks(marks=[Mark(conversation=said.place, thread=said.seq, read=read)]))
    assert thread_card(house.store, said.anna.person, said.place, said.seq).read == answer  # type: ignore[union-attr]
    await said.eve.asks(SetMarks(marks=[Mark(conversation=said.place, thread=said.seq, read=answer)]))
    assert thread_card(house.store, said.eve.person, said.place, said.seq).read == 0  # type: ignore[union-attr]
