"""Logins to TURN servers: for who is signed in, of their own device."""

from protocol.answers import CallServers
from protocol.calls import AskServers
from protocol.commands import RevokeDevice
from store.turn import LOGIN_SECONDS, Turn
from tests.neighbours import House, lived, nonce, refusal_of

URLS = ("turn:turn.lan:3478?transport=udp", "turns:turn.lan:5349")


@lived
async def test_who_is_signed_in_gets_a_login_of_their_device(house: House) -> None:
    anna = await house.joins("Anna")
    house.store.turn = Turn(URLS, "north")
    told = await anna.asks(AskServers(), CallServers)
    (server,) = told.ice_servers
    assert server["urls"] == list(URLS)
    until, _, name = str(server["username"]).partition(":")
    assert (int(until) * 1000, name) == (told.until, anna.device)
    assert abs(told.until - house.clock() - LOGIN_SECONDS * 1000) < 60_000
    assert server["credential"] == house.store.turn.login(anna.device, told.until - LOGIN_SECONDS * 1000)[1]


@lived
async def test_without_servers_there_is_nothing_to_log_in_to(house: House) -> None:
    anna = await house.joins("Anna")
    assert await anna.asks(AskServers(), CallServers) == CallServers(ice_servers=[], until=0)


@lived
async def test_who_was_signed_out_gets_none(house: House) -> None:
    anna = await house.joins("Anna")
    tablet = await house.adds_device(anna)
    house.store.turn = Turn(URLS, "north")
    await anna.asks(RevokeDevice(nonce=nonce(), device=tablet.device))
    assert await refusal_of(house.does(AskServers(), tablet.who)) == "signed-out"
