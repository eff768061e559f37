"""What the journeys of calls share: two people who are in, and what a page's connection says of itself."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from tests.browser.firefox import Tab, until
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
  const found = {};
  for (const [at, connection] of window.connections.entries())
    if (connection.connectionState !== "closed")
      for (const one of (await connection.getStats()).values())
        if (one.type === "inbound-rtp" && one.kind === kind) found[`${at} ${one.id}`] = one[figure] ?? 0;
  return found;
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


def counted(page: Page | Tab, kind: str, figure: str) -> dict[str, int]:
    """A figure of each stream that the page receives over its open connections."""
    found: dict[str, int] = page.evaluate(INBOUND, [kind, figure])
    return found


def inbound(page: Page | Tab, kind: str, figure: str) -> int:
    """The same of all of them."""
    return sum(counted(page, kind, figure).values())


def wait_for_more(page: Page | Tab, kind: str, figure: str, more: int = 10) -> None:
    """Return when so many more have come than until now. A stream that takes another's place counts from its first.

    Asked again from here: a page that waits by itself takes a promise for true.
    """
    before = counted(page, kind, figure)

    def gained() -> int:
        now = counted(page, kind, figure)
        return sum(max(0, count - before.get(stream, 0)) for stream, count in now.items())

    until(lambda: gained() >= more, f"{more} more of {figure}")


def wait_for_pictures(*pages: Page | Tab) -> None:
    """Both see each other: decoded frames grow."""
    for page in pages:
        wait_for_more(page, "video", "framesDecoded")


def wait_for_voices(*pages: Page | Tab) -> None:
    """Both hear each other: packets of sound come."""
    for page in pages:
        wait_for_more(page, "audio", "packetsReceived")
