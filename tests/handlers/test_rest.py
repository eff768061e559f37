"""REST beside the socket: the same rules behind plain JSON."""

import pytest

from chat.limits import Buckets, Rate
from protocol.commands import CreateRoom
from tests.handlers.house import House, read


@pytest.mark.gen_test
async def test_users_are_listed_with_presence_and_paged(house: House) -> None:
    anna = await house.join("Anna")
    bob = await house.join("Bob")
    await house.connect(bob)
    whole = read(await house.ask("GET", "/api/users", **anna.bearer))
    first = read(await house.ask("GET", "/api/users?limit=1", **anna.bearer))
    second = read(await house.ask("GET", f"/api/users?limit=1&after={first['after']}", **anna.bearer))
    assert {user["name"]: user["online"] for user in whole["users"]} == {"Anna": False, "Bob": True}
    assert first["users"] + second["users"] == whole["users"]
    assert second["after"] == ""


@pytest.mark.gen_test
async def test_a_message_posted_is_a_message_read(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    sent = await house.ask("POST", f"/api/messages/{bob.id}", {"text": "hello"}, **anna.bearer)
    heard = read(await house.ask("GET", f"/api/messages/{anna.id}", **bob.bearer))
    assert sent.code == 201
    assert [event["text"] for event in heard["events"] if event["name"] == "message.sent"] == ["hello"]
    assert heard["unread"] == 1


@pytest.mark.gen_test
async def test_a_resent_message_is_one_message(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    body = {"text": "once", "nonce": "n" * 22}
    answers = [read(await house.ask("POST", f"/api/messages/{bob.id}", body, **anna.bearer)) for _ in range(3)]
    heard = read(await house.ask("GET", f"/api/messages/{bob.id}", **anna.bearer))
    assert answers[0] == answers[1] == answers[2]
    assert len([event for event in heard["events"] if event["name"] == "message.sent"]) == 1


@pytest.mark.gen_test
async def test_older_pages_follow_without_gap_or_overlap(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    for place in range(12):
        await house.ask("POST", f"/api/messages/{bob.id}", {"text": str(place)}, **anna.bearer)
    texts: list[str] = []
    before = 14
    while before > 1:
        path = f"/api/messages/{bob.id}?before={before}&limit=5"
        events = read(await house.ask("GET", path, **anna.bearer))["events"]
        texts = [event["text"] for event in events if event["name"] == "message.sent"] + texts
        before = events[0]["seq"]
    assert texts == [str(place) for place in range(12)]


@pytest.mark.gen_test
async def test_the_newest_page_is_as_long_as_asked(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    for place in range(5):
        await house.ask("POST", f"/api/messages/{bob.id}", {"text": str(place)}, **anna.bearer)
    newest = read(await house.ask("GET", f"/api/messages/{anna.id}?limit=2", **bob.bearer))
    assert ([event["text"] for event in newest["events"]], newest["more"]) == (["3", "4"], True)


@pytest.mark.gen_test
async def test_a_conversation_nobody_has_written_in_is_empty(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    empty = read(await house.ask("GET", f"/api/messages/{bob.id}", **anna.bearer))
    assert (empty["events"], empty["head"], empty["more"]) == ([], 0, False)


@pytest.mark.gen_test
async def test_a_stranger_reads_and_writes_nothing(house: House) -> None:
    anna = await house.join("Anna")
    for method, path in [
        ("GET", "/api/users"),
        ("GET", f"/api/messages/{anna.id}"),
        ("POST", f"/api/messages/{anna.id}"),
    ]:
        answer = await house.ask(method, path, {"text": "x"} if method == "POST" else None)
        assert (answer.code, read(answer)["code"]) == (401, "signed-out")


@pytest.mark.gen_test
@pytest.mark.parametrize("person", ["nobody", "p" + "a" * 13, "..%2f..", "%00", "p" * 2000])
async def test_people_who_do_not_exist_cannot_be_written_to(house: House, person: str) -> None:
    anna = await house.join("Anna")
    answer = await house.ask("POST", f"/api/messages/{person}", {"text": "x"}, **anna.bearer)
    assert answer.code in (400, 404)
    assert read(answer)["message"]


@pytest.mark.gen_test
@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "before=-1", "before=1.5"])
async def test_a_page_that_cannot_be_is_refused(house: House, query: str) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    await house.ask("POST", f"/api/messages/{bob.id}", {"text": "x"}, **anna.bearer)
    answer = await house.ask("GET", f"/api/messages/{bob.id}?{query}", **anna.bearer)
    assert (answer.code, read(answer)["code"]) == (400, "bad-field")


@pytest.mark.gen_test
@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
async def test_a_message_that_cannot_be_is_refused(house: House, text: str) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    answer = await house.ask("POST", f"/api/messages/{bob.id}", {"text": text}, **anna.bearer)
    assert (answer.code, read(answer)["code"]) == (400, "bad-field")


@pytest.mark.gen_test
async def test_reading_too_often_is_slowed_down_and_others_may_go_on(house: House) -> None:
    anna, bob = await house.join("Anna"), await house.join("Bob")
    house.door.commands = Buckets(Rate(burst=3, per_second=0.1), house.clock)
    paths = ("/api/users", f"/api/messages/{bob.id}", "/api/users", f"/api/messages/{bob.id}", "/api/users")
    codes = [(await house.ask("GET", path, **anna.bearer)).code for path in paths]
    assert codes == [200, 200, 200, 429, 429]
    assert (await house.ask("GET", "/api/users", **bob.bearer)).code == 200


@pytest.mark.gen_test
async def test_a_room_is_read_and_written_by_its_members_and_by_nobody_else(house: House) -> None:
    anna, bob, eve = await house.join("Anna"), await house.join("Bob"), await house.join("Eve")
    made = CreateRoom(nonce="r" * 22, title="Garden", members=[bob.id])
    _, body = await (await house.connect(anna)).do(made)
    path = f"/api/messages/{body['conversation']}"
    assert (await house.ask("POST", path, {"text": "hello"}, **bob.bearer)).code == 201
    heard = read(await house.ask("GET", path, **anna.bearer))
    assert [event.get("text") for event in heard["events"]] == [None, "hello"]
    assert heard["unread"] == 1
    refused = [
        await house.ask(verb, path, body, **eve.bearer) for verb, body in (("GET", None), ("POST", {"text": "x"}))
    ]
    assert [answer.code for answer in refused] == [404, 404]
