"""The trust page in a real browser: it waits for the trust, hands the invitation on, and opens the app.

The secure port first shows a certificate of a household the browser does not know, then one of the household it
trusts: for the page that is the moment in which somebody finishes the last step.
"""

import asyncio
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, Request, expect
from playwright.sync_api import TimeoutError as NotYet
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from handlers.trust import Entrance, Trusted, make_trust_app
from handlers.words import LANGUAGES
from tests.browser.axe import violations
from tests.browser.household import TestHousehold
from trust import Household, open_household, present

HOSTS = ["parley.local", "laptop.local", "localhost", "127.0.0.1"]
INVITATION = "#invite=4fz7-k2mq-9dwx"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
COMPUTER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
LABELS = ["iPhone, iPad", "Android", "Windows", "Mac", "Linux, Firefox"]


A_ROUND = 2000  # ms between two questions
A_COUNTDOWN = 4000  # ms to read that it worked


def wait_on(page: Page, ports: "TwoPorts") -> None:
    """Opens the trust page with time in our hands, and stops it where the page is waiting."""
    opened = time.time()
    page.clock.install(time=opened)
    page.goto(ports.page())
    expect(page.get_by_role("status").filter(has_text="Waiting until you are done")).to_be_visible()
    page.clock.pause_at(opened + 3600)


def ask_again(page: Page, sign: Locator) -> None:
    """Lets time pass, a round at once, until the page shows this: a question may be under way when time stops."""
    for _ in range(20):
        page.clock.run_for(A_ROUND)
        try:
            sign.wait_for(timeout=1000)
        except NotYet:
            continue
        return
    expect(sign).to_be_visible()


