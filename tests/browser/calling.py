"""What the journeys of calls share: two people who are in, and what a page's connection says of itself."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.firefox import until
from tests.browser.phones import Phone

KEEP_CONNECTIONS = """
window.connections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...given) {
    super(...given);
    window.connections.push(this);
  }
};
"""
INBOUND = """async ([kind, figure]) => {
  const open = window.connections.filter((one) => one.connectionState !== "closed");
  const reports = await Promise.all(open.map((one) => one.getStats()));
  return reports.flatMap((report) => [...report.values()])
    .filter((one) => one.type === "inbound-rtp" && one.kind === kind)
    .reduce((sum, one) => sum + (one[figure] ?? 0), 0);
}"""


def joined(phone: Callable[..., Phone], name: str, width: int = 390, height: int = 844, **more: Any) -> Page:
    """A person who is in, on a page whose connections can be asked."""
    device = phone(width, height, name=name, **more)
    device.context.add_init_script(KEEP_CONNECTIONS)
    return device.join(name)


def answer(page: Page, how: str = "Accept") -> None:
    """Wait for the ring and answer it."""
    ring = page.get_by_role("dialog", name="Incoming call")
    ring.get_by_role("button", name=how, exact=True).click()


def inbound(page: Page, kind: str, figure: str) -> int:
    """A figure of what the page receives, over its open connections."""
    return int(page.evaluate(INBOUND, [kind, figure]))


def wait_for_more(page: Page, kind: str, figure: str, more: int = 10) -> None:
    """Return when so many more have come than until now.

    Asked again from here: a page that waits by itself takes a promise for true.
    """
    enough = inbound(page, kind, figure) + more
    until(lambda: inbound(page, kind, figure) >= enough, f"{more} more of {figure}")


def wait_for_pictures(*pages: Page) -> None:
    """Both see each other: decoded frames grow."""
    for page in pages:
        wait_for_more(page, "video", "framesDecoded")


def wait_for_voices(*pages: Page) -> None:
    """Both hear each other: packets of sound come."""
    for page in pages:
        wait_for_more(page, "audio", "packetsReceived")
