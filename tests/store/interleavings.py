"""One random life of a house: what its phones do, what its disk does, and what must hold whatever came of it."""

import asyncio
from collections import Counter
from random import Random
from typing import Any

import msgspec

from chat.dispatch import Registry
from chat.visibility import DIRECTORY, direct, own
from protocol.answers import Written
from protocol.codec import read_event
from protocol.commands import (
    ChangeProfile,
    EndCall,
    PickUpCall,
    RemovePerson,
    RevokeDevice,
    RingCall,
    SendMessage,
    SetMarks,
    Writes,
)
from protocol.errors import Refusal
from protocol.events import Logged, MessageSent
from protocol.shapes import Mark
from store.drafts import Draft, Shelves
from store.durable import Durable, LogRow
from store.shelves import Shelf
from store.writer import _advance
from tests.neighbours import House, Phone, nonce, settles
from tests.store.fates import BLIND, BROKEN, HIDDEN, LOST, REFUSED, Fated

NAMES = ("Anna", "Ben", "Cleo", "Dora")
NEW_NAMES = ("Zoe", "Yan", "Ben", "ZOE")
FATES = (REFUSED, LOST, HIDDEN, BLIND, BROKEN)
FOLDED = ("people", "devices", "conversations", "invitations", "holds")


class Life:
    """Some people with phones, and a note of everything they asked and were answered."""

    def __init__(self, seed: int, disk: Durable) -> None:
        self.chance = Random(seed)
        self.disk = Fated(disk)
        self.house = House(self.disk)
        self.phones: list[Phone] = []
        self.asked: list[tuple[Phone, Writes]] = []
        self.answers: dict[tuple[str, str], Written] = {}
        self.waiting: set[asyncio.Future[Any]] = set()
        self.marks: dict[tuple[str, str], int] = {}
        self.wrong: list[str] = []

    async def begin(self) -> None:
        """Everybody joins; Anna, the host, and Ben have two devices each."""
        await self.house.start()
        for name in NAMES:
            self.phones.append(await self.house.joins(name))
        self.phones += [await self.house.adds_device(phone) for phone in self.phones[:2]]

    async def go_on(self, steps: int) -> None:
        """So many things happen, some at once."""
        doings = [self.send] * 8 + [self.again] * 4 + [self.mark] * 3 + [self.call] * 3 + [self.rename] * 2
        doings += [self.wait] * 4 + [self.reconnect] * 2 + [self.fail] * 4 + [self.restart, self.remove, self.revoke]
        for _ in range(steps):
            await self.chance.choice(doings)()

    async def end(self) -> None:
        """The disk is well again, everybody sends again what has no answer, and the server leaves."""
        self.heal()
        await self.settle()
        for phone, command in self.asked:
            if (phone.device, command.nonce) not in self.answers:
                self.ask(phone, command)
        await self.settle()
        await self.house.close()

    # -- what happens

    async def send(self) -> None:
        phone, other = self.chance.choice(self.phones), self.chance.choice(self.phones)
        if phone.person != other.person:
            place = direct(phone.person, other.person)
            self.ask(phone, SendMessage(nonce=nonce(), conversation=place, text=f"text {len(self.asked)}"))

    async def again(self) -> None:
        if self.asked:
            self.ask(*self.chance.choice(self.asked[-12:]))

    async def rename(self) -> None:
        phone, name = self.chance.choice(self.phones), self.chance.choice(NEW_NAMES)
        self.ask(phone, ChangeProfile(nonce=nonce(), display_name=name))

    async def remove(self) -> None:
        removed = self.chance.choice(self.phones).person
        self.ask(self.chance.choice(self.phones[:2]), RemovePerson(nonce=nonce(), person=removed))

    async def revoke(self) -> None:
        phone = self.chance.choice(self.phones)
        self.ask(phone, RevokeDevice(nonce=nonce(), device=self.chance.choice(self.phones).device))

    async def call(self) -> None:
        phone, other = self.chance.choice(self.phones), self.chance.choice(self.phones)
        place = direct(phone.person, other.person)
        row = self.house.store.view().conversation(place)
        if phone.person == other.person:
            return
        if row is None or row.call is None:
            self.ask(phone, RingCall(nonce=nonce(), conversation=place, call=self.house.new_id("c"), video=True))
        else:
            kind = self.chance.choice([PickUpCall, EndCall])
            self.ask(phone, kind(nonce=nonce(), conversation=place, call=row.call.call))

    async def mark(self) -> None:
        phone, other = self.chance.choice(self.phones), self.chance.choice(self.phones)
        place = direct(phone.person, other.person)
        told = phone.sends(SetMarks(marks=[Mark(conversation=place, read=self.chance.randrange(12))]))
        told.add_done_callback(lambda done: self._note_marks(phone, done))

    async def wait(self) -> None:
        await settles()

    async def settle(self) -> None:
        while self.waiting:
            await asyncio.wait(self.waiting)

    async def reconnect(self) -> None:
        """What was asked on the line before is not answered any more; it may be written all the same."""
        phone = self.chance.choice(self.phones)
        phone.disconnect()
        self._forget_answers(phone)
        phone.connect()

    async def fail(self) -> None:
        self.disk.fates.append(self.chance.choice(FATES))

    def heal(self) -> None:
        self.disk.fates.clear()
        self.disk.unreadable = 0

    async def restart(self) -> None:
        """Leaving and coming back, with a disk that is well meanwhile."""
        self.heal()
        await self.house.close()
        for phone in self.phones:
            self._forget_answers(phone)
        ids = self.house._ids
        self.house = await House(self.disk).start()
        self.house._ids = ids
        for phone in self.phones:
            phone.house = self.house
            phone.connect()

    def ask(self, phone: Phone, command: Writes) -> None:
        if (phone, command) not in self.asked:
            self.asked.append((phone, command))
        if not phone.line.connection.closed:
            answer = phone.sends(command)
            self.waiting.add(answer)
            answer.add_done_callback(lambda done: self._note(phone, command, done))

    def _forget_answers(self, phone: Phone) -> None:
        for answer in phone._answers.values():
            answer.cancel()
        phone._answers.clear()

    def _note(self, phone: Phone, command: Writes, done: asyncio.Future[Any]) -> None:
        self.waiting.discard(done)
        if done.cancelled() or isinstance(done.exception(), Refusal):
            return
        answer, key = msgspec.convert(done.result(), Written), (phone.device, command.nonce)
        if self.answers.setdefault(key, answer) != answer:
            self.wrong.append(f"a resend of {command} got another answer")

    def _note_marks(self, phone: Phone, done: asyncio.Future[Any]) -> None:
        if not done.cancelled() and done.exception() is None:
            for mark in done.result()["marks"]:
                key = (phone.device, mark["conversation"])
                if mark["read"] < self.marks.get(key, 0):
                    self.wrong.append(f"a mark went back: {key}")
                self.marks[key] = mark["read"]

    # -- what must hold

    async def judge(self) -> None:
        """Everything, against plain lists made of what the disk holds."""
        assert self.wrong == []
        loaded = await self.disk.start()
        fresh = Shelves()
        fresh.load(loaded.shelves)
        logs = {row.id: await self._log(row.id) for row in fresh.conversations}
        await self.disk.close()
        self._judge_shelves(fresh)
        self._judge_replay(fresh)
        for conversation, rows in logs.items():
            known = fresh.conversations.get(conversation)
            assert known is not None
            assert [row.seq for row in rows] == list(range(1, known.head + 1)), "numbers are dense"
        self._judge_messages(logs, here={device.id for device in fresh.devices})
        self._judge_heard(logs)

    def _judge_shelves(self, fresh: Shelves) -> None:
        for name, shelf in vars(fresh).items():
            if not isinstance(shelf, Shelf):
                continue
            held = getattr(self.house.store.shelves, name)
            assert {shelf.key(row): row for row in shelf} == {shelf.key(row): row for row in held}, name
        of_device = {phone.device: phone.person for phone in self.phones}
        for (device, place), read in self.marks.items():
            mark = fresh.marks.get(f"{place}|{of_device[device]}")
            assert read == 0 or (mark is not None and mark.read >= read), "a mark was lost"

    def _judge_replay(self, fresh: Shelves) -> None:
        """The log alone, folded again, comes to the same rows."""
        again, rules = Shelves(), Registry()
        for row in sorted(self._committed(), key=lambda row: row[0]):
            draft, event = Draft(again), read_event(row[1].frame)
            assert isinstance(event, Logged)
            rules.fold(event, draft)
            _advance(draft, event)
            draft.settle()
        for name in FOLDED:
            kept, folded = getattr(fresh, name), getattr(again, name)
            assert {kept.key(row): row for row in kept} == {kept.key(row): row for row in folded}, name

    def _committed(self) -> list[tuple[int, LogRow]]:
        rows = [row for batch in self.disk.kept for row in batch.rows]
        return list(enumerate(rows))

    def _judge_messages(self, logs: dict[str, list[LogRow]], here: set[str]) -> None:
        """Of a device that was signed out before it heard the answer, nobody can tell what it was told."""
        said = [read_event(row.frame) for rows in logs.values() for row in rows if row.name == "message.sent"]
        told = Counter(event.nonce for event in said if isinstance(event, MessageSent))
        assert set(told.values()) <= {1}, "nothing is doubled"
        for phone, command in self.asked:
            answer = self.answers.get((phone.device, command.nonce))
            if isinstance(command, SendMessage) and (answer or phone.device in here):
                assert told[command.nonce] == (answer is not None), "what is acknowledged is there, and nothing else"
            if answer is not None:
                row = logs[answer.conversation][answer.seq - 1]
                event = read_event(row.frame)
                assert isinstance(event, Logged)
                assert (event.author, event.at) == (phone.person, answer.at)
                if isinstance(command, SendMessage):
                    assert isinstance(event, MessageSent)
                    assert (event.nonce, event.text) == (command.nonce, command.text)

    def _judge_heard(self, logs: dict[str, list[LogRow]]) -> None:
        """Each line heard each event once, in order, as it is on disk, and only where its person belongs."""
        for phone in self.phones:
            last: dict[str, int] = {}
            for event in phone.heard:
                if type(event).name == "hello":
                    last = {}
                if isinstance(event, Logged):
                    place = event.conversation
                    assert event.seq == last.get(place, event.seq - 1) + 1, "heard in order, each once"
                    last[place] = event.seq
                    assert read_event(logs[place][event.seq - 1].frame) == event
                    assert place != DIRECTORY
                    assert phone.person in place
                    assert place in (own(phone.person), *(direct(phone.person, one.person) for one in self.phones))

    async def _log(self, conversation: str) -> list[LogRow]:
        return await self.disk.after(conversation, 0, 100_000, 10**9)
