"""A visit to one screen after another, in whatever language the page speaks; and the list of them all."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.firefox import until
from tests.browser.looks import word
from tests.browser.prepared import Household, Somebody

Show = Callable[["Visit"], None]

# There is a line, and what the server told when it came up, which may undo what is made up here, has been taken
CAUGHT_UP = """async () => {
  const { ask, connection } = await import("/state/connection.js");
  if (connection.value.state !== "online") return false;
  return ask("sync.resume", { epoch: "", heads: {} }).then(() => true, () => false); // the page's own was before it
}"""
JUMP = "async ([id, seq]) => (await import('/state/history.js')).jump(id, { seq })"


@dataclass
class Visit:
    """`page` is the device that looks: Anna's, or one that nobody has signed in on yet.

    `known` is whose name is taken there. Who refuses a device twice is not asked again for ten minutes.
    """

    page: Page
    house: Household
    known: Somebody | None = None
    said: dict[tuple[str, tuple[str | int, ...]], str] = field(default_factory=dict)

    def word(self, path: str, *given: str | int) -> str:
        """What the catalogue says there, asked of the page once."""
        if (path, given) not in self.said:
            self.said[path, given] = word(self.page, path, *given)
        return self.said[path, given]

    def home(self) -> None:
        """Back to the list with nothing on top, however it was left."""
        for _ in range(3):
            if self.page.locator("dialog[open]").count():
                self.page.keyboard.press("Escape")
        if self.page.locator("dialog[open]").count():
            self.page.reload()
        self.go("")

    def loads_again(self) -> None:
        """The page is another one, and up to date."""
        self.page.reload()
        until(lambda: self.page.evaluate(CAUGHT_UP), "a page that is up to date")

    def go(self, place: str) -> None:
        """To a place by its address, such as `people` or `c/direct.…`."""
        self.page.evaluate("(place) => { location.hash = '#/' + place; }", place)

    def button(self, path: str, *given: str | int) -> Locator:
        """The button with these words on top of everything else; where a thread lies beside, its."""
        return self.top().get_by_role("button", name=self.word(path, *given), exact=True).last

    def press(self, path: str, *given: str | int) -> None:
        """Presses that button."""
        self.button(path, *given).click()

    def link(self, path: str, *given: str | int) -> Locator:
        """A link that begins with these words."""
        return self.top().get_by_role("link", name=self.word(path, *given)).first

    def field(self, path: str, *given: str | int, role: Any = "textbox") -> Locator:
        """What one types or chooses in."""
        return self.top().get_by_role(role, name=self.word(path, *given), exact=True).last

    def top(self) -> Locator:
        """The dialog in front, or the page."""
        dialogs = self.page.locator("dialog[open]:not(.small)")
        return dialogs.last if dialogs.count() else self.page.locator("body")

    def dialog(self) -> Locator:
        """The dialog in front, once there is one."""
        dialog = self.page.locator("dialog[open]:not(.small)").last
        expect(dialog).to_be_visible()
        return dialog

    def talk(self, conversation: str = "") -> None:
        """Opens a conversation, that with Bob if none is named, and waits for what was said in it."""
        self.go(f"c/{conversation or self.house.talk}")
        expect(self.log()).to_have_attribute("aria-busy", "false")

    def log(self) -> Locator:
        """The messages; those of the thread where one lies beside."""
        return self.page.get_by_role("log", name=self.word("messages.label")).last

    def message(self, name: str) -> Locator:
        """A bubble of the household's, by the word it was kept under."""
        return self.page.locator(f'[data-seq="{self.house.seqs[name]}"] .bubble').last

    def menu(self, name: str, entry: str = "") -> None:
        """Opens the menu of a message, and takes an entry of it."""
        bubble = self.message(name)
        if not bubble.count():  # too far from what is in sight to be drawn
            self.page.evaluate(JUMP, [self.house.talk, self.house.seqs[name]])
        bubble.scroll_into_view_if_needed()
        bubble.click(button="right", position={"x": 8, "y": 8})
        menu = self.page.get_by_role("menu", name=self.word("messages.menu"))
        expect(menu).to_be_visible()
        if entry:
            menu.get_by_role("menuitem", name=self.word(entry), exact=True).click()

    def write(self, text: str) -> None:
        """Into the box, and not sent."""
        self.field("messages.textbox").fill(text)

    def attach(self, path: str, *files: Any) -> None:
        """Chooses files with that button."""
        with self.page.expect_file_chooser() as chooser:
            self.press(path)
        chooser.value.set_files(list(files))

    def sees(self, path: str, *given: str | int) -> None:
        """Waits until the page says so."""
        words = re.compile(re.escape(self.word(path, *given)))
        expect(self.page.get_by_text(words).filter(visible=True).last).to_be_visible()


@dataclass(frozen=True)
class Screen:
    """`show` brings a visit there from the list. `layer` counts what lies over the place: Escape and Back put the last
    of it away.

    `leave` undoes what leaving it by the address does not. What is `mouse` does not come up under a finger.
    """

    name: str
    show: Callable[[Visit], Any]
    layer: int = 0
    leave: Callable[[Visit], Any] | None = None
    mouse: bool = False


class Catalogue(list[Screen]):
    """The screens of one part of the app, in the order in which they are visited."""

    def screen(
        self, *, layer: int = 0, leave: Callable[[Visit], Any] | None = None, mouse: bool = False
    ) -> Callable[[Show], Show]:
        """Puts a function into the list, under its name and its words."""

        def add(show: Show) -> Show:
            self.append(Screen(show.__name__.replace("_", " "), show, layer, leave, mouse))
            return show

        return add
