"""The echo: somebody alone tries camera and microphone, and nobody else hears of it."""

import pytest

from calls.call import Counted, Left, Offered, Spoke
from chat.dispatch import perform
from chat.echo import ECHO_SECONDS
from chat.forwarding import hear_unit
from protocol.commands import RevokeDevice
from protocol.echo import CloseEcho, EchoOffered, OpenEcho, TakeEcho
from protocol.telling import Logged
from tests.chat.test_forwarding import FakeUnit
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of, settles


async def tried(house: House) -> tuple[Phone, FakeUnit]:
    """Anna tries herself."""
    unit = FakeUnit()
    house.store.media = unit
    anna = await house.joins("Anna")
    await anna.asks(OpenEcho())
    return anna, unit


def alone(unit: FakeUnit, phone: Phone) -> bool:
    return unit.peers(f"echo {phone.device}") == [phone.device]


@lived
async def test_the_units_offer_reaches_that_device_alone(house: House) -> None:
    anna, unit = await tried(house)
    tablet = await house.adds_device(anna)
    assert alone(unit, anna)
    hear_unit(Offered(f"echo {anna.device}", anna.device, 1, "v=0", {"4": (anna.device, "camera")}), house.store)
    await settles()
    (offered,) = anna.of(EchoOffered)
    assert (offered.version, offered.sdp, offered.tracks["4"].source) == (1, "v=0", "camera")
    assert tablet.of(EchoOffered) == []


@lived
async def test_nothing_of_it_is_logged_and_nobody_hears_who_speaks(house: House) -> None:
    anna, _ = await tried(house)
    bob = await house.joins("Bob")
    await settles()
    before = len(bob.heard)
    logged = [one for one in anna.heard if isinstance(one, Logged)]
    for told in (Spoke(f"echo {anna.device}", anna.device), Left(f"echo {anna.device}", anna.device, "left")):
        hear_unit(told, house.store)
    await anna.asks(CloseEcho())
    await settles()
    assert len(bob.heard) == before
    assert [one for one in anna.heard if isinstance(one, Logged)] == logged


@lived
async def test_the_servers_log_does_not_name_who_tried_themselves(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "parley.calls")
    anna, _ = await tried(house)
    hear_unit(Counted(f"echo {anna.device}", True, {"seconds": 5}), house.store)
    assert caplog.text == ""


@lived
async def test_an_answer_goes_to_the_unit_and_one_that_does_not_fit_is_refused(house: House) -> None:
    anna, _ = await tried(house)
    await anna.asks(TakeEcho(version=1, sdp="fits"))
    assert await refusal_of(anna.asks(TakeEcho(version=1, sdp="not"))) == "bad-field"


@lived
async def test_who_has_no_echo_has_nothing_to_answer_and_may_end_it_all_the_same(house: House) -> None:
    anna, unit = await tried(house)
    await anna.asks(CloseEcho())
    assert not alone(unit, anna)
    assert await refusal_of(anna.asks(TakeEcho(version=1, sdp="fits"))) == "not-connected"
    await anna.asks(CloseEcho())


@lived
async def test_an_echo_ends_with_the_line_of_its_device(house: House) -> None:
    anna, unit = await tried(house)
    bob = await house.joins("Bob")
    bob.disconnect()
    assert alone(unit, anna)
    anna.disconnect()
    assert not alone(unit, anna)


@lived
async def test_an_echo_ends_with_its_device(house: House) -> None:
    anna, unit = await tried(house)
    tablet = await house.adds_device(anna)
    await perform(RevokeDevice(nonce=nonce(), device=anna.device), tablet.who, house.store)
    anna.disconnect()
    assert not alone(unit, anna)


@lived
async def test_an_echo_ends_after_a_while_and_may_be_begun_again(house: House) -> None:
    anna, unit = await tried(house)
    await passes(ECHO_SECONDS - 1)
    assert alone(unit, anna)
    await anna.asks(OpenEcho())
    await passes(ECHO_SECONDS - 1)
    assert alone(unit, anna)
    await passes(2)
    assert not alone(unit, anna)


@lived
async def test_without_a_forwarding_unit_there_is_no_echo(house: House) -> None:
    anna = await house.joins("Anna")
    assert await refusal_of(anna.asks(OpenEcho())) == "not-connected"
    await anna.asks(CloseEcho())
