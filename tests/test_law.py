"""The law on a real store: old state + events == fresh state, for everything one person's page may hear.

What a phone hears in a random life is recorded byte by byte and given to the page's own `apply()` under node, together
with `conversation.open` at the start and at the end; tests/pwa/law.test.mjs compares the two states.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgpack
import pytest

from protocol.codec import unpack
from protocol.events import EVENTS, Logged
from tests.directory_lives import record_directory
from tests.house.tree import ROOT
from tests.lives import OfOneself, Recorded, record
from tests.neighbours import House, lived
from tests.room_lives import RecordedJoining, RecordedRoom, RecordedThreads, record_room

LAW = ["--import", "./tests/pwa/register.mjs", "--test", "tests/pwa/law.test.mjs"]


@lived
async def recorded_room(
    seed: int, path: Path, opened_first: bool, house: House, kind: type[RecordedRoom] = RecordedRoom
) -> None:
    await record_room(house, seed, path, opened_first=opened_first, kind=kind)


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(5))
def test_the_same_holds_in_a_room_where_people_come_and_go(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded_room(seed, tmp_path / "recording", opened_first)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_holds_of_threads_and_of_who_follows_them(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded_room(seed, tmp_path / "recording", opened_first, kind=RecordedThreads)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@pytest.mark.parametrize("seed", range(5))
def test_the_same_holds_where_somebody_came_late_and_does_not_see_what_was_before(seed: int, tmp_path: Path) -> None:
    recorded_room(seed, tmp_path / "recording", True, kind=RecordedJoining)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@pytest.mark.parametrize("seed", range(4))
def test_the_same_holds_of_the_directory(seed: int, tmp_path: Path) -> None:
    recorded_directory(seed, tmp_path / "recording", set())
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@lived
async def recorded_directory(seed: int, path: Path, heard: set[str], house: House) -> None:
    heard |= await record_directory(house, seed, path)


ELSEWHERE = {
    "invitation.made": "is the house's, which nobody reads",
    "invitation.spent": "is the house's, which nobody reads",
}
"""Logged events that no conversation has which a page opens."""


def test_every_logged_event_happens_in_one_of_these_lives(tmp_path: Path) -> None:
    path, heard = tmp_path / "recording", set[str]()
    for seed in range(5):
        for kind in (RecordedRoom, RecordedThreads):
            recorded_room(seed, path, False, kind=kind)
            heard |= told(path)
        recorded_room(seed, path, True, kind=RecordedJoining)
        heard |= told(path)
        recorded(seed, path, False)
        heard |= told(path)
        recorded(seed, path, True, kind=OfOneself)
        heard |= told(path)
        recorded_directory(seed, path, heard)
    logged = {name for name, kind in EVENTS.items() if issubclass(kind, Logged)}
    assert logged - heard == ELSEWHERE.keys()
    assert "hidden" in heard


def told(recording: Path) -> set[str]:
    """The names of what was heard."""
    values = unpack(recording.read_bytes(), limit=10**9, max_values=None)
    return {name for ref, name, _ in values if ref == 0}


def judged(recording: Path) -> subprocess.CompletedProcess[str]:
    """What node says of a recording."""
    node = shutil.which("node")
    assert node, "Node.js 20 or newer is needed to check the phone app. Install it first."
    told = os.environ | {"PARLEY_RECORDING": str(recording)}
    return subprocess.run([node, *LAW], cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=120)


@lived
async def recorded(seed: int, path: Path, opened_first: bool, house: House, kind: type[Recorded] = Recorded) -> None:
    await record(house, seed, path, opened_first=opened_first, kind=kind)


@pytest.mark.parametrize("opened_first", [True, False], ids=["from an opening", "from nothing"])
@pytest.mark.parametrize("seed", range(5))
def test_old_state_and_events_are_fresh_state(seed: int, opened_first: bool, tmp_path: Path) -> None:
    recorded(seed, tmp_path / "recording", opened_first)
    said = judged(tmp_path / "recording")
    assert said.returncode == 0, said.stdout
    assert "pass 1" in said.stdout, said.stdout


@pytest.mark.parametrize("seed", range(3))
def test_what_one_s_own_conversation_tells_is_fresh_state_too(seed: int, tmp_path: Path) -> None:
    recorded(seed, tmp_path / "recording", True, kind=OfOneself)
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


def test_a_recording_that_lacks_an_answer_is_found_out_by_its_thread(tmp_path: Path) -> None:
    path = tmp_path / "recording"
    recorded_room(1, path, False, kind=RecordedThreads)
    values = unpack(path.read_bytes(), limit=10**9, max_values=None)
    said = [place for place, (_, name, body) in enumerate(values) if name == "message.sent" and body.get("target")]
    path.write_bytes(b"".join(map(packed, values[: said[-1]] + values[said[-1] + 1 :])))
    assert "requireThread (" in judged(path).stdout


def packed(value: tuple[int, str, Any]) -> bytes:
    return bytes(msgpack.packb(value))
