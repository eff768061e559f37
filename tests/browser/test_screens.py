"""Every screen of the catalogue: axe finds nothing by day or night, nothing is cut, and what lies on top goes away."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import axe
from tests.browser.conftest import KEPT, failed
from tests.browser.household import TestHousehold
from tests.browser.looks import flaws
from tests.browser.screens import CALLS, GATHERINGS, INSIDE, OUTSIDE, Screen, Visit
from tests.browser.stage import Stage, raised
from tests.house.tree import ROOT

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1280, 800), "from right to left": (360, 740)}
LANGUAGES = {"from right to left": "qps-rtl"}  # long words too
BY_DAY = {"tablet"}  # its colours are those of the other sizes
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
OPEN = "() => document.querySelectorAll('dialog[open]').length"
WHERE = "() => document.activeElement.localName"
DRAWS = re.compile(r"^(?:export )?function ([A-Z]\w*)", re.MULTILINE)


@pytest.fixture(scope="module")
def stage(chromium: Browser, household: TestHousehold, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One household for all of these tests."""
    with raised(chromium, household, tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="module")
def visits(stage: Stage) -> dict[str, Visit]:
    """Anna at each size, by its name."""
    return {name: stage.visit(*size, language=LANGUAGES.get(name, "")) for name, size in SIZES.items()}


@pytest.fixture
def visit(request: pytest.FixtureRequest, visits: dict[str, Visit]) -> Iterator[Visit]:
    """Anna where the last test left her, with nothing on top. What a failure looked like is kept."""
    visit = visits[request.getfixturevalue("size")]
    visit.home()
    yield visit
    if request.node.stash.get(failed, False):
        KEPT.mkdir(exist_ok=True)
        visit.page.screenshot(path=KEPT / f"{re.sub(r'[^a-z0-9]+', '-', request.node.name)}.png")


def objections(visit: Visit, size: str) -> list[str]:
    """What is cut or points the wrong way; but from right to left also what axe finds, by night in the colours."""
    page = visit.page
    found = flaws(page)
    if size in LANGUAGES:
        return found
    found += axe.violations(page)
    if size in BY_DAY:
        return found
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in axe.violations(page, **COLOURS)]
    page.emulate_media(color_scheme="light")
    return found


EACH = [(screen, size) for size in SIZES for screen in INSIDE if size == "desk" or not screen.mouse]


@pytest.mark.parametrize(("screen", "size"), EACH, ids=[f"{screen.name}-{size}" for screen, size in EACH])
def test_a_screen_has_no_barrier_and_can_be_left(screen: Screen, size: str, visit: Visit) -> None:
    try:
        screen.show(visit)
        assert objections(visit, size) == []
        if screen.layer:
            place = visit.page.url
            visit.page.go_back() if size == "phone" else visit.page.keyboard.press("Escape")
            expect(visit.page.locator("dialog[open]")).to_have_count(screen.layer - 1)
            assert visit.page.url == place
            assert visit.page.evaluate(WHERE) != "body", "the focus goes back to where it came from"
    finally:
        if screen.leave:
            screen.leave(visit)


def walk(visit: Visit, screens: list[Screen], size: str, stage: Stage) -> None:
    """One after another, each as the one before left it."""
    found: dict[str, Any] = {}
    for screen in screens:
        screen.show(visit)
        found[screen.name] = objections(visit, size)
        stage.note()
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize("size", SIZES)
def test_who_is_not_in_meets_no_barrier(size: str, stage: Stage) -> None:
    walk(stage.stranger(*SIZES[size], language=LANGUAGES.get(size, "")), OUTSIDE, size, stage)


@pytest.mark.parametrize("size", SIZES)
def test_a_list_that_has_not_come_yet_has_no_barrier(size: str, stage: Stage) -> None:
    visit = stage.visit(*SIZES[size], language=LANGUAGES.get(size, ""), unanswered=True)
    visit.page.locator(".list .skeleton").first.wait_for()
    assert objections(visit, size) == []
    stage.note()


@pytest.mark.parametrize("size", SIZES)
def test_a_call_has_no_barrier(size: str, visit: Visit, stage: Stage) -> None:
    walk(visit, CALLS, size, stage)


@pytest.mark.parametrize("size", SIZES)
def test_a_call_of_a_room_has_no_barrier(size: str, visit: Visit, stage: Stage) -> None:
    walk(visit, GATHERINGS, size, stage)
    visit.page.reload()


def test_no_component_is_left_out_of_the_catalogue(stage: Stage) -> None:
    views = ROOT / "pwa" / "views"
    written = {
        (path.relative_to(views).as_posix(), name)
        for path in views.rglob("*.js")
        for name in DRAWS.findall(path.read_text("utf-8"))
    }
    assert written - stage.note() == set()


def test_no_device_complained(stage: Stage) -> None:
    assert stage.unexpected() == []
