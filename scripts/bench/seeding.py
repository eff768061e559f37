"""A house that has been lived in for years: its store filled by the server's own rules, before any server runs.

The clock is ours and goes on with every message, so years of talk take seconds. A newcomer's first mistake is to start
the server before the index of searches has caught up: it would go on catching up while something is measured.
"""

import asyncio
import io
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path
from random import Random

from PIL import Image

from chat.dispatch import SERVER, Registry, tell_event
from chat.ids import id_from, new_token, nonce_from
from chat.invitations import digest
from chat.visibility import direct
from protocol.answers import Written
from protocol.commands import CreateRoom, JoinHouse, SendMessage, SetReaction
from scripts.bench.search import WORDS
from store import Store, Who
from store.durable.sqlite import Sqlite
from store.search import Search
from store.uploads import Uploads

ANNA = "Anna"  # whose phone it is
CIRCLE = ("Bob", "Carla", "Dmitri")  # who is in every room beside her
TOGETHER = 500  # messages asked for at once, as many as the writer commits together
PACE = (10, 30, 90, 200, 1500)  # seconds by which the clock goes on at a look, so that some messages stand in groups
LOOKS = 2.5  # at the clock for each message, at most: it must not be ahead of the server's
SIDES = ((1280, 960), (960, 1280), (800, 800))  # px of the pictures
EMOJI = ("👍", "❤️", "😂", "🎉", "😮")
SHORT = ("ok", "Yes!", "👍", "😂😂", "On my way", "thanks, see you then", "?")
MARKED = (
    "**Saturday** at *three*, not at two",
    "the plan is at https://example.org/plans/2026?week=12#list and the map at https://example.org/map",
    "shopping:\n- bread\n- 2 l of milk\n- something sweet",
    "> who has the keys?\n\nI do",
    "it says `permission denied`, and then\n```\nls -l /srv\ntotal 0\n```",
)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that Anna is in: a room of this name, or she and somebody who is called so."""

    name: str
    messages: int
    room: bool = False


@dataclass(frozen=True, slots=True)
class Seeded:
    """Anna's `token`, which is the cookie of her browser, and the conversations' ids by name."""

    token: str
    conversations: dict[str, str]


def seed(data: Path, wanted: list[Talk]) -> Seeded:
    """Fills a server's empty data folder. What is said is the same in each run; ids, and so colours, are too."""
    data.mkdir(parents=True)
    with ThreadPoolExecutor(1) as aside:  # a browser that is driven from here has this thread's loop
        return aside.submit(asyncio.run, _seed(data, wanted)).result()


async def _seed(data: Path, wanted: list[Talk]) -> Seeded:
    async with _opened(data, _clock(sum(talk.messages for talk in wanted))) as (store, uploads):
        house = _House(store, uploads)
        token = new_token()
        await house.joins(ANNA, token)
        for name in (*CIRCLE, *(talk.name for talk in wanted if not talk.room)):
            await house.joins(name, new_token())
        conversations = {talk.name: await house.holds(talk) for talk in wanted}
        await _indexed(store.search)
    return Seeded(token, conversations)


def catch_up(data: Path) -> None:
    """The index of searches holds what was written beside the rules."""
    asyncio.run(_catch_up(data))


async def _catch_up(data: Path) -> None:
    async with _opened(data, _clock(0)) as (store, _):
        await _indexed(store.search)


async def _indexed(search: Search) -> None:
    while not search.is_ready():  # noqa: ASYNC110 - it tells nobody when it is
        await asyncio.sleep(0.05)


class _Clock:
    """Goes on a little each time it is looked at: a message is decided at each look."""

    def __init__(self, begin: int) -> None:
        self._now = begin
        self._pace = cycle(PACE)

    def __call__(self) -> int:
        self._now += next(self._pace) * 1000
        return self._now


