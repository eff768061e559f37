"""The host's page makes invitations; nobody else's does."""

import asyncio
from pathlib import Path

import pytest

from chat.invitations import digest, require_standing
from handlers.invitations import HouseInvitation
from handlers.notes import read_note
from tests import neighbours
from tests.handlers.house import House, read
from tests.neighbours import lived, settles
from tests.store.nodes.commons import Commons


def invitation_of(house: neighbours.House, folder: Path) -> HouseInvitation:
    """Of a node whose folder is that of all."""
    return HouseInvitation(house.store, lambda code: [code], folder / "invitation")


@lived
async def test_servers_that_begin_at_once_show_one_code_and_it_stands(tmp_path: Path) -> None:
    commons = Commons()
    nodes = [await commons.node(letter) for letter in "abc"]
    shown = await asyncio.gather(*(invitation_of(node, tmp_path).current() for node in nodes))
    (code,) = {code for code, _ in shown}
    assert read_note(tmp_path / "invitation") == code
    await settles()
    for node in nodes:
        assert require_standing(digest(code), node.store.view()).kind == "many"
        await node.close()


@lived
async def test_a_server_that_has_not_heard_of_a_new_code_shows_it_all_the_same(tmp_path: Path) -> None:
    commons = Commons()
    one, other = [await commons.node(letter) for letter in "ab"]
    first = await invitation_of(one, tmp_path).current()
    await settles()
    commons.lose_bus()
    renewed = await invitation_of(one, tmp_path).renew()
    assert renewed[0] != first[0]
    assert await invitation_of(other, tmp_path).current() == renewed
    for node in (one, other):
        await node.close()


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
