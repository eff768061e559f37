"""Who may see what: a stranger learns nothing by trying any id in any command, whichever commands there are."""

from typing import Any

import msgspec
import pytest

from chat.rooms import ensure_everyone
from chat.visibility import (
    DIRECTORY,
    EVERYONE,
    HOUSE,
    audience,
    direct,
    may_see_file,
    own,
    pair,
    present,
    require_member,
    size,
    visible,
)
from protocol import shapes
from protocol.answers import Reach
from protocol.commands import (
    COMMANDS,
    Command,
    FindMessages,
    RemovePerson,
    SendMessage,
    Writes,
)
from protocol.errors import Refusal
from protocol.events import MessageSent
from protocol.records import replaced
from scripts.protocol_examples import example
from tests.chat.secret import ASKABLE, IDS, IN_A_CONVERSATION, NOBODY, Secret, ids_of
from tests.neighbours import House, Phone, lived, nonce, refusal_of, settles

HARMLESS = {
    "mark.set": "passes over what one cannot see",
    "sync.resume": "answers with one's own list whatever heads are named",
    "sync.list": "answers with one's own list",
    "sync.ping": "has no id",
    "call.servers": "has no id",
    "status.set": "says something of oneself",
    "presence.idle": "says something of one's own device",
    "push.state": "says something of one's own device",
    "push.subscribe": "says something of one's own device",
    "push.unsubscribe": "says something of one's own device",
    "rooms.find": "public rooms are there to be found",
    "people.list": "everybody of the house may see everybody",
    "presence.watch": "everybody of the house may see everybody, and who does not exist looks like who is away",
}
"""Commands that answer a stranger, and why that tells nothing; tested below. Every other must refuse."""
OF_ONES_OWN = {"person.block": "whom one would rather not hear is one's own business; everybody may see everybody"}
"""Commands that write about others, in one's own conversation alone; tests/chat/test_blocks.py has what they tell."""
ALONE = {"echo.open", "echo.take", "echo.close"}
"""Commands about one's own device and the unit, which name nobody and no place; see tests/chat/test_echo.py."""


async def refused(eve: Phone, command: Command) -> dict[str, str]:
    with pytest.raises(Refusal) as caught:
        await eve.asks(command)
    return caught.value.body()


@pytest.mark.parametrize(
    "kind",
    [kind for kind in ASKABLE if kind.name not in HARMLESS.keys() | OF_ONES_OWN | ALONE],
    ids=lambda kind: kind.name,
)
@lived
async def test_no_command_tells_a_stranger_whether_an_id_exists(kind: type[Command], house: House) -> None:
    secret = await Secret(house).begin()
    before, heard = secret.truth(), (len(secret.anna.heard), len(secret.ben.heard))
    real = await refused(secret.eve, secret.command(kind, secret.real))
    made_up = await refused(secret.eve, secret.command(kind, secret.made_up))
    assert real == made_up
    assert real["code"] in ("not-found", "not-allowed")
    await settles()
    assert secret.truth() == before, "nothing changed"
    assert (len(secret.anna.heard), len(secret.ben.heard)) == heard, "nobody heard of it"


def test_every_id_that_is_known_is_described_here() -> None:
    """An id is a text of a fixed form that begins with a letter of its kind."""
    patterns = {
        meta.pattern: meta.description
        for name, shape in vars(shapes).items()
        if "Id" in name
        for meta in getattr(shape, "__metadata__", ())
    }
    assert len(patterns) >= 10
    assert set(patterns.values()) == IDS


@lived
async def test_every_field_that_holds_an_id_is_tried(house: House) -> None:
    secret = await Secret(house).begin()
    tried = {field for kind in ASKABLE if kind.name not in HARMLESS for field in ids_of(kind)}
    assert tried <= secret.real.keys()
    assert secret.real.keys() == secret.made_up.keys()
    same = [name for name in secret.real if secret.real[name] == secret.made_up[name]]
    assert same == ["members"], "who is of the house everybody knows, and is told before all else of a new room"
    answered = {field for name in HARMLESS for field in ids_of(COMMANDS[name])}
    assert answered <= {"marks", "heads", "people", "after"}, "what is given in the test of those that answer"


@lived
async def test_whose_words_one_does_not_see_one_does_not_carry_on(house: House) -> None:
    secret = await Secret(house).begin()
    mine = direct(secret.eve.person, secret.anna.person)
    told = [
        await refused(secret.eve, SendMessage(nonce=nonce(), conversation=mine, text="", forward=ids["forward"]))
        for ids in (secret.real, secret.made_up)
    ]
    assert told[0] == told[1]
    assert told[0]["code"] == "not-found"


