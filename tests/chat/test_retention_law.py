"""The law where messages go by age: old state + events == fresh state, for who was there and for who was away."""

from pathlib import Path

import pytest

from chat.retention import DAY, Retention
from chat.visibility import own
from protocol.codec import pack_event
from protocol.commands import ClosePoll, Command, DeleteMessage, EditMessage, SetPin, SetReaction, Vote
from protocol.events import MarkChanged, MessageSent
from tests.lives import Recorded, record
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all
from tests.room_lives import RecordedRoom, record_room
from tests.test_law import judged

DAYS = 30


async def ages(life: Recorded | RecordedRoom) -> None:
    """Ten days go by now and then, and the server takes away what is older than thirty."""
    if life.chance.random() < 0.15:
        life.house.set_back -= 10 * DAY
        await Retention(life.house.store, DAYS).sweep()


class AgingTwo(Recorded):
    """Between two."""

    async def happens(self) -> None:
        await ages(self)
        await super().happens()


class Unthreaded(AgingTwo):
    """Without threads: what is new in them comes with a resume, which is no event."""

    async def is_about_something(self) -> None:
        said = [event.seq for event in self.ben.of(MessageSent) if event.conversation == self.place][-5:]
        if not said:
            return
        phone, on = self.chance.choice([self.anna, self.tablet, self.ben]), self.chance.random() < 0.6
        about = {"nonce": nonce(), "conversation": self.place, "target": self.chance.choice(said)}
        commands: list[Command] = [
            SetReaction(**about, emoji=self.chance.choice("👍🎉"), on=on),
            EditMessage(**about, text=self.chance.choice(["other words", "more words"])),
            DeleteMessage(**about),
            SetPin(**about, on=on),
            Vote(**about, choices=self.chance.sample([0, 1], self.chance.randrange(3))),
            ClosePoll(**about),
        ]
        await phone.asks(self.chance.choice(commands))


class AgingRoom(RecordedRoom):
    """In a room."""

    async def happens(self) -> None:
        await ages(self)
        await super().happens()


opened = pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])


def require_law(path: Path) -> None:
    said = judged(path)
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@opened
@pytest.mark.parametrize("seed", range(4))
def test_it_holds_between_two_whose_messages_go(seed: int, opened_first: bool, tmp_path: Path) -> None:
    @lived
    async def live(house: House) -> None:
        await record(house, seed, tmp_path / "recording", opened_first=opened_first, kind=AgingTwo)

    live()
    require_law(tmp_path / "recording")


@opened
@pytest.mark.parametrize("seed", range(3))
def test_it_holds_in_a_room_whose_messages_go(seed: int, opened_first: bool, tmp_path: Path) -> None:
    @lived
    async def live(house: House) -> None:
        await record_room(house, seed, tmp_path / "recording", opened_first=opened_first, kind=AgingRoom)

    live()
    require_law(tmp_path / "recording")


@pytest.mark.parametrize("seed", range(6))
def test_a_phone_that_was_away_pulls_blank_rows_and_comes_to_the_same(seed: int, tmp_path: Path) -> None:
    @lived
    async def live(house: House) -> None:
        life = Unthreaded(house, seed)
        await life.begin()
        for _ in range(life.chance.randrange(10, 40)):
            await life.happens()
        away = await house.adds_device(life.anna)
        upto = (await away.opens(life.place)).page.last
        before = away.recording
        away.disconnect()
        for _ in range(life.chance.randrange(10, 80)):
            await life.happens()
        house.set_back -= (DAYS - 5) * DAY
        await Retention(house.store, DAYS).sweep()
        await passes(1)  # marks are gathered
        assert house.store.shelves.retained.get(life.place), "something went"
        away.connect()
        missed = [*await pull_all(away, own(away.person)), *await pull_all(away, life.place, upto)]
        away.connect()
        await away.opens(life.place)
        heard = [before, *map(pack_event, missed), *marks(away, life.place), away.wire.frames[-1]]
        (tmp_path / "recording").write_bytes(b"".join(heard))

    live()
    require_law(tmp_path / "recording")


def marks(phone: Phone, place: str) -> list[bytes]:
    """Where everybody has come to, which a resume brings."""
    rows = [row for row in phone.house.store.shelves.marks if row.conversation == place]
    return [
        pack_event(MarkChanged(conversation=place, person=row.person, read=row.read, delivered=row.delivered))
        for row in rows
    ]
