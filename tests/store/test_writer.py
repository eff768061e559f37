"""The writer: on disk first, then true, then told, then answered; all of a command or nothing."""

from typing import Any

import pytest

from chat.dispatch import RULES
from chat.visibility import direct
from protocol.commands import ChangeProfile, RevokeDevice, SendMessage
from protocol.errors import Refusal
from protocol.events import MessageSent
from store.durable import Loaded
from store.durable.memory import Memory
from store.rows import LastSeen
from tests.neighbours import House, Phone, lived, nonce, refusal_of, settles
from tests.store.fates import BLIND, BROKEN, HIDDEN, KEPT, LOST, REFUSED, Fated


class Pair:
    """Anna and Ben in a house whose disk obeys."""

    def __init__(self) -> None:
        self.disk = Fated(Memory())
        self.house = House(self.disk)

    async def __aenter__(self) -> "Pair":
        await self.house.start()
        self.anna, self.ben = await self.house.joins("Anna"), await self.house.joins("Ben")
        self.place = direct(self.anna.person, self.ben.person)
        self.disk.batches.clear()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.disk.gate.set()
        await self.house.close()

    def message(self, text: str = "Hello", **given: Any) -> SendMessage:
        return SendMessage(**({"nonce": nonce(), "conversation": self.place, "text": text} | given))

    async def while_writing(self) -> None:
        """A commit runs that does not end before `disk.gate` is open; what is sent meanwhile gathers."""
        self.disk.gate.clear()
        self.first = self.anna.sends(self.message("first"))
        await settles()

    async def log(self, phone: Phone | None = None) -> list[str]:
        events = await self.house.log(phone or self.anna, self.place)
        return [event.text for event in events if isinstance(event, MessageSent)]


# -- order


@lived
async def test_nothing_is_told_or_answered_before_it_is_on_disk() -> None:
    async with Pair() as pair:
        await pair.while_writing()
        assert (pair.ben.texts(), pair.first.done()) == ([], False)
        assert pair.house.store.view().conversation(pair.place) is None
        pair.disk.gate.set()
        await pair.first
        assert pair.ben.texts() == ["first"]


@lived
async def test_who_says_something_hears_it_before_the_answer() -> None:
    async with Pair() as pair:
        answer = pair.anna.sends(pair.message())
        heard: list[list[str]] = []
        answer.add_done_callback(lambda _: heard.append(pair.anna.texts()))
        await answer
        await settles()
        assert heard == [["Hello"]]


@lived
async def test_what_somebody_hears_of_their_own_and_its_answer_are_one_frame() -> None:
    async with Pair() as pair:
        before = len(pair.anna.wire.frames)
        await pair.anna.sends(pair.message())
        assert pair.anna.texts() == ["Hello"]
        assert len(pair.anna.wire.frames) == before + 1


@lived
async def test_what_one_line_sends_is_written_in_its_order() -> None:
    async with Pair() as pair:
        answers = [pair.anna.sends(pair.message(str(number))) for number in range(40)]
        seqs = [(await answer)["seq"] for answer in answers]
        assert seqs == sorted(seqs)
        assert await pair.log() == [str(number) for number in range(40)] == pair.ben.texts()


@lived
async def test_what_gathers_while_a_commit_runs_is_one_commit() -> None:
    async with Pair() as pair:
        await pair.while_writing()
        answers = [phone.sends(pair.message()) for phone in (pair.anna, pair.ben) for _ in range(20)]
        await settles()
        pair.disk.gate.set()
        for answer in answers:
            await answer
        with_rows = [len(batch.rows) for batch in pair.disk.batches if batch.rows]
        assert with_rows == [2, 40]


# -- all or nothing


@lived
async def test_one_that_is_refused_does_not_spoil_its_batch() -> None:
    async with Pair() as pair:
        await pair.while_writing()
        good = pair.anna.sends(pair.message("good"))
        bad = pair.anna.sends(pair.message(" "))
        last = pair.ben.sends(pair.message("last"))
        pair.disk.gate.set()
        assert await refusal_of(bad) == "bad-field"
        assert (await last)["seq"] == (await good)["seq"] + 1
        assert await pair.log() == ["first", "good", "last"]


@lived
async def test_the_next_in_a_batch_stands_on_what_the_one_before_left() -> None:
    async with Pair() as pair:
        await pair.while_writing()
        first = pair.anna.sends(ChangeProfile(nonce=nonce(), display_name="Zoe"))
        second = pair.ben.sends(ChangeProfile(nonce=nonce(), display_name="Zoe"))
        pair.disk.gate.set()
        await first
        assert await refusal_of(second) == "name-taken"


