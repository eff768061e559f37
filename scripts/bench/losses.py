"""What of a call arrives over bad networks: packets lost, late or overtaken on each hop, in both directions, and a way
up that is narrow.

First with clients who ask again and send again as browsers do, then between two pages of Chromium, whose decoders say
what people would see and hear. The network is a relay in front of the unit (`tests/calls/weather.py`), as `tc netem`
needs root and a kernel that has it. A newcomer's first mistake is to count packets: what matters is whole pictures.
"""

import argparse
import asyncio
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from playwright.sync_api import Browser, sync_playwright

from scripts.bench.figures import middle, rounded, today
from scripts.bench.first_frame import quick_camera
from tests.browser.household import TestHousehold
from tests.browser.phones import launching_chromium
from tests.browser.seats import Hall, Seat
from tests.calls.halls import hall
from tests.calls.meeting import behind
from tests.calls.weather import Weather

WEATHERS = {
    "a good network": Weather(),
    "2 % lost": Weather(loss=0.02),
    "10 % lost": Weather(loss=0.10),
    "100 ms late": Weather(delay=0.1),
    "5 % overtaken": Weather(reordered=0.05),
    "2 % lost, 50 ms late, 5 % overtaken": Weather(0.02, 0.05, 0.05),
    "400 kbit/s up": Weather(carries=400_000),
}
REST_SECONDS = 0.6  # for what is still on its way, and asked for once more
WIDTH = 640  # px of the camera

Row = tuple[str, str]  # what, and how much


async def with_clients(weather: Weather, seconds: float) -> list[Row]:
    """What one client gets of another."""
    async with hall() as here, behind(here, weather) as (ann, bob):
        pictures, voices = ann.pictures, ann.voices
        await asyncio.gather(ann.chat(seconds), bob.chat(seconds))
        shown, said = range(pictures, ann.pictures), range(voices, ann.voices)
        await asyncio.gather(ann.chat(REST_SECONDS), bob.chat(REST_SECONDS))
        took = [bob.arrived.pictures[one] for one in shown if one in bob.arrived.pictures]
        return [
            ("pictures whole within a second", f"{bob.arrived.whole(shown):.2%}"),
            ("until a picture is whole, p50", f"{rounded(middle(took) * 1e3)} ms"),
            ("until a picture is whole, p99", f"{rounded(middle(took, 0.99) * 1e3)} ms"),
            ("sound that came within 300 ms", f"{bob.arrived.heard(said):.1%}"),
            ("sound that came or that the next packet can mend (FEC)", f"{bob.arrived.mended(said):.1%}"),
        ]


def with_browsers(browser: Browser, weather: Weather, seconds: float) -> list[Row]:
    """What one page gets of another."""
    one = Hall()
    relay = one.behind(Weather())
    try:
        ann, bob = (one.sit(browser, name, width=WIDTH) for name in ("ann", "bob"))
        one.until(lambda: sees(ann, "bob") and sees(bob, "ann"), "they see each other")
        relay.weather = weather
        before = looks(bob)
        begun = time.monotonic()
        one.until(lambda: time.monotonic() > begun + seconds, "the time is over")
        now = looks(bob)
        passed = {name: now[name] - before[name] for name in now}
        took = time.monotonic() - begun
    finally:
        one.close()
    return [
        ("pictures decoded a second", rounded(passed["framesDecoded"] / took)),
        ("stalls of the picture", rounded(passed["freezeCount"])),
        ("of the time", f"{passed['totalFreezesDuration'] / took:.1%}"),
        ("packets asked for again", rounded(passed["nackCount"])),
        ("key frames asked for", rounded(passed["pliCount"])),
        ("sound that had to be made up", f"{passed['concealedSamples'] / max(1, passed['totalSamplesReceived']):.1%}"),
    ]


def sees(seat: Seat, other: str) -> bool:
    """Whether pictures have come for a while."""
    return seat.inbound("framesDecoded").get(other, 0) > 30


PICTURE = ("framesDecoded", "freezeCount", "totalFreezesDuration", "nackCount", "pliCount")
SOUND = ("concealedSamples", "totalSamplesReceived")


def looks(seat: Seat) -> dict[str, float]:
    """The figures of what comes from ann."""
    found = {name: seat.inbound(name)["ann"] for name in PICTURE}
    return found | {name: seat.inbound(name, "microphone")["ann"] for name in SOUND}


def table(title: str, columns: dict[str, list[Row]]) -> None:
    """A column for each weather."""
    print(f"{title}, load average {os.getloadavg()[0]:.1f}: {today()}\n")
    rows = [["what arrives", *columns], ["---"] * (len(columns) + 1)]
    rows += [[cells[0][0], *(value for _, value in cells)] for cells in zip(*columns.values(), strict=True)]
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def main(arguments: list[str] | None = None) -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="of each network")
    parser.add_argument("--no-browsers", action="store_true", help="only clients")
    asked = parser.parse_args(arguments)
    clients = {name: asyncio.run(with_clients(weather, asked.seconds)) for name, weather in WEATHERS.items()}
    table(f"between two clients, {asked.seconds:.0f} s each", clients)
    if asked.no_browsers:
        return
    with TemporaryDirectory(prefix="bench-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**quick_camera(launching_chromium(TestHousehold(Path(name)))))
        pages = {name: with_browsers(browser, weather, asked.seconds) for name, weather in WEATHERS.items()}
        browser.close()
    table(f"between two pages of Chromium, {WIDTH} px wide, {asked.seconds:.0f} s each", pages)


if __name__ == "__main__":
    main()
