"""A person's phone (or laptop): one browser context, one page, and everything it complained about.

A page error or a console error fails the test, unless the test said beforehand that it would come.
"""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.running import RunningServer

PHONE_WIDTH = 768  # px, below which a screen is one hand's: touch, no mouse
PERMISSIONS = ["camera", "microphone", "notifications"]


class Phone:
    """`page` is the page; `context` its browser's storage, cookies and network."""

    def __init__(self, name: str, context: BrowserContext, server: RunningServer) -> None:
        self.name = name
        self.context = context
        self.server = server
        self.complaints: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        context.grant_permissions(PERMISSIONS, origin=server.origin)
        context.on("console", self._heard)
        context.on("weberror", lambda failure: self.complaints.append(f"page error: {failure.error}"))
        self.page: Page = context.pages[0] if context.pages else context.new_page()

    def open(self, path: str = "/") -> Page:
        """Goes to a path of the server and answers the page."""
        self.page.goto(f"{self.server.origin}{path}")
        return self.page

    def join(self, username: str) -> Page:
        """Joins by the server's newest invitation, as someone who scanned it, and answers the page at the list."""
        self.page.goto(self.server.invitation_link)
        self.page.get_by_role("textbox", name="Your name").fill(username)
        self.page.get_by_role("button", name="Join").click()
        self.page.get_by_role("region", name="Chats").wait_for()
        return self.page

    def expect_complaints(self, pattern: str) -> None:
        """Complaints that match are part of the journey, such as failed requests while the server is down."""
        self._expected.append(re.compile(pattern))

    def go_offline(self) -> None:
        """Cuts the network, open sockets included, as far as the browser can; requests then fail."""
        self.expect_complaints("ERR_INTERNET_DISCONNECTED|WebSocket")
        self.context.set_offline(True)

    def go_online(self) -> None:
        """The network is back."""
        self.context.set_offline(False)

    def unexpected(self) -> list[str]:
        """The complaints nobody announced."""
        return [text for text in self.complaints if not any(known.search(text) for known in self._expected)]

    def keep(self, folder: Path) -> None:
        """Leaves behind what helps to understand a failure: a picture, the page as a reader hears it, complaints."""
        for number, page in enumerate(self.context.pages):
            stem = folder / f"{self.name}-{number}"
            page.screenshot(path=f"{stem}.png")
            stem.with_suffix(".txt").write_text(page.locator("body").aria_snapshot(), "utf-8")
        (folder / f"{self.name}-complaints.txt").write_text("\n".join(self.complaints), "utf-8")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")
