"""The host's word from the command line to the running server."""

import ssl
from pathlib import Path

import pytest

from handlers.host import pinned, require_house
from handlers.settings import CannotUse, Settings, read_settings
from tests.handlers.house import House, read


def secret(house: House) -> dict[str, str]:
    """What only the owner of the data folder can say."""
    return {"Authorization": f"Bearer {(house.folder / 'secret').read_text()}"}


@pytest.mark.gen_test
async def test_a_new_invitation_ends_the_old_one(closed_house: House) -> None:
    old, _ = await closed_house.invitation.current()
    said = read(await closed_house.ask("POST", "/api/host", {"invite": True}, **secret(closed_house)))
    code = said["links"][0].partition("#invite=")[2]
    assert code != old
    await closed_house.join("Anna", invite=code)
    assert (await closed_house.ask("POST", "/api/session", {"username": "Bob", "invite": old})).code == 403


@pytest.mark.gen_test
async def test_a_waiting_device_is_let_in(house: House) -> None:
    await house.join("Anna")
    claim = read(await house.ask("POST", "/api/session", {"username": "Anna", "claim": True}))
    said = await house.ask("POST", "/api/host", {"allow": "anna"}, **secret(house))
    assert claim["code"] in read(said)["said"]
    look = {"claim": claim["claim"], "secret": claim["secret"]}
    assert (await house.ask("POST", "/api/session/claim", look)).code == 201


@pytest.mark.gen_test
async def test_nobody_waiting_is_said_so(house: House) -> None:
    await house.join("Anna")
    said = await house.ask("POST", "/api/host", {"allow": "Anna"}, **secret(house))
    assert (said.code, read(said)["code"]) == (404, "not-found")


@pytest.mark.gen_test
async def test_a_person_is_removed_by_name(house: House) -> None:
    await house.join("Anna")
    bob = await house.join("Bob")
    assert (await house.ask("POST", "/api/host", {"remove": "bob"}, **secret(house))).code == 200
    assert (await house.ask("GET", "/api/session", **bob.bearer)).code == 401


@pytest.mark.gen_test
@pytest.mark.parametrize("body", [{}, {"remove": "Nobody"}, {"allow": ""}, {"remove": 7}])
async def test_an_errand_that_cannot_be_done_is_refused_in_words(house: House, body: dict[str, object]) -> None:
    answer = await house.ask("POST", "/api/host", body, **secret(house))
    assert answer.code in (400, 404)
    assert read(answer)["message"]


@pytest.mark.gen_test
async def test_without_the_secret_nobody_is_the_host(house: House) -> None:
    anna = await house.join("Anna")
    for headers in ({}, anna.bearer, {"Authorization": "Bearer "}, {"Authorization": "Bearer \xe9"}):
        answer = await house.ask("POST", "/api/host", {"invite": True}, **headers)
        assert answer.code == 403


def errand(folder: Path, *words: str) -> Settings:
    """The settings of a word on the command line about the data in that folder."""
    return read_settings(["--data", str(folder / "data"), "--certs", str(folder / "certs"), "--no-mdns", *words], {})


def test_where_there_is_no_house_a_word_begins_none(tmp_path: Path) -> None:
    with pytest.raises(CannotUse, match="Say with --data where it is"):
        require_house(errand(tmp_path, "--invite"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["parley.db", "postgresql.house", "secret"])
def test_what_is_left_of_a_house_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).touch()
    require_house(errand(tmp_path, "--invite"))


def test_where_everything_is_forgotten_no_house_is_looked_for(tmp_path: Path) -> None:
    require_house(errand(tmp_path, "--store", "memory", "--invite"))


def test_a_certificate_of_ones_own_is_pinned_though_its_authority_is_not_strict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python 3.13 asks every authority for the extension of key usage, which one made by hand often lacks."""

    def as_python_313_does(cafile: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context

    monkeypatch.setattr(ssl, "create_default_context", as_python_313_does)
    context = pinned("server.pem")
    assert not context.verify_flags & ssl.VERIFY_X509_STRICT
    assert context.verify_mode is ssl.CERT_REQUIRED
