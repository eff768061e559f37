"""Lines without a loop's library: let in, heard, cut, back; and what goes wrong is said."""

from collections.abc import Iterator

import pytest

from protocol.codec import pack_command
from protocol.commands import Ping
from scripts.bench.client import Place
from scripts.bench.house import House, running_house
from scripts.bench.swarm import Line, Swarm

PATIENCE = 30.0


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with running_house(store="memory") as running:
        yield running


def test_lines_are_heard_cut_and_back_with_what_tls_has_learnt(house: House) -> None:
    greeted: list[Line] = []
    answered: list[bytes] = []

    def hears(line: Line, payload: bytes) -> None:
        if b"hello" in payload:
            greeted.append(line)
        if b"\x93\x05\xa2ok" in payload:
            answered.append(payload)

    places = [house.join(name).place for name in ("Anna", "Ben", "Cleo")] * 30
    swarm = Swarm(places[0], hears)
    try:
        swarm.open(places, PATIENCE)
        swarm.run_until(lambda: len(greeted) == len(places), PATIENCE)
        assert not any(line.tls.session_reused for line in swarm.lines)
        swarm.cut_all()
        greeted.clear()
        swarm.open(places, PATIENCE)
        assert all(line.tls.session_reused for line in swarm.lines)
        swarm.run_until(lambda: len(greeted) == len(places), PATIENCE)
        assert set(greeted) == set(swarm.lines)
        swarm.lines[-1].send(pack_command(5, Ping()))
        swarm.run_until(lambda: bool(answered), PATIENCE)
    finally:
        swarm.close()


def test_who_is_not_let_in_is_an_error(house: House) -> None:
    nobody = Place(house.port, house.authority, "nonsense")
    swarm = Swarm(nobody, lambda *_: None)
    with pytest.raises(ConnectionError, match="401"):
        swarm.open([nobody], PATIENCE)
    swarm.close()


def test_what_does_not_come_is_not_waited_for(house: House) -> None:
    swarm = Swarm(house.join("Dora").place, lambda *_: None)
    with pytest.raises(TimeoutError):
        swarm.run_until(lambda: False, 0.0)
    swarm.close()