class App(RequestHandler):
    """Stands where the app will be."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/html")
        self.finish("<!doctype html><title>Parley</title><h1>The app</h1>")


class TwoPorts:
    """The plain and the secure port, on a loop in a thread of their own, with what they were asked."""

    def __init__(self, known: Household, strange: Household) -> None:
        self._known = known
        self._context = strange.context()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._servers: list[HTTPServer] = []
        self._thread = threading.Thread(target=self._serve)
        self.asked: list[str] = []
        self.now = present
        self.plain_port = self.secure_port = 0

    def __enter__(self) -> "TwoPorts":
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def become_trusted(self) -> None:
        """Shows the certificate of the household the browser knows, to whoever connects from now on."""
        self._known.load_into(self._context)

    def page(self, host: str = "parley.local", fragment: str = INVITATION, language: str = "") -> str:
        asked = f"?lang={language}" if language else ""
        return f"http://{host}:{self.plain_port}/{asked}{fragment}"

    def app(self, host: str = "parley.local", fragment: str = INVITATION) -> str:
        return f"https://{host}:{self.secure_port}/{fragment}"

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.call_soon(self._listen)
        self._loop.run_forever()

    def _listen(self) -> None:
        plain, secure = (socket.create_server(("127.0.0.1", 0)) for _ in range(2))
        self.plain_port, self.secure_port = plain.getsockname()[1], secure.getsockname()[1]
        entrance = Entrance(
            certificate=self._known,
            hosts=lambda: HOSTS,
            shown=lambda: HOSTS[:2],
            plain_port=self.plain_port,
            secure_port=self.secure_port,
            now=lambda: int(self.now().timestamp() * 1000),
        )
        trust_app = make_trust_app(entrance)
        trust_app.settings["log_function"] = lambda handler: self.asked.append(handler.request.uri)
        app = Application([(r"/trusted", Trusted, {"hosts": entrance.hosts}), (r"/.*", App)], log_function=_quiet)
        for server, listening in ((HTTPServer(trust_app), plain), (HTTPServer(app, ssl_options=self._context), secure)):
            listening.setblocking(False)
            server.add_socket(listening)
            self._servers.append(server)
        self._ready.set()

    async def _leave(self) -> None:
        """Closes both ports and every line."""
        for server in self._servers:
            server.stop()
            await server.close_all_connections()


def _quiet(_handler: RequestHandler) -> None:
    """Nothing is said about requests here."""


@pytest.fixture
def ports(household: TestHousehold, tmp_path: Path) -> Iterator[TwoPorts]:
    """Both ports, not trusted yet."""
    shutil.copytree(household.certs / "authority", tmp_path / "known" / "authority")
    known = open_household(tmp_path / "known", label="laptop", hosts=HOSTS, now=present())
    strange = open_household(tmp_path / "strange", label="laptop", hosts=HOSTS, now=present())
    with TwoPorts(known, strange) as both:
        yield both


@pytest.fixture(scope="module")
def resolving(driver: Playwright, launching: dict[str, Any]) -> Iterator[Browser]:
    """A browser for which the local names lead to this machine, as mDNS would."""
    rules = "--host-resolver-rules=MAP *.local 127.0.0.1"
    browser = driver.chromium.launch(**{**launching, "args": [*launching["args"], rules]})
    yield browser
    browser.close()


@pytest.fixture
def visit(resolving: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page on a device of its own."""
    contexts = []

    def open_page(url: str, agent: str = COMPUTER, width: int = 1280, **options: Any) -> Page:
        context = resolving.new_context(
            user_agent=agent, viewport={"width": width, "height": 800}, locale="en-GB", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_the_page_waits_for_the_trust_and_then_opens_the_app(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit("about:blank", IPHONE, 390)
    wait_on(page, ports)
    ports.become_trusted()
    ask_again(page, page.get_by_role("status").filter(has_text="It worked: this iPhone trusts Parley."))
    assert page.url == ports.page()
    page.clock.run_for(A_COUNTDOWN)
    # Whichever name answered: with time in our hands, a question may be given up before its answer is here
    page.wait_for_url(re.compile(rf"https://(parley|laptop)\.local:{ports.secure_port}/{re.escape(INVITATION)}"))
    expect(page.get_by_role("heading", name="The app")).to_be_visible()


def test_the_invitation_never_reaches_the_plain_port(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    seen: list[str] = []
    page = visit("about:blank", IPHONE, 390)

    def note(request: Request) -> None:
        seen.append(f"{request.url} {request.headers.get('referer', '')} {request.post_data or ''}")

    page.on("request", note)
    ports.become_trusted()
    page.goto(ports.page())
    page.wait_for_url(ports.app())
    plain = [one.replace(INVITATION, "") for one in seen if f":{ports.plain_port}" in one]
    assert plain
    assert not [one for one in [*plain, *ports.asked] if "4fz7" in one]


def test_a_phone_that_trusts_already_is_led_straight_on_and_back_leads_elsewhere(
    ports: TwoPorts, visit: Callable[..., Page]
) -> None:
    ports.become_trusted()
    page = visit("about:blank", IPHONE, 390)
    page.goto(ports.page(), wait_until="commit")
    page.wait_for_url(ports.app())
    page.go_back()
    assert page.url == "about:blank"


def test_a_computer_that_trusts_already_stays_to_show_the_code(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    ports.become_trusted()
    page = visit(ports.page())
    expect(page.get_by_role("status").filter(has_text="This computer trusts Parley.")).to_be_visible()
    way_in = page.get_by_label("The way in").get_by_role("link", name="Open Parley")
    expect(way_in).to_have_attribute("href", ports.app())
    expect(page.get_by_role("button", name="Compare first")).to_be_hidden()


def test_who_wants_to_compare_first_is_not_hurried(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit("about:blank", IPHONE, 390)
    wait_on(page, ports)
    ports.become_trusted()
    compare = page.get_by_role("button", name="Compare first")
    ask_again(page, compare)
    compare.click()
    page.clock.run_for(10 * A_COUNTDOWN)
    assert page.url == ports.page()
    expect(page.get_by_role("heading", name="Compare, to be sure")).to_be_in_viewport()


def test_the_way_without_installing_says_what_will_be_missing(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit(ports.page(), IPHONE, 390)
    page.get_by_role("link", name="Go on without installing").first.click()
    expect(page.get_by_role("heading", name="Go on without installing")).to_be_in_viewport()
    assert page.url == ports.page()
    page.get_by_text("How to get past the warning, and what will be missing").click()
    expect(page.get_by_role("heading", name="What will be missing")).to_be_visible()
    button = page.get_by_role("link", name="Go on without installing").last
    expect(button).to_have_attribute("href", ports.app())


def test_the_code_on_the_page_carries_the_invitation(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit(ports.page(fragment=""))
    without = page.locator("#qr path").last.get_attribute("d")
    page = visit(ports.page())
    expect(page.locator("#qr path")).to_have_count(2)
    expect(page.locator("#qr path").last).not_to_have_attribute("d", without or "")


def test_a_clock_that_is_wrong_is_said(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit("about:blank")
    page.clock.set_fixed_time(time.time() * 1000 - 30 * 86_400_000)
    page.goto(ports.page())
    expect(page.get_by_role("status").filter(has_text="Set the one that is wrong to automatic")).to_be_visible()


def test_a_clock_that_is_right_is_not_worth_a_word(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit("about:blank")
    with page.expect_response(re.compile("/trust/clock$")):
        page.goto(ports.page())
    expect(page.locator("#clock")).to_be_hidden()


def test_the_steps_of_another_device_are_a_key_press_away(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit(ports.page(), IPHONE, 390)
    expect(page.get_by_role("heading", name="On an iPhone or iPad")).to_be_visible()
    page.get_by_role("radio", name="iPhone, iPad").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="On an Android phone or tablet")).to_be_visible()
    expect(page.get_by_role("heading", name="On an iPhone or iPad")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_on_any_devices_steps(
    ports: TwoPorts, visit: Callable[..., Page], width: int, scheme: str
) -> None:
    page = visit(ports.page(), width=width, color_scheme=scheme)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for label in LABELS:
        page.get_by_role("radio", name=label).check()
        assert violations(page) == [], label


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_nothing_is_wider_than_the_screen(
    ports: TwoPorts, visit: Callable[..., Page], language: str, direction: str
) -> None:
    page = visit(ports.page(language=language))
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for width in (320, 360, 768, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for label in LABELS:
            page.get_by_role("radio", name=label).check()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, label)


# Words of a drawing that reach past it or past the button they stand on, under a number, or over other words
CRAMPED = """() => {
  for (const one of document.querySelectorAll("[data-platform]")) one.hidden = false;
  for (const one of document.querySelectorAll("details")) one.open = true;
  const box = (one) => {
    const { x, y, width, height } = one.getBBox();
    return { left: x, right: x + width, top: y, bottom: y + height, x: x + width / 2, y: y + height / 2 };
  };
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top + 3 < b.bottom - 3 && b.top + 3 < a.bottom - 3;
  const holds = (frame, { x, y }) => frame.left < x && x < frame.right && frame.top < y && y < frame.bottom;
  const found = [];
  for (const drawing of document.querySelectorAll("svg.picture")) {
    const words = [...drawing.querySelectorAll("text")].filter((one) => !/^\\d$/.test(one.textContent));
    const numbers = [...drawing.querySelectorAll("circle.p-badge")].map(box);
    const frames = [...drawing.querySelectorAll("rect")].map(box);
    for (const one of words) {
      const own = box(one);
      const say = (what) => found.push(`${what}: ${one.textContent}`);
      if (numbers.some((number) => meet(own, number))) say("under a number");
      if (words.some((other) => other !== one && meet(own, box(other)))) say("over other words");
      const around = frames.filter((frame) => holds(frame, own));
      if (around.some((frame) => own.left < frame.left + 2 || own.right > frame.right - 2)) say("wider than its place");
    }
  }
  return found;
}"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_drawings_have_room_for_every_languages_words(
    ports: TwoPorts, visit: Callable[..., Page], language: str, direction: str
) -> None:
    page = visit(ports.page(language=language))
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    assert page.evaluate(CRAMPED) == []


def test_a_word_that_has_no_room_in_a_drawing_is_named(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit(ports.page())
    page.evaluate("document.querySelector('svg .p-go').textContent = 'Allow it for now and for ever'")
    assert "wider than its place: Allow it for now and for ever" in page.evaluate(CRAMPED)


def test_another_language_is_a_press_away_and_keeps_the_invitation(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit(ports.page(), IPHONE, 390)
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("heading", name="Mach dieses iPhone mit Parley bekannt")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Wartet, bis du fertig bist")).to_be_visible()
    assert page.url == ports.page(language="de")
    expect(page.get_by_role("link", name="Weiter ohne Installation").last).to_have_attribute("href", ports.app())


def test_another_language_needs_no_script(ports: TwoPorts, visit: Callable[..., Page]) -> None:
    page = visit(ports.page(fragment=""), IPHONE, 390, java_script_enabled=False)
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("heading", name="Presenta tu teléfono a Parley")).to_be_visible()
    expect(page.get_by_role("heading", name="En un iPhone o iPad")).to_be_visible()
