"""Following: who has a part in a thread hears of it, unless they choose otherwise; the rest of the room does not."""

from typing import Any

from chat.following import following
from protocol.commands import BlockPerson, DeleteMessage, FollowThread, SendMessage, SetMarks
from protocol.events import MarkChanged, MessageSent, ThreadFollowed, ThreadMoved
from protocol.shapes import Mark, ThreadCard, ThreadNews
from tests.chat.rooming import adds, removes
from tests.chat.said import Said
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles


class Thread:
    """Ada asked something in a room of four; what is said about it is said in the thread."""

    async def begin(self, house: House, **given: Any) -> "Thread":
        self.house = house
        self.ada, self.ben, self.cleo, self.dora = [await house.joins(name) for name in ("Ada", "Ben", "Cleo", "Dora")]
        self.room = await self.ada.makes_room("Garden", self.ben, self.cleo, self.dora, **given)
        self.root = (await self.ada.says_in(self.room, "Who waters?")).seq
        return self

    async def says(self, phone: Phone, **given: Any) -> int:
        given = {"conversation": self.room, "target": self.root, "text": "I do"} | given
        answer: Any = await phone.asks(SendMessage(nonce=nonce(), **given))
        return int(answer["seq"])

    async def chooses(self, phone: Phone, on: bool, **given: Any) -> None:
        given = {"conversation": self.room, "target": self.root} | given
        await phone.asks(FollowThread(nonce=nonce(), on=on, **given))
        await settles()

    def heard(self, phone: Phone) -> list[tuple[int, bool, bool]]:
        return [(one.last, one.follows, one.named) for one in phone.of(ThreadMoved)]

    async def news(self, phone: Phone) -> list[ThreadNews]:
        return (await phone.opens(self.room)).row.threads


@lived
async def test_whom_one_has_blocked_makes_no_thread_new(house: House) -> None:
    said = await Said().begin(house)
    cleo = await house.joins("Cleo")
    room = said.place = await said.anna.makes_room("Garden", said.ben, cleo)
    said.seq = await said.says(said.anna, "root")
    await said.anna.asks(BlockPerson(nonce=nonce(), person=said.ben.person))
    heard = len(said.anna.of(ThreadMoved))
    first = await said.says(said.ben, "x", target=said.seq, mentions=[said.anna.person])
    assert (len(said.anna.of(ThreadMoved)), await _news_of(said.anna, room)) == (heard, [])
    second = await said.says(cleo, "y", target=said.seq)
    third = await said.says(said.ben, "z", target=said.seq, mentions=[said.anna.person])
    moved = said.anna.of(ThreadMoved)[heard:]
    assert [(one.last, one.named) for one in moved] == [(second, False), (third, False)]
    assert [(one.last, one.mentions) for one in await _news_of(said.anna, room)] == [(third, [])]
    assert [one.last for one in await _news_of(cleo, room)] == [third]
    assert first < second


@lived
async def test_nor_do_several_at_once_whom_one_has_blocked(house: House) -> None:
    thread = await Thread().begin(house)
    read = await thread.says(thread.cleo)
    await thread.ada.asks(SetMarks(marks=[Mark(conversation=thread.room, thread=thread.root, read=read)]))
    for phone in (thread.ben, thread.dora):
        await thread.ada.asks(BlockPerson(nonce=nonce(), person=phone.person))
    heard = thread.heard(thread.ada)
    await _say_at_once(thread, thread.ben, thread.dora)
    assert (thread.heard(thread.ada), await _news_of(thread.ada, thread.room)) == (heard, [])
    _, new, last = await _say_at_once(thread, thread.ben, thread.cleo, thread.dora)
    assert thread.heard(thread.ada) == [*heard, (new, True, False), (last, True, False)]
    assert [one.last for one in await _news_of(thread.ada, thread.room)] == [last]


async def _say_at_once(thread: Thread, *phones: Phone) -> list[int]:
    """In one commit."""
    commits = thread.house.store.writing.figures.commits
    before = len(commits)
    said = {"conversation": thread.room, "target": thread.root, "text": "I do"}
    answers = [phone.sends(SendMessage(nonce=nonce(), **said)) for phone in phones]
    seqs = [int((await answer)["seq"]) for answer in answers]
    assert len(commits) == before + 1
    return seqs


async def _news_of(phone: Phone, room: str) -> list[ThreadNews]:
    return next(row.threads for row in (await phone.resumes()).rows if row.conversation == room)


