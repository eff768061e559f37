"""Subscriptions: one a device, nobody else's, gone with the device, and never an address in this house."""

from typing import Any

import pytest

from chat.dispatch import Registry, tell_event
from protocol.answers import PushState, PushTried
from protocol.commands import AskPush, RevokeDevice, SubscribePush, TestPush, UnsubscribePush
from protocol.errors import Refusal
from store import Store
from store.drafts import Shelves
from store.durable.memory import Memory
from store.push import Outcome, Parcel
from store.push.post import Post
from store.rows import Subscription
from tests.neighbours import House, Phone, lived, nonce, refusal_of, settles

KEY = "BA" + "q" * 85
ENDPOINT = "https://push.example.org/send/one"


def subscribes(endpoint: str = ENDPOINT, auth: str = "a" * 22, p256dh: str = KEY) -> SubscribePush:
    return SubscribePush(endpoint=endpoint, p256dh=p256dh, auth=auth)


def kept(house: House) -> list[Subscription]:
    return sorted(house.store.shelves.subscriptions, key=lambda row: row.device)


def receives(house: House, outcome: Outcome) -> list[Parcel]:
    """Puts a push service beside the house."""
    got: list[Parcel] = []

    async def send(parcel: Parcel) -> Outcome:
        got.append(parcel)
        return outcome

    gone = house.store.post.gone
    house.store.post = Post("the key", send, house.clock)
    house.store.post.gone = gone
    return got


@lived
async def test_a_device_subscribes_and_no_longer(house: House) -> None:
    anna = await house.joins("Anna")
    receives(house, Outcome("sent", 201))
    assert await anna.asks(AskPush(), PushState) == PushState(key="the key", subscribed=False, reached="unknown")
    assert (await anna.asks(subscribes(), PushState)).subscribed
    assert [(row.device, row.person, row.endpoint) for row in kept(house)] == [(anna.device, anna.person, ENDPOINT)]
    assert not (await anna.asks(UnsubscribePush(), PushState)).subscribed
    assert kept(house) == []


@lived
async def test_without_push_there_is_no_key_to_subscribe_with(house: House) -> None:
    anna = await house.joins("Anna")
    assert (await anna.asks(AskPush(), PushState)).key == ""


@lived
async def test_a_device_has_one_subscription_the_newest(house: House) -> None:
    anna = await house.joins("Anna")
    await anna.asks(subscribes())
    await anna.asks(subscribes("https://push.example.org/send/two"))
    assert [row.endpoint for row in kept(house)] == ["https://push.example.org/send/two"]


@lived
async def test_a_subscription_is_on_disk() -> None:
    disk = Memory()
    house = await House(disk).start()
    anna = await house.joins("Anna")
    await anna.asks(subscribes())
    loaded = Shelves()
    loaded.load((await disk.start()).shelves)
    assert [row.device for row in loaded.subscriptions] == [anna.device]
    await house.close()


@lived
async def test_nobody_takes_another_s_subscription_whose_secret_they_do_not_know(house: House) -> None:
    anna, eve = await house.joins("Anna"), await house.joins("Eve")
    await anna.asks(subscribes())
    assert await refusal_of(eve.asks(subscribes(auth="b" * 22))) == "not-allowed"
    assert [row.device for row in kept(house)] == [anna.device]


@lived
async def test_a_browser_that_is_somebody_else_now_takes_its_subscription_along(house: House) -> None:
    anna, ben = await house.joins("Anna"), await house.joins("Ben")
    await anna.asks(subscribes())
    await ben.asks(subscribes())
    assert [row.person for row in kept(house)] == [ben.person]


@lived
async def test_nobody_unsubscribes_another(house: House) -> None:
    anna, eve = await house.joins("Anna"), await house.joins("Eve")
    await anna.asks(subscribes())
    await eve.asks(UnsubscribePush())
    assert [row.device for row in kept(house)] == [anna.device]


