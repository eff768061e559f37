"""Guests of a real server's call show themselves to who comes, and begin with a key frame."""

import asyncio

import pytest

from calls import rtp, video
from calls.formats import VP8
from chat.visibility import EVERYONE
from protocol.codec import read_command
from scripts.bench import guests
from scripts.bench.client import Place, connected
from scripts.bench.clip import film
from scripts.bench.guests import Guest, Guests, new_call
from scripts.bench.house import running_house
from tests.calls.waiting import on_loop, until


def begun(packets: list[bytes]) -> set[int]:
    """The sources of which a key frame came."""
    pictures = [one for one in packets if one[1] & 0x7F == VP8.payload_type]
    return {rtp.ssrc_of(one) for one in pictures if video.begins_key_frame(96, one, rtp.Header(one).start)}


@on_loop
async def test_who_comes_into_their_call_is_shown_a_key_frame_of_each() -> None:
    with running_house("memory", "--call-port", "0") as house:
        *places, own = (one.place for one in house.join_all(["Ana", "Ben", "Cleo"]))
        with Guests(places, EVERYONE):
            cleo = Guest(2, EVERYONE, {"h": film(160, 96, 100_000, pictures=4)})
            async with connected(own) as line, asyncio.TaskGroup() as group:
                hearing = group.create_task(cleo.hear(line))
                await cleo.come(line)
                await until(lambda: len(begun(cleo.client.packets)) == 2)
                hearing.cancel()
            cleo.client.vanish()


def test_guests_who_are_not_let_in_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guests, "LAYERS", {})
    with running_house("memory", "--call-port", "0") as house:
        stranger = Place(house.port, house.authority, "no token of this house")
        with pytest.raises(RuntimeError, match="the guests ended"), Guests([stranger], EVERYONE):
            raise AssertionError("expected nobody to be there")


def test_a_call_is_named_as_a_page_names_it() -> None:
    said = {"conversation": EVERYONE, "call": new_call(), "video": True, "nonce": "n" * 22}
    assert read_command("call.open", said).name == "call.open"
