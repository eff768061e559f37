"""In Prosody's room everybody hears what one says, and that takes something of the server."""

import ssl
from pathlib import Path

import pytest

from scripts.bench import prosody
from scripts.bench.prosody import Prosody, Room, cost
from trust import Household, open_household, present

pytestmark = pytest.mark.skipif(
    not prosody.is_here(), reason="Prosody is missing. On Debian: apt-get install --no-install-recommends prosody"
)


@pytest.fixture(scope="module")
def household(tmp_path_factory: pytest.TempPathFactory) -> Household:
    """Certificates for this machine's loopback."""
    folder = tmp_path_factory.mktemp("certs")
    return open_household(folder, label="bench", hosts=["127.0.0.1"], now=present())


def test_everybody_in_the_room_hears_every_message_once(household: Household) -> None:
    with Prosody(Path(household.folder)) as server:
        room = Room(server.place, 4)
        room.talk(3, "Hello")
        room.talk(2, "Hello")
        assert [guest.heard for guest in room.guests] == [5] * 4
        room.close()


def test_who_is_cut_off_is_an_error(household: Household) -> None:
    with Prosody(Path(household.folder)) as server:
        room = Room(server.place, 2)
    with pytest.raises((ConnectionError, ssl.SSLError)):
        room.talk(1, "Hello")
    room.close()


def test_a_message_that_reached_somebody_took_something(household: Household) -> None:
    assert cost(Path(household.folder), 3, 5, "Hello") > 0