def _clock(messages: int) -> _Clock:
    ms = int((messages * LOOKS + 1000) * sum(PACE) / len(PACE) * 1000)
    return _Clock(time.time_ns() // 1_000_000 - ms)


@asynccontextmanager
async def _opened(data: Path, clock: _Clock) -> AsyncIterator[tuple[Store, Uploads]]:
    """The store as server.py makes it, with nobody at the sockets."""
    store = Store(Sqlite(data / "parley.db", clock), Registry(), tell_event, clock, search=Search(data / "search.db"))
    await store.start()
    uploads = Uploads(data, store.keep, store.clock)
    await uploads.start()
    try:
        yield store, uploads
    finally:
        await uploads.close()
        await store.close()


class _House:
    """Who lives there, and what they say."""

    def __init__(self, store: Store, uploads: Uploads) -> None:
        self._store = store
        self._uploads = uploads
        self._people: dict[str, Who] = {}
        self._pictures: dict[str, list[str]] = {}
        self._chance = Random(11)
        self._nonces = (nonce_from(f"said {number}") for number in count())

    async def joins(self, name: str, token: str) -> None:
        """A newcomer, with a device that this token opens."""
        who = Who(id_from("p", name), id_from("d", name))
        joining = JoinHouse(
            nonce=next(self._nonces),
            person=who.person,
            display_name=name,
            invitation="",
            device=who.device,
            device_name="Phone",
            token=digest(token),
        )
        await self._store.write(joining, SERVER)
        self._people[name] = who

    async def holds(self, talk: Talk) -> str:
        """All of a conversation; its id. Anna has the last word, so nothing in it is unread to her."""
        names = [ANNA, *(CIRCLE if talk.room else (talk.name,))]
        conversation = await self._begins(talk, names)
        before: list[Written] = []
        for first in range(0, talk.messages, TOGETHER):
            end = min(first + TOGETHER, talk.messages)
            said = [await self._saying(conversation, names, before) for _ in range(first, end - 1)]
            last = SendMessage(nonce=next(self._nonces), conversation=conversation, text=f"{talk.name}, {end}")
            answers = [self._store.write(*one) for one in [*said, (last, self._people[ANNA])]]
            before = [await answer for answer in answers]
            await asyncio.gather(*(self._store.write(*one) for one in self._reactions(names, before)))
        return conversation

    async def _begins(self, talk: Talk, names: list[str]) -> str:
        anna, *others = (self._people[name].person for name in names)
        if not talk.room:
            return direct(anna, others[0])
        made = CreateRoom(nonce=next(self._nonces), title=talk.name, members=others)
        return (await self._store.write(made, self._people[ANNA])).conversation

    async def _saying(self, conversation: str, names: list[str], before: list[Written]) -> tuple[SendMessage, Who]:
        """One message in twenty answers one of those `before`, one in a hundred is a picture."""
        chance, name = self._chance, self._chance.choice(names)
        quotes = chance.choice(before).seq if before and chance.random() < 0.05 else 0
        files = [chance.choice(await self._pictures_of(name))] if chance.random() < 0.01 else []
        text = "" if files else _text(chance)
        message = SendMessage(nonce=next(self._nonces), conversation=conversation, text=text, files=files, reply=quotes)
        return message, self._people[name]

    def _reactions(self, names: list[str], before: list[Written]) -> Iterator[tuple[SetReaction, Who]]:
        """One message in twelve has one, or two."""
        for written in before:
            some = self._chance.choice((1, 1, 2)) if self._chance.random() < 0.08 else 0
            for name in self._chance.sample(names, some):
                reaction = SetReaction(
                    nonce=next(self._nonces),
                    conversation=written.conversation,
                    target=written.seq,
                    emoji=self._chance.choice(EMOJI),
                    on=True,
                )
                yield reaction, self._people[name]

    async def _pictures_of(self, name: str) -> list[str]:
        """The files of the pictures that this person sends, uploaded and made small once."""
        if name not in self._pictures:
            self._pictures[name] = [await self._uploaded(name, number) for number in range(len(SIDES))]
        return self._pictures[name]

    async def _uploaded(self, name: str, number: int) -> str:
        body = _picture(number, self._chance)
        file, person = id_from("f", f"{name} {number}", 26), self._people[name].person
        await self._uploads.create(file, person, len(body), f"IMG_{number}.jpg")
        receiving = self._uploads.receive(file, person, 0, lambda: None)
        await receiving.write(body)
        await self._uploads.finish(file, receiving)
        return file


def _text(chance: Random) -> str:
    """What people write: mostly a line or two, now and then a word, a picture made of letters, a list, or a letter."""
    kind = chance.random()
    if kind < 0.12:
        return chance.choice(SHORT)
    if kind < 0.18:
        return chance.choice(MARKED)
    words = WORDS[chance.choice(("English", "English", "English", "German", "Russian", "Arabic"))].split()
    return " ".join(chance.choices(words, k=chance.randint(40, 120) if kind > 0.97 else chance.randint(2, 18)))


def _picture(number: int, chance: Random) -> bytes:
    """A JPEG as a phone makes one: too lively to be a few bytes."""
    noise = Image.frombytes("RGB", (40, 30), chance.randbytes(40 * 30 * 3))
    file = io.BytesIO()
    noise.resize(SIDES[number], Image.Resampling.BICUBIC).save(file, "JPEG", quality=85)
    return file.getvalue()
