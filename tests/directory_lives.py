"""What happens to the people of a house in a random life; Anna's phone keeps every byte it pulled of it."""

from pathlib import Path
from random import Random

from chat.visibility import DIRECTORY
from protocol.answers import Events, People
from protocol.codec import read_event
from protocol.commands import ChangeProfile, ListPeople, NameHost, Pull, RemovePerson
from protocol.errors import Refusal
from tests.neighbours import House, Phone, nonce

NAMES = ("Anna", "Ben", "Cleo", "Dora", "Emil", "Frida")
RULES_SAY_NO = ("not-allowed", "name-taken")


class RecordedDirectory:
    """People who come, are called otherwise, wear a picture and say something of themselves; the host removes some."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.chance = Random(seed)

    async def begin(self) -> None:
        self.anna = await self.house.joins("Anna")  # the host
        self.phones = [self.anna, await self.house.joins("Ben")]

    async def happens(self) -> None:
        """One thing that others see of somebody."""
        whats = [self.joins, self.changes, self.changes, self.changes, self.wears, self.is_named_host, self.is_removed]
        try:
            await self.chance.choice(whats)()
        except Refusal as refusal:
            if refusal.code not in RULES_SAY_NO:
                raise

    async def joins(self) -> None:
        self.phones.append(await self.house.joins(self.chance.choice(NAMES)))

    async def changes(self) -> None:
        given = self.chance.choice(
            [{"about": ""}, {"about": "In the garden."}, {"display_name": str(self.chance.random())}]
        )
        await self._somebody().asks(ChangeProfile(nonce=nonce(), **given))

    async def wears(self) -> None:
        phone = self._somebody()
        picture = await self.house.uploads(phone, thumbnail=True) if self.chance.random() < 0.7 else ""
        await phone.asks(ChangeProfile(nonce=nonce(), avatar=picture))

    async def is_named_host(self) -> None:
        if self.chance.random() < 0.3:
            await self.house.does(NameHost(nonce=nonce(), person=self._somebody().person))

    async def is_removed(self) -> None:
        phone = self._somebody()
        await self.anna.asks(RemovePerson(nonce=nonce(), person=phone.person))
        self.phones.remove(phone)

    def _somebody(self) -> Phone:
        return self.chance.choice(self.phones)


async def record_directory(house: House, seed: int, path: Path) -> set[str]:
    """Writes what Anna's phone was told of the people, from hello to a last list; the names of the events it pulled."""
    life = RecordedDirectory(house, seed)
    await life.begin()
    for _ in range(life.chance.randrange(30)):
        await life.happens()
    upto, told = (await life.anna.asks(ListPeople(), People)).head, set[str]()
    for _ in range(life.chance.randrange(1, 120)):
        await life.happens()
        if life.chance.random() < 0.1:
            upto = await _pulls(life.anna, upto, told)
    await _pulls(life.anna, upto, told)
    await life.anna.asks(ListPeople())
    path.write_bytes(life.anna.recording)
    return told


async def _pulls(phone: Phone, after: int, told: set[str]) -> int:
    """What came since; up to where."""
    page = await phone.asks(Pull(conversation=DIRECTORY, after=after), Events)
    told.update(read_event(frame).name for frame in page.frames)
    return page.head
