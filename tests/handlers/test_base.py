"""What every request goes through: Host, Origin, header, content type, and how refusals are said."""

import pytest

from store import Store
from store.durable import NotRead
from tests.handlers.house import House, read


@pytest.mark.gen_test
@pytest.mark.parametrize(
    "path", ["/", "/health", "/api/session", "/api/users", "/app.js", "/ws", "/manifest.webmanifest"]
)
async def test_a_rebinding_name_gets_nothing_from_any_route(house: House, path: str) -> None:
    answer = await house.ask("GET", path, Host="evil.example")
    assert (answer.code, read(answer)["code"]) == (421, "bad-host")


@pytest.mark.gen_test
async def test_a_foreign_page_may_change_nothing(house: House) -> None:
    answer = await house.ask("POST", "/api/session", {"username": "Anna"}, Origin="https://evil.example")
    assert (answer.code, read(answer)["code"]) == (403, "bad-origin")


@pytest.mark.gen_test
async def test_a_cookie_without_an_origin_may_change_nothing(house: House) -> None:
    joined = await house.ask("POST", "/api/session", {"username": "Anna"}, Origin=house.origin)
    cookie = joined.headers["Set-Cookie"].partition(";")[0]
    forged = await house.ask("DELETE", "/api/session", Cookie=cookie)
    assert (forged.code, read(forged)["code"]) == (403, "bad-origin")
    assert (await house.ask("DELETE", "/api/session", Cookie=cookie, Origin=house.origin)).code == 204


@pytest.mark.gen_test
async def test_a_change_carries_our_header_and_a_content_type_no_form_can_send(house: House) -> None:
    bare = await house.ask("POST", "/api/session", {"username": "Anna"}, X_Parley="0")
    form = await house.ask("POST", "/api/session", {"username": "Anna"}, Content_Type="text/plain")
    assert (bare.code, form.code) == (403, 400)


@pytest.mark.gen_test
async def test_only_a_listed_origin_hears_cors_headers(strict_house: House) -> None:
    listed = await strict_house.ask("GET", "/api/session", Origin="https://localhost:5173")
    other = await strict_house.ask("GET", "/api/session", Origin="https://evil.example")
    assert listed.headers["Access-Control-Allow-Origin"] == "https://localhost:5173"
    assert "Access-Control-Allow-Origin" not in other.headers
    assert other.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.gen_test
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"[" * 5000, b'{"device_name": "\\ud800"}'])
async def test_a_body_that_is_no_object_is_refused_in_words(house: House, body: bytes) -> None:
    answer = await house.ask("POST", "/api/session", body)
    assert answer.code == 400
    assert read(answer)["message"]


@pytest.mark.gen_test
@pytest.mark.parametrize("body", [{"username": 7}, {"username": ["a"]}, {"username": "x" * 500}, {"code": {}}])
async def test_a_field_of_the_wrong_kind_is_named(house: House, body: dict[str, object]) -> None:
    answer = await house.ask("POST", "/api/session", body)
    assert (answer.code, read(answer)["code"]) == (400, "bad-field")
    assert read(answer)["field"] in body


@pytest.mark.gen_test
async def test_an_unknown_api_path_and_method_are_said_as_json(house: House) -> None:
    nothing = await house.ask("GET", "/api/nothing")
    method = await house.ask("PUT", "/api/users", {})
    assert (nothing.code, read(nothing)["code"]) == (404, "not-found")
    assert method.code == 405


@pytest.mark.gen_test
async def test_a_bug_of_ours_is_told_as_an_id_and_nothing_else(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(token: str | None) -> None:
        raise ZeroDivisionError("a secret of the server")

    monkeypatch.setattr(house.door, "who", broken)
    answer = await house.ask("GET", "/api/session")
    assert (answer.code, read(answer)["code"]) == (500, "internal")
    assert "secret" not in answer.body.decode()


@pytest.mark.gen_test
async def test_a_disk_that_does_not_answer_is_no_bug(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_away(token: str | None) -> None:
        raise NotRead("a secret of the server")

    monkeypatch.setattr(house.door, "who", is_away)
    answer = await house.ask("GET", "/api/session")
    assert (answer.code, read(answer)["code"]) == (503, "not-read")
    assert "secret" not in answer.body.decode()


@pytest.mark.gen_test
async def test_a_token_that_nobody_knows_is_looked_for_with_all_others_and_none_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    async def look() -> None:
        looks.append("together")

    async def alone() -> None:
        looks.append("alone")

    monkeypatch.setattr(house.store, "look_for_unknown", look)
    monkeypatch.setattr(house.store, "catch_up", alone)
    made_up = await house.ask("GET", "/api/session", Authorization="Bearer made-up")
    assert (made_up.code, looks) == (401, ["together"])
    await house.ask("GET", "/api/session")
    assert looks == ["together"]


@pytest.mark.gen_test
async def test_a_server_that_has_lost_touch_with_the_others_refuses_until_it_has_caught_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await house.join("Anna")
    stale, follows = ["lost touch"], [False]

    async def catch_up(_: Store) -> bool:
        if follows[0]:
            stale[:] = [""]
        return follows[0]

    monkeypatch.setattr(Store, "stale", property(lambda _: stale[0]))
    monkeypatch.setattr(Store, "catch_up", catch_up)
    answer = await house.ask("GET", "/api/session", **anna.bearer)
    assert (answer.code, read(answer)["code"]) == (503, "not-saved")
    answer = await house.ask("GET", "/health")
    assert (answer.code, read(answer)["checks"]["store"]) == (503, "lost touch")
    follows[0] = True
    assert (await house.ask("GET", "/api/session", **anna.bearer)).code == 200
