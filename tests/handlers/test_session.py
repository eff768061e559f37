"""Joining, "That's me", the installed app, and signing out, over real sockets."""

import pytest

from handlers.session import kind_of, named_after
from protocol.commands import AllowClaim, RevokeDevice
from tests.handlers.house import House, read

NONCE = "n" * 22


@pytest.mark.gen_test
async def test_a_newcomer_joins_with_a_name_and_is_known_afterwards(house: House) -> None:
    anna = await house.join("Anna")
    known = await house.ask("GET", "/api/session", **anna.bearer)
    assert (known.code, read(known)["person"]["name"]) == (200, "Anna")


@pytest.mark.gen_test
async def test_a_browser_that_is_nobody_yet_hears_whether_the_house_is_open(house: House) -> None:
    answer = await house.ask("GET", "/api/session")
    assert (answer.code, read(answer)["person"], read(answer)["open"]) == (200, None, True)


@pytest.mark.gen_test
async def test_a_token_of_nobody_is_refused(house: House) -> None:
    answer = await house.ask("GET", "/api/session", Authorization="Bearer guess")
    assert (answer.code, read(answer)["code"]) == (401, "signed-out")


@pytest.mark.gen_test
async def test_the_first_to_join_is_the_host_and_the_second_is_not(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    assert read(await house.ask("GET", "/api/session", **anna.bearer))["host"] is True
    assert read(await house.ask("GET", "/api/session", **bob.bearer))["host"] is False


@pytest.mark.gen_test
async def test_a_browser_gets_a_cookie_no_script_can_read_and_no_token(house: House) -> None:
    answer = await house.ask("POST", "/api/session", {"username": "Anna"}, Origin=house.origin)
    cookie = answer.headers["Set-Cookie"]
    assert answer.code == 201
    assert "token" not in read(answer)
    for promise in ("__Host-parley=", "HttpOnly", "Secure", "SameSite=Strict", "Path=/"):
        assert promise in cookie


@pytest.mark.gen_test
async def test_a_cookie_signs_in_and_is_renewed(house: House) -> None:
    joined = await house.ask("POST", "/api/session", {"username": "Anna"}, Origin=house.origin)
    cookie = joined.headers["Set-Cookie"].partition(";")[0]
    known = await house.ask("GET", "/api/session", Cookie=cookie)
    assert known.code == 200
    assert known.headers["Set-Cookie"].startswith(cookie)


@pytest.mark.gen_test
async def test_with_a_bearer_no_cookie_is_read(house: House) -> None:
    joined = await house.ask("POST", "/api/session", {"username": "Anna"}, Origin=house.origin)
    cookie = joined.headers["Set-Cookie"].partition(";")[0]
    answer = await house.ask("GET", "/api/session", Cookie=cookie, Authorization="Bearer nobody")
    assert answer.code == 401


@pytest.mark.gen_test
async def test_a_closed_house_needs_an_invitation(closed_house: House) -> None:
    code, _ = await closed_house.invitation.current()
    refused = await closed_house.ask("POST", "/api/session", {"username": "Anna"})
    wrong = await closed_house.ask("POST", "/api/session", {"username": "Anna", "invite": "x" * 22})
    joined = await closed_house.ask("POST", "/api/session", {"username": "Anna", "invite": code})
    assert [refused.code, wrong.code, joined.code] == [403, 403, 201]
    assert read(refused)["code"] == "invitation-needed"


@pytest.mark.gen_test
async def test_the_house_invitation_works_many_times_until_it_is_replaced(closed_house: House) -> None:
    code, _ = await closed_house.invitation.current()
    for name in ("Anna", "Bob", "Cleo"):
        await closed_house.join(name, invite=code)
    fresh, _ = await closed_house.invitation.renew()
    late = await closed_house.ask("POST", "/api/session", {"username": "Dora", "invite": code})
    assert (late.code, read(late)["code"]) == (403, "invitation-expired")
    await closed_house.join("Dora", invite=fresh)


@pytest.mark.gen_test
async def test_an_invitation_for_one_works_once(closed_house: House) -> None:
    code, _ = await closed_house.invitation.make("one")
    await closed_house.join("Anna", invite=code)
    again = await closed_house.ask("POST", "/api/session", {"username": "Bob", "invite": code})
    assert (again.code, read(again)["code"]) == (403, "invitation-spent")


@pytest.mark.gen_test
async def test_an_invitation_ends_after_seven_days(closed_house: House) -> None:
    code, _ = await closed_house.invitation.current()
    closed_house.now = 7 * 24 * 3600 * 1000 + 1000
    late = await closed_house.ask("POST", "/api/session", {"username": "Anna", "invite": code})
    assert (late.code, read(late)["code"]) == (403, "invitation-expired")
    assert (await closed_house.invitation.current())[0] != code


@pytest.mark.gen_test
async def test_a_taken_name_is_refused_and_so_is_its_look_alike(house: House) -> None:
    await house.join("Anna")
    for name in ("anna", "  ANNA ", "Аnna"):
        answer = await house.ask("POST", "/api/session", {"username": name})
        assert (answer.code, read(answer)["code"]) == (409, "name-taken"), name


@pytest.mark.gen_test
@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\u202eb", "\u200b", "---", "a\x00b"])
async def test_a_name_that_is_none_is_refused_in_words(house: House, name: str) -> None:
    answer = await house.ask("POST", "/api/session", {"username": name})
    assert (answer.code, read(answer)["code"]) == (400, "bad-name")


@pytest.mark.gen_test
async def test_thats_me_is_let_in_by_the_persons_other_device(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    asked = await house.ask("POST", "/api/session", {"username": "anna", "claim": True})
    claim = read(asked)
    told = await wire.until("claim.asked")
    assert asked.code == 202
    assert (told["claim"], told["code"]) == (claim["claim"], claim["code"])

    def look() -> dict[str, object]:
        return {"claim": claim["claim"], "secret": claim["secret"], "token": True}

    assert (await house.ask("POST", "/api/session/claim", look())).code == 202
    said, _ = await wire.do(AllowClaim(claim=claim["claim"], allow=True))
    let_in = await house.ask("POST", "/api/session/claim", look())
    assert (said, let_in.code, read(let_in)["person"]["id"]) == ("ok", 201, anna.id)
    again = await house.ask("GET", "/api/session", Authorization=f"Bearer {read(let_in)['token']}")
    assert again.code == 200


@pytest.mark.gen_test
async def test_thats_me_is_kept_out_when_the_other_device_says_no(house: House) -> None:
    wire = await house.connect(await house.join("Anna"))
    claim = read(await house.ask("POST", "/api/session", {"username": "Anna", "claim": True}))
    await wire.do(AllowClaim(claim=claim["claim"], allow=False))
    kept_out = await house.ask("POST", "/api/session/claim", {"claim": claim["claim"], "secret": claim["secret"]})
    assert (kept_out.code, read(kept_out)["code"]) == (403, "not-allowed")


@pytest.mark.gen_test
async def test_nobody_else_can_let_a_claim_in_or_take_it(house: House) -> None:
    await house.join("Anna")
    stranger = await house.connect(await house.join("Mallory"))
    claim = read(await house.ask("POST", "/api/session", {"username": "Anna", "claim": True}))
    said, body = await stranger.do(AllowClaim(claim=claim["claim"], allow=True))
    assert (said, body["code"]) == ("error", "not-found")
    taken = await house.ask("POST", "/api/session/claim", {"claim": claim["claim"], "secret": "guess"})
    assert taken.code == 410


@pytest.mark.gen_test
async def test_a_claim_expires_after_ten_minutes(house: House) -> None:
    wire = await house.connect(await house.join("Anna"))
    claim = read(await house.ask("POST", "/api/session", {"username": "Anna", "claim": True}))
    house.now = 10 * 60 * 1000 + 1000
    late = await house.ask("POST", "/api/session/claim", {"claim": claim["claim"], "secret": claim["secret"]})
    said, body = await wire.do(AllowClaim(claim=claim["claim"], allow=True))
    assert (late.code, said, body["code"]) == (410, "error", "not-found")


@pytest.mark.gen_test
async def test_a_device_code_adds_one_device_once(house: House) -> None:
    anna = await house.join("Anna")
    manifest = read(await house.ask("GET", "/manifest.webmanifest", **anna.bearer))
    code = manifest["start_url"].partition("code=")[2]
    first = await house.ask("POST", "/api/session", {"code": code, "token": True})
    again = await house.ask("POST", "/api/session", {"code": code, "token": True})
    assert (first.code, read(first)["person"]["id"]) == (201, anna.id)
    assert (again.code, read(again)["code"]) == (410, "expired")


@pytest.mark.gen_test
async def test_a_device_code_spelled_in_another_way_does_not_work_once_more(house: House) -> None:
    anna = await house.join("Anna")
    code = read(await house.ask("GET", "/manifest.webmanifest", **anna.bearer))["start_url"][7:]
    spellings = {code + "=", code + "==", code[:5] + "!!!!" + code[5:], code + " ", code.replace("_", "/")}
    spellings |= {code[:-1] + last for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"}
    assert (await house.ask("POST", "/api/session", {"code": code})).code == 201
    for spelling in spellings:
        assert (await house.ask("POST", "/api/session", {"code": spelling})).code == 410, spelling
    assert len(house.store.view().devices_of(anna.id)) == 2


@pytest.mark.gen_test
async def test_a_device_code_ends_with_its_day_and_with_its_device(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    codes = [read(await house.ask("GET", "/manifest.webmanifest", **anna.bearer))["start_url"][7:] for _ in range(2)]
    house.now = 25 * 3600 * 1000
    old = await house.ask("POST", "/api/session", {"code": codes[0]})
    house.now = 0
    await wire.do(RevokeDevice(nonce=NONCE, device=anna.device))
    orphan = await house.ask("POST", "/api/session", {"code": codes[1]})
    assert [old.code, orphan.code] == [410, 410]


@pytest.mark.gen_test
@pytest.mark.parametrize("code", ["x", "AAAA", "ä", "." * 60, "Zm9vLmJhci5iYXo" * 3])
async def test_a_forged_device_code_opens_nothing(house: House, code: str) -> None:
    await house.join("Anna")
    answer = await house.ask("POST", "/api/session", {"code": code})
    assert (answer.code, read(answer)["code"]) == (410, "expired")


@pytest.mark.gen_test
async def test_signing_out_ends_the_session_and_its_sockets(house: House) -> None:
    anna = await house.join("Anna")
    wire = await house.connect(anna)
    out = await house.ask("DELETE", "/api/session", **anna.bearer)
    assert out.code == 204
    assert await wire.closing_code() == 4001
    assert (await house.ask("GET", "/api/session", **anna.bearer)).code == 401


@pytest.mark.gen_test
async def test_joining_too_often_is_slowed_down(strict_house: House) -> None:
    codes = [(await strict_house.ask("POST", "/api/session", {"username": ""})).code for _ in range(32)]
    assert codes == [400] * 30 + [429] * 2


@pytest.mark.gen_test
async def test_a_class_that_joins_at_once_is_not_slowed_down(strict_house: House) -> None:
    for number in range(30):
        await strict_house.join(f"Pupil {number}")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "iPhone, Safari"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537.36", "Android, Chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Linux, Firefox"),
        ("curl/8", "A program"),
    ],
)
def test_a_device_is_named_as_people_would(agent: str, name: str) -> None:
    assert named_after(agent) == name


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "phone"),
        ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Safari/604.1", "tablet"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0 Mobile Safari/537.36", "phone"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X200) Chrome/130.0 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "computer"),
        ("curl/8.5.0", "program"),
        ("", "program"),
    ],
)
def test_what_a_device_is_follows_from_what_its_browser_says(agent: str, kind: str) -> None:
    assert kind_of(agent) == kind