@lived
async def test_who_asked_who_answered_and_who_is_named_hear_and_nobody_else(house: House) -> None:
    thread = await Thread().begin(house)
    first = await thread.says(thread.ben)
    second = await thread.says(thread.ada, mentions=[thread.cleo.person])
    third = await thread.says(thread.ben)
    assert thread.heard(thread.ada) == [(first, True, False), (third, True, False)]
    assert thread.heard(thread.ben) == [(second, True, False)]
    assert thread.heard(thread.cleo) == [(second, True, True), (third, True, False)]
    assert thread.heard(thread.dora) == []
    assert len(thread.dora.of(MessageSent)) == 4, "everybody is told what is said"
    assert await thread.news(thread.cleo) == [ThreadNews(thread=thread.root, last=third, mentions=[second])]
    assert await thread.news(thread.dora) == []


@lived
async def test_who_wants_to_hears_of_it_from_then_on(house: House) -> None:
    thread = await Thread().begin(house)
    tablet = await house.adds_device(thread.dora)
    before = await thread.says(thread.ben)
    await thread.chooses(thread.dora, True)
    assert [(one.subject, one.thread, one.on) for one in tablet.of(ThreadFollowed)] == [
        (thread.room, thread.root, True)
    ]
    assert [one.read for one in tablet.of(MarkChanged) if one.thread] == [before], "what was said before is not new"
    assert await thread.news(thread.dora) == []
    answer = await thread.says(thread.ben)
    assert thread.heard(tablet) == [(answer, True, False)]
    assert await thread.news(thread.dora) == [ThreadNews(thread=thread.root, last=answer)]


@lived
async def test_who_does_not_want_to_is_called_only_by_name(house: House) -> None:
    thread = await Thread().begin(house)
    await thread.says(thread.ben)
    await thread.chooses(thread.ada, False)
    assert await thread.news(thread.ada) == []
    thread.ada.heard.clear()
    await thread.says(thread.ben)
    named = await thread.says(thread.ben, mentions=[thread.ada.person])
    await thread.says(thread.ben)
    assert thread.heard(thread.ada) == [(named, False, True)]
    only = ThreadNews(thread=thread.root, last=named, follows=False, mentions=[named])
    assert await thread.news(thread.ada) == [only]
    await thread.ada.asks(SetMarks(marks=[Mark(conversation=thread.room, thread=thread.root, read=named)]))
    assert await thread.news(thread.ada) == []


@lived
async def test_everybody_is_called_in_a_thread_too_and_nobody_follows_it_for_that(house: House) -> None:
    thread = await Thread().begin(house)
    seq = await thread.says(thread.ben, everyone="all")
    await thread.says(thread.ben)
    assert thread.heard(thread.dora) == [(seq, False, True)]
    assert thread.dora.person not in following(house.store, thread.room, thread.root)
    await thread.ben.asks(DeleteMessage(nonce=nonce(), conversation=thread.room, target=seq))
    assert await thread.news(thread.dora) == []


@lived
async def test_between_two_both_hear(house: House) -> None:
    said = await Said().begin(house)
    answer = await said.says(said.anna, "and another thing", target=said.seq)
    assert [one.last for one in said.ben.of(ThreadMoved)] == [answer]


@lived
async def test_a_choice_stands_before_anybody_answered(house: House) -> None:
    thread = await Thread().begin(house)
    await thread.chooses(thread.ada, False)
    about = {one.seq: one for one in (await thread.ada.opens(thread.room)).page.about}
    assert about[thread.root].thread == ThreadCard(chosen=False)
    await thread.says(thread.ben)
    assert thread.heard(thread.ada) == []


@lived
async def test_who_left_the_room_hears_no_more(house: House) -> None:
    thread = await Thread().begin(house)
    await thread.says(thread.ben)
    await thread.ada.asks(removes(thread.room, thread.ben))
    thread.ben.heard.clear()
    await thread.says(thread.ada, mentions=[thread.ben.person])
    assert thread.heard(thread.ben) == []


@lived
async def test_who_may_not_see_the_first_message_is_not_called_for_what_is_under_it(house: House) -> None:
    thread = await Thread().begin(house, history="joining")
    eve = await house.joins("Eve")
    await thread.ada.asks(adds(thread.room, eve))
    await thread.says(thread.ada, everyone="all")
    assert thread.heard(eve) == []
    assert await thread.news(eve) == []
    asked = FollowThread(nonce=nonce(), conversation=thread.room, target=thread.root, on=True)
    assert await refusal_of(eve.asks(asked)) == "not-found"


@lived
async def test_an_answer_has_no_thread_to_follow(house: House) -> None:
    thread = await Thread().begin(house)
    answer = await thread.says(thread.ben)
    asked = FollowThread(nonce=nonce(), conversation=thread.room, target=answer, on=True)
    assert await refusal_of(thread.ada.asks(asked)) == "not-allowed"
    await passes(1)
