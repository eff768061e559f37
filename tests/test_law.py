"""The law on a real store: old state + events == fresh state, for everything one person's page may hear.

What a phone hears in a random life is recorded byte by byte and given to the page's own `apply()` under node, together
with `conversation.open` at the start and at the end; tests/pwa/law.test.mjs compares the two states.
"""

import os
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import msgpack
import pytest

from chat.visibility import direct
from protocol.codec import unpack
from protocol.commands import EndCall, PickUpCall, RingCall, SetMarks
from protocol.errors import Refusal
from protocol.shapes import Mark
from tests.house.tree import ROOT
from tests.neighbours import House, lived, nonce, passes

RULES_SAY_NO = ("in-a-call", "not-allowed", "call-over")
LAW = ["--import", "./tests/pwa/register.mjs", "--test", "tests/pwa/law.test.mjs"]


class Recorded:
    """Anna's phone, whose bytes are kept, and the others of her house."""

    def __init__(self, house: House, seed: int) -> None:
        self.house = house
        self.chance = Random(seed)

    async def begin(self) -> None:
        self.anna = await self.house.joins("Anna")
        self.ben = await self.house.joins("Ben")
        self.tablet = await self.house.adds_device(self.anna)
        self.cleo = await self.house.joins("Cleo")
        self.place = direct(self.anna.person, self.ben.person)

    async def happens(self) -> None:
        """One thing in the conversation of Anna and Ben, by either of them, or beside it."""
        what = self.chance.choice([self.says] * 6 + [self.reads] * 4 + [self.calls] * 3 + [self.elsewhere])
        try:
            await what()
        except Refusal as refusal:
            if refusal.code not in RULES_SAY_NO:
                raise

    async def says(self) -> None:
        phone = self.chance.choice([self.anna, self.tablet, self.ben, self.ben])
        other = self.ben if phone is not self.ben else self.anna
        files = [await self.house.uploads(phone)] if self.chance.random() < 0.2 else []
        await phone.says("text", other, files)

    async def reads(self) -> None:
        row = self.house.store.view().conversation(self.place)
        if row:
            phone, seq = self.chance.choice([self.anna, self.tablet, self.ben]), self.chance.randrange(row.head + 1)
            field = self.chance.choice(["read", "delivered"])
            await phone.asks(SetMarks(marks=[Mark(conversation=self.place, **{field: seq})]))

    async def calls(self) -> None:
        row = self.house.store.view().conversation(self.place)
        phone = self.chance.choice([self.anna, self.ben])
        if row is None or row.call is None:
            ring = {"conversation": self.place, "call": self.house.new_id("c"), "video": True}
            await phone.asks(RingCall(nonce=nonce(), **ring))
        elif self.chance.random() < 0.2:
            await passes(50)  # nobody answers in 45 s
        else:
            kind = self.chance.choice([PickUpCall, EndCall])
            await phone.asks(kind(nonce=nonce(), conversation=self.place, call=row.call.call))

    async def elsewhere(self) -> None:
        await self.cleo.says("to somebody else", self.chance.choice([self.anna, self.ben]))


async def record(house: House, seed: int, path: Path, *, opened_first: bool) -> None:
    """Writes what Anna's phone heard of a life, from hello to a last opening."""
    life = Recorded(house, seed)
    await life.begin()
    for _ in range(life.chance.randrange(30) if opened_first else 0):
        await life.happens()
    life.anna.disconnect()
    life.anna.connect()
    if opened_first:
        await life.anna.opens(life.place)
    for _ in range(life.chance.randrange(1, 120)):
        await life.happens()
    await life.says()
    await passes(1)  # marks are gathered
    await life.anna.opens(life.place)
    path.write_bytes(life.anna.recording)


def judged(recording: Path) -> subprocess.CompletedProcess[str]:
    """What node says of a recording."""
    node = shutil.which("node")
    assert node, "Node.js 20 or newer is needed to check the phone app. Install it first."
    told = os.environ | {"PARLEY_RECORDING": str(recording)}
    return subprocess.run([node, *LAW], cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=120)


@lived
async def recorded(seed: int, path: Path, opened_first: bool, house: House) -> None:
    await record(house, seed, path, opened_first=opened_first)


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(5))
def test_old_state_and_events_are_fresh_state(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded(seed, tmp_path / "recording", opened_first)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


def test_a_recording_that_lacks_an_event_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "recording"
    recorded(1, path, False)
    values = unpack(path.read_bytes(), limit=10**9, max_values=None)
    lost = max(place for place, value in enumerate(values) if value[1] == "message.sent")
    path.write_bytes(b"".join(map(packed, values[:lost] + values[lost + 1 :])))
    assert judged(path).returncode != 0
    path.write_bytes(b"".join(map(packed, values)))
    assert judged(path).returncode == 0


def packed(value: tuple[int, str, Any]) -> bytes:
    return bytes(msgpack.packb(value))
