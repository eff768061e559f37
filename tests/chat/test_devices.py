"""Devices: listed in one's own conversation, revocable, and cut off at once."""

import asyncio

from chat.devices import MAX_DEVICES, SEEN_SECONDS
from chat.visibility import own
from protocol.answers import DeviceCard, Written
from protocol.commands import AddDevice, RenameDevice, RevokeDevice, SetTyping
from protocol.events import DeviceAdded, DeviceChanged, DeviceRevoked, TypingChanged
from store.durable.memory import Memory
from tests.neighbours import House, Phone, lived, nonce, passes, pull_all, refusal_of, settles
from tests.store.fates import Fated


def revokes(phone: Phone) -> RevokeDevice:
    return RevokeDevice(nonce=nonce(), device=phone.device)


@lived
async def test_a_new_device_is_told_to_the_others_and_listed(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await settles()
    assert phone.of(DeviceAdded)[-1].device == tablet.device
    opened = await tablet.opens(own(phone.person))
    assert [card.id for card in opened.devices] == [phone.device, tablet.device]


@lived
async def test_a_device_that_is_signed_out_hears_so_and_is_cut_off_and_the_other_is_not(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await phone.asks(revokes(tablet))
    await settles()
    assert (tablet.of(DeviceRevoked)[0].device, tablet.wire.code, phone.wire.code) == (tablet.device, 4001, 0)
    assert [card.id for card in (await phone.opens(own(phone.person))).devices] == [phone.device]


@lived
async def test_who_signs_out_this_very_device_gets_the_answer_first(house: House) -> None:
    phone = await house.joins("Anna")
    assert (await phone.asks(revokes(phone), Written)).conversation == own(phone.person)
    await settles()
    assert phone.wire.code == 4001


@lived
async def test_nobody_signs_out_another_s_device(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    assert await refusal_of(ben.asks(revokes(anna))) == "not-found"
    await settles()
    assert anna.wire.code == 0


@lived
async def test_a_device_is_signed_out_once(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await phone.asks(revokes(tablet))
    assert await refusal_of(phone.asks(revokes(tablet))) == "not-found"


@lived
async def test_a_line_opened_while_its_device_was_signed_out_is_closed_and_hears_nothing(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    tablet.disconnect()
    await phone.asks(revokes(tablet))
    tablet.heard.clear()
    tablet.connect()
    await phone.says("secret", await house.joins("Ben"))
    assert (tablet.wire.code, tablet.wire.frames, tablet.heard) == (4001, [], [])


@lived
async def test_what_a_signed_out_device_still_sends_is_heard_by_nobody(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.says("Hello", ben)
    place = (await ben.resumes()).rows[0].conversation
    await anna.asks(revokes(anna))
    await settles()
    anna.sends(SetTyping(conversation=place, typing=True))
    assert await refusal_of(house.does(SetTyping(conversation=place, typing=True), anna.who)) == "signed-out"
    await settles()
    assert ben.of(TypingChanged) == []


@lived
async def test_a_device_is_added_only_for_somebody_who_is_here(house: House) -> None:
    await house.joins("Anna")
    command = AddDevice(nonce=nonce(), person="pnobodyaaaaaaa", device="d" + "a" * 13, device_name="", token="0" * 64)
    assert await refusal_of(house.does(command)) == "not-found"


@lived
async def test_one_s_devices_are_nobody_else_s_business(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    assert await refusal_of(ben.opens(own(anna.person))) == "not-found"
    assert await refusal_of(pull_all(ben, own(anna.person))) == "not-found"
    assert ben.of(DeviceAdded) == []


@lived
async def test_what_is_said_after_a_device_was_signed_out_does_not_reach_it_even_in_the_same_batch() -> None:
    disk = Fated(Memory())
    house = await House(disk).start()
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    tablet = await house.adds_device(anna)
    disk.gate.clear()

    first = house.store.write(revokes(tablet), anna.who)
    await settles()
    said = asyncio.ensure_future(ben.says("secret", anna))
    await settles()
    disk.gate.set()
    await asyncio.gather(first, said)
    await settles()
    assert (anna.texts(), tablet.texts(), tablet.wire.code) == (["secret"], [], 4001)
    assert [event.device for event in tablet.of(DeviceRevoked)] == [tablet.device]
    await house.close()


@lived
async def test_a_device_s_name_is_shown_without_what_cannot_be_seen(house: House) -> None:
    anna = await house.joins("Anna", device_name="My\u202ephone\u200b\x07 ok\ud7ff")
    assert [card.name for card in (await anna.opens(own(anna.person))).devices] == ["Myphone ok"]


@lived
async def test_nobody_has_devices_without_end(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    phones = [await house.adds_device(anna) for _ in range(MAX_DEVICES - 1)]
    assert await refusal_of(house.adds_device(anna)) == "too-many"
    await house.adds_device(ben)
    await anna.asks(revokes(phones[0]))
    await house.adds_device(anna)


async def card_of(phone: Phone, device: str) -> DeviceCard:
    opened = await phone.opens(own(phone.person))
    return next(card for card in opened.devices if card.id == device)


@lived
async def test_a_device_is_called_what_its_person_calls_it(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await phone.asks(RenameDevice(nonce=nonce(), device=tablet.device, device_name=" Kitchen\u202e tablet "))
    await settles()
    assert [changed.device_name for changed in tablet.of(DeviceChanged)] == ["Kitchen tablet"]
    assert (await card_of(phone, tablet.device)).name == "Kitchen tablet"


@lived
async def test_nobody_names_another_s_device_nor_gives_none(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    rename = RenameDevice(nonce=nonce(), device=anna.device, device_name="Mine")
    assert await refusal_of(ben.asks(rename)) == "not-found"
    assert await refusal_of(anna.asks(RenameDevice(nonce=nonce(), device=anna.device, device_name="\u200b"))) == (
        "bad-field"
    )
    assert (await card_of(anna, anna.device)).name == "Phone"


@lived
async def test_the_list_says_which_are_here_and_when_the_others_were(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await passes(10)
    tablet.disconnect()
    gone_at = house.clock()
    await passes(100)
    assert (await card_of(phone, phone.device)).online
    card = await card_of(phone, tablet.device)
    assert (card.online, card.seen) == (False, gone_at)


@lived
async def test_one_that_stays_is_noted_every_five_minutes(house: House) -> None:
    phone = await house.joins("Anna")
    await passes(SEEN_SECONDS + 1)
    assert house.store.shelves.devices_seen.get(phone.device).at > house.clock() - 2000  # type: ignore[union-attr]


@lived
async def test_one_that_is_signed_out_is_noted_no_more(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await phone.asks(revokes(tablet))
    await passes(2)
    tablet.disconnect()
    assert house.store.shelves.devices_seen.get(tablet.device) is None
