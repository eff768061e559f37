"""How Chromium sends the packets of a picture: how many they are, how soon after each other, and of what sizes.

Two pages in a call through the unit, which writes down when each packet of a camera came. What `crowd.py` sends is made
after it. A newcomer's first mistake is to trust the pacer's name: it lets the packets of a picture go together.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from playwright.sync_api import Browser, sync_playwright

from calls.rtp import Header
from calls.track import Layer
from scripts.bench.figures import middle, rounded, today
from scripts.bench.first_frame import quick_camera
from scripts.bench.losses import sees
from tests.browser.household import TestHousehold
from tests.browser.phones import launching_chromium
from tests.browser.seats import Hall

WIDTHS = (640, 1280)  # px of the camera


@dataclass(frozen=True, slots=True)
class Came:
    """A packet of a camera."""

    at: float  # seconds
    timestamp: int
    octets: int


@contextmanager
def written_down(into: dict[int, list[Came]]) -> Iterator[None]:
    """For as long as this lasts every packet of video is written down, by its source."""
    take = Layer.take

    def taken(layer: Layer, data: bytes, now: float) -> None:
        if layer.up.kind == "video":
            into[layer.ssrc].append(Came(time.monotonic(), Header(data).timestamp, len(data)))
        take(layer, data, now)

    with patch.object(Layer, "take", taken):
        yield


def cameras(browser: Browser, width: int, seconds: float) -> list[list[Came]]:
    """The packets of each layer of two cameras."""
    one, found = Hall(), defaultdict[int, list[Came]](list)
    try:
        with written_down(found):
            ann, bob = (one.sit(browser, name, width=width) for name in ("ann", "bob"))
            one.until(lambda: sees(ann, "bob") and sees(bob, "ann"), "they see each other")
            found.clear()
            begun = time.monotonic()
            one.until(lambda: time.monotonic() > begun + seconds, "the time is over")
    finally:
        one.close()
    return list(found.values())


def rows(layers: list[list[Came]]) -> Iterator[tuple[str, str]]:
    """What, and how much; gaps and sizes are of pictures of more than one packet."""
    pairs = [pair for came in layers for pair in pairwise(came) if pair[0].timestamp == pair[1].timestamp]
    gaps = [(later.at - sooner.at) * 1e3 for sooner, later in pairs]
    pictures = sum(len({one.timestamp for one in came}) for came in layers)
    yield "packets of a picture", rounded(sum(map(len, layers)) / pictures)
    yield "from one to the next, p50", f"{rounded(middle(gaps))} ms"
    yield "from one to the next, p99", f"{rounded(middle(gaps, 0.99))} ms"
    for what, more in (("as long as the one before", 0), ("a byte longer", 1)):
        share = sum(later.octets - sooner.octets == more for sooner, later in pairs) / len(pairs)
        yield f"of those behind the first {what}", f"{share:.0%}"


def main(arguments: list[str] | None = None) -> None:
    """Prints a column for each width."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each width")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="bench-") as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**quick_camera(launching_chromium(TestHousehold(Path(name)))))
        columns = {f"{width} px": dict(rows(cameras(browser, width, asked.seconds))) for width in WIDTHS}
        browser.close()
    print(f"two pages of Chromium, {asked.seconds:.0f} s each: {today()}\n")
    print(f"| of a camera of | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}")
    for what in columns[f"{WIDTHS[0]} px"]:
        print(f"| {what} | {' | '.join(found[what] for found in columns.values())} |")


if __name__ == "__main__":
    main()
