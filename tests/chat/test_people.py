"""People: joining, one's card, and being removed by the host."""

import asyncio
from typing import Any

import pytest

from chat.dispatch import SERVER
from chat.people import name_host
from chat.visibility import DIRECTORY, may_see_file, own
from protocol.answers import People
from protocol.commands import ChangeProfile, ListPeople, RemovePerson
from protocol.events import ConversationCreated, DeviceAdded, DeviceRevoked, PersonChanged
from tests.neighbours import House, Phone, lived, nonce, pull_all, refusal_of, settles


def changes(**given: Any) -> ChangeProfile:
    return ChangeProfile(nonce=nonce(), **given)


def removes(phone: Phone) -> RemovePerson:
    return RemovePerson(nonce=nonce(), person=phone.person)


# -- joining


@lived
async def test_a_newcomer_is_in_the_directory_with_their_own_conversation_and_device(house: House) -> None:
    anna = await house.joins("  Anna ")
    directory = await pull_all(anna, DIRECTORY)
    assert [type(event) for event in directory] == [ConversationCreated, PersonChanged]
    assert (directory[1].person, directory[1].display_name, directory[1].author) == (anna.person, "Anna", anna.person)
    mine = await pull_all(anna, own(anna.person))
    assert [type(event) for event in mine] == [ConversationCreated, DeviceAdded]
    assert (mine[0].members, mine[1].device) == ([anna.person], anna.device)


@lived
async def test_the_first_to_join_is_the_host_and_the_second_is_not(house: House) -> None:
    first, second = await house.joins("Anna"), await house.joins("Ben")
    view = house.store.view()
    assert [view.person(phone.person).host for phone in (first, second)] == [True, False]  # type: ignore[union-attr]


@lived
async def test_where_the_command_line_names_the_host_the_first_to_join_is_none(house: House) -> None:
    anna = await house.joins("Anna", host=False)
    ben = await house.joins("Ben", host=True)
    view = house.store.view()
    assert [view.person(phone.person).host for phone in (anna, ben)] == [False, True]  # type: ignore[union-attr]


@pytest.mark.parametrize("taken", ["Anna", "anna", " ANNA ", "Аnna", "АNNA"])
@lived
async def test_a_name_that_is_taken_or_looks_taken_is_refused(taken: str, house: House) -> None:
    anna = await house.joins("Anna")
    assert await refusal_of(house.joins(taken)) == "name-taken"
    assert len(await pull_all(anna, DIRECTORY)) == 2


@lived
async def test_two_who_take_a_name_at_once_do_not_both_get_it(house: House) -> None:
    first, second = await asyncio.gather(house.joins("Anna"), house.joins("anna"), return_exceptions=True)
    assert isinstance(first, Phone)
    assert not isinstance(second, Phone)


# -- one's card


@lived
async def test_one_s_card_changes_where_one_says_so_and_stays_elsewhere(house: House) -> None:
    anna = await house.joins("Anna")
    picture = await house.uploads(anna, thumbnail=True)
    await anna.asks(changes(about="  In the garden.  ", avatar=picture))
    await anna.asks(changes(display_name="Anna Maria"))
    row = house.store.view().person(anna.person)
    assert row is not None
    assert (row.name, row.about, row.avatar, row.host) == ("Anna Maria", "In the garden.", picture, True)
    await anna.asks(changes(avatar=""))
    assert house.store.view().person(anna.person).avatar == ""  # type: ignore[union-attr]


