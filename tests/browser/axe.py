"""axe-core, asked about one page.

Our pages forbid foreign script and strings as code (CSP and Trusted Types), so axe runs where a browser
extension would: in an isolated world of the same document, which those rules do not reach. It does not preload
style sheets, because for that it makes a style element, of which the page's CSP complains on the console.
"""

import json
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Page

from tests.browser.looks import STILL

SOURCE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"


class World:
    """Where axe lives beside one document. Made once for it: axe is half a megabyte."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        frame = self.session.send("Page.getFrameTree")["frameTree"]["frame"]
        self.document = frame["loaderId"]
        made = self.session.send("Page.createIsolatedWorld", {"frameId": frame["id"], "worldName": "axe"})
        self.id = made["executionContextId"]
        self.evaluate(SOURCE.read_text("utf-8") + "\n;0")

    def stands(self) -> bool:
        """Whether the page still shows this document."""
        return bool(self.session.send("Page.getFrameTree")["frameTree"]["frame"]["loaderId"] == self.document)

    def evaluate(self, expression: str) -> Any:
        """What an expression comes to there."""
        asked = {"expression": expression, "contextId": self.id, "awaitPromise": True, "returnByValue": True}
        answer = self.session.send("Runtime.evaluate", asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")


worlds: WeakKeyDictionary[Page, World] = WeakKeyDictionary()


def world_of(page: Page) -> World:
    """That of the document which the page shows."""
    known = worlds.get(page)
    if known is None or not known.stands():
        known = worlds[page] = World(page)
    return known


def violations(page: Page, **options: Any) -> list[str]:
    """What axe finds wrong, one line each: the rule, what it means, and where. `options` are axe.run's."""
    asked = json.dumps({"preload": False, **options})
    world_of(page).evaluate(f"({STILL})().then(() => 0)")  # what fades in is pale until it is there
    expression = f"axe.run(document, {asked}).then((result) => JSON.stringify(result.violations))"
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {', '.join(str(node['target'][0]) for node in one['nodes'])}"
        for one in json.loads(world_of(page).evaluate(expression))
    ]
