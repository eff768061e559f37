"""Answers: what a thread's row keeps of what is said in it."""

from chat.answers import MAX_NAMED
from store.cold import place_key
from store.rows import Thread
from tests.chat.said import Said
from tests.neighbours import House, lived


def thread(said: Said) -> Thread | None:
    return said.house.store.shelves.threads.get(place_key(said.place, said.seq))


@lived
async def test_answers_are_counted_and_those_who_asked_and_answered_follow(house: House) -> None:
    said = await Said().begin(house)
    assert thread(said) is None
    first = await said.says(said.ben, "one", target=said.seq)
    last = await said.says(said.ben, "two", target=said.seq)
    row = thread(said)
    assert row is not None
    assert (row.count, row.last, row.last_author) == (2, last, said.ben.person)
    assert (row.people, row.followers) == ([said.ben.person], [said.anna.person, said.ben.person])
    await said.deletes(said.ben, target=first)
    row = thread(said)
    assert row is not None
    assert (row.count, row.last) == (1, last)
    assert MAX_NAMED > 1


@lived
async def test_a_thread_outlives_a_restart(house: House) -> None:
    said = await Said().begin(house)
    await said.says(said.ben, "one", target=said.seq)
    loaded = await house.store.durable.start()
    assert [key for table, key, _ in loaded.shelves if table == "threads"] == [place_key(said.place, said.seq)]
