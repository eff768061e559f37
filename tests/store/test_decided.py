"""What a batch has come to: what the disk must learn of it, asked as late as can be."""

import asyncio

from protocol.answers import Written
from protocol.commands import RevokeDevice
from store.decided import Asked, Decided, Kept, Who, always
from store.drafts import Draft, Shelves
from store.rows import Person
from tests.neighbours import lived, nonce


def test_who_asks_is_the_same_over_another_line() -> None:
    assert Who("p", "d", None) == Who("p", "d")
    assert Who("p", "d") != Who("p", "e")


@lived
async def test_a_kept_row_is_asked_for_when_the_batch_is_made() -> None:
    now = [1]
    saved: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    kept = Kept(lambda: ("last_seen", "p", str(now[0]).encode()), lambda: None, saved)
    decided = Decided(Draft(Shelves()), kept=[kept])
    now[0] = 2
    assert decided.batch().shelves == [("last_seen", "p", b"2")]
    assert always(decided.draft)


def test_rules_come_before_what_is_kept_beside_them_and_answers_are_packed() -> None:
    decided = Decided(Draft(Shelves()))
    decided.draft.people.put(Person(id="p", name="Anna"))
    decided.answers["d", "n"] = Written(conversation="room.r", seq=1, at=2)
    batch = decided.batch()
    assert [(table, key) for table, key, _ in batch.shelves] == [("people", "p")]
    assert [(device, told) for device, told, _ in batch.answers] == [("d", "n")]


@lived
async def test_an_answer_is_kept_by_device_and_nonce() -> None:
    word = nonce()
    asked = Asked(RevokeDevice(nonce=word, device="d"), Who("p", "e"), asyncio.get_running_loop().create_future())
    assert asked.key == ("e", word)
