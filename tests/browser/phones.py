"""A person's phone (or laptop): one browser context, one page, and everything it complained about.

A page error or a console error fails the test, unless the test said beforehand that it would come.
"""

import os
import re
import shutil
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.household import TestHousehold
from tests.browser.running import RunningServer

PHONE_WIDTH = 768  # px, below which a screen is one hand's: touch, no mouse
PERMISSIONS = ["camera", "microphone", "notifications"]
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
# The browser counts only the last of such lists: Playwright's own stand here again. Before them the address bar's
# two pages for suggestions, which every window would load into a process of its own: a second of CPU, seen by nobody
DISABLED_FEATURES = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
]
SWITCHES = [
    f"--disable-features={','.join(DISABLED_FEATURES)}",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream=fps=10",  # encoding in software is most of what a call costs here
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--autoplay-policy=no-user-gesture-required",
]


def launching_chromium(household: TestHousehold) -> dict[str, Any]:
    """How Chromium is started: the system's own, with fake camera and microphone, in the household's home."""
    found = (os.environ.get("PARLEY_CHROMIUM"), *map(shutil.which, NAMES))
    program = next(filter(None, found), None)
    assert program, "Chromium is missing. On Debian: apt-get install chromium"
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    switches = [*SWITCHES, "--no-sandbox"] if as_root else SWITCHES
    return {"executable_path": program, "args": switches, "env": household.environment()}


def shape(width: int, height: int, dark: bool) -> dict[str, Any]:
    """The options of a context for a screen of this size."""
    small = width < PHONE_WIDTH
    return {
        "viewport": {"width": width, "height": height},
        "color_scheme": "dark" if dark else "light",
        "has_touch": small,
        "is_mobile": small,
        "locale": "en-GB",
        "accept_downloads": True,
    }


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
