"""Tests wait on conditions, never on the clock, and none of them is left out in silence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, plant, python_files


def calls(tree: ast.AST, within_loop: bool = False) -> Iterator[tuple[str, ast.Call, bool]]:
    """Every call by its dotted name, and whether it stands in a `while`, which waits on a condition."""
    for node in ast.iter_child_nodes(tree):
        looping = within_loop or isinstance(node, ast.While)
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node, looping
        yield from calls(node, looping)


def sleeps(name: str, call: ast.Call, within_loop: bool) -> bool:
    """Whether this call waits for time to pass."""
    if name == "asyncio.sleep":
        return not within_loop and ast.unparse(call.args[0]) != "0"
    return name == "time.sleep" or name.endswith(".wait_for_timeout")


def sleepers(root: Path) -> list[str]:
    """All calls in the tests that wait for time to pass, one line each."""
    return [
        f"{path.relative_to(root).as_posix()}:{call.lineno}: {name}"
        for path in python_files(root, "tests")
        for name, call, looping in calls(ast.parse(path.read_text("utf-8")))
        if sleeps(name, call, looping)
    ]


def left_out(root: Path) -> list[str]:
    """Files below tests/ that look like tests and that no runner would find."""
    tests = root / "tests"
    defining = [p for p in python_files(root, "tests") if re.search(r"(?m)^(async )?def test_", p.read_text("utf-8"))]
    python = [p for p in defining if not p.name.startswith("test_")]
    page = [p for p in tests.rglob("*js") if "node:test" in p.read_text("utf-8")]
    strays = [p for p in page if not p.name.endswith((".test.js", ".test.mjs"))]
    return [path.relative_to(root).as_posix() for path in sorted(python + strays)]


def test_no_test_sleeps() -> None:
    assert sleepers(ROOT) == []


def test_every_test_is_found_by_its_runner() -> None:
    assert left_out(ROOT) == []


@pytest.mark.parametrize(
    "text", ["time.sleep(1)", "page.wait_for_timeout(50)", "async def f():\n    await asyncio.sleep(0.1)"]
)
def test_a_sleep_is_named(tmp_path: Path, text: str) -> None:
    assert len(sleepers(plant(tmp_path, {"tests/chat/test_people.py": text}))) == 1


def test_waiting_on_a_condition_is_no_sleep(tmp_path: Path) -> None:
    text = "async def f():\n    await asyncio.sleep(0)\n    while not done():\n        await asyncio.sleep(0.01)\n"
    assert sleepers(plant(tmp_path, {"tests/chat/test_people.py": text})) == []


def test_a_test_no_runner_finds_is_named(tmp_path: Path) -> None:
    js = 'import test from "node:test";\n'
    python = "def test_people_come_and_go() -> None: ...\n"
    files = {"tests/chat/people.py": python, "tests/chat/test_a.py": python}
    files |= {"tests/pwa/state/people.js": js, "tests/pwa/state/rows.test.js": js}
    assert left_out(plant(tmp_path, files)) == ["tests/chat/people.py", "tests/pwa/state/people.js"]
