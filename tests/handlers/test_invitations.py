"""The host's page makes invitations; nobody else's does."""

import pytest

from tests.handlers.house import House, read


@pytest.mark.gen_test
async def test_the_host_sees_the_standing_invitation_as_a_code_to_scan(house: House) -> None:
    anna = await house.join("Anna")
    first = read(await house.ask("GET", "/api/invitations", **anna.bearer))
    again = read(await house.ask("GET", "/api/invitations", **anna.bearer))
    assert first["code"] == again["code"]
    assert first["qr"].startswith("<svg") or first["qr"].startswith("<?xml")
    assert first["links"][0].endswith(f"#invite={first['code']}")


@pytest.mark.gen_test
async def test_the_host_makes_one_for_one_person_and_the_house_keeps_its_own(house: House) -> None:
    anna = await house.join("Anna")
    standing = read(await house.ask("GET", "/api/invitations", **anna.bearer))["code"]
    made = await house.ask("POST", "/api/invitations", {"kind": "one"}, **anna.bearer)
    assert made.code == 201
    assert read(made)["code"] != standing
    assert read(await house.ask("GET", "/api/invitations", **anna.bearer))["code"] == standing


@pytest.mark.gen_test
async def test_a_guest_invites_nobody(house: House) -> None:
    await house.join("Anna")
    bob = await house.join("Bob")
    for method in ("GET", "POST"):
        answer = await house.ask(method, "/api/invitations", None if method == "GET" else {}, **bob.bearer)
        assert (answer.code, read(answer)["code"]) == (403, "not-allowed")


@pytest.mark.gen_test
async def test_a_kind_there_is_not_is_refused(house: House) -> None:
    anna = await house.join("Anna")
    answer = await house.ask("POST", "/api/invitations", {"kind": "all"}, **anna.bearer)
    assert (answer.code, read(answer)["field"]) == (400, "kind")
