"""What the log may say to somebody who has to do something is explained in docs/operations.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import ROOT, plant, python_files

TOPS = ("server.py", "handlers", "chat", "store", "calls", "trust")
ENOUGH = 18  # characters by which a line is found
LOUD = ("warning", "error", "exception")


def loud(root: Path) -> Iterator[str]:
    """The format of everything that is logged above info, by AST."""
    for path in python_files(root, *TOPS):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in LOUD
                and ast.unparse(node.func.value) in ("log", "logger", "logging")
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def unexplained(root: Path, page: str) -> list[str]:
    """Formats of which no piece between the values stands on the page; one that is nothing but a value says nothing."""
    told = []
    for form in loud(root):
        pieces = [piece.strip(" (,") for piece in re.split(r"%\w+", form)]
        longest = max(pieces, key=len)[:ENOUGH]
        if longest and longest not in page:
            told.append(form)
    return told


def test_every_line_that_asks_for_somebody_is_explained() -> None:
    assert unexplained(ROOT, (ROOT / "docs" / "operations.md").read_text("utf-8")) == []


def test_a_line_that_nobody_explains_is_named(tmp_path: Path) -> None:
    files = {
        "store/a.py": 'log.warning("the roof leaks: %s", 1)\nlog.info("rain")\nlog.error("%s", why)\n',
        "calls/b.py": 'logger.error("it burns")\n',
    }
    assert unexplained(plant(tmp_path, files), "nothing") == ["it burns", "the roof leaks: %s"]
    assert unexplained(tmp_path, "| `the roof leaks:` | get a bucket | `it burns` | run |") == []


def commented(page: str) -> list[str]:
    """Settings with words behind them, which systemd takes for a part of the value (systemd.exec, EnvironmentFile)."""
    return re.findall(r"(?m)^ *(PARLEY_\w+=\S*[ \t]+#.*)$", page)


def test_settings_can_be_copied_into_a_file_of_systemd() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "docs" / "deploy").glob("*.service")]
    assert [line for page in pages for line in commented(page.read_text("utf-8"))] == []


def test_words_behind_a_setting_are_noticed() -> None:
    assert commented("# why\nPARLEY_BUS=redis://bus\n  PARLEY_DATA=/srv   # shared\n") == [
        "PARLEY_DATA=/srv   # shared"
    ]
