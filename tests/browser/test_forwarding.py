"""Real browsers at the forwarding unit, before any of the app's own: they see each other, and layers follow screens."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from calls.call import Sent
from calls.ice import CONSENT_SECONDS
from tests.browser.firefox import Firefox
from tests.browser.seats import Hall, Seat
from tests.calls.weather import Weather
from tests.lacking import lacks


@pytest.fixture
def hall() -> Iterator[Hall]:
    one = Hall()
    yield one
    one.close()


def sees(hall: Hall, seat: Seat, *owners: str, more: int = 10) -> None:
    """Pictures of all of these are decoded, and so many more than until now."""
    hall.until(lambda: set(owners) <= set(seat.inbound("framesDecoded")), f"{seat.name} is offered {owners}")
    before = seat.inbound("framesDecoded")
    hall.until(
        lambda: all(seat.inbound("framesDecoded")[one] >= before[one] + more for one in owners),
        f"{seat.name} sees {owners}: {before} then {seat.inbound('framesDecoded')}",
    )


def test_three_see_and_hear_each_other_and_a_fourth_who_comes_late(hall: Hall, chromium: Browser) -> None:
    names = ["ann", "bob", "cleo"]
    seats = [hall.sit(chromium, name, width=320) for name in names]
    for seat in seats:
        sees(hall, seat, *(name for name in names if name != seat.name))
    dora = hall.sit(chromium, "dora", width=320)
    sees(hall, dora, *names)
    for seat in seats:
        sees(hall, seat, "dora")
        hall.until(lambda seat=seat: all(seat.inbound("packetsReceived", "microphone").values()), "all are heard")


def test_layers_follow_the_screen(hall: Hall, chromium: Browser) -> None:
    ann, bob = (hall.sit(chromium, name) for name in ("ann", "bob"))
    sees(hall, bob, "ann")
    hall.until(lambda: bob.inbound("frameHeight")["ann"] == 720, "bob gets the large picture")
    hall.show("bob", ann=120)
    hall.until(lambda: bob.inbound("frameHeight")["ann"] == 360, "bob gets the small picture")
    hall.show("bob")
    hall.until(
        lambda: [one["layer"] for one in hall.figures("bob")["downs"] if one["source"] == "camera"] == [None], "nothing"
    )
    hall.show("bob", ann=700)
    hall.until(lambda: bob.inbound("frameHeight")["ann"] == 720, "bob gets the large picture again")
    sees(hall, bob, "ann", more=20)
    sees(hall, ann, "bob")


def test_a_screen_is_shared_beside_the_camera(hall: Hall, chromium: Browser) -> None:
    ann = hall.sit(chromium, "ann", width=320, screen=True)
    bob = hall.sit(chromium, "bob", width=320)
    sees(hall, bob, "ann")
    hall.until(lambda: bob.inbound("framesDecoded", "screen").get("ann", 0) > 5, "bob sees ann's screen")
    hall.until(lambda: Sent("call", "ann", ("camera", "screen")) in hall.events, "the unit tells of it")
    assert ("ann", "screen") not in ann.tracks.values()


def test_a_new_network_leaves_no_gap(hall: Hall, chromium: Browser) -> None:
    ann, bob = (hall.sit(chromium, name, width=320) for name in ("ann", "bob"))
    sees(hall, bob, "ann")
    hall.on_loop(lambda: hall.unit.restart("call", "ann"))
    sees(hall, bob, "ann", more=30)
    sees(hall, ann, "bob")
    assert ann.ask("states") == ["connecting", "connected"]


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_another_address_in_the_middle_is_found_soon(hall: Hall, name: str, request: pytest.FixtureRequest) -> None:
    browser = request.getfixturevalue(name)
    relay = hall.behind(Weather())
    ann, bob = (hall.sit(browser, one, width=320) for one in ("ann", "bob"))
    sees(hall, bob, "ann")
    sees(hall, ann, "bob")
    moved = time.monotonic()
    hall.on_loop(relay.move)
    sees(hall, bob, "ann", more=30)
    sees(hall, ann, "bob", more=30)
    assert time.monotonic() - moved < CONSENT_SECONDS / 2, "not only once the old way has expired"
    assert ann.ask("states") == bob.ask("states") == ["connecting", "connected"]


def test_where_udp_is_blocked_tcp_carries_it_all(hall: Hall, chromium: Browser) -> None:
    ann = hall.sit(chromium, "ann", width=320, tcp=True)
    bob = hall.sit(chromium, "bob", width=320)
    sees(hall, ann, "bob")
    sees(hall, bob, "ann")
    assert (ann.ask("way()"), bob.ask("way()")) == ("tcp", "udp")


@pytest.mark.parametrize("codec", ["VP8", "H264", "VP9", "AV1"])
def test_every_codec_passes_in_both_sizes(hall: Hall, chromium: Browser, codec: str) -> None:
    ann = hall.sit(chromium, "ann", width=640, codec=codec)
    if not ann.ask(f"makes('{codec}')"):
        lacks(f"this Chromium makes no {codec}, as Debian's does")
    bob = hall.sit(chromium, "bob", width=320)
    sees(hall, bob, "ann")
    assert {one["codec"] for one in hall.figures("ann")["ups"] if one["source"] == "camera"} == {codec}
    hall.show("bob", ann=120)
    sees(hall, bob, "ann", more=20)
    hall.show("bob", ann=700)
    sees(hall, bob, "ann", more=20)


def test_silence_is_hardly_sent_and_a_voice_comes_back(hall: Hall, chromium: Browser) -> None:
    ann, bob = (hall.sit(chromium, name, width=320) for name in ("ann", "bob"))
    sees(hall, bob, "ann")
    hall.until(lambda: pace(hall, bob) > 30, "ann is heard")
    ann.ask("speak(false)")
    hall.until(lambda: pace(hall, bob) < 10, "silence is told a few times a second (DTX)")
    ann.ask("speak(true)")
    hall.until(lambda: pace(hall, bob) > 30, "ann is heard again")


def pace(hall: Hall, seat: Seat) -> float:
    """How many packets of ann's sound come in a second, measured over one."""
    begun, before = time.monotonic(), seat.inbound("packetsReceived", "microphone")["ann"]
    hall.until(lambda: time.monotonic() > begun + 1, "a second is over")
    return (seat.inbound("packetsReceived", "microphone")["ann"] - before) / (time.monotonic() - begun)


