"""Pictures of every screen of the catalogue, to be looked at: `python -m tests.browser.pictures FOLDER --only thread`.

With no folder named they land in a new one, whose name is printed.
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, expect, sync_playwright

from tests.browser.household import TestHousehold
from tests.browser.looks import STILL
from tests.browser.phones import launching_chromium
from tests.browser.screens import CALLS, GATHERINGS, INSIDE, OUTSIDE, Screen, Visit
from tests.browser.stage import PATIENCE, Stage, raised

HEIGHTS = {360: 740, 768: 1024, 1280: 800}


def take(visit: Visit, screens: list[Screen], folder: Path, suffix: str, themes: list[Any]) -> None:
    """A picture of each in each theme; a screen that does not come up is named, and its picture taken as it is."""
    for screen in screens:
        try:
            screen.show(visit)
            visit.page.evaluate(STILL)
        except (AssertionError, Error) as failure:
            print(f"{screen.name}-{suffix}: {str(failure).splitlines()[0]}")
        for theme in themes:
            visit.page.emulate_media(color_scheme=theme)
            visit.page.evaluate(STILL)
            visit.page.screenshot(path=folder / f"{screen.name.replace(' ', '-')}-{suffix}-{theme}.png")
        visit.page.emulate_media(color_scheme="light")
        if screen in INSIDE:
            try:
                if screen.layer:
                    visit.page.keyboard.press("Escape")
                if screen.leave:
                    screen.leave(visit)
            except (AssertionError, Error) as failure:
                print(f"{screen.name}-{suffix}, left: {str(failure).splitlines()[0]}")
            visit.home()


def walk(stage: Stage, width: int, folder: Path, asked: argparse.Namespace) -> None:
    """All that was asked for at one width."""
    height = asked.height or HEIGHTS.get(width, 800)
    chosen = [screen for screen in INSIDE if asked.only in screen.name and (width > 768 or not screen.mouse)]
    suffix = f"{width}{asked.language and '-' + asked.language}"
    if not asked.only:
        take(stage.stranger(width, height, language=asked.language), OUTSIDE, folder, suffix, asked.theme)
    visit = stage.visit(width, height, language=asked.language)
    take(visit, chosen, folder, suffix, asked.theme)
    if not asked.only or asked.only == "call":
        take(visit, CALLS, folder, suffix, asked.theme)
        take(visit, GATHERINGS, folder, suffix, asked.theme)


def main() -> None:
    """Reads what is asked for, and takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--only", default="", help="screens whose name has this in it")
    parser.add_argument("--width", type=int, nargs="*", default=list(HEIGHTS))
    parser.add_argument("--height", type=int, help="px, to see all of what scrolls")
    parser.add_argument("--theme", nargs="*", default=["light", "dark"])
    parser.add_argument("--language", default="", help="such as de or qps-rtl")
    asked = parser.parse_args()
    folder: Path = asked.folder or Path(tempfile.mkdtemp(prefix="parley-pictures-"))
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as driver:
        household = TestHousehold(Path(made) / "household")
        chromium = driver.chromium.launch(**launching_chromium(household))
        with raised(chromium, household, Path(made) / "stage") as stage:
            for width in asked.width:
                walk(stage, width, folder, asked)
        chromium.close()
    print(folder)


if __name__ == "__main__":
    main()
