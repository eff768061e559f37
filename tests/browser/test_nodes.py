"""Two servers of one house: people at different ones write to each other, see each other, and are in one call."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import postgres, redis
from tests.browser.calling import answer, joined, wait_for_pictures
from tests.browser.firefox import until
from tests.browser.people import begin, bubble, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer
from tests.browser.test_gathering import live, sees
from tests.browser.test_rooms import make_room

PickUp = Callable[..., Phone]


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[tuple[str, ...]]:
    """The flags of what servers share, while it runs."""
    with postgres.running() as database, redis.running() as bus:
        yield "--open", "--store", database.database(), "--bus", bus.url, "--data", str(tmp_path / "shared")


@pytest.fixture
def servers(
    shared: tuple[str, ...], start_server: Callable[..., RunningServer], tmp_path: Path
) -> tuple[RunningServer, RunningServer]:
    """Two of one house."""
    one, other = [start_server(*shared, "--node-data", str(tmp_path / f"own{number}")) for number in range(2)]
    return one, other


@pytest.fixture
def two(servers: tuple[RunningServer, RunningServer], phone: PickUp) -> tuple[Page, Page]:
    """Ana at one and Ben at the other."""
    ana = joined(phone, "Ana", 1280, 800, server=servers[0])
    ben = joined(phone, "Ben", 1280, 800, server=servers[1])
    return ana, ben


def test_they_write_to_each_other_and_call(two: tuple[Page, Page]) -> None:
    ana, ben = two
    begin(ana, "Ben")
    say(ana, "Are you there?")
    begin(ben, "Ana")
    expect(bubble(ben, "Are you there?")).to_be_visible()
    expect(ana.get_by_role("img", name="online").first).to_be_visible()
    say(ben, "Yes, at the other one")
    expect(bubble(ana, "Yes, at the other one")).to_be_visible()
    ana.get_by_role("button", name="Video call").click()
    answer(ben)
    wait_for_pictures(ana, ben)


def test_they_are_in_the_call_of_a_room(two: tuple[Page, Page]) -> None:
    ana, ben = two
    make_room(ana, "Garden", "Ben")
    ana.get_by_role("button", name="Video call").click()
    ana.get_by_role("button", name="Ring everybody").click()
    answer(ben)
    live(ana, ben)
    for page in two:
        until(lambda page=page: sees(page, 1), "the other in a picture")
