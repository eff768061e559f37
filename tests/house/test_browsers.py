"""The phone app calls nothing that is younger than the oldest browsers the README promises."""

import re
from pathlib import Path

import pytest

from tests.house.test_page_layers import COMMENT
from tests.house.tree import ROOT, plant

OLDEST = "Safari and iOS 16.5, Chrome and Edge 112, Firefox 121"

# What is called -> the first Safari that has it; caniuse.com and MDN, November 2026
YOUNGER = {
    r"AbortSignal\.any\(": "17.4",
    r"\bURL\.(canParse|parse)\(": "17.0",
    r"\bPromise\.(withResolvers|try)\(": "17.4",
    r"\b(Object|Map)\.groupBy\(": "17.4",
    r"\bArray\.fromAsync\(": "16.4, but Chrome 121",
    r"\.(intersection|union|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(": "17.0",
    r"\.(values|keys|entries)\(\)\s*\.(map|filter|find|some|every|reduce|forEach|take|drop|flatMap|toArray)\(": "18.4",
    r"\.matchAll\([^()]*\)\s*\.(map|filter|find|some|every|reduce|toArray)\(": "18.4",
    r"\bIterator\.\w+\(": "18.4",
    r"\.(isWellFormed|toWellFormed)\(": "16.4, but Firefox 119",
    r"\.(toBase64|toHex|fromBase64|fromHex)\(": "18.2",
    r"\bRegExp\.escape\(|\bError\.isError\(|\bMath\.sumPrecise\(": "18.2",
    r"\bIntl\.DurationFormat\b": "16.4, but Chrome 129",
    r"\.(showPopover|hidePopover|togglePopover|checkVisibility|requestClose|moveBefore)\(": "17.0",
    r"\.transfer(ToFixedLength)?\(": "17.4",
    r"/[dgimsuy]*v[dgimsuy]*\.(test|exec)\(": "17.0",
}


def promised(readme: str) -> bool:
    """Whether the README names these browsers, however its lines are broken."""
    return OLDEST in " ".join(readme.split())


def too_young(root: Path) -> list[str]:
    """Each call in the phone app that an old browser does not know, one line each."""
    pages = sorted(path for path in (root / "pwa").rglob("*.js") if "vendor" not in path.parts)
    return [
        f"{path.relative_to(root).as_posix()}: {found[0]} (Safari {since})"
        for path in pages
        for pattern, since in YOUNGER.items()
        for found in re.finditer(pattern, COMMENT.sub("", path.read_text("utf-8")))
    ]


def test_the_readme_says_which_browsers() -> None:
    assert promised((ROOT / "README.md").read_text("utf-8"))


def test_an_old_browser_knows_all_that_is_called() -> None:
    assert too_young(ROOT) == []


@pytest.mark.parametrize(
    "code",
    [
        "fetch(path, { signal: AbortSignal.any([one, other]) });",
        "const url = URL.canParse(text) ? new URL(text) : null;",
        "const both = one.union(other);",
        "const names = held.values().map(({ name }) => name);",
    ],
)
def test_what_is_too_young_is_named(tmp_path: Path, code: str) -> None:
    assert len(too_young(plant(tmp_path, {"pwa/views/a.js": code}))) == 1


def test_what_is_only_spoken_of_is_not(tmp_path: Path) -> None:
    assert (
        too_young(plant(tmp_path, {"pwa/views/a.js": "// AbortSignal.any( is too young\nconst one = [1].map(String);"}))
        == []
    )