def test_over_a_network_that_loses_much_pictures_go_on_and_sound_is_mended(hall: Hall, chromium: Browser) -> None:
    relay = hall.behind(Weather())
    ann, bob = (hall.sit(chromium, name, width=320) for name in ("ann", "bob"))
    sees(hall, bob, "ann")
    relay.weather = Weather(loss=0.1, delay=0.03, reordered=0.02)
    sees(hall, bob, "ann", more=50)
    sees(hall, ann, "bob")
    hall.until(lambda: bob.inbound("nackCount")["ann"] > 0, "bob asks again")
    hall.until(lambda: bob.inbound("fecPacketsReceived", "microphone")["ann"] > 0, "sound that tells of what was lost")


def test_over_a_narrow_way_up_pictures_become_smaller_and_go_on(hall: Hall, chromium: Browser) -> None:
    relay = hall.behind(Weather())
    hall.sit(chromium, "ann", width=640)
    bob = hall.sit(chromium, "bob", width=640)
    sees(hall, bob, "ann")
    hall.until(lambda: sent_by(hall, "ann") > 180_000, "ann sends two layers")
    relay.weather = Weather(carries=150_000)
    hall.until(lambda: hall.figures("ann")["uplink"] < 180_000, "ann is told to send less")
    hall.until(lambda: sent_by(hall, "ann") < 140_000, "she does")
    sees(hall, bob, "ann", more=30)


def sent_by(hall: Hall, name: str) -> float:
    """The bit/s that came of somebody in the last second."""
    return float(sum(one["bitrate"] for one in hall.figures(name)["ups"]))


def test_what_people_encrypt_for_each_other_passes_untouched(hall: Hall, chromium: Browser) -> None:
    ann, bob = (hall.sit(chromium, name, width=640, sealed=True) for name in ("ann", "bob"))
    sees(hall, bob, "ann")
    sees(hall, ann, "bob")
    eve = hall.sit(chromium, "eve", width=320)  # has no key: what she decodes was not encrypted
    hall.until(lambda: set(came(eve)) == {"ann", "bob"} and min(came(eve).values()) > 0, "packets come to eve")
    before = came(eve)
    hall.show("bob", ann=120)
    sees(hall, bob, "ann", more=20)
    sees(hall, ann, "bob", more=20)
    hall.until(lambda: all(came(eve)[one] >= before[one] + 50 for one in before), "and more of them")
    assert eve.inbound("framesDecoded") == {"ann": 0, "bob": 0}


def came(seat: Seat) -> dict[str, float]:
    """How many packets of each camera came in."""
    return seat.inbound("packetsReceived")


def test_firefox_and_chromium_see_each_other(hall: Hall, chromium: Browser, firefox: Firefox) -> None:
    ann = hall.sit(chromium, "ann", width=640)
    fox = hall.sit(firefox, "fox", width=640)
    sees(hall, ann, "fox")
    sees(hall, fox, "ann")
