"""axe-core, asked about one page.

Our pages forbid foreign script and strings as code (CSP and Trusted Types), so axe runs where a browser
extension would: in an isolated world of the same document, which those rules do not reach. It does not preload
style sheets, because for that it makes a style element, of which the page's CSP complains on the console.
"""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page, **options: Any) -> list[str]:
    """What axe finds wrong, one line each: the rule, what it means, and where. `options` are axe.run's."""
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "axe"})

    def evaluate(expression: str) -> Any:
        answer = session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": world["executionContextId"],
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    evaluate(SOURCE.read_text("utf-8") + "\n;0")
    asked = json.dumps({"preload": False, **options})
    found = evaluate(f"axe.run(document, {asked}).then((result) => JSON.stringify(result.violations))")
    session.detach()
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {', '.join(str(node['target'][0]) for node in one['nodes'])}"
        for one in json.loads(found)
    ]
