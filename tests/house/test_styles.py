"""No rule of the page makes a browser style half the page anew where one thing is added, or look into each bubble.

`h2 + *` does the first: since anything may stand behind a heading, all that follows any heading has to be looked at
again with every sibling that comes. In a log that cost more than the messages themselves (2026-11-26, Chromium 156).
`:has()` does the second, for each bubble that is drawn: what a message has is said by a class.
"""

import re
from pathlib import Path

from tests.house.tree import ROOT, plant

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ANYTHING_BEHIND = re.compile(r"[+~]\s*\*")
LOOKING_IN = re.compile(r"\.(message|bubble|said)\b[^\s{,]*:has\(")


def wide_rules(root: Path) -> list[str]:
    """The style sheets in which something is said of whatever stands behind a thing."""
    sheets = sorted((root / "pwa" / "styles").glob("*.css"))
    return [sheet.name for sheet in sheets if ANYTHING_BEHIND.search(COMMENT.sub("", sheet.read_text("utf-8")))]


def test_no_rule_is_about_whatever_stands_behind_a_thing() -> None:
    assert wide_rules(ROOT) == []


def test_such_a_rule_is_named(tmp_path: Path) -> None:
    said = {"a.css": ".a > * + * { margin: 0 }", "b.css": "/* not + * */ .b + .c { margin: 0 }", "c.css": "h2 ~ * {}"}
    plant(tmp_path, {f"pwa/styles/{name}": text for name, text in said.items()})
    assert wide_rules(tmp_path) == ["a.css", "c.css"]


def prying_rules(root: Path) -> list[str]:
    """The style sheets in which a rule about a message depends on what is in it."""
    sheets = sorted((root / "pwa" / "styles").glob("*.css"))
    return [sheet.name for sheet in sheets if LOOKING_IN.search(COMMENT.sub("", sheet.read_text("utf-8")))]


def test_no_rule_looks_into_each_message() -> None:
    assert prying_rules(ROOT) == []


def test_a_rule_that_does_is_named(tmp_path: Path) -> None:
    said = {"a.css": ".mine > .bubble:has(> .poll) {}", "b.css": ".bubble, .field:has(> select) {}"}
    plant(tmp_path, {f"pwa/styles/{name}": text for name, text in said.items()})
    assert prying_rules(tmp_path) == ["a.css"]