@lived
async def test_whom_one_names_or_looks_for_is_there_or_not_alike(house: House) -> None:
    secret = await Secret(house).begin()
    mine = direct(secret.eve.person, secret.anna.person)
    for ids in (secret.real, secret.made_up):
        await secret.eve.asks(SendMessage(nonce=nonce(), conversation=mine, text="x", mentions=ids["mentions"]))
    assert [event.mentions for event in secret.anna.of(MessageSent)[-2:]] == [[], []]
    found = [
        await secret.eve.asks(FindMessages(text="secret", author=ids["author"], older_than=ids["older_than"]))
        for ids in (secret.real, secret.made_up)
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("kind", IN_A_CONVERSATION, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "where",
    [
        "two others", "another's own", "the house's log", "with themselves", "no room", "a room of others",
        "a room she left", "a room she was removed from",
    ],
)  # fmt: skip
@lived
async def test_no_command_enters_a_conversation_of_others(kind: type[Command], where: str, house: House) -> None:
    secret = await Secret(house).begin()
    places = {
        "two others": secret.place,
        "another's own": own(secret.anna.person),
        "the house's log": HOUSE,
        "no room": "room.raaaaaaaaaaaaa",
        "a room of others": secret.room,
        "a room she left": secret.left,
        "a room she was removed from": secret.out,
        "with themselves": f"direct.{secret.eve.person}.{secret.eve.person}",
    }
    ids = secret.real | {"conversation": places[where]}
    command = replaced(secret.command(kind, {**ids, "files": []}), conversation=places[where])
    assert (await refused(secret.eve, command))["code"] == "not-found"


@pytest.mark.parametrize("name", HARMLESS)
@lived
async def test_a_command_that_answers_a_stranger_tells_nothing_of_others(name: str, house: House) -> None:
    secret = await Secret(house).begin()
    before = secret.truth()
    command = secret.command(COMMANDS[name], {})
    fields = set(type(command).__struct_fields__)
    given: dict[str, Any] = {}
    if "marks" in fields:
        given["marks"] = [
            {"conversation": place, "read": 1}
            for place in (secret.place, own(secret.anna.person), HOUSE, secret.room, secret.left, secret.out)
        ]
    if "heads" in fields:
        given["heads"] = {secret.place: 1}
    if "people" in fields:
        given["people"] = [NOBODY]
    answer = await secret.eve.asks(msgspec.convert(msgspec.to_builtins(command) | given, type(command)))
    said = str(answer)
    hidden = (secret.place, secret.room, secret.file, secret.call, secret.meeting, secret.claim, "secret", "Secret")
    assert not [one for one in hidden if one in said]
    assert secret.truth() == before


@lived
async def test_a_resume_says_of_every_room_one_is_not_in_that_it_is_gone(house: House) -> None:
    secret = await Secret(house).begin()
    named = {secret.room: 3, secret.left: 3, secret.out: 3, "room.rnobodyaaaaaaa": 3}
    mine = await secret.eve.makes_room("Mine")
    rows = await secret.eve.resumes(epoch=house.store.epoch, heads={**named, mine: 1})
    assert set(rows.gone) == named.keys()


def test_a_command_of_a_device_alone_names_nobody() -> None:
    assert {field for name in ALONE for field in COMMANDS[name].__struct_fields__} == {"version", "sdp"}


def test_the_list_of_harmless_commands_is_not_too_long() -> None:
    assert HARMLESS.keys() <= {kind.name for kind in ASKABLE}
    assert not {name for name in HARMLESS if issubclass(COMMANDS[name], Writes)}


@lived
async def test_a_member_may_what_a_stranger_may_not(house: House) -> None:
    secret = await Secret(house).begin()
    for name in ("conversation.open", "sync.pull", "conversation.page", "typing.set"):
        command = replaced(example(COMMANDS[name]), conversation=secret.place)
        await secret.ben.asks(command)
    assert (await secret.ben.pulls(secret.place)).last == 3


@lived
async def test_a_conversation_nobody_has_begun_looks_the_same_to_both_and_to_no_third(house: House) -> None:
    anna, ben, eve = [await house.joins(name) for name in ("Anna", "Ben", "Eve")]
    place = direct(anna.person, ben.person)
    for phone in (anna, ben):
        opened = await phone.opens(place)
        assert (opened.row.head, opened.page.frames, opened.page.more) == (0, [], False)
        assert {card.id for card in opened.people} == {anna.person, ben.person}
    assert await refusal_of(eve.opens(place)) == "not-found"
    assert await refusal_of(anna.opens(direct(anna.person, NOBODY))) == "not-found"
    assert house.store.view().conversation(place) is None


@lived
async def test_a_file_is_for_those_who_may_see_where_it_hangs(house: House) -> None:
    secret = await Secret(house).begin()
    store = house.store
    seen = {
        phone.person: may_see_file(store, phone.person, secret.file) for phone in (secret.anna, secret.ben, secret.eve)
    }
    assert seen == {secret.anna.person: True, secret.ben.person: True, secret.eve.person: False}
    unsent = await house.uploads(secret.anna)
    assert [may_see_file(store, phone.person, unsent) for phone in (secret.anna, secret.ben)] == [True, False]
    assert not may_see_file(store, NOBODY, unsent)
    assert not may_see_file(store, secret.anna.person, "f" + "a" * 26)


@lived
async def test_who_was_removed_sees_nothing_any_more(house: House) -> None:
    secret = await Secret(house).begin()
    store = house.store
    row = store.shelves.people.get(secret.ben.person)
    assert row is not None
    store.shelves.people.put(replaced(row, removed=True))
    assert visible(store.view(), secret.ben.person, secret.place) == []
    assert visible(store.view(), secret.ben.person, DIRECTORY) == []
    assert not may_see_file(store, secret.ben.person, secret.file)


@lived
async def test_a_range_ends_where_somebody_left_and_at_the_head(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    store, room = house.store, "room.raaaaaaaaaaaaa"
    seen = {anna.person: [Reach(first=1, last=0)], ben.person: [Reach(first=2, last=4), Reach(first=8, last=0)]}
    house.furnishes(room, seen, head=9)
    view = store.view()
    assert visible(view, anna.person, room) == [Reach(first=1, last=9)]
    assert visible(view, ben.person, room) == [Reach(first=2, last=4), Reach(first=8, last=9)]
    house.furnishes(room, seen, head=7)
    assert visible(store.view(), ben.person, room) == [Reach(first=2, last=4)]
    house.furnishes(room, {ben.person: [Reach(first=2, last=4)]}, head=9)
    assert visible(store.view(), ben.person, room) == [], "who is out keeps nothing"
    with pytest.raises(Refusal):
        require_member(store.view(), ben.who, room)


@lived
async def test_an_event_is_heard_by_those_who_were_members_at_its_seq(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    store, room = house.store, "room.raaaaaaaaaaaaa"
    seen = {anna.person: [Reach(first=1, last=0)], ben.person: [Reach(first=2, last=4), Reach(first=8, last=0)]}
    house.furnishes(room, seen, head=9)
    row = store.view().conversation(room)
    assert row is not None
    heard = {seq: set(audience(store, row, seq)[0]) for seq in (1, 4, 5, 8)}
    both = {anna.person, ben.person}
    assert heard == {1: {anna.person}, 4: both, 5: {anna.person}, 8: both}
    assert (present(store, row), size(store.view(), row)) == ([anna.person, ben.person], 2)


@lived
async def test_everyone_are_the_people_of_the_house_and_nobody_else(house: House) -> None:
    host, ben = await house.joins("Host"), await house.joins("Ben")
    await ensure_everyone(house.store)
    row = house.store.view().conversation(EVERYONE)
    assert row is not None
    assert (sorted(present(house.store, row)), size(house.store.view(), row)) == (sorted([host.person, ben.person]), 2)
    await host.asks(RemovePerson(nonce=nonce(), person=ben.person))
    assert (present(house.store, row), size(house.store.view(), row)) == ([host.person], 1)
    assert visible(house.store.view(), ben.person, EVERYONE) == []
    assert visible(house.store.view(), NOBODY, EVERYONE) == []


def test_a_direct_conversation_has_one_id() -> None:
    assert direct("pb", "pa") == direct("pa", "pb") == "direct.pa.pb"
    assert pair("direct.pa.pb") == ("pa", "pb")
    assert [pair(wrong) for wrong in ("direct.pb.pa", "direct.pa.pa", "own.pa", "direct.", "")] == [None] * 5


@lived
async def test_the_wrong_way_round_is_no_conversation(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.says("Hello", ben)
    low, high = sorted([anna.person, ben.person])
    assert await refusal_of(anna.opens(f"direct.{high}.{low}")) == "not-found"
