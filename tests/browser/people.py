"""What people do in journeys, by the names that assistive technology reads."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.firefox import Firefox, Tab, until
from tests.browser.running import RunningServer

PIXELS = (640, 480)
SHELVED = """(store) => new Promise((done, failed) => {
    const open = indexedDB.open("parley");
    open.onerror = () => failed(open.error);
    open.onsuccess = () => {
        const all = open.result.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => { open.result.close(); done(JSON.parse(JSON.stringify(all.result))); };
    };
})"""
ONLINE = """async () => (await import("/state/connection.js")).connection.value.state === "online" """
DIRECT = 'a[href^="#/c/direct"]'  # rooms stand in the same list


def conversation(page: Page, name: str) -> Locator:
    """The line of this person in the list."""
    return page.get_by_role("list", name="Conversations").get_by_role("listitem").filter(has_text=name)


def begin(page: Page, name: str) -> None:
    """Opens the conversation with somebody, written to before or not."""
    people = page.get_by_role("list", name=re.compile("Conversations|People"))
    people.get_by_role("link").filter(has_text=name).first.click()
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()


def say(page: Page, text: str) -> None:
    """Writes and sends."""
    page.get_by_role("textbox", name="Message").fill(text)
    page.get_by_role("button", name="Send").click()


def bubble(page: Page, text: str) -> Locator:
    """The message with this text."""
    return page.get_by_role("log", name="Messages").get_by_role("paragraph").filter(has_text=text)


def menu_of(page: Page, text: str) -> Locator:
    """The menu of the message with this text, opened as its person would."""
    bubble(page, text).click(button="right")
    return page.get_by_role("dialog", name="Message options")


def has_line(page: Page) -> None:
    """Waits until the server answers this page: before, what is not kept for later is refused."""
    until(lambda: page.evaluate(ONLINE), "it is online")


def sent(page: Page, text: str) -> None:
    """Waits until one's own page knows that the server has this: others may see it before, and its menu is another."""
    expect(bubble(page, text).get_by_role("img", name=re.compile("Sent|Delivered|Read"))).to_be_visible()


def texts(page: Page, pattern: str) -> list[str]:
    """All of the conversation's words that match, in order."""
    return re.findall(pattern, page.get_by_role("log", name="Messages").inner_text())


def shelved(page: Page, store: str) -> list[Any]:
    """All that this browser keeps in a store of its database, such as `outbox`, once what is being put there is in."""
    rows: list[Any] = page.evaluate(SHELVED, store)
    return rows


def keeps(page: Page, store: str, text: str) -> None:
    """Waits until this is kept there: what is drawn may be lost with the page still."""
    until(lambda: text in str(shelved(page, store)), f"{text!r} in {store}")


def photo(folder: Path) -> Path:
    """A picture made here: no test fetches one."""
    from PIL import Image  # only tests and store/pictures.py look at pixels

    path = folder / "holiday.png"
    Image.linear_gradient("L").resize(PIXELS).save(path)
    return path


def enter_with_firefox(tab: Tab, server: RunningServer, name: str) -> None:
    """Joins in this tab of Firefox."""
    tab.open(server.invitation_link)
    tab.wait_for("!!document.querySelector('input')")
    tab.fill("textbox", "Your name", name)
    tab.click("button", "Join")
    tab.wait_for("!!document.querySelector('nav, [aria-label=Chats]')")


def join_with_firefox(firefox: Firefox, server: RunningServer, name: str, script: str = "") -> Tab:
    """A tab of Firefox in which `name` joined and opened the only conversation between two. `script` runs first."""
    tab = firefox.new_tab()
    tab.add_init_script(script)
    enter_with_firefox(tab, server, name)
    tab.wait_for(f"!!document.querySelector({DIRECT!r})")
    tab.evaluate(f"location.hash = document.querySelector({DIRECT!r}).getAttribute('href')")
    tab.wait_for("!!document.querySelector('textarea')")
    return tab