@lived
async def test_a_device_that_is_signed_out_is_subscribed_no_longer_and_the_other_is(house: House) -> None:
    phone = await house.joins("Anna")
    tablet = await house.adds_device(phone)
    await phone.asks(subscribes())
    await tablet.asks(subscribes("https://push.example.org/send/two"))
    await phone.asks(RevokeDevice(nonce=nonce(), device=tablet.device))
    await settles()
    assert [row.device for row in kept(house)] == [phone.device]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/x",
        "https://127.0.0.1:8443/api/session",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/",
        "https://192.168.1.1/admin",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[fe80::1]/x",
        "https://user:secret@push.example.org/x",
        "https://push.example.org/x#y",
        "https:///x",
        "https://push.example.org:99999/x",
    ],
)
@lived
async def test_an_address_in_the_house_is_refused_at_once(endpoint: str, house: House) -> None:
    anna = await house.joins("Anna")
    assert await refusal_of(anna.asks(subscribes(endpoint))) == "bad-field"
    assert kept(house) == []


@pytest.mark.parametrize(
    "hostile",
    [
        {"endpoint": "http://push.example.org/x"},
        {"endpoint": "https://push.example.org/x\r\nX: y"},
        {"endpoint": "https://push.example.org/" + "x" * 4000},
        {"endpoint": "https://püsh.example.org/"},
        {"p256dh": "B" * 20_000},
        {"p256dh": ""},
        {"p256dh": "BQ" + "q" * 85},
        {"p256dh": "Aq" + "q" * 85},
        {"auth": "a" * 23},
        {"auth": "a" * 20_000},
        {"auth": "../../../../../etc/pw"},
    ],
)
@lived
async def test_keys_and_addresses_of_no_browser_are_refused(hostile: dict[str, str], house: House) -> None:
    anna = await house.joins("Anna")
    given: dict[str, Any] = {"endpoint": ENDPOINT, "p256dh": KEY, "auth": "a" * 22} | hostile
    assert await refusal_of(anna.asks(SubscribePush(**given))) == "bad-field"
    assert kept(house) == []


@pytest.mark.parametrize("kind", ["sent", "later", "unreachable", "refused"])
@lived
async def test_a_test_goes_to_this_device_and_says_what_became_of_it(kind: Any, house: House) -> None:
    anna = await house.joins("Anna")
    tablet = await house.adds_device(anna)
    got = receives(house, Outcome(kind, 201))
    await anna.asks(subscribes())
    await tablet.asks(subscribes("https://push.example.org/send/two"))
    assert (await tablet.asks(TestPush(), PushTried)).outcome == kind
    assert [(parcel.subscription.device, parcel.payload) for parcel in got] == [(tablet.device, b'{"kind": "test"}')]
    assert len(kept(house)) == 2


@lived
async def test_a_dead_subscription_is_dropped_and_the_device_is_told(house: House) -> None:
    anna = await house.joins("Anna")
    receives(house, Outcome("gone", 410))
    await anna.asks(subscribes())
    assert (await anna.asks(TestPush(), PushTried)).outcome == "gone"
    await settles()
    assert not (await anna.asks(AskPush(), PushState)).subscribed
    assert await refusal_of(anna.asks(TestPush())) == "not-found"


@lived
async def test_what_is_dead_takes_no_newer_one_along(house: House) -> None:
    anna = await house.joins("Anna")
    await anna.asks(subscribes())
    old = kept(house)[0]
    await anna.asks(subscribes("https://push.example.org/send/two"))
    house.store.post.gone(old)
    await settles()
    assert len(kept(house)) == 1


@lived
async def test_a_device_that_was_signed_out_asks_nothing_more(house: House) -> None:
    anna: Phone = await house.joins("Anna")
    await anna.asks(RevokeDevice(nonce=nonce(), device=anna.device))
    with pytest.raises(Refusal, match="signed out"):
        await house.does(subscribes(), anna.who)
    assert kept(house) == []


@lived
async def test_a_store_uses_the_post_it_was_given() -> None:
    post = Post("the key")
    assert Store(Memory(), Registry(), tell_event, lambda: 0, post=post).post is post
