"""The app speaks the language that was chosen on this device: at once, after a reload, and without a network."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from protocol.errors import STATUS
from tests.browser import axe
from tests.browser.catalogues import OF_TWO_MADE_UP, objections
from tests.browser.firefox import until
from tests.browser.looks import button, flaws, word
from tests.browser.people import begin, photo, say
from tests.browser.phones import Phone
from tests.browser.running import RunningServer

PickUp = Callable[..., Phone]
READY = "navigator.serviceWorker.ready.then((found) => found.active.state === 'activated')"
FETCHED = "performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname)"


def choose(page: Page, language: str, name: str = "Language") -> None:
    """Picks it in the settings, where the choice itself is called `name` by now."""
    page.get_by_role("combobox", name=name).select_option(label=language)


@pytest.mark.parametrize(
    ("language", "tag", "title", "choice"),
    [("Deutsch", "de", "Einstellungen", "Sprache"), ("Español", "es", "Ajustes", "Idioma")],
)
def test_a_language_is_spoken_at_once_after_a_reload_and_offline(
    installed_phone: PickUp, server: RunningServer, language: str, tag: str, title: str, choice: str
) -> None:
    hers = installed_phone(name="anna")
    page = hers.join("Anna")
    until(lambda: page.evaluate(READY), "the service worker")
    hers.open("/#/settings")
    choose(page, language)
    heading = page.get_by_role("heading", name=title, exact=True)
    expect(heading).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", tag)
    page.reload()
    expect(heading).to_be_visible()
    hers.expect_complaints("ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch")
    hers.go_offline()
    page.reload()
    expect(heading).to_be_visible()
    choose(page, "English", choice)
    expect(page.get_by_role("heading", name="Settings", exact=True)).to_be_visible()
    hers.go_online()


def test_the_first_screen_fetches_no_language_that_is_not_spoken(phone: PickUp, server: RunningServer) -> None:
    page = phone(name="anna").open(f"/#invite={server.invitation}")
    expect(page.get_by_role("textbox", name="Your name")).to_be_visible()
    fetched = page.evaluate(FETCHED)
    assert "/languages/live.js" in fetched
    assert [path for path in fetched if path.endswith(("/de.js", "/es.js", "/pseudo.js"))] == []


def speaks(phone: Phone, tag: str) -> Phone:
    """From the next page on, as one who makes the screens sets it by hand."""
    phone.context.add_init_script(f"localStorage.setItem('parley.language', JSON.stringify('{tag}'))")
    return phone


def whole(page: Page, screen: str) -> None:
    """Nothing is cut, nothing points the wrong way, and axe finds nothing."""
    assert flaws(page) == [], screen
    assert axe.violations(page) == [], screen


def test_a_wide_screen_holds_long_words_from_right_to_left(
    phone: PickUp, server: RunningServer, tmp_path: Path
) -> None:
    """Every screen of a phone is held to the same by test_screens.py."""
    hers = phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    bob = phone(name="bob").join("Bob")
    begin(bob, "Anna")
    with bob.expect_file_chooser() as chooser:
        bob.get_by_role("button", name="Attach a file").click()
    chooser.value.set_files(photo(tmp_path))
    say(bob, "look, https://example.org")
    speaks(hers, "qps-rtl").open("/#/")
    anna.reload()
    expect(anna.locator("html")).to_have_attribute("dir", "rtl")
    anna.get_by_role("list", name=word(anna, "chats.label")).get_by_role("link").filter(has_text="Bob").click()
    expect(anna.get_by_role("textbox", name=word(anna, "messages.textbox"))).to_be_visible()
    for text in ("👋", "a line that is long enough to be broken on a small screen, and then once more"):
        anna.get_by_role("textbox", name=word(anna, "messages.textbox")).fill(text)
        button(anna, word(anna, "messages.send")).click()
    whole(anna, "conversation")
    bubbles = anna.get_by_role("log", name=word(anna, "messages.label")).get_by_role("paragraph")
    bubbles.filter(has_text="a line that is long").click(button="right")
    whole(anna, "menu of a message")
    anna.keyboard.press("Escape")
    anna.get_by_role("button", name="holiday.png").click()
    expect(anna.get_by_role("dialog")).to_be_visible()
    whole(anna, "viewer")
    anna.keyboard.press("Escape")
    for screen in ("", "people", "settings", "profile"):
        hers.open(f"/#/{screen}")
        expect(anna.get_by_role("heading").first).to_be_visible()
        whole(anna, screen or "chats")
    hers.open("/#/settings")
    button(anna, word(anna, "settings.signOut")).click()
    expect(anna.get_by_role("dialog")).to_be_visible()
    whole(anna, "question")
    anna.keyboard.press("Escape")
    button(bob, "Voice call").click()
    ring = anna.get_by_role("dialog", name=word(anna, "call.incoming"))
    expect(ring).to_be_visible()
    whole(anna, "ring")
    button(ring, word(anna, "call.accept")).click()
    expect(button(anna, word(anna, "call.mute"))).to_be_visible()
    whole(anna, "call")
    button(anna, word(anna, "call.minimise")).click()
    expect(button(anna, word(anna, "call.restore"))).to_be_visible()
    whole(anna, "small call")
    button(bob, "End call").click()
    expect(button(anna, word(anna, "call.restore"))).to_be_hidden()
    hers.open("/#/people")
    button(anna, word(anna, "invite.title")).click()
    expect(anna.get_by_role("dialog")).to_be_visible()
    whole(anna, "invite")
    stranger = speaks(phone(1280, 800, name="stranger"), "qps-rtl").open("/")
    expect(stranger.get_by_role("textbox")).to_be_visible()
    whole(stranger, "join")


# Words that another language shares with English
SHARED = {
    "de": [
        "name",
        "tabs.chats",
        "sides.chats",
        "codeEntry.label",
        "people.notYetSeen",
        "people.host",
        "messages.details",
        "talk.film",
        "format.code",
        "emoji.label",
        "tray.original",
        "voice.pause",
        "status.dots.online",
        "settings.themes.system",
        "settings.languageSystem",
        "rooms.roles.host",
        "search.filters",
        "attendance.name",
        "gear.statistics.codec",
        "gear.statistics.rate",
        "gear.statistics.paths.udp",
        "gear.statistics.paths.tcp",
    ],
    "es": [
        "name",
        "tabs.chats",
        "sides.chats",
        "gear.statistics.rate",
        "gear.statistics.paths.udp",
        "gear.statistics.paths.tcp",
    ],
}


@pytest.mark.parametrize("tag", SHARED)
def test_a_language_says_everything(phone: PickUp, server: RunningServer, tag: str) -> None:
    page = phone(name="anna").open(f"/#invite={server.invitation}")
    said, codes = objections(page, tag, SHARED[tag])
    assert said == []
    assert set(STATUS) - set(codes) == set()


def test_what_a_language_lacks_is_named(phone: PickUp, server: RunningServer) -> None:
    page = phone(name="anna").open(f"/#invite={server.invitation}")
    assert page.evaluate(OF_TWO_MADE_UP) == [
        "e: not in English",
        "a.one: still English",
        "a.of: takes other things",
        "b: missing",
        "c: takes other things",
        "f: not the same any more",
    ]
