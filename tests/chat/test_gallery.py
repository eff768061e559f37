"""The gallery: what hangs in a conversation, newest first and in pages, for those who see it and as far as they do."""

from typing import Any

import pytest

from chat.gallery import PAGE
from chat.visibility import direct
from protocol.answers import Files, Written
from protocol.commands import DeleteMessage, ListFiles, SendMessage
from protocol.errors import Refusal
from protocol.shapes import Place
from tests.neighbours import House, Phone, lived, nonce, passes, refusal_of

PICTURE = {"type": "image/png", "width": 4, "height": 3, "thumbnail": True}


async def two(house: House) -> tuple[Phone, Phone, str]:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    return anna, ben, direct(anna.person, ben.person)


async def listed(phone: Phone, place: str, **given: Any) -> Files:
    return await phone.asks(ListFiles(conversation=place, **given), Files)


@lived
async def test_pictures_and_films_are_media_and_the_rest_are_files(house: House) -> None:
    anna, ben, place = await two(house)
    photo = await house.uploads(anna, **PICTURE)
    film = await house.uploads(anna, **PICTURE | {"type": "video/mp4", "seconds": 3})
    page = await house.uploads(ben, **PICTURE | {"type": "application/pdf"})
    broken = await house.uploads(ben, type="image/png", width=0, height=0, thumbnail=False)
    await anna.says("look", ben, files=[photo, film])
    await ben.says("read", anna, files=[page, broken])
    media, files = await listed(ben, place), await listed(anna, place, kind="files")
    assert {one.file.id for one in media.files} == {photo, film}
    assert {one.file.id for one in files.files} == {page, broken}
    assert {(one.seq, one.author) for one in media.files} == {(2, anna.person)}
    assert (media.before, files.before) == (0, 0)


@lived
async def test_the_newest_come_first_and_pages_leave_none_out(house: House) -> None:
    anna, ben, place = await two(house)
    sent = []
    for _ in range(PAGE + 5):
        files = [await house.uploads(anna, **PICTURE) for _ in range(2)]
        await anna.says("", ben, files=files)
        sent += files
    found, before = list[Any](), 0
    while True:
        page = await listed(ben, place, before=before)
        assert len(page.files) <= PAGE + 1
        found += page.files
        before = page.before
        if not before:
            break
    assert [one.seq for one in found] == sorted((one.seq for one in found), reverse=True)
    assert sorted(one.file.id for one in found) == sorted(sent)


@lived
async def test_a_forwarded_file_is_of_who_sent_it_here_and_then(house: House) -> None:
    anna, ben, place = await two(house)
    cleo = await house.joins("Cleo")
    said = await anna.says("look", ben, files=[await house.uploads(anna, **PICTURE)])
    await passes(60)
    onward = direct(ben.person, cleo.person)
    there = Place(conversation=place, seq=said.seq)
    carried = await ben.asks(SendMessage(nonce=nonce(), conversation=onward, text="", forward=there), Written)
    (one,) = (await listed(cleo, onward)).files
    assert (one.author, one.at, one.seq) == (ben.person, carried.at, carried.seq)
    (first,) = (await listed(ben, place)).files
    assert (first.author, first.at) == (anna.person, said.at)


@lived
async def test_what_was_deleted_is_not_in_it(house: House) -> None:
    anna, ben, place = await two(house)
    said = await anna.says("", ben, files=[await house.uploads(anna, **PICTURE)])
    assert len((await listed(ben, place)).files) == 1
    await anna.asks(DeleteMessage(nonce=nonce(), conversation=place, target=said.seq))
    assert (await listed(ben, place)).files == []


@lived
async def test_a_voice_message_is_not_in_it(house: House) -> None:
    anna, ben, place = await two(house)
    spoken = await house.uploads(anna, type="audio/mp4", width=0, height=0, thumbnail=False, voice=True)
    await anna.says("", ben, files=[spoken])
    assert (await listed(ben, place, kind="files")).files == []


@lived
async def test_a_stranger_learns_nothing_not_even_that_there_is_something(house: House) -> None:
    anna, ben, place = await two(house)
    cleo = await house.joins("Cleo")
    await anna.says("", ben, files=[await house.uploads(anna, **PICTURE)])
    nowhere = direct(anna.person, "p" + "z" * 13)
    refusals = []
    for where in (place, nowhere, f"own.{anna.person}"):
        with pytest.raises(Refusal) as caught:
            await listed(cleo, where)
        refusals.append(caught.value.body())
    assert refusals[0] == refusals[1] == refusals[2]
    assert await refusal_of(listed(cleo, place)) == "not-found"


@lived
async def test_the_same_file_in_two_conversations_is_in_each_gallery_once(house: House) -> None:
    anna, ben, place = await two(house)
    cleo = await house.joins("Cleo")
    photo = await house.uploads(anna, **PICTURE)
    await anna.says("", ben, files=[photo])
    await anna.says("", cleo, files=[photo])
    assert [one.file.id for one in (await listed(ben, place)).files] == [photo]
    other = direct(anna.person, cleo.person)
    assert [one.file.id for one in (await listed(cleo, other)).files] == [photo]
