"""A second device over HTTP: by link and by typed code, confirmed by the first, and by nobody who guesses."""

import pytest

from protocol.commands import AllowClaim
from protocol.events import ClaimAsked
from tests.handlers.house import Guest, House, read

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1"}


async def offered(house: House, guest: Guest) -> dict[str, str]:
    """What the first device shows."""
    answer = await house.ask("POST", "/api/devices/code", {}, **guest.bearer)
    assert answer.code == 201, answer.body
    return dict(read(answer))


def secret_of(made: dict[str, str]) -> str:
    return made["links"][0].partition("#device=")[2]


@pytest.mark.gen_test
async def test_a_scanned_code_lets_a_device_in_once_the_first_says_yes(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    made = await offered(house, anna)
    assert made["qr"].startswith("<svg")
    asked = await house.ask("POST", "/api/session", {"link": secret_of(made)}, **PHONE)
    claim = read(asked)
    assert (asked.code, claim["username"]) == (202, "Anna")
    heard = await wire.until(ClaimAsked.name)
    assert (heard["device_name"], heard["code"], heard["by"]) == ("iPhone, Safari", claim["code"], "code")
    waiting = {"claim": claim["claim"], "secret": claim["secret"]}
    assert (await house.ask("POST", "/api/session/claim", waiting)).code == 202
    assert (await wire.do(AllowClaim(claim=claim["claim"], allow=True)))[0] == "ok"
    let_in = await house.ask("POST", "/api/session/claim", waiting)
    assert (let_in.code, read(let_in)["person"]["id"]) == (201, anna.id)
    assert house.store.shelves.devices.get(read(let_in)["device"]).kind == "phone"  # type: ignore[union-attr]
    again = await house.ask("POST", "/api/session", {"link": secret_of(made)})
    assert (again.code, read(again)["code"]) == (410, "expired")


@pytest.mark.gen_test
async def test_a_typed_code_does_the_same_and_a_no_keeps_it_out(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    made = await offered(house, anna)
    claim = read(await house.ask("POST", "/api/session", {"typed": made["typed"].lower()}))
    await wire.until(ClaimAsked.name)
    await wire.do(AllowClaim(claim=claim["claim"], allow=False))
    refused = await house.ask("POST", "/api/session/claim", {"claim": claim["claim"], "secret": claim["secret"]})
    assert (refused.code, read(refused)["code"]) == (403, "not-allowed")


@pytest.mark.gen_test
async def test_five_wrong_tries_end_the_code(house: House) -> None:
    anna = await house.join("Anna")
    made = await offered(house, anna)
    wrong = made["typed"][:-1] + ("A" if made["typed"][-1] != "A" else "B")
    codes = [read(await house.ask("POST", "/api/session", {"typed": wrong}))["code"] for _ in range(5)]
    assert codes == ["not-found"] * 4 + ["expired"]
    assert (await house.ask("POST", "/api/session", {"typed": made["typed"]})).code == 410


@pytest.mark.gen_test
async def test_a_code_that_is_put_away_is_no_longer_good(house: House) -> None:
    anna = await house.join("Anna")
    made = await offered(house, anna)
    assert (await house.ask("DELETE", "/api/devices/code", **anna.bearer)).code == 204
    assert (await house.ask("POST", "/api/session", {"link": secret_of(made)})).code == 410


@pytest.mark.gen_test
async def test_who_is_not_signed_in_gets_no_code(house: House) -> None:
    assert (await house.ask("POST", "/api/devices/code", {})).code == 401
    assert (await house.ask("DELETE", "/api/devices/code")).code == 401


@pytest.mark.gen_test
async def test_guessing_is_slowed_down_by_address(strict_house: House) -> None:
    codes = [(await strict_house.ask("POST", "/api/session", {"typed": "ABCDEFGH"})).code for _ in range(33)]
    assert codes == [404] * 30 + [429] * 3


@pytest.mark.parametrize("body", [{"typed": 5}, {"link": ["x"]}, {"typed": "x" * 41}, {"link": "x" * 101}])
@pytest.mark.gen_test
async def test_what_is_no_text_is_refused(house: House, body: dict[str, object]) -> None:
    assert (await house.ask("POST", "/api/session", body)).code == 400