@lived
async def test_a_refusal_that_stood_on_what_was_not_kept_is_not_told() -> None:
    async with Pair() as pair:
        await pair.while_writing()
        pair.disk.fates.extend([KEPT, REFUSED])
        first = pair.anna.sends(ChangeProfile(nonce=nonce(), display_name="Zoe"))
        second = pair.ben.sends(ChangeProfile(nonce=nonce(), display_name="Zoe"))
        pair.disk.gate.set()
        assert [await refusal_of(first), await refusal_of(second)] == ["not-saved", "not-saved"]
        await pair.ben.asks(ChangeProfile(nonce=nonce(), display_name="Zoe"))


@lived
async def test_a_device_signed_out_earlier_in_the_batch_has_no_say_later_in_it() -> None:
    async with Pair() as pair:
        tablet = await pair.house.adds_device(pair.anna)
        await pair.while_writing()
        pair.anna.sends(RevokeDevice(nonce=nonce(), device=tablet.device))
        late = pair.house.store.write(pair.message("late"), tablet.who)
        pair.disk.gate.set()
        assert await refusal_of(late) == "signed-out"
        assert await pair.log() == ["first"]


@lived
async def test_a_rule_that_breaks_is_told_under_an_id_and_spoils_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with Pair() as pair:
        sane = RULES[SendMessage]

        def rule(command: Any, who: Any, view: Any) -> Any:
            if command.text == "break":
                raise ZeroDivisionError
            return () if command.text == "say nothing" else sane(command, who, view)

        monkeypatch.setitem(RULES, SendMessage, rule)
        await pair.while_writing()
        broken = [pair.anna.sends(pair.message(text)) for text in ("break", "say nothing")]
        good = pair.ben.sends(pair.message("good"))
        pair.disk.gate.set()
        for one in broken:
            with pytest.raises(Refusal, match=r"\(id [0-9a-f]{8}\)") as caught:
                await one
            assert caught.value.code == "internal"
            assert caught.value.message.split("id ")[1][:8] in caplog.text
        await good
        assert await pair.log() == ["first", "good"]


@lived
async def test_telling_that_breaks_stops_neither_the_answer_nor_the_writer(caplog: pytest.LogCaptureFixture) -> None:
    async with Pair() as pair:
        store = pair.house.store
        sane = store._writer._tell

        def tell(*_: object) -> None:
            raise ZeroDivisionError

        store._writer._tell = tell
        await pair.anna.says("unheard", pair.ben)
        store._writer._tell = sane
        await pair.anna.says("heard", pair.ben)
        assert await pair.log() == ["unheard", "heard"]
        assert "telling" in caplog.text


# -- a disk that fails


@pytest.mark.parametrize(("fate", "code"), [(REFUSED, "not-saved"), (LOST, "not-saved"), (BROKEN, "internal")])
@lived
async def test_a_failed_commit_changes_nothing_and_all_of_it_hears_so(fate: str, code: str) -> None:
    async with Pair() as pair:
        await pair.while_writing()
        pair.disk.fates.extend([KEPT, fate])
        answers = [
            phone.sends(pair.message(text)) for phone, text in ((pair.anna, "a"), (pair.ben, " "), (pair.ben, "b"))
        ]
        kept = pair.house.store.keep("last_seen", LastSeen(person="x", at=1))
        pair.disk.gate.set()
        assert [await refusal_of(answer) for answer in (*answers, kept)] == [code] * 4
        assert pair.house.store.shelves.last_seen.get("x") is None
        assert pair.ben.texts() == await pair.log() == ["first"]
        assert (await pair.anna.says("again", pair.ben)).seq == 3


@lived
async def test_a_row_goes_only_if_nothing_decided_beside_it_needs_it() -> None:
    async with Pair() as pair:
        forget, seen = pair.house.store.forget, pair.house.store.shelves.last_seen
        await pair.house.store.keep("last_seen", LastSeen(person="x", at=1))
        await pair.while_writing()
        said = pair.anna.sends(pair.message("second"))
        refused = forget(
            "last_seen", "x", lambda draft: (row := draft.conversations.get(pair.place)) is None or row.head < 3
        )
        pair.disk.gate.set()
        await said
        assert await refusal_of(refused) == "in-use"
        assert seen.get("x") is not None
        await forget("last_seen", "x", lambda draft: draft.people.get("nobody") is None)
        assert seen.get("x") is None


@lived
async def test_a_commit_lost_sight_of_that_came_true_is_answered_as_true() -> None:
    async with Pair() as pair:
        pair.disk.fates.append(HIDDEN)
        assert (await pair.anna.says("there", pair.ben)).seq == 2
        assert pair.ben.texts() == ["there"]


@lived
async def test_what_nobody_could_tell_is_learnt_before_anything_else_is_written() -> None:
    async with Pair() as pair:
        pair.disk.fates.append(BLIND)
        message = pair.message("perhaps")
        answer = pair.anna.sends(message)
        kept = pair.house.store.keep("last_seen", LastSeen(person="x", at=1))
        assert [await refusal_of(answer), await refusal_of(kept)] == ["not-saved", "not-saved"]
        assert pair.ben.texts() == []
        assert (await pair.ben.says("next", pair.anna)).seq == 3
        assert pair.ben.texts() == ["perhaps", "next"] == await pair.log()
        assert pair.house.store.shelves.last_seen.get("x") == LastSeen(person="x", at=1)
        assert (await pair.anna.asks(message))["seq"] == 2


