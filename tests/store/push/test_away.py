"""Who is away: a subscribed device without a connection, followed as devices come, go and are forgotten."""

from store.push.away import Away
from store.rows import Subscription
from store.shelves import Shelf
from store.sockets import Connection, Sockets
from tests.neighbours import House, Wire, lived

ANNA, BEN = "anna", "ben"


class Scene:
    def __init__(self) -> None:
        self.rows = Shelf("subscriptions", Subscription, lambda row: row.device)
        self.sockets = Sockets()
        self.away = Away(self.rows, self.sockets)

    def subscribes(self, person: str, device: str) -> None:
        self.rows.put(Subscription(device=device, person=person, endpoint="https://a", p256dh="k", auth="s"))

    def comes(self, person: str, device: str) -> Connection:
        connection = Connection(person, device, Wire())
        self.sockets.add(connection)
        return connection


def test_who_is_subscribed_and_not_connected_is_away() -> None:
    scene = Scene()
    scene.subscribes(ANNA, "phone")
    assert (scene.away.people(), len(scene.away)) == ([ANNA], 1)
    first, second = scene.comes(ANNA, "phone"), scene.comes(ANNA, "phone")
    assert ANNA not in scene.away
    first.gone()
    assert ANNA not in scene.away, "another window is open there"
    second.gone()
    assert ANNA in scene.away


def test_one_of_two_devices_is_enough() -> None:
    scene = Scene()
    scene.subscribes(ANNA, "phone")
    scene.subscribes(ANNA, "tablet")
    scene.comes(ANNA, "phone")
    assert ANNA in scene.away
    scene.comes(ANNA, "tablet")
    assert ANNA not in scene.away


def test_who_is_not_subscribed_any_more_or_connected_without_it_is_not_away() -> None:
    scene = Scene()
    scene.comes(BEN, "laptop").gone()
    scene.subscribes(ANNA, "phone")
    scene.rows.drop("phone")
    assert scene.away.people() == []


def test_a_browser_that_is_somebody_else_s_device_now_is_theirs() -> None:
    scene = Scene()
    scene.subscribes(ANNA, "phone")
    scene.subscribes(BEN, "phone")
    assert scene.away.people() == [BEN]


@lived
async def test_a_store_knows_it_from_what_it_loads(house: House) -> None:
    anna = await house.joins("Anna")
    row = Subscription(device=anna.device, person=anna.person, endpoint="https://a", p256dh="k", auth="s")
    await house.store.keep("subscriptions", row)
    assert anna.person not in house.store.away
    await house.store.close()
    again = House(house.store.durable)
    await again.store.start()
    assert again.store.away.people() == [anna.person]
    await again.store.close()