@lived
async def test_nobody_takes_another_s_name_but_one_may_rewrite_one_s_own(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    assert await refusal_of(ben.asks(changes(display_name="ANNA"))) == "name-taken"
    assert await refusal_of(ben.asks(changes(display_name="Аnna"))) == "name-taken"
    await anna.asks(changes(display_name="ANNA"))


@lived
async def test_a_name_that_was_given_up_is_free(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.asks(changes(display_name="Zoe"))
    await ben.asks(changes(display_name="Anna"))
    assert [row.id for row in house.store.view().people("=anna")] == [ben.person]


@lived
async def test_a_picture_is_one_s_own_upload_and_a_picture(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    theirs = await house.uploads(ben, thumbnail=True)
    no_picture, half = await house.uploads(anna), await house.uploads(anna, thumbnail=True, complete=False)
    assert await refusal_of(anna.asks(changes(avatar=theirs))) == "not-found"
    assert await refusal_of(anna.asks(changes(avatar=half))) == "not-found"
    assert await refusal_of(anna.asks(changes(avatar=no_picture))) == "bad-field"


@lived
async def test_an_avatar_is_for_everybody_of_the_house(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    picture = await house.uploads(anna, thumbnail=True)
    assert not may_see_file(house.store, ben.person, picture)
    await anna.asks(changes(avatar=picture))
    assert may_see_file(house.store, ben.person, picture)


# -- being removed


@lived
async def test_who_is_removed_is_told_in_their_own_conversation_and_cut_off(house: House) -> None:
    host, ben = await house.joins("Host"), await house.joins("Ben")
    tablet = await house.adds_device(ben)
    await host.asks(removes(ben))
    await settles()
    assert [ben.wire.code, tablet.wire.code, host.wire.code] == [4001, 4001, 0]
    for one in (ben, tablet):  # up to its own end, and not a word further
        assert one.of(DeviceRevoked)[-1].device == one.device
    assert not house.store.sockets.is_online(ben.person)
    assert house.store.view().devices_of(ben.person) == []


@lived
async def test_what_a_removed_person_still_sends_is_not_done(house: House) -> None:
    host, ben = await house.joins("Host"), await house.joins("Ben")
    await host.asks(removes(ben))
    for command in (changes(about="x"), ListPeople()):
        assert await refusal_of(house.does(command, ben.who)) == "signed-out"
    late = Phone(house, ben.who)
    assert (late.wire.code, late.heard) == (4001, [])


@lived
async def test_a_removed_person_gets_no_device_any_more_and_their_name_stays_taken(house: House) -> None:
    host, ben = await house.joins("Host"), await house.joins("Ben")
    await host.asks(removes(ben))
    assert await refusal_of(house.adds_device(ben)) == "not-found"
    assert await refusal_of(house.joins("Ben")) == "name-taken"
    assert await refusal_of(host.asks(removes(ben))) == "not-found"


@lived
async def test_only_the_host_removes_and_never_a_host(house: House) -> None:
    host, ben, cleo = [await house.joins(name) for name in ("Host", "Ben", "Cleo")]
    assert await refusal_of(ben.asks(removes(cleo))) == "not-allowed"
    assert await refusal_of(host.asks(removes(host))) == "not-allowed"
    assert await refusal_of(house.does(removes(host), SERVER)) == "not-allowed"
    await house.does(removes(cleo), SERVER)
    assert house.store.view().person(cleo.person).removed  # type: ignore[union-attr]


@lived
async def test_the_host_is_named_by_the_command_line_once(house: House) -> None:
    _, ben = await house.joins("Anna"), await house.joins("Ben")
    await name_host(house.store, "BEN")
    await name_host(house.store, "Ben")
    await name_host(house.store, "nobody")
    await name_host(house.store, "")
    said = [event for event in await pull_all(ben, DIRECTORY) if isinstance(event, PersonChanged) and event.host]
    assert [event.person for event in said][1:] == [ben.person]


@lived
async def test_a_removed_person_cannot_be_named_host_and_that_stops_no_start(house: House) -> None:
    host, ben = await house.joins("Anna"), await house.joins("Ben")
    await host.asks(removes(ben))
    await name_host(house.store, "Ben")
    assert not house.store.view().person(ben.person).host  # type: ignore[union-attr]


# -- the list


@lived
async def test_everybody_is_listed_page_by_page_with_presence(house: House) -> None:
    phones = [await house.joins(f"Person {number}") for number in range(7)]
    phones[3].disconnect()
    listed, after = list[Any](), ""
    while True:
        page = await phones[0].asks(ListPeople(after=after, limit=3), People)
        listed += zip(page.people, page.presence, strict=True)
        if not page.after:
            break
        after = page.after
    assert [card.id for card, _ in listed] == sorted(phone.person for phone in phones)
    assert {card.id for card, presence in listed if not presence.online} == {phones[3].person}


@lived
async def test_a_page_of_people_fits_a_frame_whatever_they_say_of_themselves(house: House) -> None:
    for number in range(300):
        phone = await house.joins(f"{number:x}" + "😀" * 30)
        await phone.asks(changes(about="😀" * 200))
    before = len(phone.wire.frames)
    page = await phone.asks(ListPeople(), People)
    assert max(map(len, phone.wire.frames[before:])) < 256 * 1024
    assert 0 < len(page.people) < 300
    rest = await phone.asks(ListPeople(after=page.after), People)
    assert len(page.people) + len(rest.people) == 300
    assert rest.after == ""


@lived
async def test_who_was_removed_is_listed_as_removed(house: House) -> None:
    host, ben = await house.joins("Host"), await house.joins("Ben")
    await host.asks(removes(ben))
    page = await host.asks(ListPeople(), People)
    assert {card.id: card.removed for card in page.people} == {host.person: False, ben.person: True}