@lived
async def test_while_nobody_can_tell_nothing_is_written() -> None:
    async with Pair() as pair:
        pair.disk.unreadable = 1
        assert await refusal_of(pair.anna.says("one", pair.ben)) == "not-saved"
        assert pair.disk.batches == []
        assert (await pair.anna.says("two", pair.ben)).seq == 2


# -- once


@lived
async def test_a_command_sent_again_gets_the_first_answer_and_is_not_doubled() -> None:
    async with Pair() as pair:
        message = pair.message()
        first = await pair.anna.asks(message)
        await pair.ben.says("meanwhile", pair.anna)
        assert await pair.anna.asks(message) == first
        assert await pair.log() == ["Hello", "meanwhile"]


@lived
async def test_the_same_command_twice_in_one_batch_is_one() -> None:
    async with Pair() as pair:
        await pair.while_writing()
        message = pair.message()
        answers = [pair.anna.sends(message), pair.anna.sends(message)]
        pair.disk.gate.set()
        assert await answers[0] == await answers[1]
        assert await pair.log() == ["first", "Hello"]


@lived
async def test_the_same_nonce_of_another_device_is_another_command() -> None:
    async with Pair() as pair:
        tablet = await pair.house.adds_device(pair.anna)
        message = pair.message()
        assert (await pair.anna.asks(message))["seq"] != (await tablet.asks(message))["seq"]
        assert await pair.log() == ["Hello", "Hello"]


@lived
async def test_a_nonce_is_known_after_a_restart() -> None:
    async with Pair() as pair:
        message = pair.message()
        first = await pair.anna.asks(message)
        await pair.house.close()
        again = await House(pair.disk).start()
        pair.house = again
        assert (await Phone(again, pair.anna.who).asks(message)) == first
        assert await pair.log(Phone(again, pair.anna.who)) == ["Hello"]


@lived
async def test_a_refused_nonce_may_be_used_again() -> None:
    async with Pair() as pair:
        used = nonce()
        assert await refusal_of(pair.anna.asks(pair.message(" ", nonce=used))) == "bad-field"
        await pair.anna.asks(pair.message("better", nonce=used))
        assert await pair.log() == ["better"]


# -- what no rule decides


@lived
async def test_a_row_that_is_kept_is_true_once_it_is_on_disk() -> None:
    async with Pair() as pair:
        store = pair.house.store
        pair.disk.gate.clear()
        kept = store.keep("last_seen", LastSeen(person="x", at=5))
        await settles()
        assert store.shelves.last_seen.get("x") is None
        pair.disk.gate.set()
        await kept
        assert store.shelves.last_seen.get("x") == LastSeen(person="x", at=5)
        await store.forget("last_seen", "x")
        assert store.shelves.last_seen.get("x") is None
        assert ("last_seen", "x") not in {(table, key) for table, key, _ in (await pair.disk.start()).shelves}


# -- leaving


@lived
async def test_closing_writes_what_waits_and_refuses_what_comes_later() -> None:
    pair = Pair()
    async with pair:
        await pair.while_writing()
        second = pair.anna.sends(pair.message("second"))
        pair.disk.gate.set()
        store = pair.house.store
        await store.close()
        assert [(await answer)["seq"] for answer in (pair.first, second)] == [2, 3]
        assert await refusal_of(store.write(pair.message("late"), pair.anna.who)) == "not-saved"
        assert await refusal_of(store.keep("last_seen", LastSeen(person="x", at=1))) == "not-saved"
        loaded = await pair.disk.start()
        assert marks_in(loaded) >= {f"{pair.place}|{pair.anna.person}"}, "the mark of one's own last words"


def marks_in(loaded: Loaded) -> set[str]:
    return {key for table, key, _ in loaded.shelves if table == "marks"}


@lived
async def test_too_much_that_waits_is_told_to_slow_down(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Pair() as pair:
        await pair.while_writing()
        monkeypatch.setattr("store.writer.MAX_WAITING", 3)
        answers = [pair.anna.sends(pair.message()) for _ in range(4)]
        pair.disk.gate.set()
        assert await refusal_of(answers[3]) == "slow-down"
        assert (await answers[2])["seq"] == 5


@lived
async def test_more_than_a_transaction_takes_is_written_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Pair() as pair:
        await pair.while_writing()
        monkeypatch.setattr("store.writer.MAX_BATCH", 3)
        answers = [pair.anna.sends(pair.message()) for _ in range(7)]
        pair.disk.gate.set()
        assert [(await answer)["seq"] for answer in answers] == list(range(3, 10))
